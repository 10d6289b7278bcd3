"""How the scores of many schools lie: as bars with measured coordinates, and in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median, quantiles

from preventieplan.domain.courses import in_dutch
from preventieplan.models import MAX_SCORE

# The drawing, in SVG units: a column for each score, its bar, and the room above and below it.
COLUMN, BAR, TALLEST, ABOVE, BELOW = 30, 22, 70, 14, 18


@dataclass(frozen=True)
class Bar:
    """The bar of one score: where its left upper corner is, and how high it is."""

    score: int
    scholen: int
    x: int
    y: float
    hoogte: float

    @property
    def midden(self) -> float:
        return self.x + BAR / 2


@dataclass(frozen=True)
class Histogram:
    """How many schools gave each score: `counts` has one number for each score from 0 up.

    No school gives less than a whole score, and there are at least five.
    """

    counts: tuple[int, ...]

    width = COLUMN * (MAX_SCORE + 1)
    height = ABOVE + TALLEST + BELOW
    base = ABOVE + TALLEST
    bar = BAR

    @classmethod
    def of(cls, verdeling: Mapping[str, int]) -> "Histogram":
        return cls(tuple(verdeling.get(str(score), 0) for score in range(MAX_SCORE + 1)))

    @property
    def scholen(self) -> int:
        return sum(self.counts)

    @property
    def scores(self) -> list[int]:
        return [score for score, count in enumerate(self.counts) for _ in range(count)]

    @property
    def midden(self) -> float:
        """The median: half of the schools give at least so much, half at most."""
        return median(self.scores)

    @property
    def midden_in_words(self) -> str:
        return in_dutch(self.midden)

    @property
    def helft(self) -> tuple[str, str]:
        """Between which scores the middle half of the schools lies, in words."""
        first, _, third = quantiles(self.scores, n=4, method="inclusive")
        return in_dutch(first), in_dutch(third)

    @property
    def in_words(self) -> str:
        first, third = self.helft
        where = f"geeft {first}" if first == third else f"ligt tussen {first} en {third}"
        return (
            f"{self.scholen} scholen. Het midden is {self.midden_in_words}; "
            f"de helft van de scholen {where}."
        )

    @property
    def bars(self) -> tuple[Bar, ...]:
        most = max(self.counts)
        heights = [round(TALLEST * count / most, 1) for count in self.counts]
        return tuple(
            Bar(
                score,
                count,
                COLUMN * score + (COLUMN - BAR) // 2,
                round(self.base - height, 1),
                height,
            )
            for score, (count, height) in enumerate(zip(self.counts, heights, strict=True))
        )
