"""What must be true of a course: a file a family, a check a small generator function. Nothing to register."""

from collections.abc import Iterator, Sequence

from trackbook.cache.garbage import settling
from trackbook.cache.store import Store
from trackbook.checks.cascading import Unknown
from trackbook.checks.check import Check, load_checks
from trackbook.checks.memo import Verdict, keep_verdict, recall_verdict, run_checks
from trackbook.issue import Issue
from trackbook.model import Course, Finding

__all__ = ["Check", "check_course", "check_settings", "load_checks"]

_MANY = 100
"""Pages."""


def check_course(course: Course, store: Store | None = None) -> list[Issue]:
    """Everything that is wrong in the course, sorted by place. Pages opt out by `allow:` in their front matter.

    With a store nothing is checked again while the course is the same, and no page alone while that page is.
    """
    if store is None or not course.digest:
        return _find_issues(course, store)
    verdict = recall_verdict(course.digest, store)
    if verdict is None:
        verdict = Verdict(tuple(_find_issues(course, store)), len(course.pages))
        keep_verdict(course.digest, verdict, store)
    return [*verdict.issues]


def check_settings(course: Course) -> list[Issue]:
    """What of that `mkdocs.yml` alone causes, whatever else the course holds."""
    told = [
        (check, finding)
        for check in load_checks().values()
        if check.family in ("settings", "sources")
        for finding in check.run(course)
        if check.family == "settings" or finding.source.path in course.settings.files
    ]
    return sorted({check.make_issue(finding) for check, finding in told}, key=lambda issue: issue.sort_key)


def _find_issues(course: Course, store: Store | None) -> list[Issue]:
    checks = load_checks()
    _fetch_bodies(course)
    found = list(run_checks(course, store))
    found += [(checks["allowance-is-used"], finding) for finding in _find_unused_allowances(course, found)]
    unknown = Unknown(course)
    allowed = {(page.path, code) for page in course.pages.values() for code in page.allow}
    issues = {
        check.make_issue(finding)
        for check, finding in found
        if (finding.source.path, check.code) not in allowed and not unknown.explains(check, finding)
    }
    return sorted(issues, key=lambda issue: issue.sort_key)


def _fetch_bodies(course: Course) -> None:
    """Checks look into most pages: it takes less time to have all before, and processes share them."""
    absent = [page for page in course.pages.values() if page.fetch]
    if len(absent) >= _MANY:
        with settling():
            for page in absent:
                page.fill()


def _find_unused_allowances(course: Course, found: Sequence[tuple[Check[Course], Finding]]) -> Iterator[Finding]:
    """Allowances that silence nothing; none while a source can't be read, since checks then wait.

    What only `--external` can ask is not known here.
    """
    if course.unread or course.unread_pages:
        return
    used = {(finding.source.path, check.code) for check, finding in found}
    for page in course.pages.values():
        for code, allowance in page.allow.items():
            check = load_checks().get(code)
            if check and check.family != "external" and (page.path, code) not in used:
                message = f'"{code}" has nothing to say about this page, so its entry under `allow:` silences nothing.'
                yield Finding(allowance.source, message, f"remove `{code}` from `allow:`", "allowance-is-used")
