"""Cheatsheets keep step with their lessons."""

import re
from collections.abc import Iterator

from trackbook.checks.check import check
from trackbook.model import Concept, Course, Finding, Source


@check
def cheatsheet_has_every_concept(course: Course) -> Iterator[Finding]:
    """Every concept that a module teaches is named on its cheatsheet.

    The cheatsheet is what learners print and keep; what is missing there is missing in a year.

    Breaks:

        # lesson.md
        teaches: {context-window: The most text a model takes in at once.}
        # the cheatsheet does not say "context window"

    Keeps:

        # lesson.md
        teaches: {context-window: The most text a model takes in at once.}
        # the cheatsheet
        - **Context window**: the most text a model takes in at once.
    """
    for module in course.modules:
        if sheet := module.pages.get("cheatsheet"):
            words = _flatten(sheet.text)
            for concept in module.teaches:
                if course.concepts[concept.id] is not concept:
                    continue  # taught elsewhere already: concept-is-taught-once says so
                if not any(_flatten(name).strip() in words for name in _names(concept)):
                    message = f'the cheatsheet does not name "{concept.name}", which its lesson teaches.'
                    yield Finding(
                        Source(sheet.path, sheet.first_line),
                        message,
                        f"add {concept.name} under the words to use precisely",
                    )


def _names(concept: Concept) -> tuple[str, ...]:
    return (concept.name, *concept.match)


def _flatten(text: str) -> str:
    """Lower-case words with single spaces: emphasis, hyphens and line breaks make no difference."""
    return " " + " ".join(re.findall(r"\w+", text.lower())) + " "
