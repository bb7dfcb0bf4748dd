"""The state that follows from a record: the same in any order, from any part of it on, and whatever the clock did."""

import random
from typing import Any

import pytest
from tests.typescript import run_typescript

RUN = """
import { goOn, replay } from "./record/replay";
import { Schedule } from "./record/schedule";
const plain = (state) => state && {
  ...state,
  memories: Object.fromEntries([...state.memories].sort()),
  answers: Object.fromEntries([...state.answers].sort()),
  places: Object.fromEntries([...state.places].sort()),
  kept: Object.fromEntries([...state.kept].sort()),
  done: [...state.done.keys()].sort(),
  chosen: [...state.chosen].sort(),
};
const make = (retention) => new Schedule(retention);
const rename = (item) => (input.names ?? {})[item] ?? item;
output = input.records.map((events) => plain(replay(events, Date.parse(input.now), rename, make)));
const now = Date.parse(input.now);
const goOnFrom = (state) => plain(goOn(state, input.later, now, rename, make) ?? null);
if (input.later) output.push(goOnFrom(replay(input.records[0], now, rename, make)));
"""
NOW = "2026-12-01T00:00:00Z"


def event(number: int, item: str, at: str, **what: object) -> dict[str, object]:
    return {"id": f"e{number:04}", "schema": 1, "item": item, "at": at, "what": what}


def make_record() -> list[dict[str, object]]:
    """Some of everything, over a month; some at one moment, one undone."""
    dice = random.Random(7)
    events = []
    for number in range(120):
        at = f"2026-10-{dice.randint(1, 28):02}T{dice.randint(6, 22):02}:00:00.000+02:00"
        item = f"track/module-{dice.randint(1, 3)}#card-{dice.randint(1, 5)}"
        events.append(event(number, item, at, **{"is": "grade", "grade": dice.randint(1, 4)}))
    modules = [("done", "track/module-1"), ("choose", "track/module-2"), ("done", "track/module-2")]
    for number, (kind, item) in enumerate([*modules, ("not-done", "track/module-2"), ("leave", "track/module-2")], 200):
        events.append(event(number, item, f"2026-10-{number - 180}T12:00:00.000+02:00", **{"is": kind}))
    events.append(
        event(300, "track/module-1#card-1", "2026-10-29T12:00:00.000+01:00", **{"is": "undo", "event": "e0003"})
    )
    events += make_answers()
    events.append(event(301, "", "2026-10-29T13:00:00.000+01:00", **{"is": "retention", "value": 0.85}))
    return events


def make_answers() -> list[dict[str, object]]:
    """One answered before answers were kept, one answered and chosen anew, one chosen and then answered."""
    said: list[tuple[str, str, dict[str, object]]]
    said = [("answer", "old", {"right": False}), ("answer", "new", {"right": True, "key": "k", "value": "1"})]
    kept = [
        ("choice", "new", {"key": "k", "value": "2", "held": False}),
        ("draft", "late", {"key": "k", "value": "w", "held": True}),
        ("ticks", "late", {"key": "c", "value": "0,2", "held": True}),
    ]
    last = [("answer", "late", {"right": False, "key": "k", "value": "3"})]
    return [
        event(400 + at, f"track/module-1#{item}", f"2026-10-30T12:00:0{at}.000+01:00", **{"is": kind, **what})
        for at, (kind, item, what) in enumerate([*said, *kept, *last])
    ]


def states(records: list[list[dict[str, object]]], **settings: object) -> list[Any]:
    result: list[Any] = run_typescript(RUN, {"records": records, "now": NOW, **settings})
    return result


def test_answers_are_known_as_far_as_they_were_kept() -> None:
    """What stands in a question is known by its event alone, and no longer once the question is answered."""
    (state,) = states([make_answers()])
    answers = {
        item.partition("#")[2]: (one["right"], one["key"], one["value"]) for item, one in state["answers"].items()
    }
    assert answers == {"old": (False, "", ""), "new": (True, "k", "1"), "late": (False, "k", "3")}
    assert state["kept"] == {"track/module-1#new": "e0402", "track/module-1#late ticks": "e0404"}


@pytest.mark.parametrize(
    ("said", "first"),
    [
        ("wrong right", False),
        ("right wrong", True),
        ("wrong afresh", None),
        ("wrong afresh right wrong", True),
        ("wrong another", True),
    ],
)
def test_first_try_is_that_since_the_last_fresh_start(said: str, first: bool | None) -> None:
    """In the words that the question has now: a right answer to "another" is the first to it."""
    events = [
        event(at, "t/m#q", f"2026-10-30T12:00:0{at}.000+01:00", **(_answer(word) if word != "afresh" else {"is": word}))
        for at, word in enumerate(said.split())
    ]
    (state,) = states([events])
    assert state["answers"]["t/m#q"].get("first") == first


def _answer(word: str) -> dict[str, object]:
    return {"is": "answer", "right": word != "wrong", "key": "new" if word == "another" else "k", "value": "1"}


def test_order_does_not_matter() -> None:
    record = make_record()
    shuffled = [random.Random(seed).sample(record, len(record)) for seed in range(5)]
    first, *others = states([record, *shuffled])
    assert all(other == first for other in others)
    assert first["done"] == ["track/module-1"]
    assert first["chosen"] == []
    assert first["retention"] == 0.85
    assert len(first["memories"]) == 15


def test_each_lesson_keeps_the_section_where_one_last_was() -> None:
    """Opening a lesson, or its home page, says of no section; a module that moved keeps what its old name had."""
    addresses = ["a/b/lesson/", "a/b/lesson/#one", "a/old/lesson/#two", "a/b/lesson/", "a/c/lesson/", "a/", "#three"]
    record = [
        event(at, "", f"2026-11-01T09:0{at}:00.000+01:00", **{"is": "place", "address": address, "title": "T"})
        for at, address in enumerate(addresses)
    ]
    [state] = states([record], names={"a/old": "a/new"})
    assert state["places"] == {"a/b": "one", "a/new": "two", "a/c": ""}


def test_what_is_undone_leaves_no_trace() -> None:
    record = make_record()
    without = [one for one in record if one["id"] not in ("e0003", "e0300")]
    undone, never = states([record, without])
    assert {**undone, "latest": 0} == {**never, "latest": 0}


def test_going_on_is_the_same_as_from_the_start() -> None:
    record = make_record()
    later = [
        event(400 + day, "track/module-1#card-1", f"2026-11-{day:02}T09:00:00.000+01:00", **{"is": "grade", "grade": 3})
        for day in (1, 9, 20)
    ]
    _, whole, gone_on = states([record, record + later], later=later)
    assert gone_on == whole


@pytest.mark.parametrize(
    "later",
    [
        event(500, "a/b#c", "2026-10-02T09:00:00.000+02:00", **{"is": "grade", "grade": 3}),
        event(501, "a/b#c", "2026-11-02T09:00:00.000+01:00", **{"is": "undo", "event": "e0001"}),
        event(502, "", "2026-11-02T09:00:00.000+01:00", **{"is": "retention", "value": 0.95}),
        event(503, "a/b#c", "2027-11-02T09:00:00.000+01:00", **{"is": "grade", "grade": 3}),
    ],
    ids=["earlier", "undo", "retention", "future"],
)
def test_what_reaches_back_begins_anew(later: dict[str, object]) -> None:
    assert states([make_record()], later=[later])[-1] is None


def test_future_waits_and_then_counts() -> None:
    record = [
        event(1, "a/b#c", "2026-11-01T09:00:00.000+01:00", **{"is": "grade", "grade": 3}),
        event(2, "a/b#c", "2027-11-01T09:00:00.000+01:00", **{"is": "grade", "grade": 4}),
    ]
    now, only = states([record, record[:1]])
    assert now["waiting"] == 1
    assert now["memories"] == only["memories"]
    then = run_typescript(RUN, {"records": [record], "now": "2027-12-01T00:00:00Z"})[0]
    assert then["waiting"] == 0
    assert then["memories"]["a/b#c"]["reps"] == 2


def test_renamed_card_keeps_its_memory() -> None:
    record = [
        event(1, "old/name#card", "2026-11-01T09:00:00.000+01:00", **{"is": "grade", "grade": 3}),
        event(2, "new/name#card", "2026-11-10T09:00:00.000+01:00", **{"is": "grade", "grade": 3}),
    ]
    state = states([record], names={"old/name#card": "new/name#card"})[0]
    assert list(state["memories"]) == ["new/name#card"]
    assert state["memories"]["new/name#card"]["reps"] == 2
