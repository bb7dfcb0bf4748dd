"""Files of others: put somewhere, and looked at afterwards."""

import os
import stat
from collections.abc import Mapping
from pathlib import Path

Files = Mapping[str, object]
"""By path: a text or bytes, None for an empty folder, or `{to: path}` for a link."""


def put(root: Path, files: Files) -> None:
    for name, what in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if what is None:
            path.mkdir()
        elif isinstance(what, Mapping):
            path.symlink_to(str(what["to"]))
        else:
            path.unlink(missing_ok=True)  # what was built may be shared with others
            path.write_bytes(what if isinstance(what, bytes) else str(what).encode())


def find_lost(root: Path, files: Files) -> list[str]:
    return [name for name, what in files.items() if not _is_there(root / name, what)]


def _is_there(path: Path, what: object) -> bool:
    if isinstance(what, Mapping):
        return path.is_symlink() and path.readlink() == Path(str(what["to"]))
    if not os.path.lexists(path) or path.is_symlink():
        return False
    if what is None:
        return path.is_dir()
    wanted = what if isinstance(what, bytes) else str(what).encode()
    return stat.S_ISREG(path.lstat().st_mode) and path.read_bytes() == wanted
