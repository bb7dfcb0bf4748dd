"""The course of a build, and what is off in it."""

import logging
from collections.abc import Sequence
from pathlib import Path

from trackbook.checks import check_course
from trackbook.issue import Issue, count_issues, format_text
from trackbook.model import Course
from trackbook.reading import CourseReader
from trackbook.store import Store
from trackbook.widgets import load_widgets

log = logging.getLogger("mkdocs.plugins.trackbook")


def read_judged(root: Path, store: Store) -> tuple[Course, Sequence[Issue]]:
    """The course in `root`, without what only checks look at, and its issues."""
    course = CourseReader(root, load_widgets(), store).read()
    issues = check_course(course, store)
    return course.without_passages(), issues


def tell(issues: Sequence[Issue]) -> None:
    """Log the errors, and how much advice there is."""
    for issue in issues:
        log.log(logging.WARNING if issue.level == "error" else logging.DEBUG, "%s", format_text(issue))
    advice = [issue for issue in issues if issue.level == "advice"]
    if advice:
        log.info("%s; `trackbook check` shows it.", count_issues(advice).removeprefix("no errors, "))
