"""Courses made wrong on purpose, and a judge that wants an issue or a page of each, never a traceback."""
