"""What changes on disk, as it happens."""

import logging
import os
import re
import sys
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from threading import Event

# What is documented as the library's Rust backend: it tells when it has begun, which `watchfiles.watch` does not.
from watchfiles._rust_notify import RustNotify, WatchfilesRustInternalError

STEP_MILLISECONDS = 5
"""After a change, another one within this time belongs to it."""
LOOK_SECONDS = 1.0
_TRIES = 5
_FOLDERS_ARE_TOLD = sys.platform != "linux"
"""Elsewhere the system tells of a whole tree. Linux tells of single folders, of a new one only from some moment on."""
_MOST_MILLISECONDS = 400
_UNWANTED = re.compile(
    r"\.(?!icons$)|#.*#$|.*(~|\.sw[a-z]|\.tmp|\.bak|___jb_(tmp|old)___)$|4913$|__pycache__$|node_modules$"
)
"""Hidden things but a theme's icons, what editors write for a moment, and what no course is made of."""
log = logging.getLogger(__name__)
Wanted = Callable[[], Iterable[Path]]


def watch(
    root: Path, list_wanted: Wanted, stop: Event, *, poll: bool = False, step: int = STEP_MILLISECONDS
) -> Iterator[Collection[str] | None]:
    """Yields, until `stop` is set, the wanted files that changed, named from `root` (others in full).

    None says that it can't be told which. That comes first: from then on nothing is missed. Of changes at one time it
    comes before those that can be told. What is wanted, files and folders, is asked again after each change, and may
    come and go. `poll` is for disks whose changes no system tells.
    """
    root = root.resolve()
    try:
        if not poll:
            yield from _hear(root, list_wanted, stop, step)
    except (OSError, WatchfilesRustInternalError) as error:
        log.warning("Files are looked at every second, since the system can't watch them: %s", error)
        poll = True
    if poll:
        yield from _look(root, list_wanted, stop)


def _hear(root: Path, list_wanted: Wanted, stop: Event, step: int) -> Iterator[Collection[str] | None]:
    """By what the system tells, which is asked for anew when other places are wanted."""
    while not stop.is_set():
        places = _list_places(root, _resolve(list_wanted()))
        with _begin(places) as notify:
            yield None
            while _list_places(root, wanted := _resolve(list_wanted())) == places:
                found = notify.watch(_MOST_MILLISECONDS, step, 0, stop)
                if isinstance(found, str):
                    return
                if paths := {path for _, name in found if _is_wanted(path := Path(name), wanted)}:
                    if not _FOLDERS_ARE_TOLD and any(path.is_dir() for path in paths):
                        break
                    yield from _name(paths, root)


def _begin(places: Iterable[Path]) -> RustNotify:
    """Raises OSError where not all is watched: too many folders, one that may not be read.

    A folder that goes while the system is asked to watch it ends that too: then it is asked again.
    """
    begin = partial(RustNotify, [*map(str, places)], False, False, 0, True, False)
    for _ in range(_TRIES):
        with suppress(FileNotFoundError):
            return begin()
    return begin()


def _look(root: Path, list_wanted: Wanted, stop: Event) -> Iterator[Collection[str] | None]:
    """By looking at each file, every now and then."""
    known = dict(_list_states(_resolve(list_wanted())))
    yield None
    while not stop.wait(LOOK_SECONDS):
        now = dict(_list_states(_resolve(list_wanted())))
        if paths := {path for path, _ in known.items() ^ now.items()}:
            known = now
            yield from _name(paths, root)


def _resolve(paths: Iterable[Path]) -> tuple[Path, ...]:
    return tuple(path.resolve() for path in paths)


def _list_places(root: Path, wanted: Iterable[Path]) -> tuple[Path, ...]:
    """The root, since its folders may come and go, and what is wanted elsewhere."""
    return (root, *sorted(path for path in wanted if path.exists() and not path.is_relative_to(root)))


def _is_wanted(path: Path, wanted: Iterable[Path]) -> bool:
    """Whether it is wanted, or holds what is."""
    for place in wanted:
        if place.is_relative_to(path):
            return True
        if path.is_relative_to(place):
            return not any(_UNWANTED.match(part) for part in path.relative_to(place).parts)
    return False


def _list_states(wanted: Iterable[Path]) -> Iterator[tuple[Path, tuple[int, int]]]:
    """Each wanted file, with what tells that it has changed."""
    for place in wanted:
        alone: list[tuple[str, list[str], list[str]]] = [(str(place.parent), [], [place.name])]
        for folder, folders, names in os.walk(place) if place.is_dir() else alone:
            folders[:] = [name for name in folders if not _UNWANTED.match(name)]
            for path in (Path(folder, name) for name in names if not _UNWANTED.match(name)):
                try:
                    state = path.stat()
                except OSError:
                    continue
                yield path, (state.st_mtime_ns, state.st_size)


def _name(paths: Collection[Path], root: Path) -> Iterator[Collection[str] | None]:
    """A folder stands for all that is in it, and what is gone may have been one: that can't be told, the rest can."""
    files = [path for path in paths if path.is_file()]
    if len(files) < len(paths):
        yield None
    if files:
        yield {(path.relative_to(root) if path.is_relative_to(root) else path).as_posix() for path in files}
