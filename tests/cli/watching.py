"""Runs a command of ours, and notes which programs and which code of a course its processes start."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_WATCH = """
import json, os, sys

LOG, COURSE = os.environ["TB_LOG"], os.environ["TB_COURSE"]
STARTS = {"subprocess.Popen", "os.exec", "os.posix_spawn", "os.system", "os.spawn", "os.startfile", "pty.spawn"}


def note(event, told):
    with open(LOG, "a", encoding="utf-8") as log:
        log.write(json.dumps([event, told]) + "\\n")


def watch(event, args):
    if event in STARTS:
        words = args[1] if len(args) > 1 and isinstance(args[1], (list, tuple)) else []
        note("start", [os.fsdecode(args[0]), *map(os.fsdecode, words)])
    elif event == "exec":
        path = args[0].co_filename
        if not path.startswith("<") and os.path.abspath(path).startswith(COURSE + os.sep):
            note("code", os.path.relpath(path, COURSE))


sys.addaudithook(watch)
note("python", os.getpid())
"""


@dataclass(frozen=True)
class Watched:
    """What happened: `started` are the programs, `code` the files of the course that ran as Python or templates."""

    output: str
    started: Sequence[Sequence[str]]
    code: frozenset[str]
    pythons: int


class Watch:
    """Watches what is started in or for a course; `log` and the code that watches lie in a folder outside of it."""

    def __init__(self, folder: Path, course: Path) -> None:
        self.course, self._log = course, folder / "log"
        (folder / "watch").mkdir()
        (folder / "watch" / "sitecustomize.py").write_text(_WATCH, "utf-8")
        self._log.touch()
        told = {"TB_LOG": self._log, "TB_COURSE": course, "PYTHONPATH": folder / "watch"}
        self.environment: Mapping[str, str] = {**os.environ, **{name: str(value) for name, value in told.items()}}

    def run(self, *words: str, **more: str) -> Watched:
        """Runs `trackbook` in the course, with `more` in its environment."""
        program = Path(sys.executable).with_name("trackbook")
        done = subprocess.run(
            [program, *words],
            cwd=self.course,
            env={**self.environment, **more},
            capture_output=True,
            text=True,
            check=False,
            timeout=240,
        )
        return self.tell(done.stdout + done.stderr)

    def tell(self, output: str) -> Watched:
        noted = [json.loads(line) for line in self._log.read_text("utf-8").splitlines()]
        self._log.write_text("", "utf-8")
        return Watched(
            output,
            [told for event, told in noted if event == "start"],
            frozenset(told for event, told in noted if event == "code"),
            sum(event == "python" for event, _ in noted),
        )
