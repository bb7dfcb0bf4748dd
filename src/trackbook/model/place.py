"""Where things stand, what is found there, and the ids that name them."""

import re
from dataclasses import dataclass
from sys import intern
from typing import Literal

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


@dataclass(frozen=True, slots=True)
class Source:
    """A place in the course: path relative to its root, line and column counted from 1."""

    path: str
    line: int = 1
    column: int | None = None

    def __post_init__(self) -> None:
        """Thousands of places share one path: it is kept once."""
        object.__setattr__(self, "path", intern(self.path))


@dataclass(frozen=True, slots=True)
class Finding:
    """What a stage met: the fact, and what to type instead. The runner turns it into an issue."""

    source: Source
    message: str
    hint: str = ""
    code: str = ""
