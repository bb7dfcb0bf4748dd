"""Practice: every objective gets its exercise."""

from collections.abc import Iterator

from trackbook.checks.check import check
from trackbook.issue import suggest
from trackbook.model import Course, Finding


@check
def objective_is_practised(course: Course) -> Iterator[Finding]:
    """Each objective of a module is practised by at least one of its items.

    An objective that is never practised is a wish: learners would find out in the exam.

    Breaks:

        # overview.md
        objectives: {two-costs: Explain the two costs of recurrence.}
        # practice.md has no item with `practises: two-costs`

    Keeps:

        # overview.md
        objectives: {two-costs: Explain the two costs of recurrence.}
        # practice.md, in a quiz
        practises: two-costs
    """
    for module in course.modules:
        practised = {name for item in module.items for name in item.practises}
        if any(fence.unread for page in module.pages.values() for fence in page.fences):
            continue  # one of those may practise it
        for objective in module.objectives:
            if objective.id not in practised and module.pages.get("practice"):
                message = f'no item practises the objective "{objective.id}".'
                yield Finding(
                    objective.source,
                    message,
                    f"add an item with `practises: {objective.id}` to {module.pages['practice'].path}",
                )


@check
def item_practises_an_objective(course: Course) -> Iterator[Finding]:
    """What an item says it practises is an objective of its module, or of the module it names.

    A misspelt objective would leave the real one without practice.

    Breaks:

        practises: two-cost

    Keeps:

        practises: two-costs
    """
    for module in course.modules:
        for item in module.items:
            for name in item.practises:
                key, _, objective = name.rpartition("#")
                owner = course.module(key) if key else module
                known = {known.id for known in owner.objectives} if owner else set()
                if objective not in known:
                    where = f"module {key}" if key else "this module"
                    hint = suggest(objective, known) or f"objectives: {', '.join(sorted(known)) or 'none yet'}"
                    yield Finding(
                        item.aim, f'"{item.id}" practises "{objective}", which is no objective of {where}.', hint
                    )
