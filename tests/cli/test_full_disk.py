"""A full disk is told as one, in one line; no file that was there is lost, and nothing is left behind."""

import errno
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from tests.fuzz.sources import load_sources, write_sources
from tests.runs import with_long

from trackbook.cli import main

COMMANDS = [
    ["build"],
    ["build", "--host", "plain"],
    ["build", "--relative"],
    ["build", "--no-cache"],
    ["stage", "staged"],
    ["export", "anki"],
    ["record"],
    ["report", "--html"],
    ["check", "--write-baseline"],
    ["new", "module", "first/epsilon"],
]
WRITE: dict[str, Any] = {"write_text": Path.write_text, "write_bytes": Path.write_bytes}


def read_all(root: Path) -> dict[str, bytes]:
    """Every file, but for what is kept to save time."""
    files = (path for path in sorted(root.rglob("*")) if ".cache" not in path.parts)
    return {path.relative_to(root).as_posix(): path.read_bytes() if path.is_file() else b"" for path in files}


@pytest.mark.parametrize("reason", with_long([errno.ENOSPC, errno.EDQUOT], errno.ENOSPC.__eq__))
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_full_disk_costs_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: list[str], reason: int
) -> None:
    """There is room for a few files where the command writes many."""
    room = 3 if command[0] in ("build", "stage", "new") else 0
    monkeypatch.chdir(tmp_path)
    write_sources(load_sources("sample"), tmp_path)
    (tmp_path / "lessons/ids.yml").write_text("modules: {}\n")
    (tmp_path / "lessons/baseline.txt").write_text("# the last one\n")
    assert CliRunner().invoke(main, ["report", "--html"]).exit_code == 0
    assert CliRunner().invoke(main, ["stage", "staged"]).exit_code == 0
    assert CliRunner().invoke(main, ["build"]).exit_code == 0
    before, left = read_all(tmp_path), [room]

    def fill(name: str) -> Any:
        def write(path: Path, content: Any, *how: Any, **more: Any) -> Any:
            if not left[0]:
                WRITE[name](path, content[:3], *how, **more)
                raise OSError(reason, "No space left on device")
            left[0] -= 1
            return WRITE[name](path, content, *how, **more)

        return write

    for name in WRITE:
        monkeypatch.setattr(Path, name, fill(name))
    done = CliRunner().invoke(main, command if command[0] != "build" else [*command, "--course", "."])
    monkeypatch.undo()
    assert done.exit_code == 1
    assert done.output.startswith(
        ("Error: the disk is full: make room", "Error: your share of the disk is used up: make room")
    ), done.output
    assert done.output.count("\n") == 1
    assert read_all(tmp_path) == before
