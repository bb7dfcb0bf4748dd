"""The whole course, read once."""

from collections.abc import Mapping
from pathlib import Path

from trackbook.model import Course
from trackbook.reading.page import WidgetType
from trackbook.reading.reader import CourseReader


def read_course(root: Path, widgets: Mapping[str, WidgetType]) -> Course:
    """The course whose `lessons/`, `cheatsheets/` and `docs/` stand in `root`.

    What can't be read is in its `findings`. Raises CourseError when there is no outline at all.
    """
    return CourseReader(root, widgets).read()
