"""Where lines, stops and their labels stand: on a grid of rows that is the same in every column."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from trackbook.publishing.course_map.lettering import break_lines
from trackbook.publishing.course_map.network import Line, Network, Stop

Style = Literal["title", "head", "stretch"]

RADIUS = 12
"""Of a stop's sign with its border; that of a head is 2 larger."""
CORRIDOR = 8
"""Below each row's label: room for ties to other columns."""
LABEL_START = 24
"""From the line to its labels."""
SIZES: Mapping[Style, tuple[float, float]] = {
    "title": (15, 18.5),
    "head": (18, 22),
    "stretch": (13, 17),
}
"""Size and leading of each kind of lettering."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a map is drawn for: how many columns there may be, how wide labels are, and how high their rows at least."""

    columns: int
    width: int
    height: int


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """A label in a row of the grid, and the stop it names; a stretch's title names none."""

    line: Line
    stop: Stop | None
    label: tuple[str, ...]
    style: Style
    column: int = 0
    number: int = 0

    @property
    def is_head(self) -> bool:
        return self.stop is self.line.head

    @property
    def radius(self) -> int:
        return RADIUS + 2 * self.is_head

    @property
    def height(self) -> float:
        return len(self.label) * SIZES[self.style][1]


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows of all columns. `places` finds the row of a stop by its key."""

    rows: tuple[Row, ...]
    columns: int
    places: Mapping[str, Row]


def place_rows(network: Network, sheet: Sheet) -> Grid:
    """Every line in one of the columns, in their order, so that the longest column is as short as can be."""
    blocks = [list(_list_rows(line, sheet)) for line in network.lines]
    heights = [len(block) + 1 for block in blocks]
    rows: list[Row] = []
    groups = _share_out(heights, sheet.columns)
    for column, group in enumerate(groups):
        here = 0
        for number in group:
            apart = here > 0 and max(len(blocks[number]), len(blocks[number - 1])) > 1
            first = here + apart
            rows += [replace(row, column=column, number=first + n) for n, row in enumerate(blocks[number])]
            here = first + len(blocks[number])
    places: dict[str, Row] = {}
    for row in rows:
        if row.stop:
            places.setdefault(row.stop.key, row)
    return Grid(tuple(rows), len(groups), places)


def _list_rows(line: Line, sheet: Sheet) -> Iterator[Row]:
    yield _make_row(line, line.head, line.head.title, "head", sheet)
    for stretch in line.stretches:
        if stretch.title:
            yield _make_row(line, None, stretch.title, "stretch", sheet)
        for stop in stretch.stops:
            yield _make_row(line, stop, stop.title, "title", sheet)


def _make_row(line: Line, stop: Stop | None, text: str, style: Style, sheet: Sheet) -> Row:
    return Row(line, stop, break_lines(text, sheet.width, SIZES[style][0]), style)


def _share_out(heights: Sequence[int], columns: int) -> list[list[int]]:
    """The numbers of the lines in each column: the least height under which they fit, filled from the first on."""
    low, high = max(heights, default=0), sum(heights)
    while low < high:
        middle = (low + high) // 2
        if len(_fill(heights, middle)) <= columns:
            high = middle
        else:
            low = middle + 1
    return _fill(heights, low)


def _fill(heights: Sequence[int], most: int) -> list[list[int]]:
    groups: list[list[int]] = []
    room = 0
    for number, height in enumerate(heights):
        if not groups or height > room:
            groups.append([])
            room = most
        groups[-1].append(number)
        room -= height
    return groups
