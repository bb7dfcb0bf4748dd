"""Values that are made when someone asks for them: a server shows one page of thousands."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Lazy(Mapping[str, Value], Generic[Value]):
    """A mapping of these keys, whose values are made at each look-up, or, where it is `keeping` them, at the first."""

    def __init__(self, keys: Iterable[str], make: Callable[[str], Value], *, keeping: bool = False) -> None:
        self._keys, self._make = dict.fromkeys(keys), make
        self._made: dict[str, Value] | None = {} if keeping else None

    def __getitem__(self, key: str) -> Value:
        if self._made is not None and key in self._made:
            return self._made[key]
        if key not in self._keys:
            raise KeyError(key)
        made = self._make(key)
        if self._made is not None:
            self._made[key] = made
        return made

    def __contains__(self, key: object) -> bool:
        return key in self._keys

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)
