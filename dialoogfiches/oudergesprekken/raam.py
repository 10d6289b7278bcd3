"""The raam van tolerantie, drawn from what was noted: a shape to look at together.

For each topic the window has a base height, plus a little for every point that widens it and less
a little for every point that narrows it. The shape has no other use: no score, no total. A topic
without points is not a topic in balance: its edge is dashed.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

# All in the units of the viewBox; each topic has its own column.
WIDTH = 480
MARGIN = 8  # beside the first and the last column
MIDDLE = 125
# Half the height of the window without points, the change per point, and its limits.
BASE_HALF, HALF_PER_POINT = 46, 10
MIN_HALF, MAX_HALF = 24, 92
# The maximum number of dots of one kind per topic, which fits its column, and their spacing.
MAX_DOTS, DOT_SPACING = 6, 7.5
# Words that people write in a field to say that there are no points.
NO_POINT = {"niets", "niks", "geen", "nee", "neen", "nvt"}

Point = tuple[float, float]


@dataclass(frozen=True)
class Ruit:
    """One topic in the window.

    left, right: the x where its column begins and ends.
    groter, kleiner: the points that widen and narrow the window.
    """

    naam: str
    left: float
    right: float
    groter: tuple[str, ...]
    kleiner: tuple[str, ...]

    @property
    def x(self) -> float:
        """The centre of its column."""
        return (self.left + self.right) / 2

    @property
    def half(self) -> float:
        """Half the height of the window at this topic."""
        more = len(self.groter) - len(self.kleiner)
        return min(MAX_HALF, max(MIN_HALF, BASE_HALF + HALF_PER_POINT * more))

    @property
    def is_empty(self) -> bool:
        return not (self.groter or self.kleiner)

    @property
    def dots(self) -> list[tuple[bool, float]]:
        """A dot per point, as (whether it widens the window, x)."""
        dots = [True] * min(len(self.groter), MAX_DOTS)
        dots += [False] * min(len(self.kleiner), MAX_DOTS)
        return [
            (larger, self.x + DOT_SPACING * (place - (len(dots) - 1) / 2))
            for place, larger in enumerate(dots)
        ]


@dataclass(frozen=True)
class Raam:
    ruiten: tuple[Ruit, ...]

    @property
    def is_empty(self) -> bool:
        return all(ruit.is_empty for ruit in self.ruiten)

    @property
    def path(self) -> str:
        """The window as an SVG path: its upper edge to the right, its lower edge back."""
        upper = [(ruit.x, MIDDLE - ruit.half) for ruit in self.ruiten]
        lower = [(ruit.x, MIDDLE + ruit.half) for ruit in reversed(self.ruiten)]
        right, left = WIDTH - MARGIN, MARGIN
        return (
            f"M{left} {upper[0][1]:g}"
            + _curve((left, upper[0][1]), upper)
            + f"H{right}V{lower[0][1]:g}"
            + _curve((right, lower[0][1]), lower)
            + f"H{left}Z"
        )

    @property
    def edges(self) -> list[tuple[Ruit, str]]:
        """Each topic with its own piece of the outline, as an SVG path."""
        halves = [ruit.half for ruit in self.ruiten]
        between = [(one + other) / 2 for one, other in pairwise(halves)]
        borders = pairwise([halves[0], *between, halves[-1]])
        return [
            (ruit, self._side(ruit) + _edge(ruit, -1, ends) + _edge(ruit, 1, ends))
            for ruit, ends in zip(self.ruiten, borders, strict=True)
        ]

    def _side(self, ruit: Ruit) -> str:
        """The vertical edge, left of the first topic and right of the last one."""
        places = [MARGIN] * (ruit == self.ruiten[0]) + [WIDTH - MARGIN] * (ruit == self.ruiten[-1])
        return "".join(f"M{x} {MIDDLE - ruit.half:g}V{MIDDLE + ruit.half:g}" for x in places)


def raam(themas: Iterable[tuple[str, str, str]]) -> Raam:
    """The window of a talk.

    themas: for each topic (at least one) its name, what was noted as widening and what as
        narrowing, with one point per line.
    """
    rows = list(themas)
    column = (WIDTH - 2 * MARGIN) / len(rows)
    return Raam(
        tuple(
            Ruit(
                naam,
                left=MARGIN + column * place,
                right=MARGIN + column * (place + 1),
                groter=points(groter),
                kleiner=points(kleiner),
            )
            for place, (naam, groter, kleiner) in enumerate(rows)
        )
    )


def points(tekst: str) -> tuple[str, ...]:
    """The points in a text: its lines, without those that say there are none ("-", "niets")."""
    lines = (line.strip() for line in tekst.splitlines())
    return tuple(line for line in lines if _says_something(line))


def _says_something(line: str) -> bool:
    letters = re.sub(r"[\W\d_]", "", line).casefold()
    return bool(letters) and letters not in NO_POINT


def _curve(start: Point, points: list[Point]) -> str:
    """A smooth path from point to point: horizontal at each topic, a gentle slope in between."""
    parts = []
    x, y = start
    for to_x, to_y in points:
        half = (x + to_x) / 2
        parts.append(f"C{half:g} {y:g} {half:g} {to_y:g} {to_x:g} {to_y:g}")
        x, y = to_x, to_y
    return "".join(parts)


def _edge(ruit: Ruit, side: int, ends: tuple[float, float]) -> str:
    """The same curve within one column, from left to right.

    side: -1 for the upper edge, 1 for the lower one.
    ends: half the height of the window at the left and the right of the column.
    """
    middle = (ruit.x, MIDDLE + side * ruit.half)
    left = (ruit.left, MIDDLE + side * ends[0])
    right = (ruit.right, MIDDLE + side * ends[1])
    level, halfway = _half_slope(middle, left)
    there, back = _put(halfway, level, middle), _put(*_half_slope(middle, right), right)
    return f"M{_put(left)}C{there}C{back}"


def _half_slope(middle: Point, border: Point) -> tuple[Point, Point]:
    """The Bézier control points of half a slope, from its level end to halfway (de Casteljau)."""
    (x, y), (to_x, to_y) = middle, border
    return ((x + to_x) / 2, y), ((x + 3 * to_x) / 4, (y + to_y) / 2)


def _put(*points: Point) -> str:
    return " ".join(f"{x:g} {y:g}" for x, y in points)
