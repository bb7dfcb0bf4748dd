"""Sources to a course: the only part that touches the authors' files."""

from trackbook.reading.course import read_course
from trackbook.reading.reader import CourseReader

__all__ = ["CourseReader", "read_course"]
