"""An exercise for pen and paper: the task, hints one by one, a model answer, and criteria to rate one's own by."""

from pydantic import Field

from trackbook.widgets.data import Text, Texts, WidgetData


class Data(WidgetData):
    """`hints` open one by one; `criteria` are what learners rate their own answer by."""

    task: Text
    hints: Texts = Field(default_factory=list)
    answer: Text
    criteria: Texts = Field(default_factory=list)

    @property
    def seconds(self) -> int:
        return 240
