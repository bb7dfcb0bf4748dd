"""Work that is not done twice: kept by what goes into it, and by what it asked while it was done."""

from collections.abc import Callable
from typing import Generic, TypeVar

import msgspec

from trackbook.store import Store

Made = TypeVar("Made")
Ask = Callable[[str], str]
"""Answers a question about the rest of the site, such as where a file stands."""
Asked = dict[str, str]
"""Questions, each with its answer."""


class Recall(Generic[Made]):
    """Values of one type in a store.

    A value is kept beside the questions that its making asked, each with the answer. It counts only while every
    answer is still the same.
    """

    def __init__(self, store: Store, kind: type[Made]) -> None:
        self._store = store
        self._decoder = msgspec.msgpack.Decoder(tuple[Asked, kind])  # type: ignore[valid-type]

    def find(self, key: str, ask: Ask) -> tuple[Asked, Made] | None:
        """What is kept under the key, and what was asked for it."""
        kept = self._store.get(key)
        if kept is None:
            return None
        try:
            asked, made = self._decoder.decode(kept)
        except msgspec.MsgspecError:
            return None
        return (asked, made) if all(ask(question) == answer for question, answer in asked.items()) else None


def note(ask: Ask, asked: Asked) -> Ask:
    """The same, but each question is asked once, and noted."""

    def ask_once(question: str) -> str:
        if question not in asked:
            asked[question] = ask(question)
        return asked[question]

    return ask_once


def encode(asked: Asked, made: object) -> bytes:
    """How a value is kept."""
    return msgspec.msgpack.encode((asked, made))
