"""Work that is not done twice: kept by what goes into it, and by what it asked while it was done."""

from collections.abc import Callable
from typing import Generic, TypeVar

import msgspec

from trackbook.store import Store

Made = TypeVar("Made")
Ask = Callable[[str], str]
"""Answers a question about the rest of the site, such as where a file stands."""


class Recall(Generic[Made]):
    """Values of one type in a store.

    A value is kept beside the questions that its making asked, each with the answer. It counts only while every
    answer is still the same.
    """

    def __init__(self, store: Store, kind: type[Made]) -> None:
        self._store = store
        self._decoder = msgspec.msgpack.Decoder(tuple[dict[str, str], kind])  # type: ignore[valid-type]

    def find(self, key: str, ask: Ask) -> Made | None:
        kept = self._store.get(key)
        if kept is None:
            return None
        try:
            asked, made = self._decoder.decode(kept)
        except msgspec.MsgspecError:
            return None
        return made if all(ask(question) == answer for question, answer in asked.items()) else None

    def make(self, ask: Ask, make: Callable[[Ask], Made]) -> tuple[Made, bytes]:
        """What `make` gives, and how it is kept."""
        asked: dict[str, str] = {}

        def ask_once(question: str) -> str:
            if question not in asked:
                asked[question] = ask(question)
            return asked[question]

        made = make(ask_once)
        return made, msgspec.msgpack.encode((asked, made))
