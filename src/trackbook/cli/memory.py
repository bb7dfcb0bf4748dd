"""What `trackbook check` found, kept until a source changes."""

from pathlib import Path

from trackbook.cache.ending import clearing
from trackbook.cache.garbage import relax
from trackbook.cache.store import open_store
from trackbook.checks import check_course
from trackbook.checks.memo import Verdict, recall_verdict
from trackbook.reading import CourseReader
from trackbook.reading.sources import hash_sources
from trackbook.widgets import load_widgets


def find_issues(root: Path) -> Verdict:
    """The issues, of the store where nothing changed. Raises CourseError when there is no outline at all."""
    store = open_store(root)
    relax()
    with clearing(store.leave):
        found = recall_verdict(hash_sources(root), store)
        if not found:
            course = CourseReader(root, load_widgets(root, run=False), store).read()
            found = Verdict(tuple(check_course(course, store)), len(course.pages))
            store.flush()
        store.close()
    return found
