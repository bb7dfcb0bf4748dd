"""Prose as a reader meets it: its words, its sentences, and how hard they are."""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import Any, NamedTuple

from pyphen import Pyphen

from trackbook.model import STAND_IN, Passage

_WORD = re.compile(rf"[^\W_]++(?:['’.,-][^\W_]++)*+|{STAND_IN}")
_END = re.compile(rf"[.!?…](?<![.!?…]{{2}})[.!?…]*+[\"'”’»)\]*_]*+(?=\s++[\"'“‘«(\[*_]*+(?P<next>[^\W_]|{STAND_IN}))")
_SHORT = re.compile(
    r"\b(?:(?i:e\.g|i\.e|cf|vs|etc|al|approx|fig|eq|vol|pp?|dr|mrs?|ms|prof|z\.B|bzw|vgl|usw)|[A-Z])\.$"
)
_LONGEST_SHORT = 8
_SHORTEST, _LONGEST_WORD = 4, 40  # what is longer is none


class Sentence(NamedTuple):
    """A sentence, where it begins, and its words; a formula or a piece of code counts as one."""

    text: str
    line: int
    words: list[str]

    @property
    def grade(self) -> float:
        return grade_sentences([self])

    def quote(self, most: int = 90) -> str:
        """It in one line, cut after `most` signs."""
        text = " ".join(self.text.replace(STAND_IN, "…").split())
        return f'"{text}"' if len(text) <= most else f'"{text[:most].rsplit(" ", 1)[0]} …"'


def flatten_words(text: str) -> str:
    """Lower-case words with single spaces: emphasis, punctuation, hyphens and line breaks make no difference."""
    return " ".join(re.findall(r"\w+", text.lower()))


def list_sentences(passage: Passage) -> Iterator[Sentence]:
    """The sentences of a passage. One ends at a mark that a space and no small letter follow.

    Abbreviations and initials such as "e.g." and "J." end none.
    """
    text, start, line = passage.text, 0, passage.line
    ends = [
        found.end()
        for found in _END.finditer(text)
        if not found["next"].islower() and not _SHORT.search(text, found.end() - _LONGEST_SHORT, found.end())
    ]
    for end in (*ends, len(text)):
        part = text[start:end].lstrip()
        first = end - len(part)
        line += text.count("\n", start, first)
        if part:
            yield Sentence(part.rstrip(), line, _WORD.findall(part))
        line += text.count("\n", first, end)
        start = end


def grade_sentences(sentences: Sequence[Sentence]) -> float:
    """The years of school, in the United States, that reading these English sentences takes.

    The formula of Kincaid, Fishburne, Rogers and Chissom (1975): 0.39 words a sentence + 11.8 syllables a word − 15.59.
    Formulas, code and numbers are words of one syllable.
    """
    words = [word for sentence in sentences for word in sentence.words]
    if not words:
        return 0.0
    return 0.39 * len(words) / len(sentences) + 11.8 * sum(map(count_syllables, words)) / len(words) - 15.59


@lru_cache(50_000)
def count_syllables(word: str) -> int:
    """The syllables of an English word, by where it may be hyphenated: as often as `Pyphen.positions` says."""
    if len(word) <= _SHORTEST:
        return 1
    patterns = _load_patterns()
    text = f".{word.lower()[:_LONGEST_WORD]}."
    grades = [0] * (len(text) + 1)
    for start in range(len(text) - 1):
        node = patterns
        for sign in text[start:]:
            if sign not in node:
                break
            node = node[sign]
            if "" in node:
                first, given = node[""]
                for at, grade in enumerate(given, start + first):
                    if grade > grades[at]:  # noqa: PLR1730 (`max` takes longer)
                        grades[at] = grade
    return sum([grade % 2 for grade in grades[3:-3]]) + 1


@cache
def _load_patterns() -> dict[str, Any]:
    """The patterns of hyphenation as a tree of signs: below "" stands where the grades begin that one gives, and these.

    A search ends where no pattern goes on.
    """
    tree: dict[str, Any] = {}
    for text, pattern in Pyphen(lang="en_US").hd.patterns.items():
        node = tree
        for sign in text:
            node = node.setdefault(sign, {})
        node[""] = pattern
    return tree
