"""The files of a site beside its pages, and how files get into its folder."""

from collections.abc import Callable, Iterator, Mapping
from filecmp import cmp
from functools import cache
from pathlib import Path
from shutil import copyfile
from stat import S_ISREG

from trackbook.publishing.drawings import DRAWING, clean_drawing

File = Path | Callable[[], str | bytes]
"""A file to copy, or what makes its content."""
_LARGE = 8_000_000
"""Bytes up to which a file is read whole."""
Group = Callable[[], Mapping[str, File]]


class SiteFiles:
    """Files by their paths in the site, in groups: the first that has a path gives the file.

    A group is listed when someone asks for a path that those before it lack.
    """

    def __init__(self, *groups: Group) -> None:
        self._groups = tuple(map(cache, groups))

    def find(self, path: str) -> File | None:
        return next((files[path] for group in self._groups if path in (files := group())), None)

    def read(self, path: str) -> bytes | None:
        file = self.find(path)
        return None if file is None else read_file(file)

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys(path for group in self._groups for path in group()))


def publish_file(path: Path) -> File:
    """A file of the course as it is, a drawing without what does more than draw."""
    return (lambda: clean_drawing(path.read_bytes())) if path.suffix.lower() == DRAWING else path


def read_file(file: File) -> bytes:
    content = file.read_bytes() if isinstance(file, Path) else file()
    return content.encode() if isinstance(content, str) else content


def put_file(path: Path, file: File, last: Path) -> None:
    """Write a file of the site; a large one, such as a lecture, is never whole in memory."""
    if isinstance(file, Path) and file.stat().st_size > _LARGE:
        path.parent.mkdir(parents=True, exist_ok=True)
        same = last.is_file() and not last.is_symlink() and cmp(file, last, shallow=False)
        if not (same and share_file(last, path)):
            copyfile(file, path)
        return
    write_file(path, read_file(file), last)


def write_file(path: Path, content: bytes, last: Path | None = None) -> None:
    """Write a new file; where `last` holds the same, that file gets a second name instead, which costs less."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not (last and holds(last, content) and share_file(last, path)):
        path.write_bytes(content)


def holds(path: Path, content: bytes) -> bool:
    """Whether it is a file, no link to one, with this content."""
    try:
        state = path.lstat()
        return S_ISREG(state.st_mode) and state.st_size == len(content) and path.read_bytes() == content
    except OSError:
        return False


def share_file(path: Path, other: Path) -> bool:
    """Give a file a second name; whether the system can."""
    try:
        other.hardlink_to(path)
    except OSError:
        return False
    return True
