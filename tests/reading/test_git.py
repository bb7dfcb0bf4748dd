"""Nothing that a repository configures is started: a case is such a setting, and a program that leaves a mark."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.conftest import SAMPLE, TESTS, change_files

from trackbook.authoring.rename import carry_out
from trackbook.issue import CourseError
from trackbook.reading.changes import read_changes_since
from trackbook.reading.dates import read_commit_dates, read_commits
from trackbook.reading.git import run_git
from trackbook.reading.history import Lines, read_changes

CASES = yaml.safe_load((TESTS / "cases" / "git_settings.yml").read_text("utf-8"))
PAGE = "lessons/first/alpha/lesson.md"
CLEAN = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}


def git(root: Path, *words: str, given: str = "") -> str:
    who = ("-c", "user.name=x", "-c", "user.email=x@x", "-c", "protocol.file.allow=always")
    done = subprocess.run(
        ["git", *who, *words], cwd=root, check=True, capture_output=True, text=True, input=given, env=CLEAN
    )
    return done.stdout.strip()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The sample course with two commits, and a page that was edited since."""
    root = tmp_path / "course"
    shutil.copytree(SAMPLE, root)
    git(root, "init", "--quiet")
    for text in ("one", "two"):
        (root / "docs" / "new.md").write_text(f"# New\n\n{text}\n", "utf-8")
        git(root, "add", "--all")
        git(root, "commit", "--quiet", "--message", text)
    with (root / PAGE).open("a", encoding="utf-8") as page:
        page.write("\nMore.\n")
    return root


@pytest.fixture
def mark(tmp_path: Path) -> Path:
    return tmp_path / "mark"


@pytest.fixture
def program(tmp_path: Path, mark: Path) -> Path:
    """A program that leaves a mark."""
    program = tmp_path / "program"
    program.write_text(f'#!/bin/sh\necho "$0 $*; $(tr "\\\\0" " " < /proc/$PPID/cmdline)" >> {mark}\n', "utf-8")
    program.chmod(0o755)
    return program


def set_up(root: Path, case: dict[str, Any], program: Path) -> None:
    def name(text: str) -> str:
        return text.replace("#!PROGRAM", program.read_text("utf-8")).replace("PROGRAM", str(program))

    if case.get("signed"):
        head = git(root, "cat-file", "commit", "HEAD")
        about, _, message = head.partition("\n\n")
        signed = f"{about}\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n x\n -----END PGP SIGNATURE-----\n\n{message}\n"
        made = git(root, "hash-object", "-t", "commit", "-w", "--stdin", given=signed)
        git(root, "update-ref", "HEAD", made)
    if case.get("within"):
        make_inner(root, name("[core]\n fsmonitor = PROGRAM\n[diff]\n external = PROGRAM\n"))
    if case.get("lacks"):
        blob = git(root, "rev-parse", f"HEAD:{PAGE}")
        (root / ".git/objects" / blob[:2] / blob[2:]).unlink()
    if case.get("elsewhere"):
        shutil.move(root / ".git", root.parent / "elsewhere")
        (root / ".git").write_text("gitdir: ../elsewhere\n", "utf-8")
    if case.get("bare"):
        shutil.copytree(root / ".git", root, dirs_exist_ok=True)
        shutil.rmtree(root / ".git")
    config = {"elsewhere": root.parent / "elsewhere/config", "bare": root / "config"}
    settings = next((path for key, path in config.items() if case.get(key)), root / ".git/config")
    with settings.open("a", encoding="utf-8") as file:
        file.write(name(case.get("config", "")))
    for path, text in case.get("files", {}).items():
        change_files(root, {path: name(text)})
        (root / path).chmod(0o755)


def make_inner(root: Path, config: str) -> None:
    """A submodule with settings of its own, in which something changed."""
    inner = root / "docs" / "inner"
    inner.mkdir()
    git(inner, "init", "--quiet")
    (inner / "a.md").write_text("# A\n", "utf-8")
    git(inner, "add", "--all")
    git(inner, "commit", "--quiet", "--message", "x")
    git(root, "add", "docs/inner")
    git(root, "commit", "--quiet", "--message", "inner")
    (inner / "a.md").write_text("# B\n", "utf-8")
    with (inner / ".git/config").open("a", encoding="utf-8") as file:
        file.write(config)


def ask_all(root: Path) -> None:
    """All that Trackbook ever asks git."""
    read_commits(root)
    read_changes(root, [Lines(PAGE, 3, 5), Lines("docs/new.md")])
    try:
        read_changes_since(root, "HEAD~1", {})
    except CourseError:  # such as that there is nothing to compare with
        run_git(root, "merge-base", "HEAD", "HEAD")
    carry_out(root, [(PAGE, "lessons/first/alpha/moved.md")], {})


@pytest.mark.skipif(sys.platform == "win32", reason="its programs are no scripts")
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"].replace(" ", "-"))
def test_a_repository_starts_nothing(
    case: dict[str, Any], root: Path, program: Path, mark: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_up(root, case, program)
    mark.unlink(missing_ok=True)
    monkeypatch.chdir(root)
    for name, value in case.get("env", {}).items():
        monkeypatch.setenv(name, value.replace("PROGRAM", str(program)))
    if "path" in case:
        first = str(root / case["path"]) if len(case["path"]) > 1 else case["path"]
        monkeypatch.setenv("PATH", os.pathsep.join((first, os.environ["PATH"])))
    ask_all(root)
    assert not mark.exists(), mark.read_text("utf-8")


@pytest.mark.parametrize("below", ["", "deep"])
def test_what_moves_is_moved_for_git_too(below: str, root: Path) -> None:
    git(root, "commit", "--quiet", "--all", "--message", "three")
    if below:
        (root / below).mkdir()
        git(root, "mv", "lessons", below)
        git(root, "commit", "--quiet", "--message", "four")
    carry_out(root / below, [("lessons/first/alpha", "lessons/first/omega")], {})
    told = git(root, "status", "--porcelain", "--untracked-files=all").split("\n")
    assert told and all(line.startswith("R  ") and "omega" in line for line in told)


def test_variables_of_a_hook_lead_to_no_other_repository(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Git sets them where it calls a hook, such as one that runs `trackbook check`."""
    before = read_commit_dates(root)
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "nowhere"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "index"))
    assert read_commit_dates(root) == before != {}
