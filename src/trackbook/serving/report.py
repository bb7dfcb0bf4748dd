"""What the overlay is told: the issues of the page at hand, and of the rest of the course."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from trackbook.formats.as_json import format_json
from trackbook.issue import CourseError, Issue
from trackbook.model import Source


@dataclass(frozen=True, slots=True)
class Report:
    """The issues after a build. `sources` are the authors' files by the addresses of their pages (`track/module/`).

    `kept` are the sources whose pages still show an earlier state; `failed` says that all pages do.
    """

    issues: tuple[Issue, ...] = ()
    sources: Mapping[str, str] = field(default_factory=dict)
    kept: frozenset[str] = frozenset()
    failed: bool = False

    def add_failure(self, error: BaseException) -> "Report":
        """The same, and that the site can't be made."""
        why = " ".join(str(error).split()) or type(error).__name__
        message = why if isinstance(error, CourseError) else f"the site can't be built: {why}"
        hint = "mend it, or undo the last change; the terminal may say more"
        issue = Issue("site-is-built", Source("mkdocs.yml"), message, hint)
        return replace(self, issues=(issue, *self.issues), failed=True)

    def list_issues(self) -> str:
        """The same as `trackbook check --json` prints."""
        return format_json(self.issues)

    def describe_page(self, address: str) -> dict[str, Any]:
        """The page's source, whether it is shown in an earlier state, its issues, and those of other files."""
        source = self.sources.get(address, "")
        told: dict[str, Any] = {"source": source, "kept": self.failed or source in self.kept}
        for name, here in (("here", True), ("elsewhere", False)):
            issues = [issue for issue in self.issues if (issue.source.path == source) is here]
            told[name] = json.loads(format_json(issues))["issues"]
        return told
