"""Cascading findings, which may only follow from a source that can't be read or found: they wait until it can."""

from dataclasses import dataclass

from trackbook.checks.check import Check
from trackbook.model import Course, Finding

_ASK_OTHER_PAGES = (
    "anchor-lands",
    "deferral-is-kept",
    "item-practises-an-objective",
    "needed-concept-is-taught",
    "promise-is-kept",
    "recorded-id-stays",
)
_UNLISTED = "source-has-its-place"


@dataclass(frozen=True, slots=True)
class Unknown:
    """What is not known of a course.

    `tracks` lack the pages of a listed module, and with `unlisted` some pages are not in the outline.
    """

    course: Course
    tracks: frozenset[str]
    unlisted: bool

    def explains(self, check: Check[Course], finding: Finding) -> bool:
        """Whether the finding may only follow from what is not known."""
        path = finding.source.path
        if self.tracks and check.code == _UNLISTED:
            return path.split("/")[1] in self.tracks
        if check.family == "sources":
            return False
        if check.code in _ASK_OTHER_PAGES and (self.tracks or self.unlisted or self.course.unread_pages):
            return True
        owner = self.course.owners.get(path)
        own = {page.path for page in owner.pages.values()} if owner else {path}
        return self.course.unread or not own.isdisjoint(self.course.unread_pages)


def find_unknown(course: Course) -> Unknown:
    return Unknown(
        course,
        frozenset(module.track for module in course.modules if not module.planned and not module.pages),
        any(finding.code == _UNLISTED for finding in course.findings),
    )
