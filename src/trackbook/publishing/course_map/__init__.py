"""The course map: every module of every track with its ties, as a picture and as a list that says the same."""

from trackbook.publishing.course_map.pages import find_map, publish_map

__all__ = ["find_map", "publish_map"]
