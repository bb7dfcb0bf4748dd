"""A deck of cards: a front to answer from memory, a back to compare with."""

from typing import Annotated

from pydantic import Field

from trackbook.widgets.data import Id, ItemPlace, Part, Practises, Text, WidgetData

REVERSE = "-reverse"
"""Ends the id of the card that asks for the front."""


class Card(Part):
    id: Id
    front: Text
    back: Text
    hint: Text = ""
    reverse: bool = False
    practises: Practises = Field(default_factory=list)
    was: list[Id] = Field(default_factory=list)


class Data(WidgetData):
    """Each card is an item, and so is its reverse; one that names no objective practises the deck's."""

    cards: Annotated[list[Card], Field(min_length=1)]

    @property
    def seconds(self) -> int:
        return 15 * len(self.list_items())

    def list_items(self) -> list[ItemPlace]:
        return [
            (item, tuple(card.practises or self.practises), ("cards", index, "id"))
            for index, card in enumerate(self.cards)
            for item in ([card.id, f"{card.id}{REVERSE}"] if card.reverse else [card.id])
        ]
