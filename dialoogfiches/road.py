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

from dialoogfiches.domain.content import MAX_STATIONS
from dialoogfiches.queries import Fiche, FichePart
from dossiers.materialen.models import Vorm

Point = tuple[int, int]

# Maximum characters per line of a name; a longer single word is hyphenated.
MAX_LINE_LENGTH = 14
# How far a bend swings out, as a fraction of the distance to the next point.
BEND = 0.42


class StationState(StrEnum):
    """The position of a station relative to the current one."""

    OPEN = "open"  # there is no current station
    PASSED = "passed"
    CURRENT = "current"
    AHEAD = "ahead"


class HasStationState:
    """Mixin for something along the road that has a position."""

    state: StationState

    @property
    def is_passed(self) -> bool:
        return self.state == StationState.PASSED

    @property
    def is_here(self) -> bool:
        return self.state == StationState.CURRENT

    @property
    def is_ahead(self) -> bool:
        return self.state == StationState.AHEAD


@dataclass(frozen=True)
class Dimensions:
    """The dimensions of a layout, in viewBox units."""

    radius: int
    current_radius: int
    font_size: int
    line_height: int
    dot_radius: int  # radius of a station without a number
    road_width: int
    decoration_offset: int  # from a station to the decoration across the road from its name


WIDE = Dimensions(
    radius=22,
    current_radius=28,
    font_size=18,
    line_height=21,
    dot_radius=11,
    road_width=26,
    decoration_offset=60,
)
NARROW = Dimensions(
    radius=18,
    current_radius=23,
    font_size=15,
    line_height=17,
    dot_radius=9,
    road_width=20,
    decoration_offset=52,
)
# The wide layout: its width and height, the minimum distance of a station from the edge, and the
# two heights of its stations. Odd stations have their name below them, even ones above.
WIDE_WIDTH, WIDE_HEIGHT, MIN_EDGE, LOW_Y, HIGH_Y = 1000, 248, 66, 158, 98
# The narrow layout: its width, the left and top of its first row, the distance between rows, how
# far a turning road swings out beside the names, and the room for the names of the last row.
NARROW_WIDTH, LEFT, TOP, ROW_HEIGHT, TURN_SWING, LAST_NAMES_ROOM = 412, 98, 80, 144, 84, 74
# The stations in the middle of a row are raised a little.
BUMP = 10


@dataclass(frozen=True)
class NameLine:
    """One line of a name, centred on the x of its station."""

    y: int
    text: str


@dataclass(frozen=True)
class Station(HasStationState):
    number: int | None  # None for a plain dot: a part that is not a step
    state: StationState
    x: int
    y: int
    radius: int
    font_size: int
    lines: tuple[NameLine, ...]
    name_below: bool  # whether its name is below it
    opposite_y: int  # y of the decoration across the road from its name


@dataclass(frozen=True)
class Drawing:
    """One layout. `road` and `walked` are SVG paths; `walked` is "" without a current station."""

    dimensions: Dimensions
    width: int
    height: int
    road: str
    walked: str
    stations: tuple[Station, ...]
    # The dots after the last station, which suggest that the road continues.
    continuation: tuple[Point, ...]
    trees: tuple[Point, ...]


@dataclass(frozen=True)
class Stop(HasStationState):
    """A station as text, for the list that accompanies the drawing."""

    number: int | None
    title: str
    state: StationState


@dataclass(frozen=True)
class Flow:
    stops: tuple[Stop, ...]
    wide: Drawing
    narrow: Drawing

    @property
    def stappen(self) -> int:
        """The number of stations that are a step."""
        return sum(stop.number is not None for stop in self.stops)

    @property
    def current_number(self) -> int:
        """The number of the current step; 0 if there is none."""
        here = (stop.number for stop in self.stops if stop.state == StationState.CURRENT)
        return next(here, None) or 0


def can_be_drawn(parts: Sequence[FichePart]) -> bool:
    """Whether the parts form a road that fits the drawing; a concept may have none or too many."""
    return 0 < len(parts) <= MAX_STATIONS


def own_road(fiche: Fiche) -> Flow | None:
    """The drawing of a material of vorm flow; None for any other vorm, or if it cannot be drawn."""
    if fiche.vorm != Vorm.FLOW or not can_be_drawn(fiche.stappen):
        return None
    return road(fiche.stappen)


def road(
    parts: Sequence[FichePart],
    *,
    current: str | None = None,
    numbers: Mapping[str, int | None] | None = None,
) -> Flow:
    """Draw the road along some parts of a material.

    parts: those for which `can_be_drawn` holds, usually the steps.
    current: the code of the current part. With None, or a code that is not on the road, the road
        has no current station.
    numbers: the step numbers by code, for a road drawn from another material than the one the steps
        belong to; a part that is not a step there becomes a dot without a number. Defaults to the
        parts' own numbers.
    """
    if numbers is None:
        numbers = {part.onderdeel.code: part.nummer for part in parts}
    codes = [part.onderdeel.code for part in parts]
    here = codes.index(current) if current in codes else None
    states = [_state(place, here) for place in range(len(parts))]
    stops = [
        Stop(numbers.get(part.onderdeel.code), part.onderdeel.titel, state)
        for part, state in zip(parts, states, strict=True)
    ]
    names = [_in_lines(part.onderdeel.kort) for part in parts]
    return Flow(
        stops=tuple(stops),
        wide=_wide(names, stops),
        narrow=_narrow(names, stops),
    )


def _state(place: int, here: int | None) -> StationState:
    if here is None:
        return StationState.OPEN
    if place == here:
        return StationState.CURRENT
    return StationState.PASSED if place < here else StationState.AHEAD


def _in_lines(name: str) -> tuple[str, ...]:
    """Split a name that is too long for one line into two lines of the most equal length."""
    if len(name) <= MAX_LINE_LENGTH:
        return (name,)
    cuts = [place + 1 for place, letter in enumerate(name[:-1]) if letter in " -"]
    halves = [(name[:cut].strip(), name[cut:].strip()) for cut in cuts]
    best = min(halves, key=lambda half: max(map(len, half)), default=None)
    if best is None or max(map(len, best)) > MAX_LINE_LENGTH + 2:
        middle = (len(name) + 1) // 2
        best = (f"{name[:middle].strip()}-", name[middle:].strip())
    return best


def _wide(names: Sequence[tuple[str, ...]], stops: Sequence[Stop]) -> Drawing:
    """The layout with a single wavy row."""
    edge = max(MIN_EDGE, WIDE_WIDTH // (2 * len(names)))
    step = (WIDE_WIDTH - 2 * edge) / max(1, len(names) - 1)
    points = [
        (round(edge + place * step), HIGH_Y if place % 2 else LOW_Y) for place in range(len(names))
    ]
    stations = [
        _station(WIDE, stops[place], point, names[place], below=not place % 2)
        for place, point in enumerate(points)
    ]
    middle = (LOW_Y + HIGH_Y) // 2
    x, y = points[-1]
    # After the last station the road bends back to the middle.
    slope = (middle - y) // 5
    waypoints = [(-20, middle), *points, (x + 34, y + slope)]
    return Drawing(
        dimensions=WIDE,
        width=WIDE_WIDTH,
        height=WIDE_HEIGHT,
        road=_path(waypoints),
        walked=_walked(waypoints, points, stops),
        stations=tuple(stations),
        continuation=((x + 51, y + 2 * slope), (x + 62, y + 3 * slope)),
        trees=tuple(
            (one.x, one.opposite_y)
            for place, one in enumerate(stations)
            if place % 3 == 1 and one.state != StationState.CURRENT
        ),
    )


def _narrow(names: Sequence[tuple[str, ...]], stops: Sequence[Stop]) -> Drawing:
    """The layout in rows that run alternately right and left (boustrophedon)."""
    per_row = 2 if len(names) in (2, 4) else 3
    column = (NARROW_WIDTH - 2 * LEFT) // (per_row - 1)
    points: list[Point] = []
    waypoints: list[Point] = [(-20, TOP)]
    trees: list[Point] = []
    for place in range(len(names)):
        row, nth = divmod(place, per_row)
        to_right = row % 2 == 0
        if row and not nth:
            left, right = LEFT - TURN_SWING, NARROW_WIDTH - LEFT + TURN_SWING
            turn = TOP + row * ROW_HEIGHT - ROW_HEIGHT // 2
            waypoints.append((left if to_right else right, turn))
            trees.append((right - 16 if to_right else left + 4, turn + 12))
        from_left = nth if to_right else per_row - 1 - nth
        bump = BUMP if nth % 2 and per_row == 3 else 0
        points.append((LEFT + from_left * column, TOP + row * ROW_HEIGHT - bump))
        waypoints.append(points[-1])
    ahead = 1 if ((len(names) - 1) // per_row) % 2 == 0 else -1
    x, y = points[-1]
    waypoints.append((x + ahead * 40, y + 4))
    return Drawing(
        dimensions=NARROW,
        width=NARROW_WIDTH,
        height=TOP + ((len(names) - 1) // per_row) * ROW_HEIGHT + LAST_NAMES_ROOM,
        road=_path(waypoints),
        walked=_walked(waypoints, points, stops),
        stations=tuple(
            _station(NARROW, stops[place], point, names[place], below=True)
            for place, point in enumerate(points)
        ),
        continuation=tuple((x + ahead * far, y + 5) for far in (58, 71)),
        trees=tuple(trees),
    )


def _station(
    dimensions: Dimensions, stop: Stop, point: Point, name: tuple[str, ...], *, below: bool
) -> Station:
    x, y = point
    here = stop.state == StationState.CURRENT
    usual = dimensions.dot_radius if stop.number is None else dimensions.radius
    if below:
        first = y + dimensions.current_radius + dimensions.line_height + 8
    else:
        first = y - dimensions.current_radius - 16 - (len(name) - 1) * dimensions.line_height
    return Station(
        number=stop.number,
        state=stop.state,
        x=x,
        y=y,
        radius=dimensions.current_radius if here else usual,
        font_size=dimensions.font_size + here,
        lines=tuple(
            NameLine(first + line * dimensions.line_height, text) for line, text in enumerate(name)
        ),
        name_below=below,
        opposite_y=y - dimensions.decoration_offset if below else y + dimensions.decoration_offset,
    )


def _walked(waypoints: Sequence[Point], points: Sequence[Point], stops: Sequence[Stop]) -> str:
    """The path up to the current station, following the bends of the whole road."""
    states = [stop.state for stop in stops]
    if StationState.CURRENT not in states:
        return ""
    here = points[states.index(StationState.CURRENT)]
    return _path(waypoints, until=waypoints.index(here))


def _path(waypoints: Sequence[Point], until: int | None = None) -> str:
    """A smooth curve through points: cubic Béziers after Catmull and Rom.

    until: the index of the point where the curve ends; None for the whole curve.
    """
    around = [waypoints[0], *waypoints, waypoints[-1]]
    curve = [f"M{waypoints[0][0]} {waypoints[0][1]}"]
    for place, (start, end) in enumerate(
        pairwise(waypoints[: None if until is None else until + 1])
    ):
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
