"""Canonical forms of text: as typed, as written in a content file, and as searched."""

import unicodedata
from collections.abc import Iterator


def with_plain_line_breaks(text: str) -> str:
    """The text with only LF line breaks. A browser sends CRLF; equal texts must compare equal."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def invisible_in(text: str) -> Iterator[str]:
    """The control characters and lone surrogates in a text: no database stores them, no page shows
    them. A line feed is not one of them.
    """
    return (one for one in text if unicodedata.category(one) in ("Cc", "Cs") and one != "\n")


def folded(text: str) -> str:
    """The text without capitals and accents, so that a search ignores both."""
    letters = unicodedata.normalize("NFD", text.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
