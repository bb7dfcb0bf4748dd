"""Ties that share their way: a trunk leaves a stop once and branches off to each of its targets."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from trackbook.publishing.course_map.network import Network, Tie, TieKind
from trackbook.publishing.course_map.rows import Row

_Origin = tuple[str, TieKind]


@dataclass(frozen=True, slots=True, eq=False)
class Trunk:
    """All ties of one kind from one stop, which `source` is the key of, to the stops of one column.

    `slot` is its place in the corridor below the stop, by which it goes to another column; None within its own.
    """

    source: str
    kind: TieKind
    column: int
    ties: tuple[Tie, ...]
    slot: int | None


def find_near(network: Network) -> frozenset[Tie]:
    """The ties that a line itself shows: between neighbors on it."""
    neighbors = {(one.key, other.key) for line in network.lines for one, other in pairwise(line.stops)}
    return frozenset(tie for tie in network.ties if tie.kind == "needs" and (tie.source, tie.target) in neighbors)


def gather_trunks(places: Mapping[str, Row], ties: Iterable[Tie]) -> list[Trunk]:
    """The trunks in which the ties run; those from one stop in one kind share a slot, whatever their columns."""
    found: dict[_Origin, dict[int, list[Tie]]] = {}
    for tie in ties:
        columns = found.setdefault((tie.source, tie.kind), {})
        columns.setdefault(places[tie.target].column, []).append(tie)
    slots = _assign_slots(places, found)
    return [
        Trunk(key, kind, column, tuple(own), None if places[key].column == column else slots[key, kind])
        for (key, kind), columns in found.items()
        for column, own in columns.items()
    ]


def _assign_slots(places: Mapping[str, Row], targets: Mapping[_Origin, Iterable[int]]) -> dict[_Origin, int]:
    """The first slot that is free all along the way to the columns of the targets; solid ties come before dashed."""
    taken: dict[tuple[int, int], set[int]] = defaultdict(set)
    slots: dict[_Origin, int] = {}
    for origin in sorted(targets, key=lambda origin: origin[1], reverse=True):
        row = places[origin[0]]
        columns = {row.column, *targets[origin]}
        if len(columns) > 1:
            corridors = [taken[row.number, column] for column in range(min(columns), max(columns) + 1)]
            slots[origin] = _first_free(set().union(*corridors))
            for corridor in corridors:
                corridor.add(slots[origin])
    return slots


def assign_lanes(spans: Sequence[tuple[float, float]], apart: float = 0) -> list[int]:
    """A lane for each span, from 0 for those close to the line: short ones first, and no two in a lane touch."""
    placed: list[tuple[int, float, float]] = []
    found = [0] * len(spans)
    for number in sorted(range(len(spans)), key=lambda number: (spans[number][1] - spans[number][0], spans[number])):
        top, bottom = spans[number]
        found[number] = _first_free(
            {lane for lane, start, end in placed if start < bottom + apart and top < end + apart}
        )
        placed.append((found[number], top, bottom))
    return found


def _first_free(taken: set[int]) -> int:
    return next(number for number in range(len(taken) + 1) if number not in taken)
