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
    """A task and the two to twelve steps that solve it."""

    task: Text
    steps: list[Step]

    @property
    def seconds(self) -> int:
        return 60 * len(self.steps)

    @property
    def asked(self) -> object:
        return [self.task, [(step.do, step.number) for step in self.steps]]

    @model_validator(mode="after")
    def _has_steps(self) -> Self:
        if not 2 <= len(self.steps) <= 12:
            count = "is 1 step" if len(self.steps) == 1 else f"are {len(self.steps)} steps"
            raise tell(f"there {count}, where 2 to 12 belong", "take apart what is done at once, or make two examples")
        return self
