"""A network as a drawing: every shape with its place, for the template to write down."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from trackbook.publishing.course_map.network import Network, Stop, Tie
from trackbook.publishing.course_map.placing import LABEL_START, RADIUS, SIZES, Grid, Row, Sheet, Style, place_rows
from trackbook.publishing.course_map.routing import Frame, Point, route_ties
from trackbook.publishing.course_map.trunks import find_near

_CORNER = 9.0
_BASELINE = 0.74
"""Of a line's leading, from its top."""
_LEAST_REACH = 30


@dataclass(frozen=True, slots=True)
class Mark:
    """A stop, a head or a stretch's title. `x` and `y` are the middle of its sign.

    `label` has each line of text with how far below the middle it stands; it begins LABEL_START to the right. `height`
    is what a finger or the focus takes of it. `ties` are the numbers of those that begin or end here.
    """

    track: int
    stop: Stop | None
    is_head: bool
    x: float
    y: float
    label: tuple[tuple[str, float], ...]
    style: Style
    height: float
    ties: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Rail:
    """A line from its head to its last stop."""

    track: int
    x: float
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Way:
    """A tie with its corners; `near` says that the line itself shows it."""

    tie: Tie
    track: int
    corners: tuple[Point, ...]
    near: bool

    @property
    def path(self) -> str:
        return trace(self.corners) if self.near else trace(self.corners) + _point(self.corners)


@dataclass(frozen=True, slots=True)
class Drawing:
    width: float
    height: float
    reach: int
    rails: tuple[Rail, ...]
    ways: tuple[Way, ...]
    marks: tuple[Mark, ...]


def draw(network: Network, sheet: Sheet) -> Drawing:
    """The network on a sheet. Every key that a tie names has to be a stop of it."""
    grid = place_rows(network, sheet)
    frame, routes = route_ties(network, grid, sheet)
    near = find_near(network)
    hues = {key: row.line.head.number for key, row in grid.places.items()}
    ways = tuple(Way(tie, hues[tie.source], routes[tie], tie in near) for tie in network.ties)
    touching: dict[str, list[int]] = {}
    for number, tie in enumerate(network.ties):
        touching.setdefault(tie.source, []).append(number)
        touching.setdefault(tie.target, []).append(number)
    return Drawing(
        width=round(frame.width),
        height=round(frame.height),
        reach=RADIUS + 1 + LABEL_START + sheet.width,
        rails=tuple(_lay_rails(frame, grid, network)),
        ways=ways,
        marks=tuple(_mark(frame, row, touching.get(row.stop.key if row.stop else "", ())) for row in grid.rows),
    )


def _lay_rails(frame: Frame, grid: Grid, network: Network) -> Iterator[Rail]:
    for line in network.lines:
        first, last = grid.places[line.stops[0].key], grid.places[line.stops[-1].key]
        if first is not last:
            yield Rail(
                line.head.number, frame.lines[first.column], frame.heights.middle(first), frame.heights.middle(last)
            )


def _mark(frame: Frame, row: Row, ties: Sequence[int]) -> Mark:
    leading = SIZES[row.style][1]
    first = leading * _BASELINE - row.height / 2
    label = tuple((text, round(first + leading * number, 1)) for number, text in enumerate(row.label))
    x, y = frame.lines[row.column], frame.heights.middle(row)
    height = max(row.height, _LEAST_REACH)
    return Mark(row.line.head.number, row.stop, row.is_head, x, y, label, row.style, height, tuple(ties))


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
    return (
        round(here[0] + (there[0] - here[0]) / length * way, 1),
        round(here[1] + (there[1] - here[1]) / length * way, 1),
    )
