"""One token's way through a transformer block: the shapes and the learned numbers of each part, at any size."""

from collections.abc import Callable
from typing import Annotated, Self

from pydantic import Field, model_validator

from trackbook.language.words import Language
from trackbook.widgets.data import File, Part, Text, WidgetData, tell

from .counting import ORDERS, Size, count

SIZES = ("width", "heads", "feed", "layers", "tokens", "words")


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
