"""The processes that this one has started, and theirs: git, Pagefind, esbuild, and those that make pages."""

import os
import signal
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from time import monotonic, sleep

_SECONDS = 2
_ROUNDS = 3
"""Another thread may start one while others end."""


def end_children() -> None:
    """End them all: by word, so that each clears away what is its own; what does not hear within seconds, by force."""
    for _ in range(_ROUNDS):
        children = list_children(os.getpid())
        if not children:
            return
        _send(children, signal.SIGTERM)
        deadline = monotonic() + _SECONDS
        while (children := [child for child in children if _is_running(child)]) and monotonic() < deadline:
            sleep(0.005)
        _send(children, getattr(signal, "SIGKILL", signal.SIGTERM))


def list_children(process: int) -> list[int]:
    """The numbers of all that a process has started, directly or not."""
    if sys.platform == "win32":
        return []
    children, found, waiting = _read_families(), [], [process]
    while waiting:
        waiting = [child for parent in waiting for child in children.get(parent, ())]
        found += waiting
    return found


def _read_families() -> Mapping[int, list[int]]:
    """The children of each process."""
    families: dict[int, list[int]] = defaultdict(list)
    for child, parent in _read_pairs():
        families[parent].append(child)
    return families


def _read_pairs() -> Iterable[tuple[int, int]]:
    """Every process with its parent; of those that have ended already, none."""
    if sys.platform == "linux":
        for folder in Path("/proc").iterdir():
            if folder.name.isdigit():
                with suppress(OSError, ValueError, IndexError):
                    state, parent = (folder / "stat").read_text("latin-1").rpartition(")")[2].split()[:2]
                    if state not in "ZX":
                        yield int(folder.name), int(parent)
        return
    listed = subprocess.run(["ps", "-A", "-o", "pid=,ppid=,stat="], capture_output=True, text=True, check=False).stdout
    for line in listed.splitlines():
        child, parent, state = line.split()[:3]
        if not state.startswith("Z") and "ps" not in line:
            yield int(child), int(parent)


def _send(processes: Iterable[int], number: int) -> None:
    for process in processes:
        with suppress(OSError):
            os.kill(process, number)


def _is_running(process: int) -> bool:
    """Whether it has not ended; where it is a child of ours, it is taken leave of."""
    with suppress(ChildProcessError):
        return os.waitpid(process, os.WNOHANG)[0] == 0
    with suppress(OSError):
        os.kill(process, 0)
        return True
    return False
