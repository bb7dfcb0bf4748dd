"""The course of a build, whose author is told what is off in it."""

import logging
from collections.abc import Sequence
from pathlib import Path

from trackbook.checks import check_course
from trackbook.issue import CourseError, Issue, count_issues, format_text
from trackbook.model import Course
from trackbook.reading import CourseReader
from trackbook.store import Store
from trackbook.widgets import load_widgets

log = logging.getLogger("mkdocs.plugins.trackbook")


def read_judged(root: Path, store: Store, *, strict: bool) -> Course:
    """The course in `root`, without what only checks look at. Its issues are logged.

    Raises CourseError when they are errors and `strict`.
    """
    course = CourseReader(root, load_widgets(), store).read()
    issues = check_course(course, store)
    _tell(issues)
    if strict and any(issue.level == "error" for issue in issues):
        raise CourseError(f"{count_issues(issues)}: the site was not built.")
    return course.without_passages()


def _tell(issues: Sequence[Issue]) -> None:
    """Log the errors, and how much advice there is."""
    for issue in issues:
        log.log(logging.WARNING if issue.level == "error" else logging.DEBUG, "%s", format_text(issue))
    advice = [issue for issue in issues if issue.level == "advice"]
    if advice:
        log.info("%s; `trackbook check` shows it.", count_issues(advice).removeprefix("no errors, "))
