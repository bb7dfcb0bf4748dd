"""A new site in the place of the old one: a killed or failed build leaves no half a site, and loses nobody's files."""

import ctypes
import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from trackbook.cache.ending import clearing, holding_signals
from trackbook.cache.made import is_unfinished, mark_unfinished, name_some
from trackbook.issue import CourseError
from trackbook.site.discarding import discard, remove
from trackbook.site.keeping import Seen, keep_others, list_unknown, refuse_unknown, show

with holding_signals():  # while it is imported, it has a folder among the temporary ones
    from filelock import BaseFileLock, FileLock

LOCK = Path(".cache", "trackbook", "build.lock")
"""In the course's folder."""
_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_CAME_LATE = "%s/: %s came while the site was built: move it from %s"
log = logging.getLogger("trackbook")


def reached(point: str) -> None:
    """Called at each named point of a swap. Does nothing: tests put a sudden death in its place."""
    del point


@contextmanager
def replacing(site: Path, lock: Path) -> Iterator[Path]:
    """A new folder to build into, which takes the place of `site` when the block ends without an error.

    What others put into `site` stays in it. A second build waits for the first. What a killed build left behind is
    mended and removed at the beginning. Raises CourseError when something of others' would have to give way.
    """
    _refuse_other_kinds(site)
    with _choose_lock(lock, _beside(site, "lock")), clearing(partial(mend, site)):
        new, old = _beside(site, "new"), _beside(site, "old")
        mend(site)
        refuse_unknown(site)
        new.mkdir(parents=True)
        mark_unfinished(new)
        reached("began")
        try:
            yield new
            reached("built")
            seen = keep_others(site, new)
            reached("kept")
            swap(new, site, old)
        except BaseException:
            _discard(new, site)
            raise
        for folder in (new, old):
            if left := _discard(folder, site, seen):
                log.warning(_CAME_LATE, show(site), name_some(left), show(folder))
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
        if other.is_file() and other.stat().st_size:  # a lock is emptied when it is taken
            raise CourseError(f"{show(other)}, which a build has to make, holds something: move it away") from None
        return FileLock(other)
    return FileLock(lock)


def mend(site: Path) -> None:
    """Undo a swap that was cut off: the old site comes back when no new one took its place.

    Raises CourseError where a folder of the name that a build uses holds what no build wrote.
    """
    new, old = _beside(site, "new"), _beside(site, "old")
    if old.is_dir() and not os.path.lexists(site) and not list_unknown(old):
        old.rename(site)
    for leftover in (new, old):
        left = _discard(leftover, site)
        if left:
            raise CourseError(
                f"{show(leftover)}, which a build has to make, holds {name_some(left)}: move it away; "
                f"what came into {site.name}/ while it was built is there, too"
            )


def _discard(folder: Path, site: Path, seen: Seen | None = None) -> list[str]:
    """The names of what has to stay: what others put there while a site was built, or a folder of theirs."""
    if not os.path.lexists(folder):
        return []
    if folder.is_symlink() or not folder.is_dir():
        return [folder.name]
    if not is_unfinished(folder):
        return discard(folder, site, seen)
    remove(folder)
    return []


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
