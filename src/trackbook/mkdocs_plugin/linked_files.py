"""The files of a folder as programs find them that open what they are told: links lead on."""

import os
from collections.abc import Iterator
from pathlib import Path


def list_files(folder: Path) -> dict[str, Path]:
    """Every file below it, by its path there. Of folders that lead in a circle, each counts once on a way."""
    return dict(_walk(folder, "", frozenset()))


def _walk(folder: Path, inside: str, above: frozenset[str]) -> Iterator[tuple[str, Path]]:
    real = os.path.realpath(folder)
    try:
        paths = [] if real in above else sorted(folder.iterdir())
    except OSError:
        return
    for path in paths:
        name = f"{inside}{path.name}"
        if path.is_dir():
            yield from _walk(path, f"{name}/", above | {real})
        elif path.is_file():
            yield name, path
