"""A signal at any moment of a command: it ends by the signal without a word, and leaves nothing behind.

A moment is a number of events that Python tells an audit hook: what is imported, opened, made, started. They are
counted from where the command has its signals in hand, which is before it imports anything of weight.
"""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path

import pytest
from tests.conftest import SAMPLE
from tests.runs import with_long

HOOK = """
import os, signal, sys

def _count(event, arguments, seen=[0], owner=os.getpid()):
    if os.getpid() != owner or signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        return
    if event.split(".")[0] not in ("import", "open", "os", "subprocess", "sqlite3", "shutil", "socket"):
        return
    seen[0] += 1
    if seen[0] == int(os.environ["MOMENT"]):
        for _ in range(int(os.environ["TIMES"])):
            (os.killpg if os.environ["GROUP"] else os.kill)(owner, int(os.environ["SIGNAL"]))
    os.pwrite(_COUNT, b"%12d" % seen[0], 0)

_COUNT = os.dup(int(os.environ["COUNT"]))
sys.addaudithook(_count)
"""
INDEXING = """
import signal, sys, threading, time
from trackbook.cache.ending import end_by_signals
from trackbook.cli import main
from trackbook.site.search import index

def write(*arguments, write_file=index.write_file):
    signal.pthread_kill(threading.main_thread().ident, signal.SIGTERM)
    time.sleep(0.02)
    write_file(*arguments)

end_by_signals()
index.write_file = write
main(["build", "--course", sys.argv[1]])
"""
"""Many files are still written, by a thread that no signal reaches."""
FOLDER_HOOK = """
import os, signal, sys

def _wait(event, arguments, left=[]):
    if event == "tempfile.mkdtemp" and os.path.dirname(arguments[0]) == os.environ["TMPDIR"]:
        left[:] = [2]
    elif left:
        left[0] -= 1
        if not left[0]:
            os.kill(os.getpid(), signal.SIGTERM)

sys.addaudithook(_wait)
"""
"""The signal comes once a temporary folder is there, which is the event after that of making it."""
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
COMMANDS = {
    "build": ["build"],
    "build again": ["build"],
    "check": ["check"],
    "export": ["export", "anki"],
    "serve": ["serve"],
}
MANY, SHORT = 40, ((0.5,), (0.0, 0.5, 0.9))
"""Moments of each command, spread over its run; those of the short run, which has more of a build."""
SOME_TIME = 1_700_000_000
KEPT = (".cache/trackbook/store.db", ".cache/trackbook/build.lock")


class Trial:
    """A course that a command is run on, again and again, with a hook that counts its events."""

    def __init__(self, folder: Path, name: str) -> None:
        self.name, self.root, self.temporary = name, folder / "course", folder / "temporary"
        self.left: list[str] = []
        self.finished: Mapping[str, bytes] = {}
        self._hook, self._count, self._whole = folder / "hook", folder / "count", folder / "whole"
        for made in (self._hook, self.temporary):
            made.mkdir()
        (self._hook / "sitecustomize.py").write_text(HOOK, "utf-8")
        shutil.copytree(SAMPLE, self._whole)
        if self.command == "build":
            assert self.run(root=self._whole).returncode == 0
            if self.name == "build":
                shutil.rmtree(self._whole / ".cache")

    @property
    def command(self) -> str:
        return COMMANDS[self.name][0]

    def restore(self) -> Mapping[str, bytes]:
        """The course as it was before, with an edit, so that there is something to do."""
        shutil.rmtree(self.root, ignore_errors=True)
        shutil.copytree(self._whole, self.root)
        page = self.root / "lessons/first/beta/lesson.md"
        page.write_text(page.read_text("utf-8") + "\nMore.\n", "utf-8")
        os.utime(page, (SOME_TIME, SOME_TIME))
        return self.look()

    def run(
        self, moment: int = 0, number: int = 0, *, group: bool = False, times: int = 1, root: Path | None = None
    ) -> "subprocess.CompletedProcess[str]":
        with self._count.open("w+b") as count:
            environ = {
                **os.environ,
                **{"MOMENT": str(moment), "SIGNAL": str(int(number)), "GROUP": "yes" if group else ""},
                **{"TIMES": str(times), "COUNT": str(count.fileno()), "TMPDIR": str(self.temporary)},
                **{"PYTHONPATH": str(self._hook), "TRACKBOOK_PROCESSES": "2"},
            }
            command = [sys.executable, "-m", "trackbook", *COMMANDS[self.name], "--course", str(root or self.root)]
            process = subprocess.Popen(
                command,
                env=environ,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
                pass_fds=[count.fileno()],
                start_new_session=True,
            )
            said = trouble = ""
            if self.command == "serve" and not moment:
                assert process.stdout
                said = process.stdout.readline()
                process.send_signal(signal.SIGTERM)
            rest, trouble = process.communicate(timeout=120)
            self.left = list_session(process.pid)
            return subprocess.CompletedProcess(command, process.returncode, said + rest, trouble)

    def count(self) -> int:
        """The events of a run that nothing ends; what it leaves is `finished`."""
        before = self.restore()
        done = self.run()
        assert done.returncode == (-signal.SIGTERM if self.command == "serve" else 0), done.stderr
        self.finished = self.look()
        assert (self.finished == before) == (self.command not in ("build", "export"))
        return int(self._count.read_text())

    def look(self) -> Mapping[str, bytes]:
        """All files and folders of the course, but for what is a cache."""
        paths = ((path, path.relative_to(self.root).as_posix()) for path in self.root.rglob("*"))
        return {
            name: path.read_bytes() if path.is_file() else b"folder"
            for path, name in paths
            if name not in (*KEPT, ".cache", ".cache/trackbook")
        }


@pytest.fixture(scope="module")
def prepare(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], tuple[Trial, int]]:
    @cache
    def make(name: str) -> tuple[Trial, int]:
        trial = Trial(tmp_path_factory.mktemp("signals"), name)
        return trial, trial.count()

    return make


def list_session(number: int) -> list[str]:
    """The processes that were started by the one that began this session."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it has ended since
            found.append(path.read_text("latin-1"))
    return [stat for stat in found if stat.rpartition(")")[2].split()[3] == str(number)]


MOMENTS = [(name, place / MANY, SIGNALS[place % 3]) for name in COMMANDS for place in range(MANY)]


def is_short(moment: tuple[str, float, signal.Signals]) -> bool:
    return moment[1] in SHORT[moment[0] == "build"]


@pytest.mark.skipif(sys.platform != "linux", reason="the hook counts as Linux does")
@pytest.mark.parametrize(("name", "part", "number"), with_long(MOMENTS, is_short))
def test_signal_leaves_nothing_behind(
    prepare: Callable[[str], tuple[Trial, int]], name: str, part: float, number: signal.Signals
) -> None:
    course, events = prepare(name)
    before = course.restore()
    done = course.run(1 + int(part * events), number, group=number == signal.SIGINT, times=2)
    assert (done.returncode, done.stderr) == (-number, "")
    after = course.look()
    assert after == before or (part > 0.5 and after == course.finished)
    assert list(course.temporary.iterdir()) == []
    assert course.left == []


def test_signal_waits_for_the_thread_that_writes_the_index(tmp_path: Path) -> None:
    shutil.copytree(SAMPLE, root := tmp_path / "course")
    done = subprocess.run([sys.executable, "-c", INDEXING, root], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (-signal.SIGTERM, "")
    assert {path.name for path in root.iterdir()} == {path.name for path in SAMPLE.iterdir()} | {".cache"}


def test_signal_while_a_library_has_a_folder(tmp_path: Path) -> None:
    shutil.copytree(SAMPLE, root := tmp_path / "course")
    for made in (hook := tmp_path / "hook", temporary := tmp_path / "temporary"):
        made.mkdir()
    (hook / "sitecustomize.py").write_text(FOLDER_HOOK, "utf-8")
    environment = {**os.environ, "TMPDIR": str(temporary), "PYTHONPATH": str(hook)}
    command = [sys.executable, "-m", "trackbook", "build", "--course", str(root)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (-signal.SIGTERM, "")
    assert list(temporary.iterdir()) == []
