"""Writes a renaming to the disk: whole, or not at all."""

import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path


def carry_out(root: Path, places: Iterable[tuple[str, str]], texts: Mapping[str, bytes]) -> None:
    """Move each of `places`, then write `texts` by their new paths. What fails on the way is taken back."""
    moved: list[tuple[str, str]] = []
    before: dict[str, bytes] = {}
    try:
        for old, new in places:
            _move(root, old, new)
            moved.append((old, new))
        for path, text in texts.items():
            before[path] = (root / path).read_bytes()
            (root / path).write_bytes(text)
    except OSError:
        for path, text in before.items():
            (root / path).write_bytes(text)
        for old, new in reversed(moved):
            _move(root, new, old)
        raise


def _move(root: Path, old: str, new: str) -> None:
    """By `git mv` where git knows the files, so that their history stays."""
    (root / new).parent.mkdir(parents=True, exist_ok=True)
    try:
        done = subprocess.run(["git", "mv", "--", old, new], cwd=root, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        done = False
    if not done:
        (root / old).rename(root / new)
