"""The list of what a command wrote into a folder: by it the next one knows its own files, and touches no others."""

import hashlib
import json
import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from trackbook.cache.ending import holding_signals

LIST = ".trackbook-files.json"
"""It lies in the folder itself, so that it goes along when that is copied, cloned or deployed."""
Made = Mapping[str, str]
"""SHA-256 by path. While a file is being replaced there are two, with a blank between: of the old one, of the new."""
_ABOUT = "What Trackbook wrote here, with SHA-256. It leaves all else as it is, and what was changed since."


def read_made(folder: Path) -> Made | None:
    """What the list in a folder names; None where there is none that can be read, or an unfinished one."""
    try:
        made = json.loads((folder / LIST).read_bytes())["files"]
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return None
    known = isinstance(made, dict) and all(isinstance(digest, str) for digest in made.values())
    return made if known else None


def write_made(folder: Path, made: Made) -> None:
    text = json.dumps({"about": _ABOUT, "files": dict(sorted(made.items()))}, indent=0)
    replace_file(folder / LIST, f"{text}\n".encode())


def mark_unfinished(folder: Path) -> None:
    """Say that all in the folder is ours and half done."""
    (folder / LIST).write_text("{}\n", encoding="utf-8")


def is_unfinished(folder: Path) -> bool:
    path = folder / LIST
    return not path.is_symlink() and path.is_file() and path.read_bytes() == b"{}\n"


def digest_file(path: Path) -> str:
    """SHA-256 of a plain file; empty for a link, and for all else."""
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            return ""
        with path.open("rb", buffering=0) as file:
            return hashlib.file_digest(file, "sha256").hexdigest()  # a lecture is never whole in memory
    except OSError:
        return ""


def is_made(folder: Path, name: str, made: Made) -> bool:
    """Whether a file is what was written, to the byte."""
    return name in made and digest_file(folder / name) in made[name].split()


def list_names(folder: Path) -> Iterator[str]:
    """The path of everything below the folder that is no folder, but for the list; links are not followed."""
    for here, place, folders, files in _walk(folder):
        yield from (place + name for name in folders if Path(here, name).is_symlink())
        yield from (place + name for name in files if place or name != LIST)


def list_folders(folder: Path) -> Iterator[str]:
    """The path of every folder below the folder; those in others come before these."""
    for here, place, folders, _ in _walk(folder, topdown=False):
        yield from (place + name for name in folders if not Path(here, name).is_symlink())


def _walk(folder: Path, *, topdown: bool = True) -> Iterator[tuple[str, str, list[str], list[str]]]:
    """Each folder, as it is, and as what begins the paths of what is in it. A site has thousands: no path is parsed."""
    for here, folders, files in os.walk(folder, topdown=topdown, onerror=_raise):
        place = here[len(str(folder)) + 1 :].replace(os.sep, "/")
        yield here, f"{place}/" if place else "", folders, files


def list_strangers(folder: Path, contents: Mapping[str, bytes]) -> list[str]:
    """Those of the names at which something stands in the folder that would be lost: neither made nor the same."""
    made = read_made(folder) or {}
    taken = [name for name in contents if os.path.lexists(folder / name) and not is_made(folder, name, made)]
    return [name for name in taken if digest_file(folder / name) != hashlib.sha256(contents[name]).hexdigest()]


def write_listed(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Write files, all or none, into a folder that may hold others, and note them; those of the same names give way.

    At whatever moment it is cut off, each of the files is whole, and known.
    """
    made = dict(read_made(folder) or {})
    new = {name: hashlib.sha256(content).hexdigest() for name, content in contents.items()}
    both = {name: " ".join(dict.fromkeys([*made.get(name, "").split(), digest])) for name, digest in new.items()}
    is_new = not folder.exists()
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with holding_signals(), TemporaryDirectory(prefix=".trackbook-", dir=folder) as unfinished:
            for name, content in contents.items():
                (Path(unfinished) / name).write_bytes(content)
            write_made(folder, made | both)
            for name in contents:
                (Path(unfinished) / name).replace(folder / name)
        write_made(folder, made | new)
    finally:
        if is_new and not any(folder.iterdir()):
            folder.rmdir()


def find_real(path: Path) -> Path:
    """Where a path leads. A link to itself stays as it is, where `Path.resolve` would raise RuntimeError."""
    return Path(os.path.realpath(path))


def replace_file(path: Path, content: bytes) -> None:
    """Write a file in one step: whoever reads it, even after a crash, finds the old one or the new one.

    A link stays, and its file changes; what may be done with the file stays as well.
    """
    path = find_real(path)
    with holding_signals(), TemporaryDirectory(prefix=".trackbook-", dir=path.parent) as folder:
        new = Path(folder) / path.name
        new.write_bytes(content)
        if path.exists():
            new.chmod(stat.S_IMODE(path.stat().st_mode))
        new.replace(path)


def name_some(names: Iterable[str]) -> str:
    """Such as "a, b, c and 4 more"."""
    some = sorted(names)
    more = f" and {len(some) - 3} more" if len(some) > 3 else ""
    return ", ".join(some[:3]) + more


def _raise(error: OSError) -> None:
    raise error
