"""Work that is not done twice: kept by what goes into it, and by what it asked while it was done."""

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

import msgspec

from trackbook.cache.store import Store

Value = TypeVar("Value")
Ask = Callable[[str], str]
"""Answers a question about the rest of the site, such as whether a file is there."""
Asked = dict[str, str]
"""Questions, each with its answer."""


class Memo:
    """Values by the digest of all that goes into them.

    A value is kept beside the questions that were asked while it was made, each with its answer. It counts only while
    every answer is still the same. `ask` answers them.
    """

    def __init__(self, store: Store, ask: Ask) -> None:
        self.store, self.ask = store, ask

    def recall(self, kind: type[Value], key: str, make: Callable[[Ask], Value], ask: Ask | None = None) -> Value:
        """The value under the key as it is kept, else as `make` gives it now. Without a key nothing is kept."""
        ask = ask or self.ask
        if not key:
            return make(ask)
        found = self.find(kind, key, ask)
        if found is not None:
            return found
        asked: Asked = {}
        made = make(note(ask, asked))
        self.store.put(key, msgspec.msgpack.encode((asked, made)))
        return made

    def find(self, kind: type[Value], key: str, ask: Ask | None = None) -> Value | None:
        """The value that is kept under the key, or None."""
        return self._decode(kind, self.store.get(key), ask or self.ask)

    def find_many(self, kind: type[Value], keys: Iterable[str]) -> Mapping[str, Value]:
        """The same for many keys: what is there."""
        entries = self.store.get_many(keys)
        found = ((key, self._decode(kind, entry, self.ask)) for key, entry in entries.items())
        return {key: value for key, value in found if value is not None}

    def _decode(self, kind: type[Value], entry: bytes | None, ask: Ask) -> Value | None:
        try:
            asked, made = msgspec.msgpack.decode(entry or b"", type=tuple[Asked, kind])  # type: ignore[valid-type]
        except msgspec.MsgspecError:
            return None
        return made if all(ask(question) == answer for question, answer in asked.items()) else None


def note(ask: Ask, asked: Asked) -> Ask:
    """The same answers; each question is asked once, and noted with its answer in `asked`."""

    def ask_once(question: str) -> str:
        if question not in asked:
            asked[question] = ask(question)
        return asked[question]

    return ask_once
