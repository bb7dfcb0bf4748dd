"""A kernel slid over a small image: the sum at one place, the whole map, and what a number of it sees."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Self

from pydantic import Field, model_validator

from trackbook.language.words import Language
from trackbook.widgets.data import WidgetData, tell

from ..writing import put_point, write_short

Pixel = Annotated[float, Field(ge=-99, le=99)]
Grid = Sequence[Sequence[float]]
Span = tuple[int, int]
"""The first and the last of some rows or columns, counted from 0."""
LAYERS = 4


@dataclass(frozen=True)
class Layer:
    """A square kernel, how far it moves each time, and how wide a frame of zeros lies around what it reads."""

    kernel: Grid
    stride: int
    padding: int


class Data(WidgetData):
    """Rows of gray levels, rows of weights; `second` is the kernel of a second layer. `place` is a row and a column."""

    image: list[list[Pixel]]
    kernel: list[list[Pixel]]
    second: list[list[Pixel]] = Field(default_factory=list)
    stride: Annotated[int, Field(ge=1, le=3)] = 1
    padding: Annotated[int, Field(ge=0, le=2)] = 0
    place: list[Annotated[int, Field(ge=1)]] = [1, 1]

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        width = len(self.image[0]) if self.image else 0
        if len({len(row) for row in self.image}) != 1 or not 3 <= len(self.image) <= 8 or not 3 <= width <= 8:
            raise tell(
                "the rows of `image` differ in length, or there are not 3 to 8 of 3 to 8 pixels",
                "write as many numbers in each row",
            )
        for name in ("kernel", "second"):
            rows: list[list[float]] = getattr(self, name)
            if any(len(row) != len(rows) for row in rows) or len(rows) > 4 or (name == "kernel" and len(rows) < 2):
                raise tell(
                    f"`{name}` is not a square of 2 to 4 rows", "write as many rows as numbers in each, such as 3"
                )
        rows_of_map, columns_of_map = (count_places(size, self._layer) for size in (len(self.image), width))
        if len(self.place) != 2 or self.place[0] > rows_of_map or self.place[1] > columns_of_map:
            raise tell(
                f"`place: {self.place}` is not on the map of {rows_of_map} × {columns_of_map}",
                "write a row and a column of the map, each counted from 1",
            )
        return self

    @property
    def _layer(self) -> Layer:
        return Layer(self.kernel, self.stride, self.padding)

    def compute_view(self, render: Callable[[str], str], language: Language) -> dict[str, object]:
        del render
        layer = self._layer
        framed, rows = frame(self.image, self.padding), convolve(self.image, layer)
        further = convolve(rows, Layer(self.second, self.stride, self.padding)) if self.second else []
        row, column = (at - 1 for at in self.place)
        (top, bottom), (left, right) = look_down(row, layer), look_down(column, layer)

        def short(number: float) -> str:
            return put_point(write_short(number), language)

        def term(weight: float, number: float) -> str:
            return " · ".join(f"({short(one)})" if one < 0 else short(one) for one in (weight, number))

        given = {"image": self.image, "kernel": self.kernel, "second": self.second, "place": [row, column]}
        grids = {"image": framed, "kernel": self.kernel, "map": rows, "second": self.second, "next": further}
        return {
            "given": json.dumps(given, separators=(",", ":")),
            "grids": {name: [[short(number) for number in line] for line in grid] for name, grid in grids.items()},
            "patch": {"top": top, "bottom": bottom, "left": left, "right": right},
            "sum": " + ".join(term(weight, number) for weight, number in lay(framed, layer, row, column)),
            "result": short(rows[row][column]),
            "seen": widen(len(self.kernel), self.stride, LAYERS),
        }


def frame(grid: Grid, padding: int) -> Grid:
    side = [0.0] * padding
    above = [[0.0] * (len(grid[0]) + 2 * padding)] * padding
    return [*above, *([*side, *row, *side] for row in grid), *above]


def count_places(size: int, layer: Layer) -> int:
    """Relationship 6 of https://arxiv.org/abs/1603.07285; 0 where the kernel is too large."""
    return max(0, (size + 2 * layer.padding - len(layer.kernel)) // layer.stride + 1)


def lay(framed: Grid, layer: Layer, row: int, column: int) -> list[tuple[float, float]]:
    """The weights of the kernel, each with the number below it."""
    top, left = row * layer.stride, column * layer.stride
    return [
        (weight, framed[top + down][left + right])
        for down, weights in enumerate(layer.kernel)
        for right, weight in enumerate(weights)
    ]


def convolve(grid: Grid, layer: Layer) -> Grid:
    """The feature map, as slide.ts makes it, without rows where no place fits."""
    if not grid or not (columns := count_places(len(grid[0]), layer)):
        return []
    framed = frame(grid, layer.padding)
    return [
        [sum(weight * number for weight, number in lay(framed, layer, row, column)) for column in range(columns)]
        for row in range(count_places(len(grid), layer))
    ]


def look_down(at: int, layer: Layer) -> Span:
    """Which rows of a framed grid lie below a row of its map; columns go alike."""
    return at * layer.stride, at * layer.stride + len(layer.kernel) - 1


def widen(size: int, stride: int, layers: int) -> list[int]:
    """The width of the receptive field after 1, 2, … layers with kernels of this size."""
    return [1 + (size - 1) * sum(stride**below for below in range(layer + 1)) for layer in range(layers)]
