"""Where things stand, what is found there, and the ids that name them."""

import re
from dataclasses import dataclass
from typing import Literal, NamedTuple

Level = Literal["error", "advice"]


_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


_LONGEST_ID = 80


SLUG_SCHEMA = {"type": "string", "pattern": f"^{_SLUG.pattern}$", "maxLength": _LONGEST_ID}
"""The same in the words of JSON Schema."""


def is_slug(text: str) -> bool:
    """Whether `text` can be an id: lower-case letters, digits and single hyphens, at most 80 of them."""
    return len(text) <= _LONGEST_ID and _SLUG.fullmatch(text) is not None


def suggest_slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower())[:_LONGEST_ID].strip("-") or "a-short-name"


class Source(NamedTuple):
    """A place in the course: path relative to its root, line and column counted from 1.

    A course has hundreds of thousands: tuples are made, and come from the store, several times sooner than what else
    holds the same.
    """

    path: str
    line: int = 1
    column: int | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """What a stage met: the fact, and what to type instead. The runner turns it into an issue."""

    source: Source
    message: str
    hint: str = ""
    code: str = ""
