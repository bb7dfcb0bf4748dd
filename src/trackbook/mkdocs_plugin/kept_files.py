"""Files that took long to make, kept under a name that says what they were made from: one file for many.

As in the store, what can't be read is made again, and what can't be written is not kept.
"""

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from hashlib import blake2b
from itertools import accumulate, pairwise
from pathlib import Path, PurePosixPath

_CHECKSUM = 16


def recall_files(folder: Path, name: str) -> dict[str, bytes] | None:
    """The files that were kept under the name, by path; None when there are none, or not all as they were."""
    path = folder / name
    try:
        files = _unpack(path.read_bytes())
    except (OSError, ValueError):
        return None
    with suppress(OSError):
        os.utime(path)
    return files


def keep_files(folder: Path, name: str, files: Mapping[str, bytes]) -> None:
    unfinished = folder / f"{name}.{os.getpid()}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        unfinished.write_bytes(_pack(files))
        unfinished.replace(folder / name)
    except OSError:
        with suppress(OSError):
            unfinished.unlink()


def forget_files(folder: Path, used: int) -> None:
    """Of all that was kept only the latest `used` remain."""
    with suppress(OSError):
        for path in sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)[used:]:
            path.unlink(missing_ok=True)


def _pack(files: Mapping[str, bytes]) -> bytes:
    sizes = json.dumps({name: len(content) for name, content in files.items()}).encode()
    packed = b"\n".join((sizes, b"".join(files.values())))
    return blake2b(packed, digest_size=_CHECKSUM).digest() + packed


def _unpack(packed: bytes) -> dict[str, bytes]:
    """Raises ValueError when it is not what was packed, or would lie elsewhere than below a folder."""
    if blake2b(memoryview(packed)[_CHECKSUM:], digest_size=_CHECKSUM).digest() != packed[:_CHECKSUM]:
        raise ValueError("the checksum differs")
    start = packed.index(b"\n", _CHECKSUM) + 1
    sizes: dict[str, int] = json.loads(packed[_CHECKSUM : start - 1])
    if any(PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts for name in sizes):
        raise ValueError("a path leads out of the folder")
    ends = accumulate(sizes.values(), initial=start)
    return {name: packed[first:last] for name, (first, last) in zip(sizes, pairwise(ends), strict=True)}
