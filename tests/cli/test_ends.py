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
BLANKS = (" ", "\u00a0", "\u200b", "\u2060", "\ufeff", "\u3000", "\u00ad", "\u2800", "\u3164")
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


@pytest.mark.parametrize(
    "variant", [variant for case in CASES for variant in vary(case)], ids=lambda one: one.case["name"].replace(" ", "-")
)
def test_command_ends_in_a_line(variant: Variant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    case, run, blank, environ, place = variant.case, variant.run, variant.blank, variant.environ, variant.place
    sources = load_sources("sample")
    for path, new in case.get("files", {}).items():
        sources[path] = make_content(new, sources.get(path))
        if blank:
            content = sources[path]
            assert isinstance(content, bytes)
            sources[path] = content.replace(b"BLANK", blank.encode())
    write_sources(sources, tmp_path)
    for there, kind in place.items():
        put(kind, tmp_path / there)
    if "shell" in case or set(place.values()) & {"fifo", "device"}:  # where it hangs, only a process can be ended
        command = shlex.join([sys.executable, "-m", "trackbook", *shlex.split(run)])
        done = subprocess.run(
            case.get("shell", "COMMAND").replace("COMMAND", command),
            shell=True,
            cwd=tmp_path,
            env={**os.environ, **environ},
            capture_output=True,
            text=True,
            timeout=LONGEST,
            check=False,
        )
        code, said = done.returncode, done.stdout + done.stderr
    else:
        monkeypatch.chdir(tmp_path)
        for name, value in environ.items():
            monkeypatch.setenv(name, value)
        result = CliRunner().invoke(main, shlex.split(run))
        assert isinstance(result.exception, SystemExit | None), result.exception
        code, said = result.exit_code, result.output
    value = next(iter(environ.values()), "")
    assert "Traceback" not in said
    assert case.get("says", "").replace("VALUE", value) in said
    assert code == case.get("code", 1), said
    assert (tmp_path / "lessons/course.yml").read_bytes() == sources["lessons/course.yml"]
