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
BREEDTE = 480
KANT = 8  # margin beside the first and the last column
MIDDEN = 125
RUST, STAP = 46, 10  # half the height of the window without points, and the change per point
SMALST, WIJDST = 24, 92
# The maximum number of dots of one kind per topic, which fits its column, and their spacing.
MEESTE_STIPPEN, TUSSEN_STIPPEN = 6, 7.5
# Words that people write in a field to say that there are no points.
GEEN_PUNT = {"niets", "niks", "geen", "nee", "neen", "nvt"}

Stop = tuple[float, float]


@dataclass(frozen=True)
class Ruit:
    """One topic in the window.

    links, rechts: the x where its column begins and ends.
    groter, kleiner: the points that widen and narrow the window.
    """

    naam: str
    links: float
    rechts: float
    groter: tuple[str, ...]
    kleiner: tuple[str, ...]

    @property
    def x(self) -> float:
        """The centre of its column."""
        return (self.links + self.rechts) / 2

    @property
    def half(self) -> float:
        """Half the height of the window at this topic."""
        more = len(self.groter) - len(self.kleiner)
        return min(WIJDST, max(SMALST, RUST + STAP * more))

    @property
    def is_leeg(self) -> bool:
        return not (self.groter or self.kleiner)

    @property
    def stippen(self) -> list[tuple[bool, float]]:
        """A dot per point, as (whether it widens the window, x)."""
        dots = [True] * min(len(self.groter), MEESTE_STIPPEN)
        dots += [False] * min(len(self.kleiner), MEESTE_STIPPEN)
        return [
            (larger, self.x + TUSSEN_STIPPEN * (place - (len(dots) - 1) / 2))
            for place, larger in enumerate(dots)
        ]


@dataclass(frozen=True)
class Raam:
    ruiten: tuple[Ruit, ...]

    @property
    def is_leeg(self) -> bool:
        return all(ruit.is_leeg for ruit in self.ruiten)

    @property
    def pad(self) -> str:
        """The window as an SVG path: its upper edge to the right, its lower edge back."""
        upper = [(ruit.x, MIDDEN - ruit.half) for ruit in self.ruiten]
        lower = [(ruit.x, MIDDEN + ruit.half) for ruit in reversed(self.ruiten)]
        right, left = BREEDTE - KANT, KANT
        return (
            f"M{left} {upper[0][1]:g}"
            + _curve((left, upper[0][1]), upper)
            + f"H{right}V{lower[0][1]:g}"
            + _curve((right, lower[0][1]), lower)
            + f"H{left}Z"
        )

    @property
    def randen(self) -> list[tuple[Ruit, str]]:
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
        places = [KANT] * (ruit == self.ruiten[0]) + [BREEDTE - KANT] * (ruit == self.ruiten[-1])
        return "".join(f"M{x} {MIDDEN - ruit.half:g}V{MIDDEN + ruit.half:g}" for x in places)


def raam(themas: Iterable[tuple[str, str, str]]) -> Raam:
    """The window of a talk.

    themas: for each topic (at least one) its name, what was noted as widening and what as
        narrowing, with one point per line.
    """
    rows = list(themas)
    column = (BREEDTE - 2 * KANT) / len(rows)
    return Raam(
        tuple(
            Ruit(
                naam,
                links=KANT + column * place,
                rechts=KANT + column * (place + 1),
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
    return bool(letters) and letters not in GEEN_PUNT


def _curve(start: Stop, stops: list[Stop]) -> str:
    """A smooth path from stop to stop: horizontal at each topic, a gentle slope in between."""
    parts = []
    x, y = start
    for to_x, to_y in stops:
        half = (x + to_x) / 2
        parts.append(f"C{half:g} {y:g} {half:g} {to_y:g} {to_x:g} {to_y:g}")
        x, y = to_x, to_y
    return "".join(parts)


def _edge(ruit: Ruit, side: int, ends: tuple[float, float]) -> str:
    """The same curve within one column, from left to right.

    side: -1 for the upper edge, 1 for the lower one.
    ends: half the height of the window at the left and the right of the column.
    """
    middle = (ruit.x, MIDDEN + side * ruit.half)
    left = (ruit.links, MIDDEN + side * ends[0])
    right = (ruit.rechts, MIDDEN + side * ends[1])
    level, halfway = _half_slope(middle, left)
    there, back = _put(halfway, level, middle), _put(*_half_slope(middle, right), right)
    return f"M{_put(left)}C{there}C{back}"


def _half_slope(middle: Stop, border: Stop) -> tuple[Stop, Stop]:
    """The Bézier control points of half a slope, from its level end to halfway (de Casteljau)."""
    (x, y), (to_x, to_y) = middle, border
    return ((x + to_x) / 2, y), ((x + 3 * to_x) / 4, (y + to_y) / 2)


def _put(*stops: Stop) -> str:
    return " ".join(f"{x:g} {y:g}" for x, y in stops)
