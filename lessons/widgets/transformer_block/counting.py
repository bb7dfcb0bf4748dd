"""How many numbers each part of a transformer learns: the same arithmetic as counting.ts."""

from typing import Literal

from pydantic import Field

from trackbook.widgets.data import Part

MOST = {"width": 100_000, "heads": 1_000, "feed": 1_000_000, "layers": 1_000, "tokens": 10_000_000, "words": 10_000_000}
ORDERS = {
    "pre": ("in", "norm-1", "attention", "add-1", "norm-2", "feed", "add-2", "out"),
    "post": ("in", "attention", "add-1", "norm-1", "feed", "add-2", "norm-2", "out"),
}
"""The parts that a token meets, in their order."""


class Size(Part):
    """`width` is the length of the stream, `feed` the number of neurons, `words` the size of the vocabulary.

    `biases` are those of attention; the neurons always have theirs.
    """

    width: int = Field(ge=1, le=MOST["width"])
    heads: int = Field(ge=1, le=MOST["heads"])
    feed: int = Field(ge=1, le=MOST["feed"])
    layers: int = Field(ge=1, le=MOST["layers"])
    tokens: int = Field(ge=1, le=MOST["tokens"])
    words: int = Field(ge=1, le=MOST["words"])
    norm: Literal["pre", "post"] = "pre"
    positions: Literal["learned", "waves"] = "learned"
    biases: bool = True


def count(size: Size) -> dict[str, int]:
    """Learned numbers of each part. The output shares the embedding table; pre-norm has one more norm at the end."""
    width = size.width
    norm = 2 * width
    attention = 4 * width * width + (4 * width if size.biases else 0)
    feed = 2 * width * size.feed + size.feed + width
    block = attention + feed + 2 * norm
    blocks = size.layers * block
    embedding = size.words * width
    positions = size.tokens * width if size.positions == "learned" else 0
    last = norm if size.norm == "pre" else 0
    return {
        "norm": norm,
        "attention": attention,
        "feed_count": feed,
        "block": block,
        "blocks": blocks,
        "embedding": embedding,
        "positions": positions,
        "last": last,
        "total": blocks + embedding + positions + last,
        "scores": size.heads * size.tokens * size.tokens,
    }
