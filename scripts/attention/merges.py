"""Counts merges as `tokenizer.py` does, without its library: what another text than the snapshot would have given."""

import re
from collections import Counter, defaultdict
from itertools import pairwise

from lessons.widgets.tokenizer.encoding import BYTES, merge_pair

_PIECE = re.compile(rb" ?[A-Za-z\x80-\xff]+| ?[0-9]+| ?[^A-Za-z\x80-\xff0-9\t-\r ]+|[\t-\r ]+")
_VISIBLE = [*range(33, 127), *range(161, 173), *range(174, BYTES)]
_PLACES = {byte: place for place, byte in enumerate(_VISIBLE + [byte for byte in range(BYTES) if byte not in _VISIBLE])}
"""The library numbers bytes in this order, and of equally frequent pairs it takes the first by these numbers."""


def count_merges(text: str, rounds: int) -> list[list[int]]:
    """The pairs of ids that are merged, in order: in each round the most frequent one."""
    occurrences = Counter(piece for line in text.splitlines(keepends=True) for piece in _PIECE.findall(line.encode()))
    words = {piece: list(piece) for piece in occurrences}
    counts: Counter[tuple[int, int]] = Counter()
    holders: defaultdict[tuple[int, int], set[bytes]] = defaultdict(set)
    for piece, ids in words.items():
        for pair in pairwise(ids):
            counts[pair] += occurrences[piece]
            holders[pair].add(piece)
    merges: list[list[int]] = []
    while len(merges) < rounds:
        most = max(counts.values())
        best = (pair for pair, count in counts.items() if count == most)
        left, right = min(best, key=lambda pair: [_PLACES.get(token, token) for token in pair])
        for piece in holders.pop((left, right)):
            for pair in pairwise(words[piece]):
                counts[pair] -= occurrences[piece]
            words[piece] = merge_pair(words[piece], left, right, BYTES + len(merges))
            for pair in pairwise(words[piece]):
                counts[pair] += occurrences[piece]
                holders[pair].add(piece)
        merges.append([left, right])
    return merges
