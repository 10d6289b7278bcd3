"""How the scores of a group lie: in numbers, in words and as dots."""

from dataclasses import dataclass
from statistics import median

from preventieplan.domain.courses import in_dutch

# The least number of phones of which a sentence is shown, and of scores on plan and routekaart; see
# the docstring of this package.
MIN_SENTENCES = MIN_PRINTED = 5
# From this difference between the lowest and the highest on, a group has something to tell itself.
APART = 3
# The drawing, in units of its own.
COLUMN, TALLEST, LARGEST, ROOM = 60, 290, 46, 50


@dataclass(frozen=True)
class Dot:
    x: float
    y: float


@dataclass(frozen=True)
class Spread:
    """How many gave each score: `counts` has one number for each score from 0 up."""

    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.counts)

    @property
    def scores(self) -> list[int]:
        """Each score as often as it was given, the lowest first."""
        return [score for score, count in enumerate(self.counts) for _ in range(count)]

    @property
    def middle(self) -> float:
        """The median: as many gave more as less."""
        return median(self.scores)

    @property
    def middle_in_words(self) -> str:
        return in_dutch(self.middle)

    @property
    def lowest(self) -> int:
        return self.scores[0]

    @property
    def highest(self) -> int:
        return self.scores[-1]

    @property
    def is_apart(self) -> bool:
        return self.highest - self.lowest >= APART

    @property
    def in_words(self) -> str:
        """As in "1 gaf een 3, 4 gaven een 6": what the drawing shows."""
        return ", ".join(
            f"{count} {'gaf' if count == 1 else 'gaven'} een {score}"
            for score, count in enumerate(self.counts)
            if count
        )

    @property
    def in_short(self) -> str:
        """As in "9 scores, van 3 tot 8, midden 6": what fits on a line of a document."""
        range_ = (
            f"allemaal {self.lowest}"
            if self.lowest == self.highest
            else f"van {self.lowest} tot {self.highest}, midden {self.middle_in_words}"
        )
        return f"{self.total} scores, {range_}"

    # --- the drawing ------------------------------------------------------------------------------

    @property
    def width(self) -> int:
        return COLUMN * len(self.counts)

    @property
    def height(self) -> float:
        return round(self._pitch * max(self.counts) + ROOM, 1)

    @property
    def base(self) -> float:
        """Where the dots stand on."""
        return self.height - ROOM

    @property
    def radius(self) -> float:
        return round(self._pitch * 0.44, 1)

    @property
    def dots(self) -> tuple[Dot, ...]:
        return tuple(
            Dot(
                COLUMN * (score + 0.5),
                round(self.base - self._pitch * (nummer + 0.5), 1),
            )
            for score, count in enumerate(self.counts)
            for nummer in range(count)
        )

    @property
    def steps(self) -> tuple[tuple[float, int, bool], ...]:
        """Where each score stands below the dots, and whether the middle is there."""
        return tuple(
            (COLUMN * (score + 0.5), score, abs(score - self.middle) < 1)
            for score in range(len(self.counts))
        )

    @property
    def _pitch(self) -> float:
        return min(LARGEST, TALLEST / max(1, *self.counts))
