"""A new site in the place of the old one, so that a killed or failed build never leaves half a site."""

import ctypes
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from filelock import BaseFileLock, FileLock

from trackbook.cache.ending import clearing
from trackbook.issue import CourseError

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


def reached(point: str) -> None:
    """Called at each named point of a swap. Does nothing: tests put a sudden death in its place."""
    del point


@contextmanager
def replacing(site: Path, lock: Path) -> Iterator[Path]:
    """A new folder to build into, which takes the place of `site` when the block ends without an error.

    A second build waits for the first. What a killed build left behind is mended and removed at the beginning.
    """
    _refuse_other_kinds(site)
    with _choose_lock(lock, _beside(site, "lock")), clearing(partial(mend, site)):
        new, old = _beside(site, "new"), _beside(site, "old")
        mend(site)
        new.mkdir(parents=True)
        reached("began")
        try:
            yield new
            reached("built")
            swap(new, site, old)
            for folder in (new, old):
                shutil.rmtree(folder, ignore_errors=True)
        finally:
            shutil.rmtree(new, ignore_errors=True)
            if site.exists():
                shutil.rmtree(old, ignore_errors=True)
        reached("done")


def _refuse_other_kinds(site: Path) -> None:
    """Raises CourseError where a name that a build needs is taken by a pipe, a link or the like."""
    lock = _beside(site, "lock")
    if not _is_plain(lock):
        raise CourseError(f"{lock} is no plain file, and builds wait for each other by it: move it")
    for path in (_beside(site, "new"), _beside(site, "old")):
        if os.path.lexists(path) and (path.is_symlink() or not path.is_dir()):
            raise CourseError(f"{path} is no folder, and a build needs that name for one: move it")


def _is_plain(path: Path) -> bool:
    return not os.path.lexists(path) or (path.is_file() and not path.is_symlink())


def _choose_lock(lock: Path, other: Path) -> BaseFileLock:
    """The other one where no file can be made, as in a cache that is read-only, or its name is taken."""
    try:
        lock.parent.mkdir(parents=True, exist_ok=True)
        if not _is_plain(lock):
            return FileLock(other)
        lock.open("ab").close()
    except OSError:
        return FileLock(other)
    return FileLock(lock)


def mend(site: Path) -> None:
    """Undo a swap that was cut off: the old site comes back when no new one took its place."""
    new, old = _beside(site, "new"), _beside(site, "old")
    if old.exists() and not site.exists():
        old.rename(site)
    for leftover in (new, old):
        shutil.rmtree(leftover, ignore_errors=True)


def swap(new: Path, site: Path, old: Path) -> None:
    """Put `new` in the place of `site`: in one step where the system can exchange two names, else in two."""
    if site.exists() and _exchange(new, site):
        reached("exchanged")
        return
    if site.exists():
        site.rename(old)
        reached("moved aside")
    new.rename(site)
    reached("moved in")


def _exchange(one: Path, other: Path) -> bool:
    if not sys.platform.startswith("linux"):
        return False
    renameat2 = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if renameat2 is None:
        return False
    names = (os.fsencode(one), os.fsencode(other))
    return bool(renameat2(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _RENAME_EXCHANGE) == 0)


def _beside(site: Path, what: str) -> Path:
    return site.with_name(f".{site.name}.{what}")
