"""The minutes that authors state, and those that are computed."""

from trackbook.model import Module


def stated_minutes(module: Module) -> int | None:
    """What the author expects of the lesson; None where nothing is stated."""
    del module
    return None


def lesson_minutes(module: Module) -> int:
    return module.reading_minutes


def practice_minutes(module: Module) -> int:
    return module.practice_minutes if module.pages else 0
