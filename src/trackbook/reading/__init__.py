"""Sources to a course: the only part that touches the authors' files."""

from trackbook.reading.course import read_course

__all__ = ["read_course"]
