"""A document line by line: each text with a herkomst, the words in it, and what can go.

Nothing here knows a kind of material: its parts say where their blocks stand (`Part.place`).
"""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from functools import reduce
from itertools import groupby
from operator import getitem
from typing import Any

from dossiers.materialen.content.difference import Part
from dossiers.materialen.content.files import Finding, Inhoud, Place
from dossiers.materialen.domain.documents import (
    NOT_READ,
    as_if_published,
    check_document,
    digest_of,
    document_of,
)
from dossiers.materialen.domain.versions import parts_in
from dossiers.materialen.kept import KeptPerProcess
from dossiers.materialen.models import Herkomst, Materiaalversie
from dossiers.regels.models import address_of
from stsdialoog.seen import mark_of

# What of a material stands in a block of its own, above its parts.
VOORAF = "Over het materiaal"
# The key of a sheet to print and fill in by hand.
SHEET = "invulblad"


@dataclass(frozen=True)
class Line:
    """One line: its part, and each text in it that one can put in other words.

    words: the place of each text in the block of the line, and the text.
    """

    part: Part
    words: tuple[tuple[Place, str], ...]

    @property
    def code(self) -> str:
        return self.part.code

    @property
    def adres(self) -> str:
        return address_of(self.code)

    @property
    def is_voorstel(self) -> bool:
        return self.part.herkomst == Herkomst.VOORSTEL

    @property
    def mark(self) -> str:
        """Of all that one reads of it."""
        return mark_of(self.part.herkomst, self.part.tekst, self.words)

    @property
    def words_mark(self) -> str:
        """Of its words alone: confirming them changes nothing for who looked at them."""
        return mark_of(self.part.tekst, self.words)

    @property
    def is_heading(self) -> bool:
        """Whether it is the title of the part that it stands in, which has a short one too."""
        return any(place == ("kort",) for place, _ in self.words)

    @property
    def is_sheet(self) -> bool:
        """Whether it is a sheet to print, whose words have to fit on it: only a file changes it."""
        return self.part.place[-1] == SHEET

    @property
    def can_be_reworded(self) -> bool:
        """Not a sheet, nor the heading of a kind of part, which has no words of its own."""
        return bool(self.words) and not self.is_sheet


@dataclass(frozen=True)
class Group:
    """The lines of one part of a material."""

    titel: str
    lines: tuple[Line, ...]


class _Moved(Exception):
    """The content was edited between reading the version and reading its content."""

    def __init__(self, lines: tuple[Line, ...]) -> None:
        super().__init__()
        self.lines = lines


def lines_in(document: Inhoud) -> tuple[Line, ...]:
    """Every line of a valid document, in the order in which versions are compared."""
    return tuple(
        Line(part, tuple(_words(block_at(document, part.place))))
        for part in parts_in(document)
        if part.herkomst
    )


def lines_of(versie: Materiaalversie) -> tuple[Line, ...]:
    """The lines of a version, of a concept too; without a query when this process read them before.

    versie: with its material.
    """
    try:
        return _kept(versie)
    except _Moved as moved:
        return moved.lines


def _read(versie: Materiaalversie) -> tuple[Line, ...]:
    document = document_of(versie)
    lines = lines_in(document)
    if digest_of(document) != versie.digest:
        raise _Moved(lines)
    return lines


_kept = KeptPerProcess(_read, by_digest=True)


def grouped(lines: tuple[Line, ...]) -> list[Group]:
    """Lines by the part that they stand in, in their order."""
    return [
        Group(_title(key, found), found)
        for key, group in groupby(lines, key=lambda line: _group(line.part.place))
        if (found := tuple(group))
    ]


def block_at(document: Any, place: Place) -> Any:
    """The part of a document at a place. Raises LookupError or TypeError when it has none."""
    return reduce(getitem, place, document)


def own_of(block: Inhoud) -> Inhoud:
    """A block without the lines inside it."""
    return {key: value for key, value in block.items() if not _holds_lines(value)}


def replaced(document: Inhoud, place: Place, block: Inhoud | None) -> Inhoud:
    """A copy of a document with another block at a place; None takes it out.

    At a place in a list where no block is, the block comes last. Raises what `block_at` raises.
    """
    document = deepcopy(document)
    parent, key = block_at(document, place[:-1]), place[-1]
    if block is None:
        del parent[key]
    else:
        parent[key] = block
    return document


def inserted(document: Inhoud, place: Place, block: Inhoud) -> Inhoud:
    """A copy of a document with a block back at its place, before what stands there by now.

    Raises what `block_at` raises.
    """
    document = deepcopy(document)
    parent, key = block_at(document, place[:-1]), place[-1]
    if isinstance(parent, list):
        parent.insert(int(key), block)
    else:
        parent[key] = block
    return document


def with_words(line: Line, block: Inhoud, words: list[str]) -> Inhoud:
    """A copy of the block of a line with other words, one for each text of `Line.words`."""
    block = deepcopy(block)
    for (place, _), text in zip(line.words, words, strict=True):
        block_at(block, place[:-1])[place[-1]] = text
    return block


def new_findings(before: Inhoud, after: Inhoud) -> list[Finding]:
    """What is wrong with a document of a concept that was not wrong with it before."""
    known = {finding.text for finding in _findings(before)}
    return [finding for finding in _findings(after) if finding.text not in known]


def can_be_dropped(document: Inhoud, line: Line) -> bool:
    """Whether a line can go: it has a code of its own or is optional, holds no list of others, and
    the material is whole without it.
    """
    place = line.part.place
    block = block_at(document, place)
    holds_a_list = any(isinstance(value, list) and _holds_lines(value) for value in block.values())
    # A block in a list without a code is known by its number, which others would get.
    if holds_a_list or (isinstance(place[-1], int) and "code" not in block):
        return False
    return not new_findings(document, replaced(document, place, None))


def _words(block: Any, place: Place = ()) -> Iterator[tuple[Place, str]]:
    """The texts of a block itself: not of lines in it, of a link, or of what no page shows."""
    found = block.items() if isinstance(block, dict) else enumerate(block)
    for key, value in found:
        if key in NOT_READ or _holds_lines(value):
            continue
        if isinstance(value, str):
            yield (*place, key), value
        elif isinstance(value, list) or isinstance(key, int):
            yield from _words(value, (*place, key))


def _holds_lines(value: Any) -> bool:
    found = value if isinstance(value, list) else [value]
    return any(isinstance(one, dict) and "herkomst" in one for one in found)


def _findings(document: Inhoud) -> Iterator[Finding]:
    slug, versie = document["materiaal"]["slug"], document["versie"]["versie"]
    return check_document(as_if_published(document), slug=slug, versie=versie)


def _group(place: Place) -> Place:
    if len(place) == 1:
        return ()
    return place[:2] if isinstance(place[1], int) else place[:1]


def _title(key: Place, lines: tuple[Line, ...]) -> str:
    if not key:
        return VOORAF
    first = lines[0]
    if first.part.place != key:
        return first.part.waar.split(",")[0]
    return dict(first.words).get(("kort",), first.part.tekst)
