"""Trackbook: a course written in Markdown, checked, and published as a track site."""

__version__ = "0.1.0"
