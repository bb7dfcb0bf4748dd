"""A question to commit to before the answer is shown."""

from typing import Self

from pydantic import Field, model_validator

from trackbook.issue import suggest
from trackbook.widgets.data import Text, Texts, WidgetData, tell


class Data(WidgetData):
    """`choices` may be empty: then the learner commits in their own words. `right` is the text of one choice."""

    ask: Text
    choices: Texts = Field(default_factory=list)
    right: Text = ""
    answer: Text

    @property
    def seconds(self) -> int:
        return 60

    @property
    def asked(self) -> object:
        return [self.ask, self.choices]

    @model_validator(mode="after")
    def _right_is_a_choice(self) -> Self:
        if self.right and not self.choices:
            raise tell("`right` names a choice, but there are none", "add `choices: […]`, or remove `right`")
        if self.right and self.right not in self.choices:
            hint = suggest(self.right, self.choices) or "repeat one of the choices after `right:`, word by word"
            raise tell(f'"{self.right}" is none of the choices', hint)
        return self
