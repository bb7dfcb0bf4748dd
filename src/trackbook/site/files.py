"""The files of a site beside its pages, and how files get into its folder."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from stat import S_ISREG

File = Path | Callable[[], str | bytes]
"""A file to copy, or what makes its content."""
Group = Callable[[], Mapping[str, File]]


class SiteFiles:
    """Files by their paths in the site, in groups: the first that has a path gives the file.

    A group is listed when someone asks for a path that those before it lack.
    """

    def __init__(self, *groups: Group) -> None:
        self._groups = tuple(map(cache, groups))

    def read(self, path: str) -> bytes | None:
        for group in self._groups:
            if path in (files := group()):
                return read_file(files[path])
        return None

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys(path for group in self._groups for path in group()))


def read_file(file: File) -> bytes:
    content = file.read_bytes() if isinstance(file, Path) else file()
    return content.encode() if isinstance(content, str) else content


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
