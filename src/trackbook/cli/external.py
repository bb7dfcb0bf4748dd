"""What `trackbook check --external` does: asks for the links that lead out, with a bar while it waits."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import click

from trackbook import __version__
from trackbook.checks import check_course, load_checks
from trackbook.issue import CourseError, Issue
from trackbook.model import Course

_CACHE = ".cache/trackbook"
_INTERRUPTED = 130


def check_external(
    root: Path, course: Course, *, fail: bool, allow_private: bool, days: float
) -> tuple[list[Issue], str, int]:
    """The issues of the links that lead out of the course, what they are about, and the status to exit with."""
    try:
        from trackbook.external import DAY, Manners, ask_course
    except ModuleNotFoundError as error:
        message = f"--external wants {error.name}, which is not installed: pip install 'trackbook[external]'"
        raise CourseError(message) from None
    # What private networks answered stays out of the file that is believed without them.
    cache = root / _CACHE / ("external-private.json" if allow_private else "external.json")
    manners = Manners(agent=_name_agent(), allow_private=allow_private)
    inquiry = ask_course(course, cache, manners, days * DAY, show_progress)
    checks = load_checks()
    found = check_course(replace(course, findings=(*course.findings, *inquiry.findings)))
    issues = [issue for issue in found if checks[issue.code].family == "external"]
    about = f"{inquiry.addresses} external {'address' if inquiry.addresses == 1 else 'addresses'}"
    if inquiry.unasked:
        return issues, f"{about}; {inquiry.unasked} not asked", _INTERRUPTED
    return issues, about, int(fail and any(issue.level == "error" for issue in issues))


def _name_agent() -> str:
    """Who asks, as servers read it: this program, and the address of the course where the build knows one."""
    address = os.environ.get("SITE_URL", "")
    return f"Trackbook/{__version__} (checks the links of a course{f'; +{address}' if address else ''})"


@contextmanager
def show_progress(length: int) -> Iterator[Callable[[], None]]:
    if not sys.stderr.isatty() or not length:
        yield lambda: None
        return
    with click.progressbar(length=length, label="Asking", file=sys.stderr) as bar:
        yield lambda: bar.update(1)
