"""A real `trackbook serve` in a process of its own, and questions to it."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import HTTPError

PATIENCE = 40
"""Seconds until a test gives up; a crowded machine builds slowly."""


@dataclass(frozen=True)
class Server:
    address: str
    process: subprocess.Popen[str]
    log: Path

    def get(self, path: str) -> tuple[int, str]:
        try:
            with urllib.request.urlopen(self.address + path, timeout=PATIENCE) as answer:
                return answer.status, answer.read().decode()
        except HTTPError as error:
            with error:
                return error.code, error.read().decode()

    def ask(self, page: str = "") -> Any:
        """What the issues endpoint tells of a page, or of all."""
        return json.loads(self.get("_trackbook/issues.json" + (f"?page=/{page}" if page else ""))[1])

    def list_told(self) -> set[str]:
        return {f"{issue['path']}:{issue['line']} {issue['code']}" for issue in self.ask()["issues"]}


def wait_until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end, "it never came true"
        time.sleep(0.05)


@contextmanager
def serving(root: Path, program: Sequence[str] = (sys.executable, "-m", "trackbook")) -> Iterator[Server]:
    """Serves the course at `root` on a free port, and ends the process whatever happens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = root.with_name("serve.log")
    scratch = root.with_name("scratch")
    scratch.mkdir()
    command = [*program, "serve", "--course", str(root), "--port", str(port)]
    with log.open("w") as out:
        environ = {**os.environ, "TMPDIR": str(scratch), "PYTHONUNBUFFERED": "1"}
        process = subprocess.Popen(command, stdout=out, stderr=out, env=environ, text=True)
    try:
        server = Server(f"http://127.0.0.1:{port}/", process, log)

        def is_ready() -> bool:
            assert process.poll() is None, log.read_text("utf-8")
            return f"Serving at {server.address}" in log.read_text("utf-8")

        wait_until(is_ready)
        assert server.get("")[0] == 200
        yield server
        assert "Traceback" not in log.read_text("utf-8"), log.read_text("utf-8")
    finally:
        process.terminate()
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    assert (process.returncode, list(scratch.iterdir())) == (-signal.SIGTERM, [])


def mend(root: Path, sample: Path) -> None:
    """Make the course what the sample is; files that are right already stay as they are."""
    for path in sorted(root.rglob("*"), reverse=True):
        whole = sample / path.relative_to(root)
        if path.is_symlink() or (path.is_file() and not whole.is_file()):
            path.unlink()
        elif path.is_dir() and not whole.is_dir():
            shutil.rmtree(path)
    for whole in sorted(sample.rglob("*")):
        path = root / whole.relative_to(sample)
        if whole.is_dir():
            path.mkdir(exist_ok=True)
        elif not path.is_file() or path.read_bytes() != whole.read_bytes():
            shutil.copyfile(whole, path)
