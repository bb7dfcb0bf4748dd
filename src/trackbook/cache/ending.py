"""An end by Ctrl-C or another signal: what is under way is cleared away first, then the signal does what it does.

The handler clears by itself, wherever it falls. An exception could be lost in a callback, or fall beside the block
that would clear.
"""

import os
import shutil
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from types import FrameType

SIGNALS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))
_clearing: list[Callable[[], None]] = []
_waiting: list[int] = []
_held = 0
_owner = 0


def end_by_signals() -> None:
    """From now on a signal ends this process without a word. One that is ignored by then, as with nohup, stays so."""
    _begin()
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=_begin)
    for number in SIGNALS:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _end)


def _begin() -> None:
    """A process has nothing of its own yet, nor has a copy of one."""
    global _owner, _held
    _owner, _held = os.getpid(), 0
    _clearing.clear()
    _waiting.clear()


@contextmanager
def clearing(clear: Callable[[], None]) -> Iterator[None]:
    """Calls `clear` when a signal ends the process meanwhile, at any point of the block and for the last one first."""
    _clearing.append(clear)
    try:
        yield
    finally:
        _clearing.remove(clear)


@contextmanager
def holding_signals() -> Iterator[None]:
    """Meanwhile none ends the process: what comes is heard at the end of the block, which should be short."""
    global _held  # noqa: PLW0603
    _held += 1
    try:
        yield
    finally:
        _held -= 1
        if _waiting and not _held:
            os.kill(os.getpid(), _waiting[0])


def make_temporary_folder() -> str:
    """A new folder, which goes when a signal ends the process; else it is for the caller to remove."""
    from tempfile import mkdtemp

    with holding_signals():
        folder = mkdtemp(prefix="trackbook-")
        _clearing.append(partial(shutil.rmtree, folder, ignore_errors=True))
    return folder


@contextmanager
def temporary_folder() -> Iterator[str]:
    folder = make_temporary_folder()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def interruptible() -> Iterator[None]:
    """Ctrl-C raises KeyboardInterrupt in the block, which can say what it has by then."""
    before = signal.getsignal(signal.SIGINT)
    if before is _end:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _end(number: int, _frame: FrameType | None) -> None:
    if os.getpid() != _owner:  # the first step of a copy
        die(number)
    if _held:
        _waiting.append(number)
        return
    for other in SIGNALS:  # a second Ctrl-C would leave half of it
        signal.signal(other, signal.SIG_IGN)
    with suppress(OSError):  # nobody needs to read what other threads trip over now
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    from trackbook.cache.children import end_children

    with suppress(Exception):
        end_children()
    while _clearing:
        with suppress(Exception):
            _clearing.pop()()
    die(number)


def die(number: int) -> None:
    """End this process by the signal, as whoever started it sees."""
    signal.signal(number, signal.SIG_DFL)
    os.kill(os.getpid(), number)
    os._exit(128 + number)  # where it is blocked
