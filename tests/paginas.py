"""Reading a page like a browser without JavaScript."""

from html.parser import HTMLParser


class _Fields(HTMLParser):
    """Collects the values of the form fields of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.data: dict[str, str] = {}
        self.open_field = ""
        self.open_tag = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        name = found.get("name", "")
        kind = found.get("type", "text")
        if tag in ("textarea", "select"):
            self.open_tag, self.open_field = tag, name
            self.data[name] = ""
        elif tag == "option" and "selected" in found:
            self.data[self.open_field] = found.get("value", "")
        elif tag == "input" and name and (kind != "radio" or "checked" in found):
            self.data[name] = found.get("value", "")

    def handle_data(self, data: str) -> None:
        if self.open_tag == "textarea":
            # The first newline in a textarea is part of the markup.
            so_far = self.data[self.open_field]
            self.data[self.open_field] = so_far + data if so_far else data.removeprefix("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == self.open_tag:
            self.open_tag = self.open_field = ""


def whole_form(html: str) -> dict[str, str]:
    """The data that a browser would submit for the fields of this page, unchanged."""
    parser = _Fields()
    parser.feed(html)
    return parser.data
