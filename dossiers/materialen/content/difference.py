"""What changed between two versions of a material: added, taken away, or said in other words."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

# A word with the white space before it.
WORD = re.compile(r"\s*\S+")
# Below this two texts have too little in common: marks would only be in the way of reading.
ALIKE = 0.5


@dataclass(frozen=True)
class Part:
    """One part of a content, as two versions are compared by it.

    code: what links it across versions; unique in one.
    waar: where it stands, in the words of a page; moving about is no change.
    tekst: what one reads; a change in it is a change of the part.
    herkomst: of the text; empty when it has none.
    """

    code: str
    waar: str
    tekst: str
    herkomst: str = ""


@dataclass(frozen=True)
class Words:
    """Some words of a text that stand in both, or in only one of two texts."""

    tekst: str
    anders: bool


@dataclass(frozen=True)
class Rewritten:
    """A part that says something else, or whose herkomst changed."""

    oud: Part
    nieuw: Part

    @property
    def code(self) -> str:
        return self.nieuw.code

    @property
    def zelfde_tekst(self) -> bool:
        """Only the herkomst changed: a proposal that the PLG confirmed, or the other way around."""
        return self.oud.tekst == self.nieuw.tekst

    @property
    def woorden_oud(self) -> tuple[Words, ...]:
        return tuple(_marked(self.oud.tekst, self.nieuw.tekst))

    @property
    def woorden_nieuw(self) -> tuple[Words, ...]:
        return tuple(_marked(self.nieuw.tekst, self.oud.tekst))


@dataclass(frozen=True)
class Difference:
    """What a newer version adds, takes away and says in other words, each in its own order."""

    nieuw: tuple[Part, ...]
    weg: tuple[Part, ...]
    anders: tuple[Rewritten, ...]

    @property
    def is_leeg(self) -> bool:
        """Nothing but the order, if anything at all."""
        return not (self.nieuw or self.weg or self.anders)


def compare(oud: Iterable[Part], nieuw: Iterable[Part]) -> Difference:
    """The difference between the parts of two versions."""
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
    """A text in runs of words, each with whether it is missing from the other text."""
    mine: list[str] = WORD.findall(text)
    matcher = SequenceMatcher(a=text.split(), b=other.split(), autojunk=False)
    if matcher.ratio() < ALIKE:
        yield Words(text, anders=False)
        return
    for kind, start, end, _, _ in matcher.get_opcodes():
        run = "".join(mine[start:end])
        bare = run.lstrip()
        # The white space before a run belongs to neither.
        yield Words(run.removesuffix(bare), anders=False)
        yield Words(bare, anders=kind != "equal")
