"""What was made last time, of things that are equal still: a server does the same again and again."""

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Made = TypeVar("Made")


class Recent(Generic[Made]):
    """The last value under each name. It hangs on nothing but the things that it was made of, which never change."""

    def __init__(self) -> None:
        self._last: dict[Hashable, tuple[tuple[object, ...], Made]] = {}

    def recall(self, name: Hashable, things: tuple[object, ...], make: Callable[[], Made]) -> Made:
        """The value of the last time, if that was made of equal things, maybe other objects; else what `make` gives."""
        before = self._last.get(name)
        if before and before[0] == things:  # which is quick where they are the same objects
            return before[1]
        made = make()
        self._last[name] = (things, made)
        return made
