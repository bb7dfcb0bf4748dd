"""Cuts text into tokens by the merges of byte-pair encoding: the same arithmetic as encoding.ts."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

BYTES = 256
_PIECE = re.compile(rb" ?[A-Za-z\x80-\xff]+| ?[0-9]+| ?[^A-Za-z\x80-\xff0-9\t-\r ]+|[\t-\r ]+")


@dataclass(frozen=True, slots=True)
class Step:
    """A merge, counted from 0 in the vocabulary, and the ids after it was made wherever its pair stands."""

    merge: int
    ids: list[int]


@dataclass(frozen=True)
class Vocabulary:
    """Ids 0 to 255 are the bytes; id 256 + k is what merge k makes."""

    merges: Sequence[Sequence[int]]

    @property
    def size(self) -> int:
        return BYTES + len(self.merges)

    @cached_property
    def order(self) -> dict[tuple[int, int], int]:
        return {(left, right): at for at, (left, right) in enumerate(self.merges)}

    @cached_property
    def tokens(self) -> list[bytes]:
        """What each id spells."""
        tokens = [bytes([byte]) for byte in range(BYTES)]
        for left, right in self.merges:
            tokens.append(tokens[left] + tokens[right])
        return tokens

    def list_steps(self, data: bytes) -> list[Step]:
        """All merges that the text gives occasion to, in the order of the vocabulary."""
        pieces = [list(piece) for piece in _PIECE.findall(data)]
        steps: list[Step] = []
        while (merge := self._find_next(pieces)) is not None:
            left, right = self.merges[merge]
            pieces = [merge_pair(piece, left, right, BYTES + merge) for piece in pieces]
            steps.append(Step(merge, [token for piece in pieces for token in piece]))
        return steps

    def _find_next(self, pieces: list[list[int]]) -> int | None:
        pairs = {pair for piece in pieces for pair in pairwise(piece)}
        return min((self.order[pair] for pair in pairs if pair in self.order), default=None)


def merge_pair(ids: list[int], left: int, right: int, merged: int) -> list[int]:
    """From the left, each pair becomes one; what overlaps a pair that was merged stays."""
    found: list[int] = []
    for token in ids:
        if token == right and found[-1:] == [left]:
            found[-1] = merged
        else:
            found.append(token)
    return found
