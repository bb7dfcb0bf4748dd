"""A number to fill in: how near is right, its unit, and typical wrong ones with their reasons."""

from collections.abc import Callable
from typing import Annotated, Self

from markupsafe import Markup
from pydantic import AfterValidator, Field, model_validator

from trackbook.language.words import Language
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
            if abs(value - self.value) <= self.tolerance + _SLACK * max(1, abs(self.value)):
                raise tell(f"the mistake {_write(value)} counts as right", "take another value, or less `tolerance`")
            if value in values[:at]:
                raise tell(f"the mistake {_write(value)} is there twice", "keep one of the two")
        return self

    def view(self, render: Callable[[str], str], language: Language) -> dict[str, object]:
        """Numbers both for scripts and as the language writes them. On phones, keys for decimals lack the minus."""
        values = [self.value, *(mistake.value for mistake in self.mistakes)]
        return {
            "value": _write(self.value),
            "shown": language.say_number(self.value),
            "tolerance": _write(self.tolerance),
            "within": language.say_number(self.tolerance) if self.tolerance else "",
            "unit": Markup(render(self.unit)),
            "keypad": "text" if min(values) < 0 else "decimal",
            "mistakes": [
                {"value": _write(one.value), "shown": language.say_number(one.value), "why": Markup(render(one.why))}
                for one in self.mistakes
            ],
        }


def _write(value: float) -> str:
    return str(int(value)) if value.is_integer() else repr(value)
