"""A question with choices, each with its reason."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from trackbook.widgets.data import Part, Text, WidgetData, tell


class Choice(Part):
    text: Text
    why: Text
    right: bool = False


class Data(WidgetData):
    """One right choice, or with `multiple: true` at least one."""

    ask: Text
    multiple: bool = False
    choices: Annotated[list[Choice], Field(min_length=2, max_length=10)]

    @model_validator(mode="after")
    def _has_a_right_choice(self) -> Self:
        right = sum(choice.right for choice in self.choices)
        if right == 0:
            raise tell("no choice is right", "add `right: true` to the right one")
        if right > 1 and not self.multiple:
            raise tell(
                f"{right} choices are right, where one can be picked", "keep one `right: true`, or add `multiple: true`"
            )
        return self
