"""A question why, to answer in one's own words and compare with a model answer."""

from pydantic import Field

from trackbook.widgets.data import Text, Texts, WidgetData


class Data(WidgetData):
    """`criteria` are what a good answer holds; learners tick those that theirs does."""

    ask: Text
    answer: Text
    criteria: Texts = Field(default_factory=list)

    @property
    def asked(self) -> object:
        return self.ask
