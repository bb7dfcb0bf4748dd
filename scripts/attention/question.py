"""A question to a small model: what it reads, and which word has to come next at which places."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Question:
    kind: str
    words: tuple[str, ...]
    answers: Mapping[int, str]
    """By the place in `words` after which the answer comes."""
    other: str = ""
    """The word that could have been the answer, had the question been another."""
