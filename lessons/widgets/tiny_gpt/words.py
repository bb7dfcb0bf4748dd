"""A text as the words of a model: the same as words.ts."""

import re
from collections.abc import Collection, Sequence

START = "<end>"
"""Stands before every text, as it ends every story."""
_WORD = re.compile(r"<end>|[\w'’-]+|\S")


def split_words(text: str, known: Collection[str]) -> list[str]:
    """Lower-case words and signs, after the mark that every story begins with, if the model knows it."""
    words = _WORD.findall(text.lower())
    return words if words[:1] == [START] or START not in known else [START, *words]


def list_unknown(words: Sequence[str], known: Collection[str]) -> list[str]:
    return list(dict.fromkeys(word for word in words if word not in known))
