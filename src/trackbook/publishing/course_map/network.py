"""What a map shows: lines with their stops, and the ties of concepts between them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from trackbook.model import Concept, Course, Module

TieKind = Literal["needs", "defers"]
State = Literal["written", "planned", "elsewhere"]


@dataclass(frozen=True, slots=True)
class Stop:
    """A place on a line: a module, or a whole track. `key` is that of the module, or the track's id.

    `name` says what it is where its place on the map can't be seen.
    """

    key: str
    title: str
    number: int
    url: str = ""
    name: str = ""
    state: State = "written"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Stops in a row under one title: a phase."""

    title: str
    stops: tuple[Stop, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A track: its head, which is a stop as well, and its stretches."""

    head: Stop
    stretches: tuple[Stretch, ...] = ()

    @property
    def stops(self) -> tuple[Stop, ...]:
        return (self.head, *(stop for stretch in self.stretches for stop in stretch.stops))


@dataclass(frozen=True, slots=True)
class Tie:
    """What leads from one stop to another: concepts that the target needs, or that the source leaves to it."""

    source: str
    target: str
    kind: TieKind
    concepts: tuple[Concept, ...] = ()


@dataclass(frozen=True)
class Network:
    lines: tuple[Line, ...]
    ties: tuple[Tie, ...]

    @cached_property
    def stops(self) -> Mapping[str, Stop]:
        """Every stop by its key."""
        return {stop.key: stop for line in self.lines for stop in line.stops}


def list_ties(course: Course) -> tuple[Tie, ...]:
    """Every tie between two modules, or from a track to a module that needs what the track itself teaches."""
    return _gather(part for module in course.modules for part in _list_parts(course, module))


def merge_ties(ties: Iterable[Tie], places: Mapping[str, str]) -> tuple[Tie, ...]:
    """The ties between `places`, which say where each key is shown; several between the same two become one."""
    return _gather(
        (places[tie.source], places[tie.target], tie.kind, concept) for tie in ties for concept in tie.concepts
    )


def _gather(parts: Iterable[tuple[str, str, TieKind, Concept]]) -> tuple[Tie, ...]:
    """One tie of each kind from a source to another place, with all its concepts."""
    found: dict[tuple[str, str, TieKind], dict[str, Concept]] = {}
    for source, target, kind, concept in parts:
        if source != target:
            found.setdefault((source, target, kind), {})[concept.id] = concept
    return tuple(Tie(*ends, tuple(concepts.values())) for ends, concepts in found.items())


def _list_parts(course: Course, module: Module) -> Iterator[tuple[str, str, TieKind, Concept]]:
    for need in module.needs:
        if concept := course.concepts.get(need.concept):
            yield concept.taught_in or concept.track, module.key, "needs", concept
    for deferral in module.defers:
        for left in deferral.concepts:
            concept = course.concepts.get(left.concept)
            if concept and concept.taught_in and concept.track == deferral.track:
                yield module.key, concept.taught_in, "defers", concept
