"""What a file of measured attention holds about one sentence."""

import re
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Cosines = Sequence[Sequence[float]]
"""For each token: how alike the vector of the focus is without the link to it, and that of the sentence."""
_HEAD = re.compile(r"L([1-9]\d*)H([1-9]\d*)")


@dataclass(frozen=True, slots=True)
class Sentence:
    """`weights` are 255ths in the order layer, head, from, to. The heads in `shown` and all counts begin with 1."""

    id: str
    text: str
    twin: str
    tokens: tuple[str, ...]
    focus: int
    candidates: tuple[int, int]
    shown: str
    first_more: int
    """In so many heads the focus takes more from the first candidate than from the second."""
    cut_in_head: Cosines
    cut_everywhere: Cosines
    weights: bytes

    def matrix(self, at: int) -> bytes:
        """All weights of one head, counted through all layers from 0."""
        size = len(self.tokens) ** 2
        return self.weights[at * size : (at + 1) * size]

    def count_heads(self) -> int:
        return len(self.weights) // len(self.tokens) ** 2

    def row(self, at: int, token: int) -> bytes:
        count = len(self.tokens)
        return self.matrix(at)[token * count : (token + 1) * count]


def read_sentence(content: Mapping[str, Any], name: str) -> Sentence:
    found = next(one for one in content["sentences"] if one["id"] == name)
    return Sentence(
        id=found["id"],
        text=found["text"],
        twin=found["twin"],
        tokens=tuple(found["tokens"]),
        focus=found["focus"],
        candidates=(found["candidates"][0], found["candidates"][1]),
        shown=found["shown"],
        first_more=found["heads that give more to the first"],
        cut_in_head=found["cut in the shown head"],
        cut_everywhere=found["cut everywhere"],
        weights=b64decode(found["attention"]),
    )


def find_head(name: str, layers: int, heads: int) -> tuple[int, int] | None:
    """Layer and head from 0 of a name such as `L4H2`; None when the model has no such head."""
    found = _HEAD.fullmatch(name)
    if not found:
        return None
    layer, head = int(found[1]) - 1, int(found[2]) - 1
    return (layer, head) if layer < layers and head < heads else None


def pack(parts: Sequence[bytes]) -> str:
    return b64encode(b"".join(parts)).decode("ascii")
