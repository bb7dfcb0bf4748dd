"""Whatever stands around a course, a command ends in a line of its own: never in a traceback, and soon."""

import os
import shlex
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from tests.conftest import TESTS
from tests.fuzz.sources import load_sources, write_sources
from tests.reading.test_hostile import make_content

from trackbook.cli import main

CASES = yaml.safe_load((TESTS / "cases" / "ends.yml").read_text("utf-8"))
BLANKS = (" ", "\u00a0", "\u200b", "\u2060", "\u3000", "\u00ad", "\u2800", "\u3164")
LONGEST = 60


@dataclass(frozen=True)
class Variant:
    """A case with one value of each of which it has many."""

    case: Mapping[str, Any]
    run: str
    blank: str
    environ: Mapping[str, str]
    place: Mapping[str, str]


def vary(case: Mapping[str, Any]) -> Iterator[Variant]:
    for run in case.get("each", [case.get("run", "")]):
        for blank in BLANKS if case.get("blank") else ("",):
            for environ in _spread(case.get("environ", {})):
                for place in _spread(case.get("place", {})):
                    yield Variant(case, run, blank, environ, place)


def _spread(values: Mapping[str, Any]) -> list[dict[str, str]]:
    for name, value in values.items():
        if isinstance(value, dict):
            return [{**values, name: one} for one in value["each"]]
    return [dict(values)]


def put(kind: str, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if kind == "fifo":
        os.mkfifo(path)
    elif kind == "folder":
        (path / "inside").mkdir(parents=True)
    else:
        path.symlink_to(
            {"loop": path, "device": Path("/dev/zero"), "link": path.parents[2] / "lessons/course.yml"}[kind]
        )


VARIANTS = [(case["name"].replace(" ", "-"), list(vary(case))) for case in CASES]
MARKED = [
    pytest.param(variant, id=name, marks=[pytest.mark.long] if place or number % 3 else [])
    for number, (name, variants) in enumerate(VARIANTS)
    for place, variant in enumerate(variants)
]


@pytest.mark.parametrize("variant", MARKED)
def test_command_ends_in_a_line(variant: Variant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    case, environ, place = variant.case, variant.environ, variant.place
    root = tmp_path / os.fsdecode(os.fsencode(case.get("folder", ".")))
    sources = load_sources("sample")
    for path, new in case.get("files", {}).items():
        content = make_content(new, sources.get(path))
        sources[path] = content.replace(b"BLANK", variant.blank.encode()) if isinstance(content, bytes) else content
    write_sources(sources, root)
    for there, kind in place.items():
        put(kind, root / there)
    if "shell" in case or set(place.values()) & {"fifo", "device"}:  # where it hangs, only a process can be ended
        code, said = run_by_shell(case.get("shell", "COMMAND"), variant.run, root, environ)
    else:
        monkeypatch.chdir(root)
        for name, value in environ.items():
            monkeypatch.setenv(name, value)
        result = CliRunner().invoke(main, shlex.split(variant.run))
        assert isinstance(result.exception, SystemExit | None), result.exception
        code, said = result.exit_code, result.output
    value = next(iter(environ.values()), "")
    assert "Traceback" not in said
    assert case.get("says", "").replace("VALUE", value) in said
    assert code == case.get("code", 1), said
    assert (root / "lessons/course.yml").read_bytes() == sources["lessons/course.yml"]


def run_by_shell(shell: str, run: str, root: Path, environ: Mapping[str, str]) -> tuple[int, str]:
    done = subprocess.run(
        ["/bin/bash", "-c", shell.replace("COMMAND", f"{shlex.quote(sys.executable)} -m trackbook {run}")],
        cwd=root,
        env={**os.environ, **environ},
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        timeout=LONGEST,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr
