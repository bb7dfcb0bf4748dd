"""What a file of measured attention holds about one sentence."""

import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import Base64Bytes, BaseModel, ConfigDict, Field

Cosines = Sequence[Sequence[float]]
"""For each token: how alike the vector of the focus is without the link to it, and that of the sentence."""
_HEAD = re.compile(r"L([1-9]\d*)H([1-9]\d*)")


class Sentence(BaseModel):
    """`weights` are 255ths in the order layer, head, from, to. The heads in `shown` and all counts begin with 1.

    In `first_more` heads the focus takes more from the first candidate than from the second.
    """

    model_config = ConfigDict(frozen=True)

    id: str
    text: str
    twin: str
    tokens: tuple[str, ...]
    focus: int
    candidates: tuple[int, int]
    shown: str
    first_more: int = Field(alias="heads that give more to the first")
    cut_in_head: Cosines = Field(alias="cut in the shown head")
    cut_everywhere: Cosines = Field(alias="cut everywhere")
    weights: Base64Bytes = Field(alias="attention")

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
    return Sentence.model_validate(next(one for one in content["sentences"] if one["id"] == name))


def find_head(name: str, layers: int, heads: int) -> tuple[int, int] | None:
    """Layer and head from 0 of a name such as `L4H2`; None when the model has no such head."""
    found = _HEAD.fullmatch(name)
    layer, head = (int(part) - 1 for part in found.groups()) if found else (layers, heads)
    return (layer, head) if layer < layers and head < heads else None


def pack(parts: Sequence[bytes]) -> str:
    return b64encode(b"".join(parts)).decode("ascii")
