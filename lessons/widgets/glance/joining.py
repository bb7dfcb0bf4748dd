"""Tokens put together to the words that a reader sees, and their weights with them."""

from collections.abc import Sequence
from dataclasses import dataclass

SCALE = 10_000
"""A share of all is this; pages hold whole numbers."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the sentence and the places of its tokens; without text, all that are no words."""

    text: str
    tokens: tuple[int, ...]


def join_words(tokens: Sequence[str], text: str) -> list[Word]:
    """First what is no word, if anything: marks of the model, and signs around words. Then each word as it stands."""
    marks: list[int] = []
    words: list[tuple[int, int, list[int]]] = []
    end = 0
    for at, token in enumerate(tokens):
        piece = token.removeprefix("##")
        begin = text.lower().find(piece.lower(), end)
        if begin < 0 or (token[0] == "[" and token[-1] == "]"):
            marks.append(at)
            continue
        glued = bool(words) and begin == end == words[-1][1]
        end = begin + len(piece)
        inside = glued and text[end : end + 1].isalnum()
        if not any(map(str.isalnum, piece)) and not inside:
            marks.append(at)
        elif glued:
            words[-1] = (words[-1][0], end, [*words[-1][2], at])
        else:
            words.append((begin, end, [at]))
    joined = [Word(text[begin:stop].replace("'", "’"), tuple(places)) for begin, stop, places in words]
    return [Word("", tuple(marks)), *joined] if marks else joined


def join_shares(matrix: bytes, groups: Sequence[Sequence[int]]) -> list[list[int]]:
    """What each word takes from each: to a word goes the sum over its tokens, from a word the mean over its own."""
    count = round(len(matrix) ** 0.5)
    return [
        [
            round(SCALE * sum(matrix[one * count + to] for one in source for to in target) / 255 / len(source))
            for target in groups
        ]
        for source in groups
    ]
