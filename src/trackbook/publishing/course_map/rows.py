"""What stands on a map: stops and titles with their labels, in the rows of a grid that is the same in every column."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from trackbook.publishing.course_map.labels import break_lines
from trackbook.publishing.course_map.network import Line, Network, Stop

Style = Literal["title", "head", "stretch"]

RADIUS = 12
"""Of a stop's sign with its border; that of a head is 2 larger."""
LABEL_START = 24
"""From the line to its labels."""
SIZES: Mapping[Style, tuple[float, float]] = {
    "title": (15, 18.5),
    "head": (18, 22),
    "stretch": (13, 17),
}
"""Type size and leading of each kind of label."""
_BASELINE = 0.74
"""Of a line's leading, from its top."""
_LEAST_REACH = 30


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a map is drawn for: how many columns there may be, how wide labels are, and how high their rows at least."""

    columns: int
    width: int
    height: int


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """A label in a row of the grid, and the stop it names; a stretch's title names none.

    `x` and `y` are the middle of its sign, `bottom` is where the row ends: 0 until there is room for all ties.
    """

    line: Line
    stop: Stop | None
    texts: tuple[str, ...]
    style: Style
    column: int = 0
    number: int = 0
    x: float = 0
    y: float = 0
    bottom: float = 0

    @property
    def track(self) -> int:
        return self.line.head.number

    @property
    def is_head(self) -> bool:
        return self.stop is self.line.head

    @property
    def radius(self) -> int:
        return RADIUS + 2 * self.is_head

    @property
    def height(self) -> float:
        return len(self.texts) * SIZES[self.style][1]

    @property
    def reach(self) -> float:
        """The height that a finger or the focus takes of it."""
        return max(self.height, _LEAST_REACH)

    @property
    def label(self) -> tuple[tuple[str, float], ...]:
        """Each line of text, with how far below the middle of the sign it stands."""
        leading = SIZES[self.style][1]
        first = leading * _BASELINE - self.height / 2
        return tuple((text, round(first + leading * number, 1)) for number, text in enumerate(self.texts))


def place_rows(network: Network, sheet: Sheet) -> list[Row]:
    """Every line in one of the columns, in their order, so that the longest column is as short as can be."""
    blocks = [list(_list_rows(line, sheet)) for line in network.lines]
    rows: list[Row] = []
    for column, group in enumerate(_share_out([len(block) + 1 for block in blocks], sheet.columns)):
        first = 0
        for number in group:
            if first and max(len(blocks[number]), len(blocks[number - 1])) > 1:
                first += 1
            rows += [replace(row, column=column, number=at) for at, row in enumerate(blocks[number], first)]
            first += len(blocks[number])
    return rows


def find_places(rows: Sequence[Row]) -> Mapping[str, Row]:
    """The row of each stop by its key."""
    return {row.stop.key: row for row in reversed(rows) if row.stop}


def _list_rows(line: Line, sheet: Sheet) -> Iterator[Row]:
    def make_row(stop: Stop | None, text: str, style: Style) -> Row:
        return Row(line, stop, break_lines(text, sheet.width, SIZES[style][0]), style)

    yield make_row(line.head, line.head.title, "head")
    for stretch in line.stretches:
        if stretch.title:
            yield make_row(None, stretch.title, "stretch")
        for stop in stretch.stops:
            yield make_row(stop, stop.title, "title")


def _share_out(heights: Sequence[int], columns: int) -> list[list[int]]:
    """The numbers of the lines in each column: the least height under which they fit, filled from the first on."""
    tried = (_fill(heights, most) for most in range(max(heights, default=0), sum(heights) + 1))
    return next(groups for groups in tried if len(groups) <= columns)


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
