"""How long a page takes: the one rule behind each time that the site shows and a check compares.

docs/authoring.md states it ("How long it takes").
"""

from trackbook.model import Module, Page

WORDS_PER_MINUTE = 200
"""Slow, careful reading of an explanation."""
_PER_FORMULA = 10.0
_PER_FIGURE = 10.0
_PER_LINE_OF_CODE = 3.0


def estimate_minutes(page: Page) -> int:
    """Whole minutes for the words, formulas and figures of the page and for what there is to do, at least one."""
    if page.minutes is not None:
        return page.minutes
    seconds = page.words * 60 / WORDS_PER_MINUTE
    seconds += _PER_FORMULA * sum(formula.display for formula in page.formulas)
    seconds += _PER_FIGURE * sum(link.image for link in page.links)
    for fence in page.fences:
        told = getattr(fence.data, "seconds", None)  # a widget may know how long a learner spends on it
        seconds += _PER_LINE_OF_CODE * fence.text.count("\n") if told is None else told
    return max(1, round(seconds / 60))


def lesson_minutes(module: Module) -> int:
    """The time for the lesson itself; 0 while it is not written."""
    return estimate_minutes(module.pages["lesson"]) if "lesson" in module.pages else 0


def module_minutes(module: Module) -> int:
    """The time for lesson and practice, as its author states the latter; 0 while nothing is written."""
    return lesson_minutes(module) + module.practice_minutes if module.pages else 0
