"""The raam van tolerantie, drawn from what was noted: a shape to look at together.

For each topic the window has a base height, plus a little for every point that widens it and less
a little for every point that narrows it. What widens it stands in it, in the words that were
noted; what narrows it stands below it. The shape has no other use: no score, no total. A topic
without points is not a topic in balance: its edge is dashed.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from dialoogfiches.oudergesprekken.words_in_drawing import wrapped

# All in the units of the viewBox; each topic has its own column.
WIDTH = 720
MARGIN = 8  # beside the first and the last column
MIDDLE = 152
# Half the height of the window without points, the change per point, and its limits.
BASE_HALF, HALF_PER_POINT = 56, 11
MIN_HALF, MAX_HALF = 30, 104
# Between two topics the edge goes up or down within so much on both sides of their border.
SLOPE = 10
# The size of the words, the height of a line, and the room beside and above them.
LETTER, LINE, BESIDE, ABOVE = 12.5, 16, 15, 8
# The maximum number of lines of each kind; what does not fit is only told below the drawing.
MAX_LINES = int((2 * MAX_HALF - 2 * ABOVE) / LINE)
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
    def width(self) -> float:
        return self.right - self.left

    @property
    def half(self) -> float:
        """Half the height of the window at this topic: its words fit in it."""
        more = len(self.groter) - len(self.kleiner)
        counted = min(MAX_HALF, max(MIN_HALF, BASE_HALF + HALF_PER_POINT * more))
        return max(counted, len(self.inside) * LINE / 2 + ABOVE)

    @property
    def is_empty(self) -> bool:
        return not (self.groter or self.kleiner)

    @property
    def inside(self) -> tuple[str, ...]:
        """What widens the window, in lines that fit its column."""
        return self._lines("+", self.groter)

    @property
    def below(self) -> tuple[str, ...]:
        """What narrows it, likewise."""
        return self._lines("\N{MINUS SIGN}", self.kleiner)

    def _lines(self, sign: str, points: tuple[str, ...]) -> tuple[str, ...]:
        room = (self.right - self.left - 2 * BESIDE) / LETTER
        return wrapped([f"{sign} {point}" for point in points], room=room, at_most=MAX_LINES)

    @property
    def words_inside(self) -> list[tuple[str, float]]:
        """Each line in the window with the y of its baseline."""
        top = MIDDLE - len(self.inside) * LINE / 2
        return _placed(self.inside, top)


@dataclass(frozen=True)
class Raam:
    ruiten: tuple[Ruit, ...]

    @property
    def is_empty(self) -> bool:
        return all(ruit.is_empty for ruit in self.ruiten)

    @property
    def bottom(self) -> float:
        """The lowest point of the window; below it stands what narrows it."""
        return MIDDLE + max(MAX_HALF if self.is_empty else 0, *(ruit.half for ruit in self.ruiten))

    @property
    def height(self) -> float:
        lines = max(len(ruit.below) for ruit in self.ruiten)
        return self.bottom + 2 * ABOVE + lines * LINE + (ABOVE if lines else 0)

    @property
    def frame(self) -> float:
        """The height of what stands around the window."""
        return self.height - 28

    @property
    def words_below(self) -> list[tuple[Ruit, list[tuple[str, float]]]]:
        """For each topic its lines below the window, with the y of their baselines."""
        return [(ruit, _placed(ruit.below, self.bottom + 2 * ABOVE)) for ruit in self.ruiten]

    @property
    def path(self) -> str:
        """The window as an SVG path: its upper edge to the right, its lower edge back."""
        first, last = self.ruiten[0], self.ruiten[-1]
        there = "".join(_step(one, other, -1) for one, other in pairwise(self.ruiten))
        back = "".join(_step(one, other, 1) for one, other in pairwise(reversed(self.ruiten)))
        return (
            f"M{MARGIN} {MIDDLE - first.half:g}{there}"
            f"H{WIDTH - MARGIN}V{MIDDLE + last.half:g}{back}H{MARGIN}Z"
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


def _placed(lines: Iterable[str], top: float) -> list[tuple[str, float]]:
    return [(line, top + place * LINE + LETTER) for place, line in enumerate(lines)]


def _step(one: Ruit, other: Ruit, side: int) -> str:
    """The edge from a topic to its neighbour: level, and a smooth step at their border.

    side: -1 for the upper edge, from left to right; 1 for the lower one, back.
    """
    border = one.right if side < 0 else one.left
    y, to_y = MIDDLE + side * one.half, MIDDLE + side * other.half
    start, end = border + side * SLOPE, border - side * SLOPE
    return f"H{start:g}C{_put((border, y), (border, to_y), (end, to_y))}"


def _edge(ruit: Ruit, side: int, ends: tuple[float, float]) -> str:
    """The same edge within one column, from left to right.

    side: -1 for the upper edge, 1 for the lower one.
    ends: half the height of the window at the left and the right of the column.
    """
    y = MIDDLE + side * ruit.half
    left = (ruit.left, MIDDLE + side * ends[0])
    right = (ruit.right, MIDDLE + side * ends[1])
    inner_left, inner_right = (ruit.left + SLOPE, y), (ruit.right - SLOPE, y)
    there = _put(*reversed(_half_slope(inner_left, left)), inner_left)
    back = _put(*_half_slope(inner_right, right), right)
    return f"M{_put(left)}C{there}H{inner_right[0]:g}C{back}"


def _half_slope(level: Point, border: Point) -> tuple[Point, Point]:
    """The Bézier control points of half a slope, from its level end to halfway (de Casteljau)."""
    (x, y), (to_x, to_y) = level, border
    return ((x + to_x) / 2, y), ((x + 3 * to_x) / 4, (y + to_y) / 2)


def _put(*points: Point) -> str:
    return " ".join(f"{x:g} {y:g}" for x, y in points)
