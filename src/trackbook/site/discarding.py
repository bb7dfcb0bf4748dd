"""An old folder, whose place a new one took, is emptied file by file: what is of others stays."""

import os
import shutil
import stat
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from trackbook.cache.made import LIST, is_made, list_folders, list_names, read_made
from trackbook.site.keeping import Seen, is_there


def discard(folder: Path, site: Path, seen: Seen | None = None) -> list[str]:
    """Remove an old folder, whose place `site` took. What is of others, and not in `site`, stays. Returns its names.

    `seen` is what was known before to be written by a build.
    """
    made, known, left = read_made(folder) or {}, seen or {}, list[str]()
    for name in [*list_names(folder)]:
        state = os.lstat(f"{folder}/{name}")
        is_ours = name in known and _is_unchanged(state, known[name])
        if is_ours or is_made(folder, name, made) or is_there(folder / name, state, site / name):
            _take_away(folder / name, os.unlink)
        else:
            left.append(name)
    if left:
        return left
    (folder / LIST).unlink(missing_ok=True)
    with suppress(OSError):  # something came this moment
        for name in [*list_folders(folder), "."]:
            _take_away(folder / name, os.rmdir)
    return [*list_names(folder)] if folder.exists() else []


def remove(folder: Path) -> None:
    """Remove a folder with all in it, whatever may be done with what is in it."""
    for here, names, _ in os.walk(folder):
        for path in (Path(here), *(Path(here) / name for name in names)):
            if not path.is_symlink():
                path.chmod(path.stat().st_mode | stat.S_IRWXU)
    shutil.rmtree(folder, ignore_errors=True)


def _take_away(path: Path, away: Callable[[Path], None]) -> None:
    """Also from a folder of others' in which nobody may change anything."""
    try:
        away(path)
    except PermissionError:
        path.parent.chmod(path.parent.stat().st_mode | stat.S_IRWXU)
        away(path)


def _is_unchanged(now: os.stat_result, then: os.stat_result) -> bool:
    return (now.st_ino, now.st_size, now.st_mtime_ns) == (then.st_ino, then.st_size, then.st_mtime_ns)
