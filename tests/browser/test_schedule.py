"""When cards come back: the memory of each as Python's FSRS has it, its days by the rules that ts-fsrs documents."""

import random
from datetime import UTC, datetime, timedelta
from typing import Any

import fsrs
import pytest
from tests.typescript import run_typescript

START = datetime(2026, 1, 1, 9, tzinfo=UTC)
FOLD = """
import { Schedule } from "./record/schedule";
const schedule = new Schedule(input.retention ?? 0.9, input.fuzz ?? false);
output = input.histories.map((history) => {
  let memory;
  return history.map(([at, grade]) => (memory = schedule.review(memory, new Date(at), grade)));
});
"""
History = list[tuple[datetime, int]]


def make_histories() -> list[History]:
    """Whole days apart, from one to sixty; misses among them."""
    dice = random.Random(4)
    histories = []
    for _ in range(60):
        at, history = START, []
        for _ in range(12):
            history.append((at, dice.choices([1, 2, 3, 4], [2, 2, 6, 1])[0]))
            at += timedelta(days=dice.choice([1, 1, 2, 3, 5, 8, 13, 21, 60]))
        histories.append(history)
    return histories


def fold(histories: list[History], **settings: object) -> list[list[dict[str, Any]]]:
    written = [[(at.isoformat(), grade) for at, grade in history] for history in histories]
    memories: list[list[dict[str, Any]]] = run_typescript(FOLD, {"histories": written, **settings})
    return memories


def test_memories_are_those_of_python() -> None:
    scheduler = fsrs.Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    histories = make_histories()
    for history, memories in zip(histories, fold(histories), strict=True):
        card = fsrs.Card()
        for (at, grade), memory in zip(history, memories, strict=True):
            card, _ = scheduler.review_card(card, fsrs.Rating(grade), at)
            assert memory["stability"] == pytest.approx(card.stability, abs=5e-4)
            assert memory["difficulty"] == pytest.approx(card.difficulty, abs=5e-4)


@pytest.mark.parametrize("retention", [0.7, 0.8, 0.9, 0.97])
def test_interval_is_the_time_until_retention_falls_to_its_target(retention: float) -> None:
    """I(r, S) = S / FACTOR · (r^(1/DECAY) - 1), where FACTOR makes I(0.9, S) = S: ts-fsrs, `next_interval`."""
    decay = -0.1542
    factor = 0.9 ** (1 / decay) - 1
    known = [(START + timedelta(days=days), 3) for days in (0, 3, 20, 90)]
    memory = fold([known], retention=retention)[0][-1]
    wanted = round(memory["stability"] / factor * (retention ** (1 / decay) - 1))
    assert memory["due"] - memory["last"] == wanted


@pytest.mark.parametrize("days", [1, 3, 10, 40])
def test_better_grades_wait_longer(days: int) -> None:
    """Again ≤ hard < good < easy, and never the same day: the rule of ts-fsrs's scheduler without short steps."""
    known = [(START, 3), (START + timedelta(days=3), 3)]
    last = START + timedelta(days=3 + days)
    memories = [history[-1] for history in fold([[*known, (last, grade)] for grade in (1, 2, 3, 4)])]
    dues = [memory["due"] - memory["last"] for memory in memories]
    assert 1 <= dues[0] <= dues[1] < dues[2] < dues[3]


def test_fuzz_stays_within_its_range_and_is_the_same_each_time() -> None:
    """ts-fsrs: no fuzz below 2.5 days; else 1 day, and 15 %, 10 %, 5 % of the parts up to 7, up to 20, and above."""
    histories = make_histories()
    plain, fuzzed, again = fold(histories), fold(histories, fuzz=True), fold(histories, fuzz=True)
    assert fuzzed == again
    moved = 0
    for one, other in ((a[0], b[0]) for a, b in zip(plain, fuzzed, strict=True)):
        interval, changed = one["due"] - one["last"], other["due"] - other["last"]
        parts = [(0.15, 2.5, 7), (0.1, 7, 20), (0.05, 20, float("inf"))]
        reach = 1 + sum(share * max(0, min(interval, end) - begin) for share, begin, end in parts)
        assert abs(changed - interval) <= (reach + 1 if interval >= 2.5 else 0)
        moved += changed != interval
    assert moved > 0


SAME_DAY = {
    "a miss, then known": ([1, 3], 1),
    "a miss, then easy": ([1, 4], 1),
    "two misses": ([1, 1], 1),
    "known, then known": ([3, 3], 1),
    "known, then a miss": ([3, 1], 2),
    "known, a miss, known": ([3, 1, 3], 2),
}


@pytest.mark.parametrize("name", SAME_DAY)
def test_of_several_grades_on_one_day_the_first_counts_and_a_miss_after_it(name: str) -> None:
    grades, counted = SAME_DAY[name]
    begin = [(START, 3), (START + timedelta(days=3), 3)]
    day = START + timedelta(days=9)
    history = [*begin, *((day + timedelta(minutes=5 * turn), grade) for turn, grade in enumerate(grades))]
    alone = [*begin, *((day + timedelta(minutes=5 * turn), grade) for turn, grade in enumerate(grades[:counted]))]
    long, short = fold([history, alone])
    assert long[-1] == short[-1]
    assert long[-1]["reps"] == len(begin) + counted


@pytest.mark.parametrize(
    ("zone", "first", "second", "days"),
    [
        ("Europe/Berlin", "2026-06-01T21:59:00Z", "2026-06-01T22:01:00Z", 1),
        ("Europe/Berlin", "2026-06-01T22:01:00Z", "2026-06-02T21:59:00Z", 0),
        ("America/Los_Angeles", "2026-06-01T23:59:00Z", "2026-06-02T00:01:00Z", 0),
        ("Europe/Berlin", "2026-03-28T22:59:00Z", "2026-03-29T22:01:00Z", 2),
        ("Europe/Berlin", "2026-10-24T22:30:00Z", "2026-10-25T22:30:00Z", 0),
        ("Pacific/Kiritimati", "2026-06-01T09:59:00Z", "2026-06-01T10:01:00Z", 1),
    ],
)
def test_day_ends_at_midnight_where_the_learner_is(zone: str, first: str, second: str, days: int) -> None:
    script = """
    import { countDay, readWall, writeTime } from "./record/wall";
    output = input.map((at) => countDay(readWall(writeTime(new Date(at)))));
    """
    one, other = run_typescript(script, [first, second], zone)
    assert other - one == days


def test_time_of_an_event_is_the_same_moment_anywhere() -> None:
    script = """
    import { readMoment, writeTime } from "./record/wall";
    const at = writeTime(new Date(input));
    output = [at, readMoment(at)];
    """
    moment = 1_780_000_000_123
    for zone, offset in {"UTC": "+00:00", "Asia/Kathmandu": "+05:45", "America/St_Johns": "-02:30"}.items():
        at, back = run_typescript(script, moment, zone)
        assert at.endswith(offset)
        assert back == moment
