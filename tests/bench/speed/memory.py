"""The memory of a process and all that it started, shared pages counted once (PSS). Linux only."""

import time
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread

_PROC = Path("/proc")
_PAUSE = 0.05
_MOST_WORK = 0.05
"""The share of a processor that looking may take: reading how pages are shared holds up the process for a moment."""


class Peak:
    """The most memory that a tree of processes had while this was open, looked at some 20 times a second."""

    def __init__(self, process: int) -> None:
        self.bytes = 0
        self._process = process
        self._ended = Event()
        self._watch = Thread(target=self._look_on, daemon=True)

    def __enter__(self) -> "Peak":
        self._watch.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._watch.join()

    def _look_on(self) -> None:
        pause = 0.0
        while not self._ended.wait(pause):
            begun = time.thread_time()
            self._look()
            pause = max(_PAUSE, (time.thread_time() - begun) / _MOST_WORK)

    def _look(self) -> None:
        """What is resident bounds what is shared out: mostly that says already that this is no peak."""
        processes = list(_list_apart(self._process))
        if sum(map(_read_resident, processes)) > self.bytes:
            self.bytes = max(self.bytes, sum(map(_read_share, processes)))


def _list_apart(process: int, above: tuple[int, int] = (-1, -1)) -> Iterator[int]:
    """Those of the tree with memory of their own: between vfork and exec, a child has that of the one `above`."""
    most = _read_most(process)
    if most != above:
        yield process
    for child in _list_children(process):
        yield from _list_apart(child, _read_most(process))


def _read_most(process: int) -> tuple[int, int]:
    return _read_size(process, "status", "VmPeak:"), _read_size(process, "status", "VmHWM:")


def _list_children(process: int) -> list[int]:
    try:
        tasks = (_PROC / str(process) / "task").glob("*/children")
        return [int(child) for children in tasks for child in children.read_text().split()]
    except OSError:  # it has ended
        return []


def _read_resident(process: int) -> int:
    return _read_size(process, "status", "VmRSS:")


def _read_share(process: int) -> int:
    return _read_size(process, "smaps_rollup", "Pss:")


def _read_size(process: int, file: str, key: str) -> int:
    try:
        lines = (_PROC / str(process) / file).read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith(key)), 0)
