"""Ways for the ties: in the lanes beside each column's lines, and in the corridors between its rows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from trackbook.publishing.course_map.network import Network, Tie, TieKind
from trackbook.publishing.course_map.placing import CORRIDOR, LABEL_START, RADIUS, Grid, Row, Sheet
from trackbook.publishing.course_map.trunks import Trunk, assign_lanes, find_near, gather_trunks

Point = tuple[float, float]
_MARGIN = 4.0
_COLUMN_GAP = 20
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
class Heights:
    """How far down things are: `tops` of the rows, and of what follows the last; `labels` how high each row's are."""

    tops: tuple[float, ...]
    labels: tuple[float, ...]

    def middle(self, row: Row) -> float:
        """Of a row's sign and label; a stretch's title stands low, close to its stops."""
        room = self.labels[row.number]
        return self.tops[row.number] + (room - row.height / 2 - 2 if row.stop is None else room / 2)

    def departure(self, trunk: Trunk) -> float:
        if trunk.slot is None:
            return self.middle(trunk.source) + _DEPARTURES[trunk.kind]
        row = trunk.source.number
        return self.tops[row] + self.labels[row] + CORRIDOR / 2 + trunk.slot * _SLOT

    def arrival(self, row: Row) -> float:
        return self.middle(row) + _ARRIVAL

    def span(self, grid: Grid, trunk: Trunk) -> tuple[float, float]:
        ends = [self.departure(trunk), *(self.arrival(grid.places[tie.target]) for tie in trunk.ties)]
        return min(ends), max(ends)


@dataclass(frozen=True, slots=True)
class Frame:
    """The measures of a drawing: the x of each column's line and of each trunk's lane."""

    width: float
    height: float
    lines: tuple[float, ...]
    lanes: Mapping[Trunk, float]
    heights: Heights


def route_ties(network: Network, grid: Grid, sheet: Sheet) -> tuple[Frame, dict[Tie, tuple[Point, ...]]]:
    """The measures of the drawing, and each tie's corners from its source to the tip of its arrow."""
    near = find_near(network)
    trunks = gather_trunks(grid, [tie for tie in network.ties if tie not in near])
    frame = _measure(grid, sheet, trunks)
    ways = {tie: tuple(_follow_line(frame, grid, tie)) for tie in near}
    for trunk in trunks:
        ways |= {tie: tuple(_lead(frame, trunk, grid.places[tie.target])) for tie in trunk.ties}
    return frame, ways


def _measure(grid: Grid, sheet: Sheet, trunks: Sequence[Trunk]) -> Frame:
    heights = _stack(grid, sheet, trunks)
    lines: list[float] = []
    lanes: dict[Trunk, float] = {}
    edge = _MARGIN
    for column in range(grid.columns):
        own = [trunk for trunk in trunks if trunk.column == column]
        numbers = assign_lanes([heights.span(grid, trunk) for trunk in own], _APART)
        count = max(numbers, default=-1) + 1
        gap = min(_LANE, max(_LEAST_LANE, _ALL_LANES / max(count, 1)))
        line = edge + count * gap + (_BESIDE if count else 0) + RADIUS + 2
        lines.append(line)
        lanes |= {
            trunk: line - RADIUS - _BESIDE - (number + 0.5) * gap for trunk, number in zip(own, numbers, strict=True)
        }
        edge = line + LABEL_START + sheet.width + _COLUMN_GAP
    return Frame(edge - _COLUMN_GAP + _MARGIN, heights.tops[-1] + _MARGIN, tuple(lines), lanes, heights)


def _stack(grid: Grid, sheet: Sheet, trunks: Sequence[Trunk]) -> Heights:
    """Each row as high as its highest label in any column, with a corridor for all that leaves a column there."""
    count = max((row.number for row in grid.rows), default=-1) + 1
    labels = [float(sheet.height)] * count
    for row in grid.rows:
        labels[row.number] = max(labels[row.number], row.height)
    corridors = [CORRIDOR] * count
    for trunk in trunks:
        below = trunk.source.number
        corridors[below] = max(corridors[below], CORRIDOR + _SLOT * (trunk.slot or 0))
    tops = accumulate((sum(pair) for pair in zip(labels, corridors, strict=True)), initial=_MARGIN)
    return Heights(tuple(tops), tuple(labels))


def _follow_line(frame: Frame, grid: Grid, tie: Tie) -> Iterator[Point]:
    source, target = grid.places[tie.source], grid.places[tie.target]
    yield frame.lines[source.column], frame.heights.middle(source) + source.radius
    yield frame.lines[source.column], frame.heights.middle(target) - target.radius


def _lead(frame: Frame, trunk: Trunk, target: Row) -> Iterator[Point]:
    source, line, lane = trunk.source, frame.lines[trunk.source.column], frame.lanes[trunk]
    departure, arrival = frame.heights.departure(trunk), frame.heights.arrival(target)
    if trunk.slot is None:
        yield line - source.radius, departure
    else:
        line += _EXIT if source.column < trunk.column else -_EXIT
        yield line, frame.heights.middle(source) + source.radius - 2
        yield line, departure
    yield lane, departure
    yield lane, arrival
    yield frame.lines[target.column] - target.radius - 1.5, arrival
