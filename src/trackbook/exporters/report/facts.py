"""What a report says, before it takes a form."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from trackbook.checks import load_checks
from trackbook.issue import Issue
from trackbook.language.timing import estimate_minutes, lesson_minutes
from trackbook.model import MODULE_KINDS, Course, Finding, Kind, Module, Promise, Track
from trackbook.reading.changes import Change

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

    @property
    def minutes(self) -> int:
        return self.lesson + self.practice

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
    kept: dict[str, list[bool]] = defaultdict(list)
    waiting: dict[str | None, list[Promise]] = defaultdict(list)
    for promise in course.promises:
        waits_for = _find_waiting(course, promise)
        kept[promise.page].append(waits_for is None)
        waiting[waits_for].append(promise)
    return Report(
        course,
        tuple(
            _describe_written(course, module, numbers[module.key], kept, changes or {})
            for module in course.modules
            if module.pages
        ),
        tuple(
            PlannedFacts(module, numbers[module.key], _list_places(course, numbers, waiting[module.key]))
            for module in course.modules
            if module.planned
        ),
        tuple(_measure(course, *entry) for entry in _COVERED),
        tuple(issues),
        base,
        changes or {},
    )


def _find_waiting(course: Course, promise: Promise) -> str | None:
    """The planned module that a promise waits for, "" where nothing will keep it; None where it is kept."""
    concept = course.concepts.get(promise.concept)
    target = course.module(concept.taught_in) if concept else None
    return "" if target is None else target.key if target.planned else None


def _describe_written(
    course: Course, module: Module, number: str, kept: Mapping[str, Sequence[bool]], changes: Mapping[str, Change]
) -> ModuleFacts:
    """`kept` says of each promise that a page made whether it is kept."""
    pages = module.pages.values()
    promises = [is_kept for page in pages for is_kept in kept.get(page.path, ())]
    return ModuleFacts(
        module,
        number,
        words=sum(page.words for page in pages),
        lesson=lesson_minutes(module),
        practice=module.practice_minutes,
        objectives=len(module.objectives),
        items=len(list(module.items)),
        kept=promises.count(True),
        waiting=promises.count(False),
        changes=tuple(change for path, change in changes.items() if course.owners.get(path) is module),
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
