"""One token's way through a transformer block: the shapes and the learned numbers of each part, at any size."""

from collections.abc import Callable
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from trackbook.language.words import Language
from trackbook.widgets.data import File, Part, Text, WidgetData, tell

SIZES = ("width", "heads", "feed", "layers", "tokens", "words")
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


class Preset(Part):
    """A model: its sizes, or a file of `lessons/data/models` that has them; and where they are told."""

    name: Annotated[str, Field(min_length=1)]
    source: Text
    size: Size | None = None
    model: File | None = None

    @model_validator(mode="after")
    def _has_one_size(self) -> Self:
        if (self.size is None) == (self.model is None):
            raise tell(f'"{self.name}" has no size, or two', "write either `size:` or `model:`")
        if self.model and "config" not in self.model.content:
            raise tell(f'"{self.model.path}" holds no model', "name a file such as models/world.json")
        if self.shape.width % self.shape.heads:
            raise tell(
                f"{self.shape.width} numbers can't be split among {self.shape.heads} heads",
                "choose heads that divide the width",
            )
        return self

    @property
    def shape(self) -> Size:
        if self.size:
            return self.size
        assert self.model
        config = self.model.content["config"]
        named = {name: config[name] for name in ("width", "heads", "feed", "layers")}
        return Size(**named, tokens=config["context"], words=len(self.model.content["vocabulary"]))


class Names(Part):
    """What parts are called, such as a link to where each is taught. What is missing has the site's own word."""

    embedding: Text = ""
    positions: Text = ""
    norm: Text = ""
    attention: Text = ""
    add: Text = ""
    feed: Text = ""


class Data(WidgetData):
    """The first preset is what stands there at the start."""

    presets: Annotated[list[Preset], Field(min_length=1)]
    names: Names = Names()

    def compute_view(self, render: Callable[[str], str], language: Language) -> dict[str, object]:
        del render, language
        size = self.presets[0].shape
        return {
            "size": size,
            "order": ORDERS[size.norm],
            "counts": {**dict(size), "each": size.width // size.heads, **count(size)},
            "states": ["_".join(write_state(preset.shape)) for preset in self.presets],
            "totals": [count(preset.shape)["total"] for preset in self.presets],
        }


def write_state(size: Size) -> list[str]:
    """As it stands in the address."""
    numbers = [str(getattr(size, name)) for name in SIZES]
    return [*numbers, size.norm, size.positions, str(int(size.biases))]


def count(size: Size) -> dict[str, int]:
    """Learned numbers of each part, as counting.ts counts them.

    The output shares the embedding table; pre-norm has one more norm at the end.
    """
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
