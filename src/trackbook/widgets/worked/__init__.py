"""A worked example in steps, of which learners fill in ever more."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from trackbook.widgets.data import Part, Text, WidgetData, tell


class Step(Part):
    """What to do, what comes out and why. With `number`, a result that lies within `tolerance` of it is right."""

    do: Text
    result: Text
    why: Text
    number: float | None = None
    tolerance: Annotated[float, Field(ge=0)] = 0.0

    @model_validator(mode="after")
    def _tolerance_needs_a_number(self) -> Self:
        if self.tolerance and self.number is None:
            raise tell("`tolerance` says how far a result may lie from `number`, which is missing", "add `number: …`")
        return self


class Data(WidgetData):
    task: Text
    steps: Annotated[list[Step], Field(min_length=2, max_length=12)]
