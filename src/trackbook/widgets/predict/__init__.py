"""A question to commit to before the answer is shown."""

from trackbook.widgets.data import Text, Texts, WidgetData


class Data(WidgetData):
    """`choices` may be empty: then the learner commits in their own words."""

    ask: Text
    choices: Texts = []
    answer: Text
