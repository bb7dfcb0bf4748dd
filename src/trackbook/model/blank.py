"""Texts of signs that nobody sees: a link or a title of them is none."""

from unicodedata import category

_BLANK = ("Zs", "Zl", "Zp", "Cc", "Cf")
_EMPTY_PICTURES = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
"""Letters and marks to Unicode, and nothing to the eye: fillers of Hangul, Braille without a dot."""


def shows_nothing(text: str) -> bool:
    return all(category(sign) in _BLANK or sign in _EMPTY_PICTURES for sign in text)
