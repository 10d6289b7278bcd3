"""Words that would be markup on a page that forgot to escape them, and finding them back there."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from tests.client import Browser

MARK = "<b>&\"'"
# The same in an e-mail address, which has its local part in quotes.
MAIL_MARK = "<b>&'"
# What was typed, as a page shows it: whole, with the place it was typed in. (In JSON, a quote has a
# backslash before it.)
WHOLE = re.compile(r"<b>&(?:\\?\")?'~([a-z0-9_]+)~")
# A reader looks for the start of it: what does not go on as typed, was broken on the way.
START = re.compile(r"<b>&")
RAW = re.compile(r"<b>&\"|<b>&'")
TWICE = re.compile(r"&amp;(?:amp|lt|gt|quot|#\d+|#x[0-9a-f]+);", re.IGNORECASE)
ATTRIBUTE = re.compile(r"[a-z_][a-z0-9_.:-]*", re.IGNORECASE)
UUID = re.compile(r"-?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
TEXTBOXES = {"text", "search", "textarea"}
# What somebody types but cannot type this in: a number, a code, a date.
NO_WORDS = {"code", "versie", "instellingsnummer", "volgorde", "zelfde_als"}
# What goes with the words of a link.
LINK = {
    "link_adres": "https://test.be/pagina",
    "link_nagekeken": "2026-11-29",
    "website": "https://test.be/pagina",
}
# As long as the name of a step may be; a drawing puts it on lines of about twelve letters.
SHORT = 24
ROW = re.compile(r"(\w+)-(\d+)-")
ROWS_OF = {
    "onderdelen": "onderdeel",
    "rubrieken": "rubriek",
    "items": "item",
    "doelstellingen": "doelstelling",
    "vragen": "vraag",
    "treden": "trede",
}


def words(place: str, longest: int | None = None) -> str:
    """What is typed in a place."""
    room = (longest or 200) - len(MARK) - 2
    if longest == SHORT:
        room = 4
    # Without a hyphen it stays in one piece.
    return f"{MARK}~{place.replace('-', '_')[:room]}~"


def address(place: str) -> str:
    """An e-mail address that is right, and markup all the same."""
    return f'"{MAIL_MARK}~{place.replace("-", "_")}~"@test.be'


def places(text: str) -> set[str]:
    """The places whose words stand in a text, whole."""
    return set(WHOLE.findall(text))


# --- a page ---------------------------------------------------------------------------------------


@dataclass
class Box:
    """A field of a form, as a browser would send it back."""

    name: str
    kind: str
    value: str
    longest: int | None = None


class Page(HTMLParser):
    """A page as a browser reads it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.html = html
        # Every text and every value of an attribute.
        self.texts: list[str] = []
        # The texts that stand on it, in its body.
        self.spoken: list[str] = []
        self.broken: list[str] = []
        # The fields of every form that is posted.
        self.forms: list[list[Box]] = []
        self._in_form = self._in_template = False
        self.title = ""
        self._in_head = False
        self._tag = self._list = ""
        self._textarea: Box | None = None
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._tag = tag
        self._in_head = self._in_head or tag == "head"
        self.texts += [value for _, value in attrs if value]
        self.broken += [
            f"an attribute of {tag}: {name}" for name, _ in attrs if not ATTRIBUTE.fullmatch(name)
        ]
        found = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._in_form = found.get("method", "").lower() == "post"
            self.forms += [[]] if self._in_form else []
        elif tag == "template":
            self._in_template = True
        elif self._in_form and not self._in_template:
            # What is disabled is not sent.
            self._field(tag, found if "disabled" not in found else {})

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self._tag = ""

    def handle_endtag(self, tag: str) -> None:
        self._tag, self._textarea = "", None
        self._in_form = self._in_form and tag != "form"
        # What a script copies is not sent from there.
        self._in_template = self._in_template and tag != "template"
        self._in_head = self._in_head and tag != "head"

    def handle_data(self, data: str) -> None:
        self.texts.append(data)
        if self._tag == "title" and self._in_head:
            self.title += data
        if not self._in_head:
            self.spoken.append(data)
        if self._tag == "b" and data.startswith("&"):
            self.broken.append(f"an element: <b>{data}")
        if self._textarea:
            # The first line break of a textarea belongs to the markup.
            self._textarea.value += data if self._textarea.value else data.removeprefix("\n")

    def places(self) -> set[str]:
        """The places whose words stand on the page, as they were typed."""
        return {place for text in self.texts for place in places(text)}

    def faults(self) -> list[str]:
        """Where what was typed became markup, lost a part, or was escaped twice."""
        return [
            *(f"raw: {_around(self.html, one)}" for one in RAW.finditer(self.html)),
            *(f"twice: {_around(self.html, one)}" for one in TWICE.finditer(self.html)),
            *self.broken,
            *(
                f"in part: {_around(text, one)}"
                for text in self.texts
                for one in START.finditer(text)
                if not WHOLE.match(text, one.start())
            ),
        ]

    def boxes(self) -> list[Box]:
        """The fields of the first form that asks for words."""
        asking = (form for form in self.forms if any(box.kind in TEXTBOXES for box in form))
        return next(asking)

    def _field(self, tag: str, found: dict[str, str]) -> None:
        name, kind = found.get("name", ""), found.get("type", "text")
        value = found.get("value", "")
        if tag == "select":
            self._list = name
        elif tag == "option" and "selected" in found and self._list:
            self.forms[-1].append(Box(self._list, "select", value))
        elif tag == "textarea" and name:
            self._textarea = Box(name, tag, "", _length(found))
            self.forms[-1].append(self._textarea)
        elif (
            tag == "input"
            and name
            and kind != "submit"
            and (kind not in ("checkbox", "radio") or "checked" in found)
        ):
            kept = value or ("on" if kind == "checkbox" else "")
            self.forms[-1].append(Box(name, kind, kept, _length(found)))


def _length(found: dict[str, str]) -> int | None:
    return int(found.get("maxlength", "0")) or None


def _around(text: str, found: re.Match[str]) -> str:
    return " ".join(text[max(found.start() - 60, 0) : found.end() + 60].split())


# --- who types ------------------------------------------------------------------------------------


@dataclass
class Typist:
    """Somebody who types such words in every text box, and remembers where."""

    typed: set[str] = field(default_factory=set)
    # The pages that came after what was sent.
    after: list[Page] = field(default_factory=list)

    def words(self, place: str, longest: int | None = None) -> str:
        text = words(place, longest)
        self.typed |= places(text)
        return text

    def address(self, place: str) -> str:
        text = address(place)
        self.typed |= places(text)
        return text

    def fill(self, client: Browser, url: str, place: str, **more: Any) -> dict[str, Any]:
        """What the form on a page sends once every text box in it is filled.

        more: what else is filled in, by the name of the field.
        """
        boxes = Page(client.get(url).text).boxes()
        rows = {box.name: int(box.value) for box in boxes if box.name.endswith("-INITIAL_FORMS")}
        data: dict[str, Any] = {}
        for box in boxes:
            if "__prefix__" in box.name:
                continue
            text = self._text(box, place, rows)
            if box.kind == "checkbox":
                data.setdefault(box.name, []).append(text)
            else:
                data[box.name] = text
        return data | more

    def send(self, client: Browser, url: str, place: str, **more: Any) -> None:
        """Fill a form and send it to the page that it stands on."""
        self.post(client, url, self.fill(client, url, place, **more))

    def post(self, client: Browser, url: str, data: dict[str, Any]) -> None:
        """Send what is right, and keep the page that comes after it: it says what was done."""
        response = client.post(url, data, follow=True)
        assert response.redirect_chain, _complaints(response.text)
        self.after.append(Page(response.text))

    def _text(self, box: Box, place: str, rows: dict[str, int]) -> str:
        last = box.name.split("-")[-1]
        row = ROW.match(box.name)
        # The key of a record can begin with digits too: only a formset has rows.
        known = rows.get(f"{row[1]}-INITIAL_FORMS") if row else None
        is_new_row = row and known is not None and int(row[2]) >= known
        if last in LINK and not is_new_row:
            return LINK[last]
        if box.kind not in TEXTBOXES or last in NO_WORDS or is_new_row:
            return box.value
        here = f"{place}-{_name(box.name)}"
        if last == "blokken":
            return "\n".join((self.words(f"{here}-kop"), self.words(f"{here}-woord")))
        return self.words(here, box.longest)


def _name(name: str) -> str:
    """The name of a field without what tells one record from another."""
    first, dash, rest = UUID.sub("", name).partition("-")
    return ROWS_OF.get(first, first) + dash + rest.rpartition("-")[2]


def _complaints(html: str) -> str:
    """What a page has against what was sent."""
    return " ".join(re.findall(r'class="(?:errorlist|veld-fout|invalid-feedback).*?</', html, re.S))
