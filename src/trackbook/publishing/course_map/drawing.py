"""A network as a drawing: every shape with its place, for the template to write down."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from trackbook.publishing.course_map.network import Network, Tie
from trackbook.publishing.course_map.routing import Point, lay_out
from trackbook.publishing.course_map.rows import LABEL_START, RADIUS, Row, Sheet, find_places

_CORNER = 9.0


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
    """The network on a sheet. Every key that a tie names has to be a stop of it."""
    layout = lay_out(network, sheet)
    places = find_places(layout.rows)
    ends = ((places[line.stops[0].key], places[line.stops[-1].key]) for line in network.lines)
    touching: dict[str, list[int]] = defaultdict(list)
    for number, tie in enumerate(network.ties):
        touching[tie.source].append(number)
        touching[tie.target].append(number)
    return Drawing(
        width=round(layout.width),
        height=round(layout.height),
        reach=RADIUS + 1 + LABEL_START + sheet.width,
        rails=tuple((first, last) for first, last in ends if first is not last),
        ways=tuple(Way(tie, places[tie.source].track, layout.ways[tie], tie in layout.near) for tie in network.ties),
        rows=tuple(layout.rows),
        touching=touching,
    )


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
