"""What a command takes: processor, clock and memory, those of all processes that it starts included."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from tests.bench.speed.memory import Peak

_LEFT_OUT = ("SITE_URL", "PYTHONDONTWRITEBYTECODE")
"""What would make another site, or have each process compile what an installed program brings compiled."""
_PATIENCE = 20


@dataclass(frozen=True)
class Work:
    cpu: float
    """Seconds of processor, of children that were waited for too."""
    wall: float
    memory: int
    """Bytes at the peak."""


class CommandError(Exception):
    """A measured command failed: the message says how it ended and what it said last."""


def run(command: Sequence[str], folder: Path) -> Work:
    """Run it to its end in a process of its own. Raises `CommandError` when it fails."""
    with TemporaryFile("w+") as said, _start(command, folder, said) as process:
        begun = time.perf_counter()
        try:
            with Peak(process.pid) as peak:
                os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
                wall = time.perf_counter() - begun
        finally:
            os.killpg(process.pid, signal.SIGKILL)  # what it left running, and itself when this was interrupted
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            raise CommandError(f"{' '.join(command)} ended with {process.returncode}:\n{said.read()[-2000:]}")
    return Work(usage.ru_utime + usage.ru_stime, wall, peak.bytes)


@contextmanager
def running(command: Sequence[str], folder: Path) -> Iterator[tuple[subprocess.Popen[bytes], Peak]]:
    """A command that goes on, such as a server; it and all that it started is ended whatever happens."""
    with TemporaryFile("w+") as said, _start(command, folder, said) as process:
        try:
            with Peak(process.pid) as peak:
                yield process, peak
        finally:
            _end(process)


def _start(command: Sequence[str], folder: Path, said: IO[str]) -> subprocess.Popen[bytes]:
    environment = {key: text for key, text in os.environ.items() if key not in _LEFT_OUT} | {"NO_MKDOCS_2_WARNING": "1"}
    return subprocess.Popen(command, cwd=folder, stdout=said, stderr=said, env=environment, start_new_session=True)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(_PATIENCE)
    except subprocess.TimeoutExpired:
        pass
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
