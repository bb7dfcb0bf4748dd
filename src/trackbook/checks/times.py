"""Times: what a page says it takes, and how long one can stay with it."""

from collections.abc import Iterator

from trackbook.checks.check import advice
from trackbook.language.timing import estimate_minutes
from trackbook.model import Course, Finding, Source

MOST_MINUTES = 25
_TOLERANCE, _SHARE = 4, 1 / 4


@advice
def stated_minutes_are_true(course: Course) -> Iterator[Finding]:
    """The minutes stated for a lesson or its practice lie within 4 of the computed ones, or within a quarter.

    Learners plan an evening by them. The author's figure is a judgment and the computed one an estimate: where
    they part, one of them has forgotten something.
    """
    for module in course.modules:
        for kind, stated in module.stated.items():
            page = module.pages.get(kind)
            if page is None or any(fence.unread for fence in page.fences):
                continue
            computed = estimate_minutes(page)
            if abs(stated.minutes - computed) > max(_TOLERANCE, computed * _SHARE):
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
