"""Values that are made when someone asks for them: a server shows one page of thousands."""

from collections.abc import Callable, Iterator, Mapping
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Lazy(Mapping[str, Value], Generic[Value]):
    """A mapping whose values are made at each look-up, or, where it is `keeping` them, at the first."""

    def __init__(self, makers: Mapping[str, Callable[[], Value]], *, keeping: bool = False) -> None:
        self._makers = makers
        self._made: dict[str, Value] | None = {} if keeping else None

    def __getitem__(self, key: str) -> Value:
        if self._made is None:
            return self._makers[key]()
        if key not in self._made:
            self._made[key] = self._makers[key]()
        return self._made[key]

    def __contains__(self, key: object) -> bool:
        return key in self._makers

    def __iter__(self) -> Iterator[str]:
        return iter(self._makers)

    def __len__(self) -> int:
        return len(self._makers)
