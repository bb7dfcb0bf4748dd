"""The files of a search index on the disk: a large course has thousands, and most stay as they are."""

import os
from collections.abc import Collection, Mapping
from contextlib import suppress
from pathlib import Path
from stat import S_ISREG


def write_files(folder: Path, files: Mapping[str, bytes], last: Path | None = None) -> None:
    """Write files, by path, below a folder. What is there already stays; what stands in `last` as well is one file."""
    for parent in {(folder / name).parent for name in files}:
        parent.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        path = folder / name
        if not _holds(path, content) and not (last and _share(last / name, path, content)):
            path.unlink(missing_ok=True)  # another name of the file keeps what it has
            path.write_bytes(content)


def remove_others(folder: str | Path, names: Collection[str], inside: str = "") -> None:
    """Remove all below a folder but the files of these names, which are paths in it. No folder stays empty."""
    for entry in list(os.scandir(folder)):
        name = f"{inside}{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            remove_others(entry.path, names, f"{name}/")
            with suppress(OSError):  # not empty
                Path(entry.path).rmdir()
        elif name not in names:
            Path(entry.path).unlink()


def _holds(path: Path, content: bytes) -> bool:
    """Whether it is a file, no link to one, with this content."""
    try:
        state = path.lstat()
        return S_ISREG(state.st_mode) and state.st_size == len(content) and path.read_bytes() == content
    except OSError:
        return False


def _share(path: Path, other: Path, content: bytes) -> bool:
    """Give a file with this content a second name; whether there is one, and the system can."""
    if not _holds(path, content):
        return False
    try:
        other.hardlink_to(path)
    except OSError:
        return False
    return True
