"""A network as a drawing: every shape with its place, for the template to write down.

Ties run in the lanes beside each column's lines, and in the corridors between its rows.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from trackbook.publishing.course_map.network import Network, Tie, TieKind
from trackbook.publishing.course_map.rows import LABEL_START, RADIUS, Row, Sheet, find_places, place_rows
from trackbook.publishing.course_map.trunks import Trunk, assign_lanes, find_near, gather_trunks

Point = tuple[float, float]
_CORNER = 9.0
_MARGIN = 4.0
_COLUMN_GAP = 20
_CORRIDOR = 8
"""Below each row's label: room for ties to other columns."""
_SLOT = 4
"""Between two ties in one corridor."""
_ARRIVAL = -6
_DEPARTURES: dict[TieKind, int] = {"needs": 0, "defers": 6}
"""Where ties meet a stop, from its middle downward."""
_LANE, _LEAST_LANE, _ALL_LANES = 11.0, 4.0, 110
"""The width of a lane: the wish, the least, and where the one gives way to the other."""
_BESIDE = 12
"""Between the lanes and the signs: room for arrows."""
_APART = 5.0
"""Between two trunks in one lane."""
_EXIT = 7
"""From a line to where ties leave its column."""


@dataclass(frozen=True, slots=True)
class Way:
    """A tie with its corners; `near` says that the line itself shows it."""

    tie: Tie
    track: int
    corners: tuple[Point, ...]
    near: bool

    @property
    def path(self) -> str:
        return trace(self.corners) + ("" if self.near else _point(self.corners))


@dataclass(frozen=True, slots=True)
class Drawing:
    """`rails` are the first and the last row of each line; `touching` has, by a stop's key, the numbers of its ways.

    `reach` is how wide the area is that a finger or the focus takes of a row.
    """

    width: float
    height: float
    reach: int
    rails: tuple[tuple[Row, Row], ...]
    ways: tuple[Way, ...]
    rows: tuple[Row, ...]
    touching: Mapping[str, Sequence[int]]


def draw(network: Network, sheet: Sheet) -> Drawing:
    """The network on a sheet. Every key that a tie names has to be a stop of it.

    Rows make room for the trunks that pass below them, columns for those beside them; then all places are known.
    """
    near = find_near(network)
    rows = place_rows(network, sheet)
    trunks = gather_trunks(find_places(rows), [tie for tie in network.ties if tie not in near])
    rows, height = _stack(rows, trunks, sheet)
    rows, lanes, width = _spread(rows, trunks, sheet)
    places = find_places(rows)
    corners: dict[Tie, tuple[Point, ...]] = {tie: _follow_line(places[tie.source], places[tie.target]) for tie in near}
    for trunk in trunks:
        corners |= {tie: tuple(_lead(trunk, lanes[trunk], places, places[tie.target])) for tie in trunk.ties}
    ends = ((places[line.stops[0].key], places[line.stops[-1].key]) for line in network.lines)
    touching: dict[str, list[int]] = defaultdict(list)
    for number, tie in enumerate(network.ties):
        touching[tie.source].append(number)
        touching[tie.target].append(number)
    return Drawing(
        width=round(width),
        height=round(height),
        reach=RADIUS + 1 + LABEL_START + sheet.width,
        rails=tuple((first, last) for first, last in ends if first is not last),
        ways=tuple(Way(tie, places[tie.source].track, corners[tie], tie in near) for tie in network.ties),
        rows=tuple(rows),
        touching=touching,
    )


def _stack(rows: Sequence[Row], trunks: Sequence[Trunk], sheet: Sheet) -> tuple[list[Row], float]:
    """Each row as high as its highest label in any column, with a corridor for all that leaves a column there."""
    count = max((row.number for row in rows), default=-1) + 1
    labels, corridors = [float(sheet.height)] * count, [_CORRIDOR] * count
    for row in rows:
        labels[row.number] = max(labels[row.number], row.height)
    places = find_places(rows)
    for trunk in trunks:
        below = places[trunk.source].number
        corridors[below] = max(corridors[below], _CORRIDOR + _SLOT * (trunk.slot or 0))
    tops = list(accumulate((sum(pair) for pair in zip(labels, corridors, strict=True)), initial=_MARGIN))
    return [_lower(row, tops[row.number], labels[row.number]) for row in rows], tops[-1] + _MARGIN


def _lower(row: Row, top: float, room: float) -> Row:
    """The row in the middle of its room; a stretch's title stands low, close to its stops."""
    middle = room / 2 if row.stop else room - row.height / 2 - 2
    return replace(row, y=top + middle, bottom=top + room)


def _spread(
    rows: Sequence[Row], trunks: Sequence[Trunk], sheet: Sheet
) -> tuple[list[Row], Mapping[Trunk, float], float]:
    """The rows beside their column's lanes, the x of each trunk's lane, and the width of it all."""
    places = find_places(rows)
    lines: list[float] = []
    lanes: dict[Trunk, float] = {}
    edge = _MARGIN
    for column in range(max((row.column for row in rows), default=-1) + 1):
        own = [trunk for trunk in trunks if trunk.column == column]
        numbers = assign_lanes([_find_span(places, trunk) for trunk in own], _APART)
        count = max(numbers, default=-1) + 1
        gap = min(_LANE, max(_LEAST_LANE, _ALL_LANES / max(count, 1)))
        line = edge + count * gap + (_BESIDE if count else 0) + RADIUS + 2
        lines.append(line)
        for trunk, number in zip(own, numbers, strict=True):
            lanes[trunk] = line - RADIUS - _BESIDE - (number + 0.5) * gap
        edge = line + LABEL_START + sheet.width + _COLUMN_GAP
    return [replace(row, x=lines[row.column]) for row in rows], lanes, edge - _COLUMN_GAP + _MARGIN


def _find_span(places: Mapping[str, Row], trunk: Trunk) -> tuple[float, float]:
    """From where to where it runs down its lane."""
    ends = [_find_departure(places, trunk), *(places[tie.target].y + _ARRIVAL for tie in trunk.ties)]
    return min(ends), max(ends)


def _find_departure(places: Mapping[str, Row], trunk: Trunk) -> float:
    source = places[trunk.source]
    if trunk.slot is None:
        return source.y + _DEPARTURES[trunk.kind]
    return source.bottom + _CORRIDOR / 2 + trunk.slot * _SLOT


def _follow_line(source: Row, target: Row) -> tuple[Point, Point]:
    return (source.x, source.y + source.radius), (source.x, target.y - target.radius)


def _lead(trunk: Trunk, lane: float, places: Mapping[str, Row], target: Row) -> Iterator[Point]:
    source, departure, arrival = places[trunk.source], _find_departure(places, trunk), target.y + _ARRIVAL
    if trunk.slot is None:
        yield source.x - source.radius, departure
    else:
        x = source.x + (_EXIT if source.column < trunk.column else -_EXIT)
        yield x, source.y + source.radius - 2
        yield x, departure
    yield lane, departure
    yield lane, arrival
    yield target.x - target.radius - 1.5, arrival


def trace(corners: Sequence[Point]) -> str:
    """An SVG path through the corners, which it rounds."""
    (x, y), *_ = corners
    steps = [f"M{x:g} {y:g}"]
    for before, here, after in zip(corners, corners[1:], corners[2:], strict=False):
        radius = min(_CORNER, _distance(before, here) / 2, _distance(here, after) / 2)
        (x1, y1), (x2, y2) = _toward(here, before, radius), _toward(here, after, radius)
        steps.append(f"L{x1:g} {y1:g}Q{here[0]:g} {here[1]:g} {x2:g} {y2:g}")
    x, y = corners[-1]
    return "".join([*steps, f"L{x:g} {y:g}"])


def _point(corners: Sequence[Point]) -> str:
    """The head of the arrow at the end of a way; every way but those along a line ends sideways."""
    (x, y), back = corners[-1], 5 if corners[-2][0] > corners[-1][0] else -5
    return f"M{x:g} {y:g}l{back} -3.5M{x:g} {y:g}l{back} 3.5"


def _distance(one: Point, other: Point) -> float:
    return abs(one[0] - other[0]) + abs(one[1] - other[1])


def _toward(here: Point, there: Point, way: float) -> Point:
    length = _distance(here, there) or 1
    (x, y), (there_x, there_y) = here, there
    return round(x + (there_x - x) / length * way, 1), round(y + (there_y - y) / length * way, 1)
