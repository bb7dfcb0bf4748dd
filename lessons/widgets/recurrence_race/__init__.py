"""Recurrence and attention at one length of text: steps, distance, work, and the bill of a context window."""

from collections.abc import Callable
from typing import Annotated, Self

from pydantic import Field, model_validator

from trackbook.language.words import Language
from trackbook.widgets.data import WidgetData, tell

from .chart import draw_chart
from .race import measure

Count = Annotated[int, Field(ge=2, le=10_000_000)]


class Data(WidgetData):
    """Lengths are counted in words, or tokens. `width` is how many numbers each position, and the memory, holds."""

    length: Count = 11
    lengths: list[Count] = [2, 1000]
    width: Count = 512
    windows: list[Count] = [2_000, 8_000, 128_000, 1_000_000]

    @model_validator(mode="after")
    def _length_is_on_the_slider(self) -> Self:
        if len(self.lengths) != 2 or self.lengths[0] >= self.lengths[1]:
            raise tell("`lengths` are not the two ends of a slider", "write the shortest and the longest: `[2, 1000]`")
        least, most = self.lengths
        if not least <= self.length <= most:
            raise tell(
                f"`length: {self.length}` is not on the slider",
                f"choose one from {least} to {most}, or other `lengths`",
            )
        return self

    def compute_view(self, render: Callable[[str], str], language: Language) -> dict[str, object]:
        del render
        figures = measure(self.length, self.width)
        return {
            "figures": {name: language.say_number(number) for name, number in figures.items()},
            "chart": draw_chart(self.length, self.lengths[1], self.width),
            "most": language.say_number(self.lengths[1]),
            "bill": [
                {
                    "tokens": language.say_number(window),
                    "comparisons": language.say_number(window**2),
                    "times": language.say_number(round(window / self.width, 1)),
                }
                for window in self.windows
            ],
        }
