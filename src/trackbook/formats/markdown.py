"""Issues as a list for an issue tracker."""

from collections.abc import Sequence

from trackbook.issue import Issue


def format_markdown(issues: Sequence[Issue]) -> str:
    """A Markdown list, errors first. Code spans keep what stands in an address from being markup."""
    first_errors = sorted(issues, key=lambda issue: issue.level != "error")
    return "".join(f"- `{issue.place}` {issue.code}: `` {issue.message} ``\n" for issue in first_errors)
