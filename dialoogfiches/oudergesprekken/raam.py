"""The raam van tolerantie, drawn from what was noted: a shape to look at together.

Per topic the window is as high as it is, plus a little for every point that makes it larger and
less a little for every one that makes it smaller. It counts for nothing else: no score, no total.
A topic without a point is no topic in balance: its edge is drawn in dashes.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

# In the units of the drawing (its viewBox); each topic has a column of its own.
BREEDTE = 480
KANT = 8  # beside the first and the last column
MIDDEN = 125
RUST, STAP = 46, 10  # half the height of the window when nothing is noted, and per point
SMALST, WIJDST = 24, 92
# Of one kind in a topic; more would not fit its column.
MEESTE_STIPPEN, TUSSEN_STIPPEN = 6, 7.5
# What somebody writes in a field to say that there is no point.
GEEN_PUNT = {"niets", "niks", "geen", "nee", "neen", "nvt"}

Stop = tuple[float, float]


@dataclass(frozen=True)
class Ruit:
    """One topic in the window.

    links, rechts: where its column begins and ends.
    groter, kleiner: the points that were noted.
    """

    naam: str
    links: float
    rechts: float
    groter: tuple[str, ...]
    kleiner: tuple[str, ...]

    @property
    def x(self) -> float:
        """The middle of its column."""
        return (self.links + self.rechts) / 2

    @property
    def half(self) -> float:
        """Half the height of the window here."""
        more = len(self.groter) - len(self.kleiner)
        return min(WIJDST, max(SMALST, RUST + STAP * more))

    @property
    def is_leeg(self) -> bool:
        return not (self.groter or self.kleiner)

    @property
    def stippen(self) -> list[tuple[bool, float]]:
        """A dot per point: whether it makes the window larger, and where it stands."""
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
        """The window as the path of an SVG: its upper edge to the right, its lower edge back."""
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
        """Each topic with its own piece of that outline, as the path of an SVG."""
        halves = [ruit.half for ruit in self.ruiten]
        between = [(one + other) / 2 for one, other in pairwise(halves)]
        borders = pairwise([halves[0], *between, halves[-1]])
        return [
            (ruit, self._side(ruit) + _edge(ruit, -1, ends) + _edge(ruit, 1, ends))
            for ruit, ends in zip(self.ruiten, borders, strict=True)
        ]

    def _side(self, ruit: Ruit) -> str:
        """The upright at the left of the first topic and at the right of the last one."""
        places = [KANT] * (ruit == self.ruiten[0]) + [BREEDTE - KANT] * (ruit == self.ruiten[-1])
        return "".join(f"M{x} {MIDDEN - ruit.half:g}V{MIDDEN + ruit.half:g}" for x in places)


def raam(themas: Iterable[tuple[str, str, str]]) -> Raam:
    """The window of a talk.

    themas: per topic (at least one) its name, and what was noted as larger and as smaller, with a
        point on each line.
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
    """The points in a text: its lines, without those that say there is none ("-", "niets")."""
    lines = (line.strip() for line in tekst.splitlines())
    return tuple(line for line in lines if _says_something(line))


def _says_something(line: str) -> bool:
    letters = re.sub(r"[\W\d_]", "", line).casefold()
    return bool(letters) and letters not in GEEN_PUNT


def _curve(start: Stop, stops: list[Stop]) -> str:
    """From stop to stop without corners: level at each topic, a slow slope between two."""
    parts = []
    x, y = start
    for to_x, to_y in stops:
        half = (x + to_x) / 2
        parts.append(f"C{half:g} {y:g} {half:g} {to_y:g} {to_x:g} {to_y:g}")
        x, y = to_x, to_y
    return "".join(parts)


def _edge(ruit: Ruit, side: int, ends: tuple[float, float]) -> str:
    """The same curve in one column only, from its left to its right.

    side: -1 for the upper edge, 1 for the lower one.
    ends: half the height of the window at both ends.
    """
    middle = (ruit.x, MIDDEN + side * ruit.half)
    left = (ruit.links, MIDDEN + side * ends[0])
    right = (ruit.rechts, MIDDEN + side * ends[1])
    level, halfway = _half_slope(middle, left)
    there, back = _put(halfway, level, middle), _put(*_half_slope(middle, right), right)
    return f"M{_put(left)}C{there}C{back}"


def _half_slope(middle: Stop, border: Stop) -> tuple[Stop, Stop]:
    """The handles of half a slope, from where it is level to halfway (after de Casteljau)."""
    (x, y), (to_x, to_y) = middle, border
    return ((x + to_x) / 2, y), ((x + 3 * to_x) / 4, (y + to_y) / 2)


def _put(*stops: Stop) -> str:
    return " ".join(f"{x:g} {y:g}" for x, y in stops)
