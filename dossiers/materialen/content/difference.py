"""The difference between two versions of a material: parts added, removed or reworded."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from dossiers.materialen.content.files import Place

# A word with the white space before it.
WORD = re.compile(r"\s*\S+")
# Below this similarity ratio (0 to 1), marking the changed words only makes a text harder to read.
ALIKE = 0.5


@dataclass(frozen=True)
class Part:
    """One part of the content of a version, the unit by which versions are compared.

    code: identifies the part across versions; unique within a version.
    waar: where the part is, in the words of the page; moving it does not count as a change.
    tekst: the text; another text counts as a change.
    herkomst: of the text; empty when it has none. Another herkomst counts as a change too.
    place: in the document, of the block with that herkomst; empty when there is none. It says
        nothing about the part itself, so it counts in no comparison.
    """

    code: str
    waar: str
    tekst: str
    herkomst: str = ""
    place: Place = field(default=(), compare=False)


@dataclass(frozen=True)
class Words:
    """A run of words that is in both of two texts, or (`anders`) only in this one."""

    tekst: str
    anders: bool


@dataclass(frozen=True)
class Rewritten:
    """A part with another text or another herkomst."""

    oud: Part
    nieuw: Part

    @property
    def code(self) -> str:
        return self.nieuw.code

    @property
    def zelfde_tekst(self) -> bool:
        """Whether only the herkomst changed: the PLG confirmed a proposal, or the reverse."""
        return self.oud.tekst == self.nieuw.tekst

    @property
    def woorden_oud(self) -> tuple[Words, ...]:
        return tuple(_marked(self.oud.tekst, self.nieuw.tekst))

    @property
    def woorden_nieuw(self) -> tuple[Words, ...]:
        return tuple(_marked(self.nieuw.tekst, self.oud.tekst))


@dataclass(frozen=True)
class Difference:
    """The parts that a newer version adds, removes and rewords.

    Added and reworded parts are in the order of the new version, removed ones in that of the old.
    """

    nieuw: tuple[Part, ...]
    weg: tuple[Part, ...]
    anders: tuple[Rewritten, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing changed, except perhaps the order."""
        return not (self.nieuw or self.weg or self.anders)


def compare(oud: Iterable[Part], nieuw: Iterable[Part]) -> Difference:
    """Compare the parts of two versions, matched by code."""
    before = {stuk.code: stuk for stuk in oud}
    after = {stuk.code: stuk for stuk in nieuw}
    return Difference(
        nieuw=tuple(stuk for code, stuk in after.items() if code not in before),
        weg=tuple(stuk for code, stuk in before.items() if code not in after),
        anders=tuple(
            Rewritten(before[code], stuk)
            for code, stuk in after.items()
            if code in before
            and (before[code].tekst, before[code].herkomst) != (stuk.tekst, stuk.herkomst)
        ),
    )


def _marked(text: str, other: str) -> Iterator[Words]:
    """Split a text into runs of words, marking those that the other text lacks."""
    mine: list[str] = WORD.findall(text)
    matcher = SequenceMatcher(a=text.split(), b=other.split(), autojunk=False)
    if matcher.ratio() < ALIKE:
        yield Words(text, anders=False)
        return
    for kind, start, end, _, _ in matcher.get_opcodes():
        run = "".join(mine[start:end])
        bare = run.lstrip()
        # The white space before a run is never marked.
        yield Words(run.removesuffix(bare), anders=False)
        yield Words(bare, anders=kind != "equal")
