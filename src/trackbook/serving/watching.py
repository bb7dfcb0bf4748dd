"""Watches the disk for changed files."""

import logging
import os
import re
import sys
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from threading import Event

# What is documented as the library's Rust backend: it tells when it has begun, which `watchfiles.watch` does not.
from watchfiles._rust_notify import RustNotify, WatchfilesRustInternalError

STEP_MILLISECONDS = 5
"""After a change, another one within this time belongs to it."""
LOOK_SECONDS = 1.0
_TRIES = 5
_TREES_ARE_TOLD = sys.platform != "linux"
"""Linux tells of single folders, and watches so many and no more; elsewhere the system tells of a whole tree."""
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
    """By what the system tells, which is asked for anew when other places are wanted, or a folder is new."""
    while not stop.is_set():
        wanted = _resolve(list_wanted())
        trees = _list_trees(root, wanted)
        notify, places = _begin(root, wanted)
        with notify:
            yield None
            if not _list_places(root, wanted) <= places:
                continue  # a folder came when the one that holds it was not yet watched
            while _resolve(list_wanted()) == wanted and _list_trees(root, wanted) == trees:
                found = notify.watch(_MOST_MILLISECONDS, step, 0, stop)
                if isinstance(found, str):
                    return
                if paths := {path for _, name in found if _is_wanted(path := Path(name), wanted)}:
                    if not _TREES_ARE_TOLD and any(path.is_dir() for path in paths):
                        break
                    yield from _name(paths, root)


def _begin(root: Path, wanted: Iterable[Path]) -> tuple[RustNotify, set[str]]:
    """With the places that are watched. Raises OSError where not all are: too many folders, one that may not be read.

    A folder that goes while the system is asked to watch it ends that too: then it is asked again.
    """

    def begin() -> tuple[RustNotify, set[str]]:
        places = _list_places(root, wanted)
        return RustNotify(sorted(places), False, False, 0, _TREES_ARE_TOLD, False), places

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
    return tuple(sorted({path.resolve() for path in paths}))


def _list_trees(root: Path, wanted: Iterable[Path]) -> set[str]:
    """The root, since its folders may come and go, and what is wanted elsewhere."""
    return {str(path) for path in (root, *wanted) if path == root or (path.exists() and not path.is_relative_to(root))}


def _list_places(root: Path, wanted: Iterable[Path]) -> set[str]:
    return (_list_trees if _TREES_ARE_TOLD else _list_folders)(root, wanted)


def _list_folders(root: Path, wanted: Iterable[Path]) -> set[str]:
    """Each folder in which something wanted may come, change or go."""
    found = {str(root)}
    for place in wanted:
        above = [folder for folder in place.parents if folder.is_relative_to(root)]
        folders = above if place.is_dir() else [*above, place.parent]
        found |= {str(folder) for folder in folders if folder.is_dir()}
        if place.is_dir():
            found |= set(_walk(str(place), set()))
    return found


def _walk(folder: str, known: set[tuple[int, int]]) -> Iterator[str]:
    """This folder and those in it, also by links, each once."""
    about = Path(folder).stat()
    if (place := (about.st_dev, about.st_ino)) in known:
        return
    known.add(place)
    yield folder
    with os.scandir(folder) as entries:
        inside = [entry.path for entry in entries if not _UNWANTED.match(entry.name) and _is_folder(entry)]
    for path in inside:
        with suppress(FileNotFoundError):  # it has gone since
            yield from _walk(path, known)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    return entry.is_dir(follow_symlinks=False) or (entry.is_symlink() and Path(entry.path).is_dir())


def _is_wanted(path: Path, wanted: Iterable[Path]) -> bool:
    """Whether it is wanted, or holds what is."""
    for place in wanted:
        if place.is_relative_to(path):
            return True
        if path.is_relative_to(place):
            return not any(_UNWANTED.match(part) for part in path.relative_to(place).parts)
    return False


def _list_states(wanted: Iterable[Path]) -> Iterator[tuple[Path, tuple[int, ...]]]:
    """Each wanted file, with what tells that it has changed: also where its time is set back, as archives do."""
    for place in wanted:
        for path in map(Path, _list_files(str(place), frozenset()) if place.is_dir() else [place]):
            with suppress(OSError):  # it has gone since
                state = path.stat()
                yield path, (state.st_mtime_ns, state.st_ctime_ns, state.st_ino, state.st_size)


def _list_files(folder: str, around: frozenset[tuple[int, int]]) -> Iterator[str]:
    """The files in a folder and in those below, also by links; `around` are those it is in, where a circle ends."""
    try:
        about = Path(folder).stat()
        with os.scandir(folder) as found:
            entries = [entry for entry in found if not _UNWANTED.match(entry.name)]
    except OSError:  # it has gone since, or may not be read
        return
    if (place := (about.st_dev, about.st_ino)) not in around:
        for entry in entries:
            yield from _list_files(entry.path, around | {place}) if _is_folder(entry) else [entry.path]


def _name(paths: Collection[Path], root: Path) -> Iterator[Collection[str] | None]:
    """A folder stands for all that is in it, and what is gone may have been one: that can't be told, the rest can."""
    files = [path for path in paths if path.is_file()]
    if len(files) < len(paths):
        yield None
    if files:
        yield {(path.relative_to(root) if path.is_relative_to(root) else path).as_posix() for path in files}
