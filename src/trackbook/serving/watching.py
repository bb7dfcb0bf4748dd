"""What changes on disk, as it happens."""

import logging
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path
from threading import Event

# What is documented as the library's Rust backend: it tells when it has begun, which `watchfiles.watch` does not.
from watchfiles._rust_notify import RustNotify, WatchfilesRustInternalError

STEP_MILLISECONDS = 15
"""After a change, another one within this time belongs to it."""
MOST_MILLISECONDS = 400
_POLL_MILLISECONDS = 1000
_UNWANTED = re.compile(r"\.|#.*#$|.*(~|\.sw[a-z]|\.tmp|\.bak|___jb_(tmp|old)___)$|4913$|__pycache__$|node_modules$")
"""Hidden things, what editors write for a moment, and what no course is made of."""
log = logging.getLogger(__name__)


def watch(
    root: Path, list_wanted: Callable[[], Iterable[Path]], stop: Event, step: int = STEP_MILLISECONDS
) -> Iterator[Collection[str] | None]:
    """Yields, until `stop` is set, the wanted files that changed, named from `root` (others in full).

    None says that it can't be told which. That comes first: from then on nothing is missed. What is wanted, files and
    folders, is asked again after each change, and may come and go.
    """
    root, polling = root.resolve(), False
    while not stop.is_set():
        wanted = _resolve(list_wanted())
        places = _list_places(root, wanted)
        try:
            with RustNotify([*map(str, places)], False, polling, _POLL_MILLISECONDS, True, True) as notify:
                yield None
                while _list_places(root, wanted := _resolve(list_wanted())) == places:
                    found = notify.watch(MOST_MILLISECONDS, step, 0, stop)
                    if isinstance(found, str):
                        return
                    if paths := {path for _, name in found if _is_wanted(path := Path(name), wanted)}:
                        yield _name(paths, root)
        except (OSError, WatchfilesRustInternalError) as error:
            if polling:
                raise
            log.warning("Files are looked at every second: the system can't watch so many (%s).", error)
            polling = True


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


def _name(paths: Iterable[Path], root: Path) -> Collection[str] | None:
    """A folder stands for all that is in it, and what is gone may have been one."""
    if not all(path.is_file() for path in paths):
        return None
    return {(path.relative_to(root) if path.is_relative_to(root) else path).as_posix() for path in paths}
