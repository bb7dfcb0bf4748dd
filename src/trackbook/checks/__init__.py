"""What must be true of a course: a file a family, a check a small generator function. Nothing to register."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from trackbook.checks.check import ALL, Check
from trackbook.issue import Issue, make_printable
from trackbook.model import Allowance, Course, Finding

__all__ = ["Check", "check_course", "load_checks"]


_ASK_OTHER_PAGES = (
    "anchor-lands",
    "deferral-is-kept",
    "item-practises-an-objective",
    "needed-concept-is-taught",
    "promise-is-kept",
    "recorded-id-stays",
)


@cache
def load_checks() -> Mapping[str, Check[Course]]:
    """Every check by its code, in alphabetical order."""
    for module in iter_modules(__path__):
        import_module(f"{__name__}.{module.name}")
    return dict(sorted(ALL.items()))


def check_course(course: Course) -> list[Issue]:
    """Everything that is off in the course, sorted by place. Pages opt out by `allow:` in their front matter."""
    checks = load_checks()
    found = [(check, finding) for check in checks.values() for finding in check.run(course)]
    idle = replace(course, findings=tuple(_find_idle_allowances(course, found)))
    found += [(checks["allowance-is-used"], finding) for finding in checks["allowance-is-used"].run(idle)]
    issues = {
        Issue(check.code, finding.source, make_printable(finding.message), make_printable(finding.hint), check.level)
        for check, finding in found
        if check.code not in _allowed(course, finding.source.path) and not _waits(course, check, finding)
    }
    return sorted(issues, key=lambda issue: issue.sort_key)


def _find_idle_allowances(course: Course, found: Sequence[tuple[Check[Course], Finding]]) -> Iterator[Finding]:
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


def _waits(course: Course, check: Check[Course], finding: Finding) -> bool:
    """Whether the finding may only follow from a source that can't be read or found: it waits until that is mended."""
    missing = {module.track for module in course.modules if not module.planned and not module.pages}
    if missing and check.code == "source-has-its-place":
        return not missing.isdisjoint(finding.source.path.split("/"))
    if check.family == "sources":
        return False
    strays = any(found.code == "source-has-its-place" for found in course.findings)
    if (missing or strays) and check.code in _ASK_OTHER_PAGES:
        return True
    unread = course.unread_pages
    owner = course.owners.get(finding.source.path)
    own = {page.path for page in owner.pages.values()} if owner else {finding.source.path}
    return course.unread or not own.isdisjoint(unread) or (bool(unread) and check.code in _ASK_OTHER_PAGES)


def _allowed(course: Course, path: str) -> Mapping[str, Allowance]:
    page = course.pages.get(path)
    return page.allow if page else {}
