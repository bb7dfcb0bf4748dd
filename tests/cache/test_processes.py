"""Work over processes: the results of one process in the same order, however others start, and where they can't."""

import gc
import multiprocessing
import os
from collections.abc import Iterator
from concurrent.futures.process import BrokenProcessPool

import pytest

from trackbook.cache import garbage as collecting
from trackbook.cache import processes as spreading
from trackbook.cache.processes import count_processes, spread

ITEMS = list(range(40))
STARTS = [start for start in ("fork", "spawn", "forkserver") if start in multiprocessing.get_all_start_methods()]


@pytest.fixture(autouse=True)
def two_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRACKBOOK_PROCESSES", "2")


def square(number: int) -> tuple[int, bool]:
    """The square, and whether another process computed it."""
    return number * number, multiprocessing.parent_process() is not None


def refuse(number: int) -> int:
    if number == 7:
        raise ValueError("seven")
    return number


def die(number: int) -> int:
    if number == 7 and multiprocessing.parent_process() is not None:
        os._exit(9)
    return number


def lack(number: int) -> int:
    if number == 7 and multiprocessing.parent_process() is not None:
        raise OSError("no memory")
    return number


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
@pytest.mark.parametrize("start", STARTS)
def test_results_come_in_order(start: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first item sets up here what copies then have."""
    monkeypatch.setenv("TRACKBOOK_START", start)
    away = [(start != "fork" or number != ITEMS[0]) for number in ITEMS]
    assert list(spread(square, ITEMS, fewest=2, most=7)) == [
        (number * number, gone) for number, gone in zip(ITEMS, away, strict=True)
    ]


@pytest.mark.parametrize(("processes", "items"), [("1", ITEMS), ("2", ITEMS[:1]), ("2", ITEMS[:9]), ("2", [])])
def test_few_items_stay_here(processes: str, items: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRACKBOOK_PROCESSES", processes)
    assert list(spread(square, items, fewest=10)) == [(number * number, False) for number in items]


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
@pytest.mark.parametrize("processes", ["1", "2"])
def test_error_of_the_work_is_raised_here(processes: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRACKBOOK_PROCESSES", processes)
    came: list[int] = []
    with pytest.raises(ValueError, match="seven"):
        came.extend(spread(refuse, ITEMS, fewest=2))
    assert came == ITEMS[: len(came)]


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
@pytest.mark.parametrize("work", [die, lack])
def test_this_process_does_what_others_could_not(work: object) -> None:
    assert list(spread(work, ITEMS, fewest=2)) == ITEMS  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "error",
    [
        OSError("no semaphores"),
        PermissionError("no"),
        BrokenProcessPool("gone"),
        NotImplementedError("no sem_open"),
        ImportError("no _multiprocessing"),
    ],
)
def test_where_no_process_can_start(error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(spreading, "ProcessPoolExecutor", fail)
    assert list(spread(square, ITEMS, fewest=2)) == [(number * number, False) for number in ITEMS]


def test_daemons_may_have_no_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(multiprocessing.current_process()._config, "daemon", True)  # type: ignore[attr-defined]
    assert [number for number, _ in spread(square, ITEMS, fewest=2)] == [number * number for number in ITEMS]


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_one_may_stop_asking() -> None:
    results: Iterator[tuple[int, bool]] = spread(square, ITEMS, fewest=2)
    assert next(results)[0] == 0
    results.close()  # type: ignore[attr-defined]
    assert multiprocessing.active_children() == []


@pytest.mark.parametrize(("named", "counted"), [("3", 3), ("0", 1), ("", None), ("x", None), ("-1", None)])
def test_environment_may_name_how_many(named: str, counted: int | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRACKBOOK_PROCESSES", named)
    assert count_processes() == counted if counted else 1 <= count_processes() <= 8


def test_what_was_there_before_the_first_reading_is_set_apart_and_the_search_goes_on() -> None:
    with collecting.pausing():
        assert not gc.isenabled()
    assert gc.isenabled()
    before = gc.get_freeze_count()
    assert before > 0
    with collecting.setting_apart():
        assert gc.get_freeze_count() >= before
    assert gc.get_freeze_count() >= before
