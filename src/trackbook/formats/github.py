"""Issues in the log of GitHub Actions, whose runner takes lines that begin with `::` as commands.

https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
"""

import hashlib
from collections.abc import Sequence

from trackbook.issue import Issue

_LEVELS = {"error": "error", "advice": "notice"}


def format_github(text: str, issues: Sequence[Issue], folder: str) -> str:
    """The text to read, in which nothing an author wrote is a command; then, folded, the marks at the issues' lines.

    `folder` is where the course stands in the repository, "" for its root.
    """
    token = hashlib.sha256(text.encode()).hexdigest()  # no text can hold its own hash, and so end this by itself
    lines = [f"::stop-commands::{token}", text, f"::{token}::"]
    if issues:
        marks = [format_annotation(issue, folder) for issue in issues]
        lines += ["::group::Marks at the lines, for the pull request", *marks, "::endgroup::"]
    return "\n".join(lines)


def format_annotation(issue: Issue, folder: str) -> str:
    """The command that marks the issue's line in a pull request."""
    places = {
        "file": f"{folder}/{issue.source.path}".lstrip("/"),
        "line": str(issue.source.line),
        "col": str(issue.source.column or ""),
        "title": issue.code,
    }
    where = ",".join(f"{key}={_escape_property(value)}" for key, value in places.items() if value)
    return f"::{_LEVELS[issue.level]} {where}::{_escape(issue.message_and_hint)}"


def _escape(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape(text).replace(":", "%3A").replace(",", "%2C")
