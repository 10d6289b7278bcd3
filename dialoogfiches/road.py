"""The road drawing: the steps of a talk as stations along a winding road.

All coordinates are whole units of the SVG's viewBox, so that a template only has to place them.
There are two layouts of the same road: one row of waves for a wide page and for paper, rows that
turn back for a phone or a side column. The page shows the one that fits (static/css/flow.css).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from math import dist

from dialoogfiches.domain.content import LANGSTE_WEG
from dialoogfiches.queries import Fiche, FichePart
from dossiers.materialen.models import Vorm

Point = tuple[int, int]

# Letters on a line of a name; a single word that is longer is broken.
LETTERS = 14
# How far a bend swings out: a part of the way to the next point.
BEND = 0.42


class StationState(StrEnum):
    """Where a station is, seen from where one is now."""

    OPEN = "open"  # nobody is on the road yet
    GEHAD = "gehad"
    NU = "nu"
    STRAKS = "straks"


class OnTheRoad:
    """Something that stands along the road, and where that is."""

    stand: StationState

    @property
    def is_passed(self) -> bool:
        return self.stand == StationState.GEHAD

    @property
    def is_here(self) -> bool:
        return self.stand == StationState.NU

    @property
    def is_ahead(self) -> bool:
        return self.stand == StationState.STRAKS


@dataclass(frozen=True)
class Measures:
    """The measures of a layout."""

    straal: int
    straal_nu: int
    letter: int
    regel: int
    punt: int  # a station without a number
    weg: int  # how wide the road is
    over: int  # from a station to what stands across the road from its name


BREED = Measures(straal=22, straal_nu=28, letter=18, regel=21, punt=11, weg=26, over=60)
SMAL = Measures(straal=18, straal_nu=23, letter=15, regel=17, punt=9, weg=20, over=52)
# The wide layout: its width and height, how near its edge a station may stand, and the two heights
# of its stations. The odd ones have their name below them, the even ones above.
BREEDTE, HOOGTE, RAND, LAAG, HOOG = 1000, 248, 66, 158, 98
# The narrow layout: its width, where its rows begin, how far apart they are, how far a road that
# turns swings out beside the names, and what the names of the last row need below it.
SMALLE, LINKS, BOVEN, RIJ, KEER, ONDER = 412, 98, 80, 144, 84, 74
# The stations in the middle of a row stand a little higher.
BULT = 10


@dataclass(frozen=True)
class NameLine:
    """One line of a name, in the middle of `x`."""

    y: int
    tekst: str


@dataclass(frozen=True)
class Station(OnTheRoad):
    nummer: int | None  # None for a plain dot: what is no step
    stand: StationState
    x: int
    y: int
    straal: int
    letter: int
    regels: tuple[NameLine, ...]
    onder: bool  # whether its name stands below it
    overkant: int  # the height of what stands across the road from its name


@dataclass(frozen=True)
class Drawing:
    """One layout. `weg` and `gelopen` are paths; `gelopen` is empty when nobody is on the road."""

    maten: Measures
    breedte: int
    hoogte: int
    weg: str
    gelopen: str
    stations: tuple[Station, ...]
    # The dots behind the last station: the road goes on.
    verder: tuple[Point, ...]
    bomen: tuple[Point, ...]


@dataclass(frozen=True)
class Stop(OnTheRoad):
    """A station in words."""

    nummer: int | None
    titel: str
    stand: StationState


@dataclass(frozen=True)
class Flow:
    haltes: tuple[Stop, ...]
    breed: Drawing
    smal: Drawing

    @property
    def stappen(self) -> int:
        """How many of the stations are a step."""
        return sum(halte.nummer is not None for halte in self.haltes)

    @property
    def nu(self) -> int:
        """The number of the step where one is; 0 when nobody is on the road yet."""
        here = (halte.nummer for halte in self.haltes if halte.stand == StationState.NU)
        return next(here, None) or 0


def can_be_drawn(delen: Sequence[FichePart]) -> bool:
    """Whether there is a road through these parts, and room for it; a concept may lack both."""
    return 0 < len(delen) <= LANGSTE_WEG


def own_road(fiche: Fiche) -> Flow | None:
    """The drawing of a material that is one: of vorm flow, and with a road to draw."""
    if fiche.vorm != Vorm.FLOW or not can_be_drawn(fiche.stappen):
        return None
    return road(fiche.stappen)


def road(
    delen: Sequence[FichePart],
    *,
    current: str | None = None,
    nummers: Mapping[str, int | None] | None = None,
) -> Flow:
    """The road past some parts of a material.

    delen: that can be drawn, the steps as a rule.
    current: the code of the part where one is; None, or a code that is not on the road, for a
        road that nobody walks yet.
    nummers: the number of each step by its code, where the road is that of another material than
        the steps; a part that is no step there gets a dot without a number. The parts' own
        numbers without it.
    """
    if nummers is None:
        nummers = {deel.onderdeel.code: deel.nummer for deel in delen}
    codes = [deel.onderdeel.code for deel in delen]
    nu = codes.index(current) if current in codes else None
    standen = [_stand(place, nu) for place in range(len(delen))]
    haltes = [
        Stop(nummers.get(deel.onderdeel.code), deel.onderdeel.titel, stand)
        for deel, stand in zip(delen, standen, strict=True)
    ]
    namen = [_in_lines(deel.onderdeel.kort) for deel in delen]
    return Flow(
        haltes=tuple(haltes),
        breed=_wide(namen, haltes),
        smal=_narrow(namen, haltes),
    )


def _stand(place: int, nu: int | None) -> StationState:
    if nu is None:
        return StationState.OPEN
    if place == nu:
        return StationState.NU
    return StationState.GEHAD if place < nu else StationState.STRAKS


def _in_lines(naam: str) -> tuple[str, ...]:
    """A name in one line when it is short, else in the two that are most alike."""
    if len(naam) <= LETTERS:
        return (naam,)
    cuts = [place + 1 for place, letter in enumerate(naam[:-1]) if letter in " -"]
    halves = [(naam[:cut].strip(), naam[cut:].strip()) for cut in cuts]
    best = min(halves, key=lambda half: max(map(len, half)), default=None)
    if best is None or max(map(len, best)) > LETTERS + 2:
        middle = (len(naam) + 1) // 2
        best = (f"{naam[:middle].strip()}-", naam[middle:].strip())
    return best


def _wide(namen: Sequence[tuple[str, ...]], haltes: Sequence[Stop]) -> Drawing:
    """One row of waves."""
    edge = max(RAND, BREEDTE // (2 * len(namen)))
    step = (BREEDTE - 2 * edge) / max(1, len(namen) - 1)
    points = [
        (round(edge + place * step), HOOG if place % 2 else LAAG) for place in range(len(namen))
    ]
    stations = [
        _station(BREED, haltes[place], point, namen[place], below=not place % 2)
        for place, point in enumerate(points)
    ]
    middle = (LAAG + HOOG) // 2
    x, y = points[-1]
    # Beyond the last station it bends back to the middle.
    slope = (middle - y) // 5
    way = [(-20, middle), *points, (x + 34, y + slope)]
    return Drawing(
        maten=BREED,
        breedte=BREEDTE,
        hoogte=HOOGTE,
        weg=_path(way),
        gelopen=_walked(way, points, haltes),
        stations=tuple(stations),
        verder=((x + 51, y + 2 * slope), (x + 62, y + 3 * slope)),
        bomen=tuple(
            (one.x, one.overkant)
            for place, one in enumerate(stations)
            if place % 3 == 1 and one.stand != StationState.NU
        ),
    )


def _narrow(namen: Sequence[tuple[str, ...]], haltes: Sequence[Stop]) -> Drawing:
    """Rows that turn back at their end, as one ploughs."""
    per_row = 2 if len(namen) in (2, 4) else 3
    column = (SMALLE - 2 * LINKS) // (per_row - 1)
    points: list[Point] = []
    way: list[Point] = [(-20, BOVEN)]
    bomen: list[Point] = []
    for place in range(len(namen)):
        row, nth = divmod(place, per_row)
        to_right = row % 2 == 0
        if row and not nth:
            left, right = LINKS - KEER, SMALLE - LINKS + KEER
            turn = BOVEN + row * RIJ - RIJ // 2
            way.append((left if to_right else right, turn))
            bomen.append((right - 16 if to_right else left + 4, turn + 12))
        from_left = nth if to_right else per_row - 1 - nth
        bump = BULT if nth % 2 and per_row == 3 else 0
        points.append((LINKS + from_left * column, BOVEN + row * RIJ - bump))
        way.append(points[-1])
    ahead = 1 if ((len(namen) - 1) // per_row) % 2 == 0 else -1
    x, y = points[-1]
    way.append((x + ahead * 40, y + 4))
    return Drawing(
        maten=SMAL,
        breedte=SMALLE,
        hoogte=BOVEN + ((len(namen) - 1) // per_row) * RIJ + ONDER,
        weg=_path(way),
        gelopen=_walked(way, points, haltes),
        stations=tuple(
            _station(SMAL, haltes[place], point, namen[place], below=True)
            for place, point in enumerate(points)
        ),
        verder=tuple((x + ahead * far, y + 5) for far in (58, 71)),
        bomen=tuple(bomen),
    )


def _station(
    maten: Measures, halte: Stop, point: Point, naam: tuple[str, ...], *, below: bool
) -> Station:
    x, y = point
    here = halte.stand == StationState.NU
    usual = maten.punt if halte.nummer is None else maten.straal
    if below:
        first = y + maten.straal_nu + maten.regel + 8
    else:
        first = y - maten.straal_nu - 16 - (len(naam) - 1) * maten.regel
    return Station(
        nummer=halte.nummer,
        stand=halte.stand,
        x=x,
        y=y,
        straal=maten.straal_nu if here else usual,
        letter=maten.letter + here,
        regels=tuple(
            NameLine(first + line * maten.regel, tekst) for line, tekst in enumerate(naam)
        ),
        onder=below,
        overkant=y - maten.over if below else y + maten.over,
    )


def _walked(way: Sequence[Point], points: Sequence[Point], haltes: Sequence[Stop]) -> str:
    """The path up to where one is; the bends are those of the whole road."""
    standen = [halte.stand for halte in haltes]
    if StationState.NU not in standen:
        return ""
    here = points[standen.index(StationState.NU)]
    return _path(way, until=way.index(here))


def _path(way: Sequence[Point], until: int | None = None) -> str:
    """A smooth curve through points: cubic Béziers after Catmull and Rom.

    until: the place among the points where the curve ends; all the way without one.
    """
    around = [way[0], *way, way[-1]]
    curve = [f"M{way[0][0]} {way[0][1]}"]
    for place, (start, end) in enumerate(pairwise(way[: None if until is None else until + 1])):
        before, after = around[place], around[place + 3]
        first = _handle(before, start, end)
        second = _handle(after, end, start)
        curve.append("C" + " ".join(f"{x} {y}" for x, y in (first, second, end)))
    return "".join(curve)


def _handle(before: Point, point: Point, after: Point) -> Point:
    """The end of a bend's handle at a point: along the line between its neighbours."""
    length = dist(point, after)
    reach = BEND * length / ((dist(before, point) + length) or 1)
    return (
        point[0] + round((after[0] - before[0]) * reach),
        point[1] + round((after[1] - before[1]) * reach),
    )
