"""The course on disk, and the last good state of each source that can't be read right now."""

from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from trackbook.checks import check_course
from trackbook.issue import CourseError, Issue
from trackbook.model import Course, Source
from trackbook.reading import read_course
from trackbook.reading.files import MOST_BYTES, list_files
from trackbook.reading.outline import OUTLINE
from trackbook.widgets import load_widgets

_UNREADABLE = ("file-can-be-read", "yaml-is-sound")
_READ = (".md", ".yml", ".json")


@dataclass(frozen=True, slots=True)
class Reading:
    """The course to show, the issues of the course on disk, and the sources shown in an earlier state."""

    course: Course
    issues: tuple[Issue, ...]
    kept: frozenset[str] = frozenset()


class Workbench:
    """Reads a course again and again; a source that breaks keeps the state in which it was last whole."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._good: dict[str, bytes] = {}

    def read(self) -> Reading:
        """Raises CourseError when there is no outline, and never was."""
        course: Course | None = None
        try:
            course = read_course(self.root, load_widgets())
            issues, broken = check_course(course), _list_broken(course)
        except CourseError:
            if OUTLINE not in self._good:
                raise
            hint = "bring it back; until then pages follow the last one"
            issues, broken = [Issue("outline-fits", Source(OUTLINE), f"there is no {OUTLINE}.", hint)], {OUTLINE}
        now = {path: _read_bytes(self.root / path) for path in list_files(self.root).files}
        shown = now | {path: self._good[path] for path in broken & self._good.keys()}
        kept = frozenset(path for path in broken if shown.get(path) != now.get(path))
        self._good = {path: content for path, content in shown.items() if path not in broken or path in self._good}
        return Reading(_read_copy(shown) if kept or not course else course, tuple(issues), kept)


def _list_broken(course: Course) -> set[str]:
    """Sources of which something is lost. Whatever is wrong in the outline would cost whole pages."""
    told = {
        finding.source.path
        for finding in course.findings
        if finding.code in _UNREADABLE or finding.source.path == OUTLINE
    }
    pages = {page.path for page in course.pages.values() if page.unread or any(fence.unread for fence in page.fences)}
    return {path for path in told | pages if path.endswith(_READ)}


def _read_bytes(path: Path) -> bytes:
    """What reading would read of the file; of pictures it only asks whether they are there."""
    if not path.name.endswith(_READ) or path.stat().st_size > MOST_BYTES:
        return b""
    return path.read_bytes()


def _read_copy(files: dict[str, bytes]) -> Course:
    with TemporaryDirectory(prefix="trackbook-") as folder:
        for name, content in files.items():
            if not files.keys().isdisjoint(map(str, PurePosixPath(name).parents)):
                continue  # what was a file has become a folder
            path = Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        return read_course(Path(folder), load_widgets())
