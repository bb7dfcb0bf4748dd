"""The site before the last, which the next build fills: to make thousands of files anew takes longer than to see that
most are the same.
"""

import os
import shutil
from collections.abc import Callable, Collection
from pathlib import Path
from stat import S_ISREG

from trackbook.mkdocs_plugin.made_pages import measure_content


class Spare:
    """The folder `place`, as long as no build has it."""

    def __init__(self, place: Path) -> None:
        self._place = place
        self._taken = False

    def take_up(self, folder: Path, wanted: Collection[str], apart: str) -> None:
        """Put what is `wanted` of it, by paths, in the place of an empty folder; and all that lies `apart`."""
        if not self._place.is_dir() or self._place.is_symlink():
            return
        try:
            _strip(self._place, "", lambda path: path in wanted or path.startswith(f"{apart}/"))
            folder.rmdir()
            self._place.rename(folder)
            self._taken = True
        except OSError:
            folder.mkdir(exist_ok=True)

    def keep(self, path: Path, measured: tuple[str, int]) -> bool:
        """Whether a file has the right bytes already, of which SHA-256 and length are known: then it stays."""
        try:
            return self._taken and measure_content(path.read_bytes()) == measured
        except OSError:
            return False

    def lay_by(self, folder: Path) -> None:
        """Take over a site that another one has replaced; where it can't be moved, it stays."""
        try:
            shutil.rmtree(self._place, ignore_errors=True)
            self._place.parent.mkdir(parents=True, exist_ok=True)
            folder.rename(self._place)
        except OSError:
            return


def _strip(folder: Path | str, inside: str, is_wanted: Callable[[str], bool]) -> bool:
    """Take out files that are not wanted or not ours alone, and empty folders. Returns whether anything is left."""
    left = False
    for entry in list(os.scandir(folder)):
        path = f"{inside}{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            stays = _strip(entry.path, f"{path}/", is_wanted)
            if not stays:
                Path(entry.path).rmdir()
        else:
            stays = is_wanted(path) and _is_own(entry.stat(follow_symlinks=False))
            if not stays:
                Path(entry.path).unlink()
        left = left or stays
    return left


def _is_own(state: os.stat_result) -> bool:
    """Whether writing into the file changes nothing elsewhere."""
    return S_ISREG(state.st_mode) and state.st_nlink == 1
