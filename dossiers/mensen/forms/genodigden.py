"""Reads whom somebody invites out of one box: lines, commas, semicolons, "Naam <adres>"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django import forms

from dossiers.mensen.domain.uitnodigingen import Guest
from dossiers.mensen.models import MAX_NAAM
from stsdialoog.fields import validate_address
from stsdialoog.text import address, has_letter, line, with_plain_line_breaks

MAX_ADRES = 254  # characters, as for an account
AROUND_ADDRESS = "<>()[]\"'‘’“”.:,"
AROUND_NAME = '<>()[]"“”-:,'
NAMED = re.compile(r"\s*(?P<naam>[^@,]*?)\s*<(?P<adres>[^<>\s]+@[^<>\s]+)>\s*,?\s*")
# The only link in a mail is ours.
WEBADRES = re.compile(
    r"://|\bwww\.|(?<![@\w.-])[\w-]+(?:\.[\w-]+)*\.(?:be|brussels|vlaanderen|com|net|org|eu|nl|info)\b"
    r"|\w\.\w+/\w",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Mistake:
    """What could not be read, as it was typed, and what to do about it."""

    typed: str
    why: str

    def __str__(self) -> str:
        return f"‘{self.typed}’: {self.why}"


def read_guests(text: str) -> tuple[list[Guest], list[Mistake]]:
    """Everybody named in a text, each address once, and what in it is no address."""
    guests: dict[str, Guest] = {}
    mistakes = []
    for row in re.split(r"[;\n]", with_plain_line_breaks(text)):
        for found in _in_row(row):
            if isinstance(found, Mistake):
                mistakes.append(found)
            elif found.email not in guests or not guests[found.email].naam:
                guests[found.email] = found
    return list(guests.values()), mistakes


def _words(piece: str) -> list[str]:
    return line(re.sub('["“”]', "", piece).replace("<", " <").replace(">", "> ")).split()


def _in_row(row: str) -> Iterator[Guest | Mistake]:
    """The guests on one row. A comma stands between two of them, or in a name: Peeters, Bart."""
    if "@" not in row:
        yield from [_no_address(row)] if line(row) else []
        return
    if _is_address(address(row)):
        yield Guest(address(row))
        return
    if named := NAMED.fullmatch(row):
        yield _judged(line(named["naam"]).strip('"“” '), named["adres"])
        return
    pieces = [piece for piece in map(_words, row.split(",")) if piece]
    alone = sum("@" in word for piece in pieces for word in piece) == 1
    if alone:
        yield _guest(pieces)
        return
    surname: list[str] = []
    for piece in pieces:
        at = _first(piece)
        if surname and not at:
            # With no first name after it, nobody can tell whose name that is.
            yield _no_address(" ".join(surname))
            surname = []
        if at is None:
            surname = piece
            continue
        yield from _in_piece([*piece[:at], *surname, *piece[at:]])
        surname = []
    if surname:
        yield _no_address(" ".join(surname))


def _first(words: list[str]) -> int | None:
    """The place of the first address; None when there is none."""
    return next((at for at, word in enumerate(words) if "@" in word), None)


def _guest(pieces: list[list[str]]) -> Guest | Mistake:
    """The one guest on a row, whatever stands before and after the address."""
    words = next(piece for piece in pieces if _first(piece) is not None)
    others = [word for piece in pieces if piece is not words for word in piece]
    # Surname first: what stands before the comma comes after the first name.
    naam = [word for word in [*words, *others] if "@" not in word]
    return _judged(_called(naam), next(word for word in words if "@" in word))


def _in_piece(words: list[str]) -> Iterator[Guest | Mistake]:
    """Each address with the words before it as its name."""
    naam: list[str] = []
    for word in words:
        if "@" in word:
            yield _judged(_called(naam), word)
            naam = []
        else:
            naam.append(word)
    if naam:
        yield _no_address(" ".join(naam))


def _called(words: list[str]) -> str:
    return " ".join(words).strip(AROUND_NAME + " ")


def _judged(called: str, word: str) -> Guest | Mistake:
    email = address(word.removeprefix("mailto:").strip(AROUND_ADDRESS).removeprefix("mailto:"))
    typed = f"{called} {email}".strip()
    if len(email) > MAX_ADRES or not _is_address(email):
        return Mistake(typed, "dit is geen e-mailadres. Kijk het even na.")
    if len(called) > MAX_NAAM:
        return Mistake(typed, f"deze naam is te lang: er passen {MAX_NAAM} tekens.")
    if WEBADRES.search(called):
        return Mistake(typed, "zet in de naam geen webadres.")
    return Guest(email, called if has_letter(called) else "")


def _is_address(email: str) -> bool:
    try:
        validate_address(email)
    except forms.ValidationError:
        return False
    return True


def _no_address(typed: str) -> Mistake:
    return Mistake(line(typed), "hier staat geen e-mailadres bij.")
