"""A number to fill in: how near is right, its unit, and typical wrong ones with their reasons."""

from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from trackbook.widgets.data import Part, Text, tell

Finite = Annotated[float, Field(allow_inf_nan=False)]
_SLACK = 1e-9
"""What is lost in decimal fractions, as a part of the number."""


def _check_tolerance(value: float) -> float:
    if value < 0:
        raise tell("a tolerance is not negative", "write how far off an answer may be, such as 0.01")
    return value


class Mistake(Part):
    value: Finite
    why: Text


class Number(Part):
    """An answer is right within `tolerance` of `value`, both ends included."""

    value: Finite
    tolerance: Annotated[Finite, AfterValidator(_check_tolerance)] = 0.0
    unit: Text = ""
    mistakes: list[Mistake] = []

    @model_validator(mode="after")
    def _tells_its_mistakes_apart(self) -> Self:
        values = [mistake.value for mistake in self.mistakes]
        for at, value in enumerate(values):
            told = f"the mistake {write_number(value)}"
            if abs(value - self.value) <= self.tolerance + _SLACK * max(1, abs(self.value)):
                raise tell(f"{told} counts as right", "take another value, or less `tolerance`")
            if value in values[:at]:
                raise tell(f"{told} is there twice", "keep one of the two")
        return self


def write_number(value: float) -> str:
    """As scripts read it."""
    return str(int(value)) if value.is_integer() else repr(value)
