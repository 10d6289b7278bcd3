"""Reading the rows of the overview."""

import re


def row(html, actie):
    """The row of an action, as its text and its fields."""
    found = re.search(rf'<tr class="[^"]*" id="actie-{actie.pk}">.*?</tr>', html, re.DOTALL)
    return found[0] if found else ""


def text_of(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def flat(html: str) -> str:
    return " ".join(html.split())
