"""A folder into which a course is made may hold files already, as a fresh clone does: they stay as they are."""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from trackbook.issue import CourseError
from trackbook.reading.outline import OUTLINE

_MAY_STAY = ("README.md", ".gitignore", ".vscode/settings.json", ".vscode/extensions.json")
"""Without ours, a course is whole as well."""


def keep_files(
    target: Path, texts: Mapping[Path, str], others: Iterable[Path]
) -> tuple[dict[Path, str], tuple[Path, ...]]:
    """Those of the `texts` that are to be written, and the files of the author's that stay in the place of the rest.

    Raises CourseError where another file would be overwritten by the texts, or one of the `others` is there.
    """
    if target.exists() and not target.is_dir():
        raise CourseError(f"{target} is a file: name a folder")
    if (target / OUTLINE).exists():
        raise CourseError(f"there is a course in {target} already: nothing was changed")
    kept = {target / name: target / name for name in _MAY_STAY if (target / name).exists()}
    readmes = [path for path in sorted(target.glob("*")) if path.stem.lower() == "readme"]
    if readmes:
        kept[target / "README.md"] = readmes[0]
    taken = [path for path in {*texts, *others} - kept.keys() if _is_taken(path, target)]
    if taken:
        names = ", ".join(sorted(path.relative_to(target).as_posix() for path in taken))
        are = "is" if len(taken) == 1 else "are"
        raise CourseError(f"{names} {are} already there: nothing was changed; name another folder")
    return {path: text for path, text in texts.items() if path not in kept}, tuple(kept.values())


def add_to_ignored(path: Path, wanted: str) -> int:
    """Have git ignore what `wanted` lists, a line each, after what the file at `path` lists. Returns how many came."""
    text = path.read_bytes().decode("utf-8", "replace")
    known = {line.strip().strip("/") for line in text.splitlines()}
    new = [line for line in wanted.splitlines() if line.strip("/") not in known]
    if new:
        with path.open("ab") as file:
            file.write("\n".join(["" if text.endswith("\n") or not text else "\n", *new, ""]).encode())
    return len(new)


def _is_taken(path: Path, target: Path) -> bool:
    """Whether something is there, or a file where one of its folders would be."""
    return os.path.lexists(path) or any(folder.is_file() for folder in path.parents if folder.is_relative_to(target))
