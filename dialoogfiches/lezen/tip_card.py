"""The card with a teacher's selection of tips: A6 cards, four to an A4 sheet to cut out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from dialoogfiches.lezen.queries import Moment, opening_of
from dialoogfiches.models import Item
from dialoogfiches.queries import Fiche
from stsdialoog.documents.document import MATERIALS, KeptDocument, render_kept

CARDS_PER_SHEET = 4


@dataclass(frozen=True)
class TypeSize:
    """A type size on a card (static/pdf/kaart.css), in millimetres.

    letters: characters per line, a conservative estimate.
    """

    letters: int
    line: float
    gap: float

    def height(self, tip: Item) -> float:
        return ceil(len(tip.tekst) / self.letters) * self.line + self.gap


LARGE = TypeSize(letters=30, line=8.0, gap=3.2)
NORMAL = TypeSize(letters=42, line=6.4, gap=2.3)
# The height available for the tips of a card, in millimetres.
AVAILABLE_HEIGHT = 54.0


@dataclass(frozen=True)
class TipCard:
    """One card: the moment, its opening text, and the tips that fit."""

    moment: str
    zin: str
    tips: tuple[Item, ...]

    @property
    def is_large(self) -> bool:
        """Whether the tips fit in the large type size."""
        return sum(map(LARGE.height, self.tips)) <= AVAILABLE_HEIGHT


def tipkaart_pdf(fiche: Fiche, momenten: Sequence[Moment]) -> KeptDocument:
    """The PDF with the selected tips of a material, on one or more cards per moment.

    The title of the cards is taken from the first lines of the material's introduction.
    """
    opening = opening_of(fiche)
    kaarten = [kaart for moment in momenten for kaart in _cards(moment)]
    context = {
        "titel": f"{opening.kop}: {fiche.versie.materiaal.titel}",
        "stand_van": fiche.versie.datum,
        "opening": opening,
        "van": fiche.versie.materiaal.van,
        "sheets": [
            kaarten[first : first + CARDS_PER_SHEET]
            for first in range(0, len(kaarten), CARDS_PER_SHEET)
        ],
    }
    return render_kept("lezen/pdf/kaart.html", context, styles=("kaart.css",), owner=MATERIALS)


def _cards(moment: Moment) -> Iterator[TipCard]:
    """Split the tips of a moment over as many cards as needed, about equally full."""
    total = sum(map(NORMAL.height, moment.tips))
    share = total / ceil(total / AVAILABLE_HEIGHT)
    chosen: list[Item] = []
    full = 0.0
    for tip in moment.tips:
        height = NORMAL.height(tip)
        if chosen and (full + height > AVAILABLE_HEIGHT or full + height / 2 > share):
            yield TipCard(moment.onderdeel.titel, moment.zin, tuple(chosen))
            chosen, full = [], 0.0
        chosen.append(tip)
        full += height
    yield TipCard(moment.onderdeel.titel, moment.zin, tuple(chosen))
