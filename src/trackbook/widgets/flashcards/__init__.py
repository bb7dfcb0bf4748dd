"""A deck of cards: a front to answer from memory, a back to compare with."""

from typing import Annotated

from pydantic import Field

from trackbook.widgets.data import Id, ItemPlace, Part, Practises, Text, WidgetData


class Card(Part):
    id: Id
    front: Text
    back: Text
    hint: Text = ""
    practises: Practises = []
    was: list[Id] = []


class Data(WidgetData):
    """Each card is an item; one that names no objective practises the deck's."""

    cards: Annotated[list[Card], Field(min_length=1)]

    def list_items(self) -> list[ItemPlace]:
        return [
            (card.id, tuple(card.practises or self.practises), ("cards", index, "id"))
            for index, card in enumerate(self.cards)
        ]
