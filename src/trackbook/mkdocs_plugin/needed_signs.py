"""Which signs a text needs before a regular expression can match in it."""

import re
from re import _constants as kinds  # type: ignore[attr-defined]  # the only way to see what a pattern is made of
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

_REPEATS = (kinds.MAX_REPEAT, kinds.MIN_REPEAT, kinds.POSSESSIVE_REPEAT)


def find_needed(pattern: re.Pattern[str]) -> frozenset[str] | None:
    """Signs of which every match holds at least one, those rare in prose if there is a choice; None when not known."""
    if pattern.flags & (re.IGNORECASE | re.VERBOSE):
        return None
    return _of_sequence(parser.parse(pattern.pattern, pattern.flags))


def _of_sequence(parts: Any) -> frozenset[str] | None:
    found = [signs for kind, value in parts if (signs := _of_part(kind, value)) is not None]
    return min(
        found, key=lambda signs: (len(signs), any(sign.isalnum() or sign == " " for sign in signs)), default=None
    )


def _of_part(kind: Any, value: Any) -> frozenset[str] | None:
    if kind is kinds.LITERAL:
        return frozenset([chr(value)])
    if kind is kinds.IN and all(inner is kinds.LITERAL for inner, _ in value):
        return frozenset(chr(code) for _, code in value)
    if kind is kinds.BRANCH:
        branches = [_of_sequence(branch) for branch in value[1]]
        return frozenset[str]().union(*filter(None, branches)) if None not in branches else None
    if kind is kinds.SUBPATTERN and not value[1]:  # else it has flags of its own
        return _of_sequence(value[3])
    return _of_sequence(value[2]) if kind in _REPEATS and value[0] else None
