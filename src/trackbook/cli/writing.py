"""How commands write a file, and what they say where there is no room for it."""

import errno
import os
from pathlib import Path

from trackbook.cache.made import replace_file

_FULL = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "your share of the disk is used up",
    errno.EFBIG: "a file may not grow any larger here",
}


def write_whole(path: Path, text: str) -> None:
    """Write a text in the place of another, which stays where that can't be done."""
    replace_file(path, text.encode())


def describe_failure(error: OSError, root: Path | None) -> str:
    """What the system refused, in one line; files of the course in `root` are named from there."""
    if error.errno in _FULL:
        return f"{_FULL[error.errno]}: make room, and run it again; what was there before is still there"
    path = Path(os.fsdecode(error.filename)) if isinstance(error.filename, str | bytes) else None
    if path and root and path.is_relative_to(root):
        path = path.relative_to(root)
    return f"{path or 'the system'}: {error.strerror or error}"
