"""The course of a site, whose author is told what is off in it."""

import logging
from pathlib import Path

from trackbook.cache.store import Store
from trackbook.checks import check_course
from trackbook.issue import CourseError, count_issues, format_text
from trackbook.model import Course
from trackbook.reading import CourseReader
from trackbook.widgets import load_widgets

log = logging.getLogger("trackbook")


def open_store(root: Path) -> Store:
    """What was computed before for the course in `root`."""
    return Store(root / ".cache" / "trackbook" / "store.db")


def open_course(root: Path, store: Store, *, strict: bool) -> Course:
    """The course in `root`, without what only checks look at. Its issues are logged.

    Raises CourseError when they are errors and `strict`.
    """
    course = CourseReader(root, load_widgets(root), store).read()
    issues = check_course(course, store)
    for issue in issues:
        log.log(logging.WARNING if issue.level == "error" else logging.DEBUG, "%s", format_text(issue))
    advice = [issue for issue in issues if issue.level == "advice"]
    if advice:
        log.info("%s; `trackbook check` shows it.", count_issues(advice).removeprefix("no errors, "))
    if strict and len(advice) < len(issues):
        raise CourseError(f"{count_issues(issues)}: the site was not built.")
    return course.without_passages()
