"""The process of a command ends at once, with all that it has to say."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = """
import atexit
import trackbook.cli
from trackbook.__main__ import run

class Course:
    def __del__(self):
        print("given back", end=" ")

def main():
    global course
    course = Course()
    atexit.register(print, "swept", end=" ")
    print("said", end=" ")
    {last}

trackbook.cli.main = main
run()
"""


@pytest.mark.parametrize(
    ("last", "code", "said", "told"),
    [
        ("raise SystemExit(0)", 0, "said swept ", ""),
        ("raise SystemExit(2)", 2, "said swept ", ""),
        ("raise SystemExit('why')", 1, "said swept given back ", "why\n"),
        ("pass", 0, "said swept given back ", ""),
    ],
)
def test_command_ends_with_its_code_and_all_it_said(last: str, code: int, said: str, told: str) -> None:
    command = [sys.executable, "-c", SCRIPT.format(last=last)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (code, said, told)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no file that is always full")
def test_what_finds_no_room_is_a_failure() -> None:
    command = [sys.executable, "-c", SCRIPT.format(last="raise SystemExit(0)")]
    with Path("/dev/full").open("wb") as full:
        environ = {**os.environ, "PYTHONUNBUFFERED": ""}  # so that it stays to be said at the end
        done = subprocess.run(command, env=environ, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert (done.returncode, done.stderr) == (1, "")


def test_reader_that_has_read_enough_is_told_no_error() -> None:
    command = [sys.executable, "-m", "trackbook", "explain"]
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "wb") as unread:
        done = subprocess.run(command, stdout=unread, stderr=subprocess.PIPE, text=True, check=False)
    assert (done.returncode, done.stderr) == (1, "")
