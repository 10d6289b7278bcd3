"""The raam van tolerantie, drawn from what was noted: a shape to look at together.

Per topic the window is as high as it is, plus a little for every point that makes it larger and
less a little for every one that makes it smaller. It counts for nothing else: no score, no total.
"""

from collections.abc import Iterable
from dataclasses import dataclass

# In the units of the drawing (its viewBox); each topic has a column of its own.
BREEDTE = 480
KANT = 8  # beside the first and the last column
MIDDEN = 125
RUST, STAP = 46, 10  # half the height of the window when nothing is noted, and per point
SMALST, WIJDST = 24, 92
# Of one kind in a topic; more would not fit its column.
MEESTE_STIPPEN, TUSSEN_STIPPEN = 6, 7.5


@dataclass(frozen=True)
class Ruit:
    """One topic in the window.

    x: the middle of its column; links: where that begins.
    groter, kleiner: how many points were noted.
    """

    naam: str
    x: float
    links: float
    groter: int
    kleiner: int

    @property
    def half(self) -> float:
        """Half the height of the window here."""
        return min(WIJDST, max(SMALST, RUST + STAP * (self.groter - self.kleiner)))

    @property
    def is_leeg(self) -> bool:
        return not (self.groter or self.kleiner)

    @property
    def stippen(self) -> list[tuple[bool, float]]:
        """A dot per point: whether it makes the window larger, and where it stands."""
        dots = [True] * min(self.groter, MEESTE_STIPPEN)
        dots += [False] * min(self.kleiner, MEESTE_STIPPEN)
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
                x=KANT + column * (place + 0.5),
                links=KANT + column * place,
                groter=points(groter),
                kleiner=points(kleiner),
            )
            for place, (naam, groter, kleiner) in enumerate(rows)
        )
    )


def points(tekst: str) -> int:
    """How many points a text has: its lines with something on them."""
    return sum(bool(line.strip()) for line in tekst.splitlines())


def _curve(start: tuple[float, float], stops: list[tuple[float, float]]) -> str:
    """From stop to stop without corners: level at each topic, a slow slope between two."""
    parts = []
    x, y = start
    for to_x, to_y in stops:
        half = (x + to_x) / 2
        parts.append(f"C{half:g} {y:g} {half:g} {to_y:g} {to_x:g} {to_y:g}")
        x, y = to_x, to_y
    return "".join(parts)
