"""Recurrence and attention at one length of text: steps, distance, work, and the bill of a context window."""

from collections.abc import Callable
from typing import Annotated, Self

from pydantic import Field, model_validator

from trackbook.language.words import Language
from trackbook.widgets.data import WidgetData, tell

Count = Annotated[int, Field(ge=2, le=10_000_000)]
ACROSS, FLOOR, RISE = 340, 200, 190


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
        del render, language
        most = self.lengths[1]
        return {
            "figures": measure(self.length, self.width),
            "now": place(self.length, most, self.width),
            "end": place(most, most, self.width),
            "meeting": meet(self.width),
            "crossing": place(meet(self.width), most, self.width) if meet(self.width) < most else None,
        }


def measure(length: int, width: int) -> dict[str, int]:
    """Counts for one layer, the same as those of race.ts. Work is what carries content from word to word, in units of
    `width` multiplications.

    Recurrence multiplies its memory with a square matrix at each word, which is `width` units. Attention compares each
    word with each and blends each into each, which is two units a pair. Table 1 of https://arxiv.org/abs/1706.03762
    has both, times `width`, without the factor of two.
    """
    return {
        "length": length,
        "width": width,
        "steps": length,
        "path": length - 1,
        "work": length * width,
        "comparisons": length * length,
        "passing": 2 * length * length,
        "double": 2 * length,
        "double_work": 2 * length * width,
        "double_passing": 8 * length * length,
    }


def meet(width: int) -> float:
    """The length at which both are as much work."""
    return width // 2 if width % 2 == 0 else width / 2


def place(length: float, most: int, width: int) -> tuple[float, float, float]:
    """Across, and the heights of recurrence and attention, in the units of the chart, whose marks race.ts moves."""
    top = most * max(2 * most, width)
    recurrence, attention = (FLOOR - work / top * RISE for work in (length * width, 2 * length * length))
    return length / most * ACROSS, recurrence, attention
