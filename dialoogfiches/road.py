"""The road drawing: the steps of a talk as stations along a winding road.

All coordinates are integers in the units of the SVG's viewBox, so that a template only has to
place them. The same road has two layouts: a single wavy row for wide pages and paper, and rows
that turn back for a phone or a side column. The page shows whichever fits (static/css/flow.css).
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

# Maximum characters per line of a name; a longer single word is hyphenated.
LETTERS = 14
# How far a bend swings out, as a fraction of the distance to the next point.
BEND = 0.42


class StationState(StrEnum):
    """The position of a station relative to the current one."""

    OPEN = "open"  # there is no current station
    GEHAD = "gehad"
    NU = "nu"
    STRAKS = "straks"


class OnTheRoad:
    """Mixin for something along the road that has a position."""

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
    """The dimensions of a layout, in viewBox units."""

    straal: int
    straal_nu: int
    letter: int
    regel: int
    punt: int  # radius of a station without a number
    weg: int  # width of the road
    over: int  # from a station to the decoration across the road from its name


BREED = Measures(straal=22, straal_nu=28, letter=18, regel=21, punt=11, weg=26, over=60)
SMAL = Measures(straal=18, straal_nu=23, letter=15, regel=17, punt=9, weg=20, over=52)
# The wide layout: its width and height, the minimum distance of a station from the edge, and the
# two heights of its stations. Odd stations have their name below them, even ones above.
BREEDTE, HOOGTE, RAND, LAAG, HOOG = 1000, 248, 66, 158, 98
# The narrow layout: its width, the left and top of its first row, the distance between rows, how
# far a turning road swings out beside the names, and the room for the names of the last row.
SMALLE, LINKS, BOVEN, RIJ, KEER, ONDER = 412, 98, 80, 144, 84, 74
# The stations in the middle of a row are raised a little.
BULT = 10


@dataclass(frozen=True)
class NameLine:
    """One line of a name, centred on the x of its station."""

    y: int
    tekst: str


@dataclass(frozen=True)
class Station(OnTheRoad):
    nummer: int | None  # None for a plain dot: a part that is not a step
    stand: StationState
    x: int
    y: int
    straal: int
    letter: int
    regels: tuple[NameLine, ...]
    onder: bool  # whether its name is below it
    overkant: int  # y of the decoration across the road from its name


@dataclass(frozen=True)
class Drawing:
    """One layout. `weg` and `gelopen` are SVG paths; `gelopen` is "" without a current station."""

    maten: Measures
    breedte: int
    hoogte: int
    weg: str
    gelopen: str
    stations: tuple[Station, ...]
    # The dots after the last station, which suggest that the road continues.
    verder: tuple[Point, ...]
    bomen: tuple[Point, ...]


@dataclass(frozen=True)
class Stop(OnTheRoad):
    """A station as text, for the list that accompanies the drawing."""

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
        """The number of stations that are a step."""
        return sum(halte.nummer is not None for halte in self.haltes)

    @property
    def nu(self) -> int:
        """The number of the current step; 0 if there is none."""
        here = (halte.nummer for halte in self.haltes if halte.stand == StationState.NU)
        return next(here, None) or 0


def can_be_drawn(delen: Sequence[FichePart]) -> bool:
    """Whether the parts form a road that fits the drawing; a concept may have none or too many."""
    return 0 < len(delen) <= LANGSTE_WEG


def own_road(fiche: Fiche) -> Flow | None:
    """The drawing of a material of vorm flow; None for any other vorm, or if it cannot be drawn."""
    if fiche.vorm != Vorm.FLOW or not can_be_drawn(fiche.stappen):
        return None
    return road(fiche.stappen)


def road(
    delen: Sequence[FichePart],
    *,
    current: str | None = None,
    nummers: Mapping[str, int | None] | None = None,
) -> Flow:
    """Draw the road along some parts of a material.

    delen: parts for which `can_be_drawn` holds, usually the steps.
    current: the code of the current part. With None, or a code that is not on the road, the road
        has no current station.
    nummers: the step numbers by code, for a road drawn from another material than the one the steps
        belong to; a part that is not a step there becomes a dot without a number. Defaults to the
        parts' own numbers.
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
    """Split a name that is too long for one line into two lines of the most equal length."""
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
    """The layout with a single wavy row."""
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
    # After the last station the road bends back to the middle.
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
    """The layout in rows that run alternately right and left (boustrophedon)."""
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
    """The path up to the current station, following the bends of the whole road."""
    standen = [halte.stand for halte in haltes]
    if StationState.NU not in standen:
        return ""
    here = points[standen.index(StationState.NU)]
    return _path(way, until=way.index(here))


def _path(way: Sequence[Point], until: int | None = None) -> str:
    """A smooth curve through points: cubic Béziers after Catmull and Rom.

    until: the index of the point where the curve ends; None for the whole curve.
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
    """A Bézier control point at `point`, parallel to the line between its neighbours."""
    length = dist(point, after)
    reach = BEND * length / ((dist(before, point) + length) or 1)
    return (
        point[0] + round((after[0] - before[0]) * reach),
        point[1] + round((after[1] - before[1]) * reach),
    )
