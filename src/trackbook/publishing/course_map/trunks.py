"""Ties that share their way: a trunk leaves a stop once and branches off to each of its targets."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from trackbook.publishing.course_map.network import Network, Tie, TieKind
from trackbook.publishing.course_map.placing import Grid, Row


@dataclass(frozen=True, slots=True, eq=False)
class Trunk:
    """All ties of one kind from one stop to the stops of one column.

    `slot` is its place in the corridor below the stop, by which it goes to another column; None within its own.
    """

    source: Row
    kind: TieKind
    column: int
    ties: tuple[Tie, ...]
    slot: int | None


def find_near(network: Network) -> frozenset[Tie]:
    """The ties that a line itself shows: between neighbors on it."""
    neighbors = {(one.key, other.key) for line in network.lines for one, other in pairwise(line.stops)}
    return frozenset(tie for tie in network.ties if tie.kind == "needs" and (tie.source, tie.target) in neighbors)


def gather_trunks(grid: Grid, ties: Iterable[Tie]) -> list[Trunk]:
    """The trunks in which the ties run; those from one stop in one kind share a slot, whatever their columns."""
    found: dict[tuple[str, TieKind], dict[int, list[Tie]]] = {}
    for tie in ties:
        columns = found.setdefault((tie.source, tie.kind), {})
        columns.setdefault(grid.places[tie.target].column, []).append(tie)
    slots = _assign_slots(grid, found)
    return [
        Trunk(row := grid.places[key], kind, column, tuple(own), None if row.column == column else slots[key, kind])
        for (key, kind), columns in found.items()
        for column, own in columns.items()
    ]


def _assign_slots(
    grid: Grid, trunks: dict[tuple[str, TieKind], dict[int, list[Tie]]]
) -> dict[tuple[str, TieKind], int]:
    """The first slot that is free all along the way; solid ties come before dashed ones."""
    taken: dict[tuple[int, int], set[int]] = {}
    slots: dict[tuple[str, TieKind], int] = {}
    for key, kind in sorted(trunks, key=lambda trunk: trunk[1], reverse=True):
        row = grid.places[key]
        columns = [row.column, *trunks[key, kind]]
        if set(columns) == {row.column}:
            continue
        corridors = [taken.setdefault((row.number, column), set()) for column in range(min(columns), max(columns) + 1)]
        slot = first_free(set().union(*corridors))
        slots[key, kind] = slot
        for corridor in corridors:
            corridor.add(slot)
    return slots


def first_free(taken: set[int]) -> int:
    return next(number for number in range(len(taken) + 1) if number not in taken)


def assign_lanes(spans: Sequence[tuple[float, float]], apart: float) -> list[int]:
    """A lane for each span, from 0 for those close to the line: short ones first, and no two in a lane touch."""
    lanes: list[list[tuple[float, float]]] = []
    found = [0] * len(spans)
    for number in sorted(range(len(spans)), key=lambda number: (spans[number][1] - spans[number][0], spans[number])):
        lane = next(_free_lanes(lanes, spans[number], apart), len(lanes))
        if lane == len(lanes):
            lanes.append([])
        lanes[lane].append(spans[number])
        found[number] = lane
    return found


def _free_lanes(
    lanes: Sequence[Sequence[tuple[float, float]]], span: tuple[float, float], apart: float
) -> Iterator[int]:
    for number, lane in enumerate(lanes):
        if all(span[1] + apart <= top or bottom + apart <= span[0] for top, bottom in lane):
            yield number
