"""Cascading findings, which may only follow from a source that can't be read or found: they wait until it can."""

from trackbook.checks.check import Check
from trackbook.checks.outline import find_misnamed
from trackbook.model import Course, Finding
from trackbook.reading.outline import OUTLINE

_ASK_OTHER_PAGES = (
    "anchor-lands",
    "deferral-is-kept",
    "item-practises-an-objective",
    "needed-concept-is-taught",
    "promise-is-kept",
    "recorded-id-stays",
)
_UNLISTED = "source-has-its-place"
_MISFITS = ("outline-fits", "id-is-well-formed")


class Unknown:
    """What is not known of a course: tracks that lack the pages of a listed module, pages that no outline lists.

    Nor is it known what an outline lists where a part of it doesn't fit.
    """

    def __init__(self, course: Course) -> None:
        self.course = course
        self.tracks = {module.track for module in course.modules if not module.planned and not module.pages}
        self.unbuilt = {
            track.id for track in course.tracks for need in track.builds_on if course.track(need.concept) is None
        }
        self.misnamed = {*find_misnamed(course).values()}
        self.outline = any(found.source.path == OUTLINE and found.code in _MISFITS for found in course.findings)
        unlisted = [finding.source.path for finding in course.findings if finding.code == _UNLISTED]
        self.unlisted = any(not path.startswith("docs/") for path in unlisted)  # a page of docs/ teaches nothing
        self.waits = bool(self.tracks or self.unlisted or course.unread_pages or course.closed)

    def explains(self, check: Check[Course], finding: Finding) -> bool:
        """Whether the finding may only follow from what is not known."""
        path = finding.source.path
        if self.outline and check.code == _UNLISTED:
            return True
        if (self.tracks or self.misnamed) and check.code == _UNLISTED:
            return path.split("/")[1] in self.tracks | self.misnamed
        if check.family == "sources":
            return False
        if check.code in _ASK_OTHER_PAGES and self.waits:
            return True
        owner = self.course.owners.get(path)
        if owner and owner.track in self.unbuilt and check.code == "concept-is-taught-before-it-is-needed":
            return True
        own = {page.path for page in owner.pages.values()} if owner else {path}
        return self.course.unread or not own.isdisjoint(self.course.unread_pages)
