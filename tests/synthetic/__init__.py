"""Courses of any size, the same for the same number: what a big site weighs and takes is measured on them.

Lengths, and how often a formula, table, link or widget stands on a page, are those of our own course.
"""

from tests.synthetic.ours import write_course
from tests.synthetic.words import make_common_words, make_writer

__all__ = ["make_common_words", "make_writer", "write_course"]
