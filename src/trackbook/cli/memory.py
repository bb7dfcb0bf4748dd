"""What `trackbook check` found, kept until a source changes."""

from dataclasses import dataclass
from pathlib import Path

from trackbook.checks import check_course
from trackbook.hashing import hash_parts
from trackbook.issue import Issue
from trackbook.reading import CourseReader
from trackbook.reading.keeping import decode, encode
from trackbook.reading.sources import hash_sources
from trackbook.store import Store
from trackbook.widgets import load_widgets


@dataclass(frozen=True, slots=True)
class Found:
    """The issues of a course, and how many pages it has."""

    issues: tuple[Issue, ...]
    pages: int


def find_issues(root: Path) -> Found:
    """The issues, of the store where nothing changed. Raises CourseError when there is no outline at all."""
    store = Store(root / ".cache" / "trackbook" / "store.db")
    found = decode(Found, store.get(_name(hash_sources(root))))
    if not found:
        reader = CourseReader(root, load_widgets(), store)
        course = reader.read()
        found = Found(tuple(check_course(course, store)), len(course.pages))
        if encoded := encode(found):
            store.put(_name(reader.state), encoded)
        store.flush()
    store.close()
    return found


def _name(state: str) -> str:
    return hash_parts("issues", state)
