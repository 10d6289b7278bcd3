"""Reading a page as a browser does: its fields, and where it sends them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

TOKEN = "csrfmiddlewaretoken"
# Quicker than a whole parser, which thousands of pages would notice.
TAG = re.compile(r"""<(/?[a-z][a-z0-9]*)((?:[^<>"']|"[^"]*"|'[^']*')*)>""", re.IGNORECASE)
ATTRIBUTE = re.compile(
    r"""([a-z][\w-]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""", re.IGNORECASE
)


@dataclass
class PostForm:
    """A form that sends something in.

    action: the path that it sends to; of its own element, and of each button or part with another.
    token: what it sends along to show that it comes from a page of ours.
    """

    actions: set[str]
    token: str = ""


class _Fields(HTMLParser):
    """Collects the values of the form fields of a page, without those that a script copies."""

    def __init__(self) -> None:
        super().__init__()
        self.data: dict[str, str] = {}
        self.open_field = ""
        self.open_tag = ""
        self.inert = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        name = found.get("name", "")
        kind = found.get("type", "text")
        if tag == "template":
            self.inert = True
        elif self.inert:
            return
        elif tag in ("textarea", "select"):
            self.open_tag, self.open_field = tag, name
            self.data[name] = ""
        elif tag == "option" and "selected" in found:
            self.data[self.open_field] = found.get("value", "")
        elif tag == "input" and name and (kind not in ("radio", "checkbox") or "checked" in found):
            self.data[name] = found.get("value", "")

    def handle_data(self, data: str) -> None:
        if self.open_tag == "textarea":
            # The first newline in a textarea is part of the markup.
            so_far = self.data[self.open_field]
            self.data[self.open_field] = so_far + data if so_far else data.removeprefix("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "template":
            self.inert = False
        if tag == self.open_tag:
            self.open_tag = self.open_field = ""


def whole_form(html: str) -> dict[str, str]:
    """The data that a browser would submit for the fields of this page, unchanged.

    Without the token, which the client adds itself.
    """
    parser = _Fields()
    parser.feed(html)
    parser.data.pop(TOKEN, None)
    return parser.data


def post_forms(html: str, address: str) -> list[PostForm]:
    """The forms of a page that send something in to our own site, with the parts that htmx sends.

    A part that stands in no form is one without a token. In a part of a page, which htmx puts
    somewhere in it, that is not known.
    """
    forms: list[PostForm] = []
    inside: PostForm | None = None
    whole_page = "<html" in html
    for tag, found in _tags(html):
        if tag == "form":
            inside = PostForm(set())
            if found.get("method", "").lower() == "post":
                inside.actions |= _own_path(found.get("action", ""), address)
                forms.append(inside)
        elif tag == "/form":
            inside = None
        elif tag == "input" and found.get("name") == TOKEN and inside is not None:
            inside.token = found.get("value", "")
        if "formaction" in found and inside is not None:
            inside.actions |= _own_path(found["formaction"], address)
        if "hx-post" in found and (inside is not None or whole_page):
            to = _own_path(found["hx-post"], address)
            if inside is not None and TOKEN in found.get("hx-params", TOKEN).split(","):
                inside.actions |= to
            else:
                forms.append(PostForm(to))
    return [form for form in forms if form.actions]


def _tags(html: str) -> Iterator[tuple[str, dict[str, str]]]:
    for match in TAG.finditer(html):
        tag, attributes = match[1].lower(), match[2]
        if tag in ("form", "/form", "input", "button") or "hx-post" in attributes:
            found = {
                one[1].lower(): unescape(one[2] or one[3] or one[4] or "")
                for one in ATTRIBUTE.finditer(attributes)
            }
            yield tag, found


def _own_path(target: str, address: str) -> set[str]:
    """The path of a form's target, when that is on our own site."""
    here, there = urlsplit(address), urlsplit(urljoin(address, target))
    return {there.path} if there.netloc == here.netloc else set()
