"""A signal at any moment of a command: it ends by the signal without a word, and leaves nothing behind.

A moment is a number of events that Python tells an audit hook: what is imported, opened, made, started. They are
counted from where the command has its signals in hand, which is before it imports anything of weight.
"""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping
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
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
COMMANDS = {
    "build": ["build"],
    "build again": ["build"],
    "check": ["check"],
    "export": ["export", "anki"],
    "serve": ["serve"],
}
SHORT, LONG = (0.0, 0.5, 0.9), 40
KEPT = (".cache/trackbook/store.db", ".cache/trackbook/build.lock")


class Trial:
    """A course that a command is run on, again and again, with a hook that counts its events."""

    def __init__(self, folder: Path, name: str) -> None:
        self.name, self.root, self.temporary = name, folder / "course", folder / "temporary"
        self.left: list[str] = []
        self._hook, self._count, self._whole = folder / "hook", folder / "count", folder / "whole"
        for made in (self._hook, self.temporary):
            made.mkdir()
        (self._hook / "sitecustomize.py").write_text(HOOK, "utf-8")
        shutil.copytree(SAMPLE, self._whole)
        if name == "build again":
            self.run(root=self._whole)
        site = self._whole / "site"
        if not site.exists():
            site.mkdir()
            (site / "index.html").write_text('<meta name="generator" content="Trackbook">', "utf-8")

    def restore(self) -> None:
        shutil.rmtree(self.root, ignore_errors=True)
        shutil.copytree(self._whole, self.root)
        if self.name == "build again":  # so that there is something to do
            page = self.root / "lessons/first/beta/lesson.md"
            page.write_text(page.read_text("utf-8") + "\nMore.\n", "utf-8")

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
            if self.name == "serve" and not moment:
                assert process.stdout
                said = process.stdout.readline()
                process.send_signal(signal.SIGTERM)
            rest, trouble = process.communicate(timeout=120)
            self.left = list_session(process.pid)
            return subprocess.CompletedProcess(command, process.returncode, said + rest, trouble)

    def count(self) -> int:
        self.restore()
        self.run()
        return int(self._count.read_text())

    def look(self) -> Mapping[str, bytes]:
        """All files and folders of the course, but for what is a cache."""
        paths = ((path, path.relative_to(self.root).as_posix()) for path in self.root.rglob("*"))
        return {
            name: path.read_bytes() if path.is_file() else b"folder"
            for path, name in paths
            if name not in (*KEPT, ".cache", ".cache/trackbook", "anki") and not name.startswith("anki/first")
        }


@pytest.fixture(scope="module", params=COMMANDS)
def trial(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Trial, int]:
    made = Trial(tmp_path_factory.mktemp("signals"), request.param)
    return made, made.count()


def list_session(number: int) -> list[str]:
    """The processes that were started by the one that began this session."""
    stats = (path.read_text("latin-1") for path in Path("/proc").glob("[0-9]*/stat") if path.exists())
    return [stat for stat in stats if stat.rpartition(")")[2].split()[3] == str(number)]


MOMENTS = [(part, SIGNALS[place % 3]) for place, part in enumerate(SHORT)]
MOMENTS += [(place / LONG, SIGNALS[place % 3]) for place in range(1, LONG)]


@pytest.mark.skipif(sys.platform != "linux", reason="the hook counts as Linux does")
@pytest.mark.parametrize(("part", "number"), with_long(dict.fromkeys(MOMENTS), MOMENTS[: len(SHORT)].__contains__))
def test_signal_leaves_nothing_behind(trial: tuple[Trial, int], part: float, number: signal.Signals) -> None:
    course, events = trial
    course.restore()
    before = course.look()
    moment = 1 + int(part * events)
    done = course.run(moment, number, group=number == signal.SIGINT, times=2)
    assert (done.returncode, done.stderr) == (-number, "")
    after = course.look()
    changed = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    assert not changed or (part > 0.5 and all(name.startswith("site") for name in changed))  # the new one, whole
    assert list(course.temporary.iterdir()) == []
    assert course.left == []
