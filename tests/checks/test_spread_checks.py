"""Pages looked at by many processes: the same findings in the same order, and the same is kept."""

import multiprocessing
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.conftest import Change

from trackbook.cache import processes as spreading
from trackbook.cache.store import Store
from trackbook.checks import check_course
from trackbook.checks.memo import run_checks
from trackbook.reading import read_course
from trackbook.widgets import load_widgets

MakeCourse = Callable[[Change], Path]
STARTS = [start for start in ("fork", "spawn") if start in multiprocessing.get_all_start_methods()]


def add_process(number: int) -> tuple[int, int]:
    return number, os.getpid()


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
@pytest.mark.parametrize("start", STARTS)
def test_many_processes_find_what_one_finds(
    start: str, make_course: MakeCourse, monkeypatch: pytest.MonkeyPatch
) -> None:
    course = read_course(
        make_course({"lessons/first/alpha/lesson.md": "# Alpha\n\nRecieve [here](x.md)\n"}), load_widgets()
    )
    monkeypatch.setenv("TRACKBOOK_PROCESSES", "1")
    memo, other = Store(), Store()
    issues, alone = check_course(course, memo), [*run_checks(course)]
    monkeypatch.setenv("TRACKBOOK_PROCESSES", "2")
    monkeypatch.setenv("TRACKBOOK_START", start)
    monkeypatch.setattr(spreading.spread, "__kwdefaults__", {"fewest": 2, "most": 100})
    found = [*spreading.spread(add_process, range(40))]
    assert [number for number, _ in found] == [*range(40)]
    assert os.getpid() not in {process for _, process in found[1:]}
    assert [*run_checks(course)] == alone
    assert check_course(course, other) == issues
    assert other.drain() == memo.drain()
