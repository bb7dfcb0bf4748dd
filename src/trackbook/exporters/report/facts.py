"""What a report says, before it takes a form."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from trackbook.checks import load_checks
from trackbook.issue import Issue
from trackbook.model import MODULE_KINDS, Course, Finding, Kind, Module, Promise, Track
from trackbook.reading.changes import Change
from trackbook.timing import estimate_minutes, lesson_minutes

_COVERED: tuple[tuple[str, str, Kind | None, Callable[[Module], int]], ...] = (
    ("Objectives practised", "objective-is-practised", "practice", lambda module: len(module.objectives)),
    ("Concepts practised", "concept-is-practised", "practice", lambda module: len(module.teaches)),
    ("Concepts on their cheatsheet", "cheatsheet-has-every-concept", "cheatsheet", lambda module: len(module.teaches)),
    ("Pages of written modules", "module-is-complete", None, lambda _module: len(MODULE_KINDS)),
)
"""What is counted, the check that guards it, the page without which nothing of a module counts, and how many it has."""


@dataclass(frozen=True, slots=True)
class ModuleFacts:
    """A written module in figures.

    `lesson` and `practice` are its minutes as the site shows them. `kept` and `waiting` are the promises that its pages
    make.
    """

    module: Module
    number: str
    words: int
    lesson: int
    practice: int
    objectives: int
    items: int
    kept: int
    waiting: int
    changes: tuple[Change, ...] = ()

    def stated(self, kind: Kind) -> int | None:
        """The minutes that its author states for the lesson or the practice, if any."""
        return self.module.stated[kind].minutes if kind in self.module.stated else None

    def computed(self, kind: Kind) -> int | None:
        return estimate_minutes(self.module.pages[kind]) if kind in self.module.pages else None


@dataclass(frozen=True, slots=True)
class PlannedFacts:
    """A planned module, and the pages whose promises wait for it, each with the lines."""

    module: Module
    number: str
    waiting: Mapping[str, Sequence[int]]


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many of `total` hold, by the check that guards it; `missing` says which do not, where that is known."""

    label: str
    covered: int
    total: int
    missing: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """`base` names what changes are measured against; without it there are none."""

    course: Course
    modules: tuple[ModuleFacts, ...]
    planned: tuple[PlannedFacts, ...]
    coverage: tuple[Coverage, ...]
    issues: tuple[Issue, ...]
    base: str = ""
    changes: Mapping[str, Change] = field(default_factory=dict)

    def of_track(self, track: Track) -> tuple[ModuleFacts, ...]:
        return tuple(facts for facts in self.modules if facts.module.track == track.id)


def gather_facts(
    course: Course, issues: Sequence[Issue], base: str = "", changes: Mapping[str, Change] | None = None
) -> Report:
    """The report on a course whose check gave `issues`. `changes` are those of its pages since `base`, by path."""
    numbers = {
        module.key: f"{track.number}.{place}"
        for track in course.tracks
        for place, module in enumerate(track.modules, 1)
    }
    promises: dict[str, list[Promise]] = {}
    waiting: dict[str, list[Promise]] = {}
    for promise in course.promises:
        concept = course.concepts.get(promise.concept)
        target = course.module(concept.taught_in) if concept else None
        if target is None or target.planned:
            waiting.setdefault(target.key if target else "", []).append(promise)
        else:
            promises.setdefault(promise.page, []).append(promise)
    late = [promise.page for group in waiting.values() for promise in group]
    return Report(
        course,
        tuple(
            ModuleFacts(
                module,
                numbers[module.key],
                words=sum(page.words for page in module.pages.values()),
                lesson=lesson_minutes(module),
                practice=module.practice_minutes,
                objectives=len(module.objectives),
                items=len(list(module.items)),
                kept=sum(len(promises.get(page.path, ())) for page in module.pages.values()),
                waiting=sum(late.count(page.path) for page in module.pages.values()),
                changes=tuple(change for path, change in (changes or {}).items() if course.owners.get(path) == module),
            )
            for module in course.modules
            if module.pages
        ),
        tuple(
            PlannedFacts(module, numbers[module.key], _list_places(course, numbers, waiting.get(module.key, ())))
            for module in course.modules
            if module.planned
        ),
        tuple(_measure(course, *entry) for entry in _COVERED),
        tuple(issues),
        base,
        changes or {},
    )


def _list_places(
    course: Course, numbers: Mapping[str, str], promises: Sequence[Promise]
) -> Mapping[str, Sequence[int]]:
    places: dict[str, list[int]] = {}
    for promise in promises:
        owner = course.owners.get(promise.page)
        name = f"{numbers[owner.key]} {course.pages[promise.page].kind}" if owner else promise.page
        lines = places.setdefault(name, [])
        lines += [line for line in [promise.link.source.line] if line not in lines]
    return places


def _measure(course: Course, label: str, code: str, kind: Kind | None, count: Callable[[Module], int]) -> Coverage:
    written = [module for module in course.modules if module.pages]
    missing = tuple(load_checks()[code].run(course))
    held = sum(count(module) for module in written if kind is None or kind in module.pages)
    return Coverage(label, held - len(missing), sum(map(count, written)), missing)
