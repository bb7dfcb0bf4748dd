"""The baseline: issues that a course had when it adopted the checks, one a line, as `Issue.identity` gives them."""

import re
from collections.abc import Iterable, Set
from pathlib import Path

from trackbook.issue import CourseError, Issue, format_text
from trackbook.reading.files import read_text

BASELINE = "lessons/baseline.txt"
_HEAD = """\
# What `trackbook check --baseline` leaves out: a line an issue, as often as it is there.
# `trackbook check --write-baseline` writes this file anew.
"""
_ENTRY = re.compile(r"\S.*: [a-z0-9-]+: \S.*")


def read_baseline(root: Path, files: Set[str]) -> list[str]:
    """The identities of known issues. `files` are those of the course.

    Raises CourseError, with file and line, when the file is missing or holds anything else.
    """
    if BASELINE not in files:
        raise CourseError(f"there is no {BASELINE}: `trackbook check --write-baseline` makes it")
    text, findings = read_text(root, BASELINE)
    if findings:
        raise CourseError(format_text(Issue(findings[0].code, findings[0].source, findings[0].message)))
    lines = [" ".join(line.split()) for line in text.split("\n")]
    for number, line in enumerate(lines, 1):
        if line and not line.startswith("#") and not _ENTRY.fullmatch(line):
            raise CourseError(
                f"{BASELINE}:{number}: this line is not `path: check: message`: remove it, "
                "or write the file anew with `trackbook check --write-baseline`"
            )
    return [line for line in lines if line and not line.startswith("#")]


def format_baseline(issues: Iterable[Issue]) -> str:
    """The text of a baseline that knows these issues, sorted."""
    return _HEAD + "".join(f"{line}\n" for line in sorted(issue.identity for issue in issues))
