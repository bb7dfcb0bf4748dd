"""The course on disk, and the last good state of each source that can't be read right now."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path

from trackbook.cache.store import Store
from trackbook.checks import check_course
from trackbook.issue import CourseError, Issue
from trackbook.model import OWN_WIDGETS, Course, Source
from trackbook.reading import CourseReader
from trackbook.reading.files import Content
from trackbook.reading.outline import OUTLINE
from trackbook.reading.pictures import is_picture
from trackbook.reading.sources import NOTHING, Sources, is_read
from trackbook.reading.xml_files import is_xml
from trackbook.widgets import load_widgets

_UNREADABLE = ("file-can-be-read", "yaml-is-sound")


@dataclass(frozen=True)
class Reading:
    """The course to show, and the sources shown in an earlier state.

    `find_issues` finds the issues of the course on disk: pages need not wait for them.
    """

    course: Course
    find_issues: Callable[[], Sequence[Issue]] = field(compare=False)
    kept: frozenset[str] = frozenset()

    @cached_property
    def issues(self) -> tuple[Issue, ...]:
        return tuple(self.find_issues())


class _NotedSources(Sources):
    """Sources that also note in `met` what was read of them."""

    def __init__(self, root: Path, met: dict[str, bytes], instead: Mapping[str, bytes] = NOTHING) -> None:
        super().__init__(root, instead)
        self.met = met

    def read(self, path: str) -> Content:
        content = super().read(path)
        if path not in self.instead:
            self.met[path] = content.data
        return content


class Workbench:
    """Reads a course again and again; a source that breaks keeps the state in which it was last whole."""

    def __init__(self, root: Path, store: Store | None = None) -> None:
        self.root = root
        self._store, self._memo = store, store or Store()
        self._widgets: object = None
        self._now: dict[str, bytes] = {}
        self._good: dict[str, bytes] = {}

    def read(self, changed: Iterable[str] | None = None) -> Reading:
        """`changed` are the paths that may have changed since the last time, when they are known.

        Raises CourseError when there is no outline, and never was.
        """
        changed = None if changed is None else set(changed)
        if changed is None or any(path.startswith(f"{OWN_WIDGETS}/") for path in changed):
            self._take_up_widgets()
        instead: dict[str, bytes] = {}
        find_issues: Callable[[], Sequence[Issue]]
        try:
            course = self._read(changed, instead)
            find_issues, broken = partial(check_course, course, self._memo), _list_broken(course)
        except CourseError:
            if OUTLINE not in self._good:
                raise
            instead = {OUTLINE: self._good[OUTLINE]}
            course = self._read(None, instead)
            hint = "bring it back; until then pages follow the last one"
            issue = Issue("outline-fits", Source(OUTLINE), f"there is no {OUTLINE}.", hint)
            find_issues = partial(list, [issue])
            broken = {OUTLINE} | _list_broken(course)
        for path in self._now.keys() - course.files:
            del self._now[path]
        kept = {path: self._good[path] for path in broken & self._good.keys()}
        empty = {path for path, data in self._now.items() if not data}  # maybe an editor is about to write them
        held = {path: self._good[path] for path in (broken | empty) & self._good.keys()}
        self._good = {**self._now, **held}
        for path in broken - held.keys():
            self._good.pop(path, None)
        kept = {path: data for path, data in kept.items() if path in instead or data != self._now.get(path)}
        shown = course if kept == instead else self._read((), kept)
        return Reading(shown, find_issues, frozenset(kept))

    def _take_up_widgets(self) -> None:
        widgets = load_widgets(self.root)
        if widgets is not self._widgets:
            self._reader, self._widgets = CourseReader(self.root, widgets, self._store), widgets

    def _read(self, changed: Iterable[str] | None, instead: Mapping[str, bytes]) -> Course:
        return self._reader.read(changed, _NotedSources(self.root, self._now, instead))


def _list_broken(course: Course) -> set[str]:
    """Sources of which something is lost. Whatever is wrong in the outline would cost whole pages."""
    told = {
        finding.source.path
        for finding in course.findings
        if finding.code in _UNREADABLE or finding.source.path == OUTLINE
    }
    pages = [course.pages[path] for path in {finding.source.path for finding in course.findings} & course.pages.keys()]
    lost = {page.path for page in pages if page.unread or any(fence.unread for fence in page.fences)}
    return {path for path in told | lost if is_read(path) and not is_picture(path) and not is_xml(path)}
