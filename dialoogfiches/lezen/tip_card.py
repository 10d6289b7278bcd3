"""The card with a teacher's own choice of tips: A6 cards, four to a sheet of A4 to cut."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from dialoogfiches.lezen.queries import Moment, opening_of
from dialoogfiches.models import Item
from dialoogfiches.queries import Fiche
from stsdialoog.pdf import render_pdf

PER_BLAD = 4


@dataclass(frozen=True)
class TypeSize:
    """A size of type on a card (static/pdf/kaart.css), in millimetres.

    letters: on a line, on the careful side.
    """

    letters: int
    line: float
    gap: float

    def height(self, tip: Item) -> float:
        return ceil(len(tip.tekst) / self.letters) * self.line + self.gap


GROOT = TypeSize(letters=30, line=8.0, gap=3.2)
GEWOON = TypeSize(letters=42, line=6.4, gap=2.3)
# What the tips of a card may take, in millimetres.
ROOM = 54.0


@dataclass(frozen=True)
class TipCard:
    """One card: the moment, what it begins with, and the tips that fit."""

    moment: str
    zin: str
    tips: tuple[Item, ...]

    @property
    def is_groot(self) -> bool:
        """Whether there is room for big letters."""
        return sum(map(GROOT.height, self.tips)) <= ROOM


def tipkaart_pdf(fiche: Fiche, momenten: Sequence[Moment]) -> bytes:
    """The chosen tips of a material as cards, a moment on each.

    The cards are called as the first lines of the material's introduction say.
    """
    opening = opening_of(fiche)
    kaarten = [kaart for moment in momenten for kaart in _cards(moment)]
    context = {
        "titel": f"{opening.kop}: {fiche.versie.materiaal.titel}",
        "stand_van": fiche.versie.datum,
        "opening": opening,
        "plg": fiche.versie.materiaal.plg,
        "bladen": [kaarten[first : first + PER_BLAD] for first in range(0, len(kaarten), PER_BLAD)],
    }
    return render_pdf("lezen/pdf/kaart.html", context, styles=("kaart.css",))


def _cards(moment: Moment) -> Iterator[TipCard]:
    """As many cards as the tips of a moment need, about equally full."""
    total = sum(map(GEWOON.height, moment.tips))
    share = total / ceil(total / ROOM)
    chosen: list[Item] = []
    full = 0.0
    for tip in moment.tips:
        height = GEWOON.height(tip)
        if chosen and (full + height > ROOM or full + height / 2 > share):
            yield TipCard(moment.onderdeel.titel, moment.zin, tuple(chosen))
            chosen, full = [], 0.0
        chosen.append(tip)
        full += height
    yield TipCard(moment.onderdeel.titel, moment.zin, tuple(chosen))
