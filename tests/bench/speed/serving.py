"""A course served while one writes: seconds until the first page, and from a save until its words stand in the page."""

import socket
import subprocess
import time
import urllib.request
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path

from tests.bench.speed.projects import Project
from tests.bench.speed.work import CommandError, running

_PATIENCE = 900
_PAUSE = 0.005
_REST = 1.0
"""Seconds between two saves: nobody saves faster, and what follows a save is done by then."""


@dataclass(frozen=True)
class Served:
    ready: float
    """Seconds from the start to the first answer."""
    saves: list[float]
    """Seconds from each save until the page holds its words."""
    memory: int


def serve(project: Project, root: Path, module: str, saves: int) -> Served:
    lesson = root / project.lesson.format(module)
    text = lesson.read_text("utf-8")
    port = find_port()
    page = f"http://127.0.0.1:{port}/{module}/lesson/"
    begun = time.perf_counter()
    try:
        with running([part.format(port=port) for part in project.serve], root) as (process, peak):
            ready = _wait_for("", page, begun, process)
            waits = [_save(lesson, f"{text}\nSaved for time {number}.\n", page, process) for number in range(saves)]
    finally:
        lesson.write_text(text, "utf-8")
    return Served(ready, waits, peak.bytes)


def find_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _save(lesson: Path, text: str, page: str, process: subprocess.Popen[bytes]) -> float:
    time.sleep(_REST)
    begun = time.perf_counter()
    lesson.write_text(text, "utf-8")
    return _wait_for(text.splitlines()[-1], page, begun, process)


def _wait_for(words: str, page: str, begun: float, process: subprocess.Popen[bytes]) -> float:
    """Seconds from `begun` until the page is answered and holds these words."""
    while time.perf_counter() - begun < _PATIENCE:
        answer = _get(page)
        if answer and words in answer:
            return time.perf_counter() - begun
        if process.poll() is not None:
            raise CommandError(f"the server ended with {process.returncode}")
        time.sleep(_PAUSE)
    raise CommandError(f"the server did not answer with “{words}” within {_PATIENCE} s")


def _get(address: str) -> str:
    try:
        with urllib.request.urlopen(address, timeout=_PATIENCE) as answer:
            return str(answer.read().decode())
    except (OSError, HTTPException):  # nobody listens yet, there is no such page yet, or it is being written
        return ""
