"""One canonical form for what people type or write in a file, and for what they search."""

import unicodedata
from collections.abc import Iterator


def with_plain_line_breaks(text: str) -> str:
    """A text with one kind of line break. A browser sends CRLF; equal texts must compare equal."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def invisible_in(text: str) -> Iterator[str]:
    """Control characters and halves of a pair: no database keeps them, no page shows them."""
    return (one for one in text if unicodedata.category(one) in ("Cc", "Cs") and one != "\n")


def folded(text: str) -> str:
    """A text without capitals and accents, so that a search finds it however it is typed."""
    letters = unicodedata.normalize("NFD", text.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
