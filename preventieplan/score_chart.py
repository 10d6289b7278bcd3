"""The chart of how a score went, with measurable coordinates: the same on screen and on paper."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from django.utils.formats import date_format

from dossiers.domain import last_day_of, schooljaar_of
from preventieplan.domain.courses import PhasePoint, Point, in_dutch
from preventieplan.models import MAX_SCORE

# In SVG units. Left of the plot stand the scores of its lines, below it the schooljaren.
WIDTH, HEIGHT = 320, 118
LEFT, RIGHT, TOP, BOTTOM = 24, 306, 18, 92
# The room that a number takes: half its width, and from where to where above or below its dot.
HALF, NEAR, FAR = 9, 5, 18
# A schooljaar narrower than this is written short ("26-27"), and one narrower still not at all.
WIDE, NARROW = 54, 26


@dataclass(frozen=True)
class Dot:
    """A score, with its number above or below it, or "" where there is no room for that.

    is_open: drawn as a ring: not every goal has a score yet.
    """

    x: float
    y: float
    tekst: str = ""
    is_below: bool = False
    is_open: bool = False

    @property
    def baseline(self) -> float:
        """Where its number stands."""
        return round(self.y + (16.5 if self.is_below else -7.5), 1)


@dataclass(frozen=True)
class Segment:
    """A part of the line. is_between: dashed, because another schooljaar began in it."""

    points: str
    is_between: bool


@dataclass(frozen=True)
class Mark:
    """A word below the chart, with the line above it where a schooljaar begins."""

    x: float
    tekst: str
    anchor: str = "middle"
    line: float | None = None


@dataclass(frozen=True)
class ScoreChart:
    """The scores of a goal or a phase, the oldest first, from left to right in time."""

    points: Sequence[Point | PhasePoint]

    width = WIDTH
    height = HEIGHT
    left = LEFT
    right = RIGHT
    bottom = BOTTOM

    @property
    def is_drawn(self) -> bool:
        """Whether there is more than one score: one alone is said in words."""
        return len(self._given) > 1

    @property
    def titel(self) -> str:
        """The text that stands for the drawing."""
        first, last = self._given[0], self._given[-1]
        return (
            f"Van {_of(first)} op {date_format(first.op, 'j F Y')} "
            f"naar {_of(last)} op {date_format(last.op, 'j F Y')}, in {len(self._given)} scores"
        )

    @property
    def lines(self) -> tuple[tuple[float, int], ...]:
        """The heights of 0, 5 and 10."""
        return tuple((height(score), score) for score in (0, MAX_SCORE // 2, MAX_SCORE))

    @property
    def dots(self) -> tuple[Dot, ...]:
        bare = [
            Dot(
                self._x(point.op),
                height(point.score or 0),
                is_open=isinstance(point, PhasePoint) and not point.is_whole,
            )
            for point in self._given
        ]
        return tuple(_with_numbers(bare, [_of(point) for point in self._given]))

    @property
    def segments(self) -> tuple[Segment, ...]:
        """From each score to the next; not from one that was taken back."""
        return tuple(
            Segment(
                f"{self._x(one.op)},{height(one.score)} {self._x(other.op)},{height(other.score)}",
                one.schooljaar != other.schooljaar,
            )
            for one, other in pairwise(self.points)
            if one.score is not None and other.score is not None
        )

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The schooljaren below it, or the first and the last day when it is within one."""
        if not self._is_over_years:
            first, last = self._given[0].op, self._given[-1].op
            return (
                Mark(LEFT, date_format(first, "j F"), "start"),
                Mark(RIGHT, date_format(last, "j F"), "end"),
            )
        begin, end = self._years
        wide = (RIGHT - LEFT) / (end - begin + 1)
        return tuple(
            Mark(
                round(LEFT + wide * (index + 0.5), 1),
                _label(year, wide, index),
                line=round(LEFT + wide * index, 1),
            )
            for index, year in enumerate(range(begin, end + 1))
        )

    @property
    def _given(self) -> list[Point | PhasePoint]:
        return [point for point in self.points if point.score is not None]

    @property
    def _years(self) -> tuple[int, int]:
        """The first and the last schooljaar in which a score was given, by the calendar."""
        return schooljaar_of(self._given[0].op), schooljaar_of(self._given[-1].op)

    @property
    def _is_over_years(self) -> bool:
        begin, end = self._years
        return begin != end

    @property
    def _span(self) -> tuple[date, date]:
        if not self._is_over_years:
            return self._given[0].op, self._given[-1].op
        begin, end = self._years
        return date(begin, 9, 1), last_day_of(end)

    def _x(self, day: date) -> float:
        begin, end = self._span
        part = (day - begin) / max(end - begin, date.resolution)
        # Within one schooljaar the dots keep off the edges, where the days stand.
        inset = 0 if self._is_over_years else 6
        return round(LEFT + inset + part * (RIGHT - LEFT - 2 * inset), 1)


def height(score: float) -> float:
    """How far from the top a score stands."""
    return round(BOTTOM - score * (BOTTOM - TOP) / MAX_SCORE, 1)


def _with_numbers(dots: Sequence[Dot], numbers: Sequence[str]) -> list[Dot]:
    """Write numbers where they touch no dot, no line and no other number; the last one always."""
    told: dict[int, Dot] = {}
    last = len(dots) - 1
    for index in (last, *range(last)):
        sides = (
            replace(dots[index], tekst=numbers[index], is_below=below) for below in (False, True)
        )
        free = (one for one in sides if _has_room(one, index, dots, told.values()))
        if fits := next(free, None):
            told[index] = fits
        elif index == last:
            told[index] = replace(dots[index], tekst=numbers[index])
    return [told.get(index, dot) for index, dot in enumerate(dots)]


def _has_room(one: Dot, index: int, dots: Sequence[Dot], told: Iterable[Dot]) -> bool:
    if one.is_below and one.y + FAR > BOTTOM + NEAR:
        return False
    near = dots[max(index - 2, 0) : index + 3]
    crossed = (
        (a.x + (b.x - a.x) * part / 8, a.y + (b.y - a.y) * part / 8)
        for a, b in pairwise(near)
        for part in range(9)
    )
    return not any(_is_in(one, x, y) for x, y in crossed) and not any(
        abs(one.x - other.x) < 2 * HALF and abs(one.baseline - other.baseline) < FAR - NEAR
        for other in told
    )


def _is_in(one: Dot, x: float, y: float) -> bool:
    """Whether a place on the line is where the number of a dot would stand."""
    away = y - one.y if one.is_below else one.y - y
    return abs(x - one.x) < HALF and NEAR < away < FAR


def _of(point: Point | PhasePoint) -> str:
    return in_dutch(point.score or 0)


def _label(year: int, wide: float, index: int) -> str:
    if wide >= WIDE:
        return f"{year}-{year + 1}"
    short = f"{year % 100:02}-{(year + 1) % 100:02}"
    return short if wide >= NARROW or not index % 2 else ""
