"""What a map shows: lines with their stops, and the ties of concepts between them."""

from collections.abc import Iterator, Mapping
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

    def find_stop(self, key: str) -> Stop | None:
        return self.stops.get(key)


def list_ties(course: Course) -> tuple[Tie, ...]:
    """Every tie between two modules, or from a track to a module that needs what the track itself teaches."""
    found: dict[tuple[str, str, TieKind], list[Concept]] = {}
    for module in course.modules:
        for kind, concept in _list_concepts(course, module):
            taught = concept.taught_in if concept.taught_in else concept.track
            ends = (taught, module.key) if kind == "needs" else (module.key, taught)
            concepts = found.setdefault((*ends, kind), [])
            if ends[0] != ends[1] and concept not in concepts:
                concepts.append(concept)
    return tuple(Tie(*key, tuple(concepts)) for key, concepts in found.items() if concepts)


def _list_concepts(course: Course, module: Module) -> Iterator[tuple[TieKind, Concept]]:
    for need in module.needs:
        if concept := course.concepts.get(need.concept):
            yield "needs", concept
    for deferral in module.defers:
        for left in deferral.concepts:
            concept = course.concepts.get(left.concept)
            if concept and concept.taught_in and concept.track == deferral.track:
                yield "defers", concept


def merge_ties(ties: tuple[Tie, ...], places: Mapping[str, str]) -> tuple[Tie, ...]:
    """The ties between `places`, which say where each key is shown; several between the same two become one."""
    found: dict[tuple[str, str, TieKind], dict[str, Concept]] = {}
    for tie in ties:
        source, target = places.get(tie.source), places.get(tie.target)
        if source and target and source != target:
            concepts = found.setdefault((source, target, tie.kind), {})
            concepts |= {concept.id: concept for concept in tie.concepts}
    return tuple(Tie(*key, tuple(concepts.values())) for key, concepts in found.items())
