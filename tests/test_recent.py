"""A server recalls what it made of things that are equal still; who makes something once holds nothing."""

import pytest

from trackbook import recent
from trackbook.recent import Recent


def list_made(monkeypatch: pytest.MonkeyPatch, *, on: bool) -> list[int]:
    """What is recalled of 1, 1, 2, 1 in turn, when each making gives the next number."""
    monkeypatch.setattr(recent, "_is_on", False)
    if on:
        recent.begin()
    numbers, last = iter(range(9)), Recent[int]()
    return [last.recall("name", (thing,), lambda: next(numbers)) for thing in (1, 1, 2, 1)]


def test_what_is_equal_is_recalled(monkeypatch: pytest.MonkeyPatch) -> None:
    assert list_made(monkeypatch, on=True) == [0, 0, 1, 2]


def test_nothing_is_held_where_there_is_no_next_time(monkeypatch: pytest.MonkeyPatch) -> None:
    assert list_made(monkeypatch, on=False) == [0, 1, 2, 3]


def test_what_was_made_of_the_same_object_is_recalled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recent, "_is_on", True)
    numbers, last = iter(range(9)), Recent[int]()
    one, equal = [1], [1]
    assert [last.recall_of("name", thing, lambda: next(numbers)) for thing in (one, one, equal, one)] == [0, 0, 1, 2]
    monkeypatch.setattr(recent, "_is_on", False)
    assert last.recall_of("name", one, lambda: next(numbers)) == 3
