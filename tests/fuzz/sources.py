"""What is mutated: the files of real courses, in memory, and back onto a disk."""

import os
import shutil
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from tests.conftest import HEBREW, ROOT, SAMPLE

from trackbook.model import OWN_WIDGETS
from trackbook.reading.files import SOURCE_FOLDERS

OUTLINE = "lessons/course.yml"


@dataclass(frozen=True, slots=True)
class Odd:
    """What is no plain file: a link to `target`, a FIFO, a folder, or a file that nobody may read."""

    kind: Literal["link", "fifo", "folder", "unreadable"]
    target: str = ""


Files = dict[str, bytes | Odd]


@cache
def _load(name: str) -> tuple[tuple[str, bytes], ...]:
    root = {"sample": SAMPLE, "hebrew": HEBREW, "ours": ROOT}[name]
    paths = [root / "mkdocs.yml", *(path for folder in SOURCE_FOLDERS for path in (root / folder).rglob("*"))]
    return tuple(
        (path.relative_to(root).as_posix(), path.read_bytes())
        for path in sorted(paths)
        if path.is_file() and path.stat().st_size < 300_000 and not path.is_relative_to(root / OWN_WIDGETS)
    )


def load_sources(name: str) -> Files:
    return dict(_load(name))


def write_sources(files: Files, root: Path) -> None:
    """Write the files to `root`. What the disk takes no such name for is left out."""
    for name, content in files.items():
        path = root / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            if isinstance(content, bytes):
                path.write_bytes(content)
            elif content.kind == "link":
                path.symlink_to(content.target)
            elif content.kind == "fifo":
                os.mkfifo(path)
            elif content.kind == "folder":
                path.mkdir()
            else:
                path.write_bytes(b"secret")
                path.chmod(0)
        except (OSError, ValueError):
            continue


def clear(root: Path) -> None:
    shutil.rmtree(root, ignore_errors=True)
