"""Times: what a page says it takes, and how long one can stay with it."""

from collections.abc import Iterator, Mapping

from trackbook.checks.check import advice
from trackbook.checks.minutes import list_named_minutes
from trackbook.language.timing import estimate_minutes
from trackbook.model import Course, Finding, Kind, Module, Source, Stated

MOST_MINUTES = 25
_TOLERANCES: Mapping[Kind, tuple[int, float]] = {"lesson": (2, 1 / 5), "practice": (4, 1 / 4)}
"""By the kind of page, the minutes or the share of the computed ones that stated ones may be off."""
_ABOUT = 2
"""Minutes that a text may round away."""


@advice
def stated_minutes_are_true(course: Course) -> Iterator[Finding]:
    """The minutes stated for a lesson lie within 2 of the computed ones, or a fifth; for its practice 4, or a quarter.

    Learners plan an evening by them. The author's figure is a judgment and the computed one an estimate: where
    they part, one of them has forgotten something. English text is read, too: "About twelve minutes: …" in the first
    paragraph of a page and "the practice takes 12 minutes" anywhere in the module say what the front matter says,
    give or take 2.
    """
    for module in course.modules:
        for kind, stated in module.stated.items():
            yield from _compare_with_computed(module, kind, stated)
        for kind, named in list_named_minutes(module) if course.primary_language == "en" else ():
            stated = module.stated.get(kind, named)
            if abs(named.minutes - stated.minutes) > _ABOUT:
                place = f"{stated.source.path}:{stated.source.line}"
                message = f"{named.minutes} minutes are named for the {kind} here, but {stated.minutes} at {place}."
                yield Finding(named.source, message, f"write {stated.minutes} here, or {named.minutes} there")
            elif stated is named:
                yield from _compare_with_computed(module, kind, named)


def _compare_with_computed(module: Module, kind: Kind, stated: Stated) -> Iterator[Finding]:
    page = module.pages.get(kind)
    if page is None or any(fence.unread for fence in page.fences):
        return
    computed = estimate_minutes(page)
    least, share = _TOLERANCES[kind]
    if abs(stated.minutes - computed) > max(least, computed * share):
        message = f"{stated.minutes} minutes are stated for this {kind}, but it takes about {computed}."
        yield Finding(stated.source, message, f"write {computed}, or make the {kind} as long as you meant it")


@advice
def lesson_fits_one_sitting(course: Course) -> Iterator[Finding]:
    """A lesson takes at most 25 minutes, by the computed time.

    Attention wanes and so does memory: two lessons of 15 minutes teach more than one of 30.
    """
    for module in course.modules:
        lesson = module.pages.get("lesson")
        if lesson and (minutes := estimate_minutes(lesson)) > MOST_MINUTES:
            message = f"this lesson takes about {minutes} minutes; {MOST_MINUTES} are the most for one sitting."
            yield Finding(Source(lesson.path, lesson.first_line), message, "split it in two modules, or cut it")
