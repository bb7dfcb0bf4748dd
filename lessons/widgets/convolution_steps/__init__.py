"""A kernel slid over a small image: the sum at one place, the whole map, and what a number of it sees."""

import json
from collections.abc import Callable, Sequence
from typing import Annotated, Self

from pydantic import Field, model_validator

from trackbook.language.words import Language
from trackbook.widgets.data import WidgetData, tell

from ..attention_steps.arithmetic import write_short
from .slide import Grid, Layer, convolve, count_places, frame, lay, look_down, widen

Pixel = Annotated[float, Field(ge=-99, le=99)]
LAYERS = 4


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
        if len({len(row) for row in self.image}) != 1 or not 3 <= len(self.image) <= 8 or not 3 <= self.width <= 8:
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
        rows_of_map, columns_of_map = self._count_places()
        if len(self.place) != 2 or self.place[0] > rows_of_map or self.place[1] > columns_of_map:
            raise tell(
                f"`place: {self.place}` is not on the map of {rows_of_map} × {columns_of_map}",
                "write a row and a column of the map, each counted from 1",
            )
        return self

    @property
    def width(self) -> int:
        return len(self.image[0])

    def _layer(self) -> Layer:
        return Layer(self.kernel, self.stride, self.padding)

    def _count_places(self) -> tuple[int, int]:
        return count_places(len(self.image), self._layer()), count_places(self.width, self._layer())

    def compute_view(self, render: Callable[[str], str], language: Language) -> dict[str, object]:
        del render
        point = language.say_number(1.5)[1]
        layer = self._layer()
        framed, rows = frame(self.image, self.padding), convolve(self.image, layer)
        further = convolve(rows, Layer(self.second, self.stride, self.padding)) if self.second else []
        row, column = (at - 1 for at in self.place)
        (top, bottom), (left, right) = look_down(row, layer), look_down(column, layer)

        def short(number: float) -> str:
            return write_short(number).replace(".", point)

        def term(weight: float, number: float) -> str:
            return " · ".join(f"({short(one)})" if one < 0 else short(one) for one in (weight, number))

        def write(grid: Grid) -> Sequence[Sequence[str]]:
            return [[short(number) for number in line] for line in grid]

        given = {"image": self.image, "kernel": self.kernel, "second": self.second}
        return {
            "given": json.dumps({**given, "place": [row, column]}, separators=(",", ":")),
            "grids": {
                "image": write(framed),
                "kernel": write(self.kernel),
                "map": write(rows),
                "second": write(self.second),
                "next": write(further),
            },
            "patch": {"top": top, "bottom": bottom, "left": left, "right": right},
            "at": {"row": row, "column": column},
            "figures": {
                **{
                    f"{name}_{side}": size
                    for name, grid in (("image", framed), ("map", rows), ("next", further))
                    for side, size in (("width", len(grid[0]) if grid else 0), ("height", len(grid)))
                },
                "top": top + 1,
                "bottom": bottom + 1,
                "left": left + 1,
                "right": right + 1,
                "sum": " + ".join(term(weight, number) for weight, number in lay(framed, layer, row, column)),
                "result": short(rows[row][column]),
                "n": self.width,
                "p": self.padding,
                "k": len(self.kernel),
                "s": self.stride,
            },
            "seen": widen(len(self.kernel), self.stride, LAYERS),
        }
