"""The course that is edited, as values in memory, and as files on a disk."""

import os
import shutil
import subprocess
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from tests.conftest import ROOT, SAMPLE

from trackbook.model import OWN_WIDGETS

MORE = Path(__file__).parent / "course"
"""What the sample lacks: more modules, pictures, data, a template of its own."""
OUTLINE, CONFIG = "lessons/course.yml", "mkdocs.yml"
CACHE = ".cache/trackbook"
_SOME_TIME = 1_700_000_000


@dataclass
class Tree:
    """The files of a course, the variables that its build sees, and how often it was committed.

    `past` holds the files as they were before each edit.
    """

    files: dict[str, bytes]
    environment: dict[str, str] = field(default_factory=dict)
    commits: int = 0
    past: list[dict[str, bytes]] = field(default_factory=list)

    def read(self, path: str) -> str:
        return self.files[path].decode("utf-8", "replace")

    def write(self, path: str, text: str) -> None:
        self.files[path] = text.encode("utf-8")

    def list(self, *ends: str, under: tuple[str, ...] = ("",)) -> list[str]:
        """The paths that end in one of `ends` and lie in one of the folders."""
        return sorted(path for path in self.files if path.endswith(ends) and path.startswith(under))


@cache
def _load() -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for folder in (SAMPLE, MORE)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    } | {
        path.relative_to(ROOT).as_posix(): path.read_bytes()
        for path in sorted((ROOT / OWN_WIDGETS / "tokenizer").rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".md"
    }


def load_tree() -> Tree:
    return Tree(dict(_load()))


def write_tree(tree: Tree, root: Path, *, still_clock: bool = False) -> list[str]:
    """Make the files below `root` those of the tree. Returns the paths that changed.

    With `still_clock` no file's time tells that it changed.
    """
    old = {path for path in _list_files(root) if path not in tree.files}
    changed = sorted(old) + [path for path, content in tree.files.items() if _differs(root / path, content)]
    for path in changed:
        file = root / path
        if path in old:
            file.unlink()
            _remove_empty(file.parent, root)
        else:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(tree.files[path])
            if still_clock:
                os.utime(file, (_SOME_TIME, _SOME_TIME))
    _commit(root, tree.commits)
    return changed


def copy_tree(root: Path, copy: Path) -> None:
    """The same files without what builds left."""
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(root, copy, ignore=lambda folder, _: (".cache", "site") if Path(folder) == root else ())


def _list_files(root: Path) -> list[str]:
    paths = [path for path in root.rglob("*") if path.is_file()]
    names = [path.relative_to(root).as_posix() for path in paths]
    return [name for name in names if not name.startswith((".cache/", "site/", ".git/"))]


def _differs(path: Path, content: bytes) -> bool:
    return not path.is_file() or path.read_bytes() != content


def _remove_empty(folder: Path, root: Path) -> None:
    while folder != root and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


def _commit(root: Path, number: int) -> None:
    """The repository in `root` gets commits until there are `number`, each a day after the other."""
    note = root / ".git" / "commits"
    done = int(note.read_text()) if note.is_file() else 0
    if done < number:
        when = f"2026-03-{number:02} 12:00:00 +0000"
        who = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "core.fsync=none")
        environment = {**os.environ, "GIT_COMMITTER_DATE": when, "GIT_AUTHOR_DATE": when}
        for command in (("init", "-q"), ("add", "-A", "lessons", "docs"), ("commit", "-q", "-m", "x", "--allow-empty")):
            subprocess.run(("git", *who, *command), cwd=root, env=environment, capture_output=True, check=True)
        note.write_text(str(number))
