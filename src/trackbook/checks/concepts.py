"""Concepts: each taught once, and before it is needed."""

from collections.abc import Iterator, Sequence
from math import inf

from trackbook.checks.check import advice, check
from trackbook.issue import suggest
from trackbook.model import Concept, Course, Finding, Module, Need, Track


@check
def concept_is_taught_once(course: Course) -> Iterator[Finding]:
    """A concept is taught by exactly one lesson, or assumed from one track that is taught elsewhere.

    With two explanations a learner can't tell which one later lessons build on; link the first one instead.
    """
    first: dict[str, Concept] = {}
    for concept in course.taught:
        there = first.setdefault(concept.id, concept)
        if (there.source, there.track, there.taught_in) != (concept.source, concept.track, concept.taught_in):
            message = f'"{concept.id}" is also taught at {there.source.path}:{there.source.line}.'
            hint = "keep it where it is explained in full, and add it to `needs:` in the other module"
            yield Finding(concept.source, message, hint)


@check
def needed_concept_is_taught(course: Course) -> Iterator[Finding]:
    """Every concept under `needs:` is taught somewhere in the course, or assumed from a track taught elsewhere.

    A lesson that builds on something no lesson explains leaves its reader alone.
    """
    for module in course.modules:
        for need in module.needs:
            if need.concept not in course.concepts:
                hint = suggest(need.concept, course.concepts) or "add it to `teaches:` of the lesson that explains it"
                yield Finding(need.source, f'"{need.concept}" is needed here, but nothing teaches it.', hint)


@check
def concept_is_taught_before_it_is_needed(course: Course) -> Iterator[Finding]:
    """What a module needs is taught by an earlier lesson of its track, or by a track that its track builds on.

    Learners read in order: what comes later can't help them now.
    """
    for module, need, concept, way_back in _list_early_needs(course):
        if not way_back:
            yield Finding(need.source, *_explain(module, concept))


@check
def needs_form_no_cycle(course: Course) -> Iterator[Finding]:
    """No module needs what is taught by one that needs, by whatever way, this module in turn.

    In a circle of lessons there is none to begin with, in whatever order they stand.
    """
    for module, need, _, way_back in _list_early_needs(course):
        if way_back:
            circle = " → ".join([module.key, *way_back])
            message = f'"{need.concept}" is needed here, and the lesson that teaches it needs this one: {circle}.'
            yield Finding(need.source, message, "drop this need, or one of those that lead back here")


def _list_early_needs(course: Course) -> Iterator[tuple[Module, Need, Concept, tuple[str, ...]]]:
    """Each need of what its reader has not met yet, with the way by needs from its lesson back to the module."""
    order = _Order(course)
    for module in course.modules:
        for need in module.needs:
            concept = course.concepts.get(need.concept)
            if concept and not order.is_met(concept, module):
                yield module, need, concept, _find_way_back(course, module, concept)


def _explain(module: Module, concept: Concept) -> tuple[str, str]:
    needed = f'"{concept.id}" is needed here, but'
    if concept.taught_in == module.key:
        return f"{needed} this module itself teaches it.", "remove it from `needs:`"
    if concept.track == module.track and concept.taught_in:
        hint = f"list {module.id} after {concept.taught_in.partition('/')[2]} in the outline, or drop the need"
        return f"{needed} lessons/{concept.taught_in}, which teaches it, comes later.", hint
    hint = f"add `{concept.track}` to `builds_on:` of {module.track}, list it under `defers:`, or drop the need"
    return f'{needed} track "{concept.track}", which teaches it, is none that "{module.track}" builds on.', hint


class _Order:
    """What a reader has met before a module: all of the tracks below its own, and what stands above it."""

    def __init__(self, course: Course) -> None:
        self.course = course
        self.modules: dict[str, int] = {}
        self.concepts: dict[tuple[str, str], int] = {}
        for track in {track.id: track for track in reversed(course.tracks)}.values():
            for at, module in enumerate(track.modules):
                self.modules.setdefault(module.key, at)
            for at, concepts in enumerate([track.teaches, *(module.teaches for module in track.modules)], -1):
                for concept in concepts:
                    self.concepts.setdefault((track.id, concept.id), at)
        self.below = {track.id: self._list_below(track) for track in course.tracks}

    def is_met(self, concept: Concept, module: Module) -> bool:
        here, there = self.modules.get(module.key, inf), self.concepts.get((module.track, concept.id), inf)
        return there < here or any((track, concept.id) in self.concepts for track in self.below[module.track])

    def _list_below(self, track: Track) -> set[str]:
        waiting, seen = [track.id], {track.id}
        while waiting:
            found = self.course.track(waiting.pop())
            new = {need.concept for need in found.builds_on} - seen if found else set()
            seen |= new
            waiting += new
        return seen - {track.id}


def _find_way_back(course: Course, module: Module, concept: Concept) -> tuple[str, ...]:
    """The shortest way by needs from the lesson that teaches the concept to the module; empty where there is none."""
    start = concept.taught_in
    ways: list[tuple[str, ...]] = [(start,)] if start and start != module.key else []
    seen = {start}
    for way in ways:  # which grows as it is read: breadth first
        if way[-1] == module.key:
            return way
        here = course.module(way[-1])
        for need in here.needs if here else ():
            taught = course.concepts.get(need.concept)
            if taught and taught.taught_in and taught.taught_in not in seen:
                seen.add(taught.taught_in)
                ways.append((*way, taught.taught_in))
    return ()


@advice
def name_is_listed_once(course: Course) -> Iterator[Finding]:
    """A list of concepts, tracks or objectives names each of them once.

    The second one says nothing, and often stands where another was meant.
    """
    for module in course.modules:
        yield from _find_repeated("needs", module.needs)
        for deferral in module.defers:
            yield from _find_repeated("concepts", deferral.concepts)
        for item in module.items:
            yield from _find_repeated("practises", [Need(name, item.aim) for name in item.practises])
    for track in course.tracks:
        yield from _find_repeated("builds_on", track.builds_on)


def _find_repeated(key: str, names: Sequence[Need]) -> Iterator[Finding]:
    met: set[str] = set()
    for need in names if len(names) > 1 else ():
        if need.concept in met:
            message = f'"{need.concept}" stands under `{key}:` more than once.'
            yield Finding(need.source, message, "keep one, or write what you meant instead")
        met.add(need.concept)
