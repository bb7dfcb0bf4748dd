"""Work spread over processes: the same results in the same order, whether by one or by many."""

import gc
import logging
import multiprocessing
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

FEWEST = 100
"""Fewer items than these are done sooner than processes start."""
_MOST = 8

Item = TypeVar("Item")
Result = TypeVar("Result")
log = logging.getLogger("mkdocs.plugins.trackbook")


def count_processes() -> int:
    """Those that the environment names in TRACKBOOK_PROCESSES, else one a processor."""
    named = os.environ.get("TRACKBOOK_PROCESSES", "")
    if named.isdigit():
        return max(1, int(named))
    usable = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
    return min(_MOST, usable)


def choose_start() -> str:
    """How processes start: a copy of this one where that is safe, else anew. TRACKBOOK_START may name another."""
    return os.environ.get("TRACKBOOK_START") or ("fork" if sys.platform == "linux" else "spawn")


def spread(work: Callable[[Item], Result], items: Sequence[Item], *, fewest: int = FEWEST) -> Iterator[Result]:
    """The result of `work` for each item, in their order. An error of `work` is raised here.

    `work` and what it takes and gives have to be picklable. Where no process can be started, this one does it all.
    """
    done = 0
    processes = min(count_processes(), len(items))
    if processes > 1 and len(items) >= fewest and not multiprocessing.current_process().daemon:
        gc.freeze()  # a copied process would else touch, and so copy, every object
        try:
            context = multiprocessing.get_context(choose_start())
            with ProcessPoolExecutor(processes, context) as pool:
                for result in pool.map(work, items, chunksize=max(1, min(32, len(items) // (processes * 4)))):
                    yield result
                    done += 1
            return
        except (BrokenProcessPool, OSError, ImportError, NotImplementedError) as error:
            log.debug("one process does what is left (%s)", error)
        finally:
            gc.unfreeze()
    yield from map(work, items[done:])
