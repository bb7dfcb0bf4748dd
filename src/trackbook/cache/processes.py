"""Work spread over processes: the same results in the same order, whether by one or by many."""

import gc
import logging
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import Any, TypeVar

from trackbook.cache.garbage import setting_apart

FEWEST = 100
"""Fewer items than these are done sooner than processes start."""
_MOST = 8
_MOST_NAMED = 61
"""More can't be waited for on Windows."""
_MOST_HERE = 40
"""Items that one process does before others take over."""

Item = TypeVar("Item")
Result = TypeVar("Result")
log = logging.getLogger(__name__)


def count_processes() -> int:
    """Those that the environment names in TRACKBOOK_PROCESSES, else one a processor."""
    named = os.environ.get("TRACKBOOK_PROCESSES", "")
    if named.isascii() and named.isdigit():
        return max(1, min(_MOST_NAMED, int(named) if len(named) < 10 else _MOST_NAMED))
    usable = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
    return min(_MOST, usable)


def choose_start() -> str:
    """How processes start: a copy of this one where that is safe, else anew. TRACKBOOK_START may name another."""
    named = os.environ.get("TRACKBOOK_START")
    if named in multiprocessing.get_all_start_methods():
        return named
    return "fork" if sys.platform == "linux" else "spawn"


def spread(
    work: Callable[[Item], Result], items: Sequence[Item], *, fewest: int = FEWEST, most: int = sys.maxsize
) -> Iterator[Result]:
    """The result of `work` for each item, in their order. An error of `work` is raised here.

    What a copied process touches of this one's memory it has to itself from then on: after `most` items, new ones take
    over, which have to learn anew what makes work quick.
    `work` and what it takes and gives have to be picklable. Where no process can be started, this one does it all.
    """
    done = 0
    processes = min(count_processes(), len(items))
    if processes > 1 and len(items) >= fewest and not multiprocessing.current_process().daemon:
        try:
            with setting_apart():
                for result in _spread(work, items, processes, choose_start(), most):
                    yield result
                    done += 1
            return
        except (BrokenProcessPool, OSError, ImportError, NotImplementedError) as error:
            log.debug("one process does what is left (%s)", error)
    yield from map(work, items[done:])


def _spread(
    work: Callable[[Item], Result], items: Sequence[Item], processes: int, start: str, most: int
) -> Iterator[Result]:
    """A copied process has `work` and `items` already: they are sent, once each, only to one that starts anew.

    What the first items need is set up here, so that copies have it.
    """
    context = multiprocessing.get_context(start)
    if start != "fork":
        os.environ.setdefault("PYTHONSAFEPATH", "1")  # else they look for modules in the folder one is in: the course
        with ProcessPoolExecutor(processes, context, _take_up, (work, None)) as pool:
            with _deaf_to_interrupts():
                results = pool.map(_do, items, chunksize=_choose_chunk(len(items), processes))
            yield from results
        return
    here = max(1, min(_MOST_HERE, len(items) // 50))
    yield from map(work, items[:here])
    for first in range(here, len(items), most):
        places = range(first, min(first + most, len(items)))
        with ProcessPoolExecutor(processes, context, _take_up, (work, items)) as pool:
            yield from pool.map(_do, places, chunksize=_choose_chunk(len(places), processes))


@contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """A process that starts now does not hear Ctrl-C, and so has nothing to say of it: this one ends it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _choose_chunk(count: int, processes: int) -> int:
    return max(1, min(32, count // (processes * 4)))


_given: list[Any] = []
"""What this process was started for: the work, and all items, or None where they are sent one by one."""


def _take_up(work: Callable[[Any], Any], items: Sequence[Any] | None) -> None:
    gc.disable()  # this process ends before a search is worth it
    _given[:] = [work, items]


def _do(task: Any) -> Any:
    work, items = _given
    return work(task if items is None else items[task])
