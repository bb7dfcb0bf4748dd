"""The site before the last, which the next build fills: to make thousands of files anew takes longer than to see that
most are the same.
"""

import os
import shutil
from collections.abc import Collection, Iterator, Sequence
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
            for place, inside, names in _walk(self._place):
                for name in names:
                    known = inside.parts[:1] == (apart,) or (inside / name).as_posix() in wanted
                    if not (known and _is_own(place / name)):
                        (place / name).unlink()
                if not any(place.iterdir()):
                    place.rmdir()
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


def _walk(root: Path) -> Iterator[tuple[Path, Path, Sequence[str]]]:
    """Each folder after those within, its path inside, and the names of what in it is no folder."""
    for at, folders, names in os.walk(root, topdown=False):
        place = Path(at)
        yield place, place.relative_to(root), [*names, *(name for name in folders if (place / name).is_symlink())]


def _is_own(path: Path) -> bool:
    """Whether writing into it changes nothing elsewhere."""
    state = path.lstat()
    return S_ISREG(state.st_mode) and state.st_nlink == 1
