"""When lines were last changed: a case is the versions of a page, and which version last changed each card."""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.conftest import TESTS

from trackbook.reading import history
from trackbook.reading.history import Lines, read_changes

CASES: Mapping[str, Mapping[str, Any]] = yaml.safe_load((TESTS / "cases" / "history.yml").read_text("utf-8"))
PAGE = "lessons/page.md"
START = 1_800_000_000


def run_git(root: Path, *words: str, time: int = START) -> None:
    told = {f"GIT_{who}_{what}": "x" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    told |= {"GIT_COMMITTER_DATE": f"{time} +0000", "GIT_CONFIG_GLOBAL": os.devnull}
    subprocess.run(["git", *words], cwd=root, check=True, capture_output=True, env={**os.environ, **told})


def commit_all(root: Path, time: int) -> None:
    if not (root / ".git").exists():
        run_git(root, "init", "--quiet")
    run_git(root, "add", "--all")
    run_git(root, "commit", "--quiet", "--message", "x", time=time)


def write(root: Path, text: str) -> None:
    (root / PAGE).parent.mkdir(exist_ok=True)
    (root / PAGE).write_text(text, "utf-8")


def find_cards(text: str) -> dict[str, Lines]:
    """Each card from its line `- id: name` to the line before the next one that is not deeper."""
    lines = text.split("\n")
    found = {}
    for number, line in enumerate(lines):
        if line.startswith("  - id: "):
            rest = (later for later, text in enumerate(lines[number + 1 :], number + 1) if not text.startswith("    "))
            found[line.removeprefix("  - id: ")] = Lines(PAGE, number + 1, next(rest))
    return found


@pytest.mark.parametrize("name", CASES)
def test_each_card_has_the_time_of_its_last_change(name: str, tmp_path: Path) -> None:
    versions = CASES[name]["versions"]
    for number, text in enumerate(versions):
        write(tmp_path, text)
        commit_all(tmp_path, START + number)
    cards = find_cards(versions[-1])
    changes = read_changes(tmp_path, cards.values())
    assert {card: changes[lines] - START for card, lines in cards.items()} == CASES[name]["changed"]


def test_what_is_not_committed_has_the_time_of_its_file(tmp_path: Path) -> None:
    before, after = CASES["an answer"]["versions"]
    write(tmp_path, before)
    commit_all(tmp_path, START)
    write(tmp_path, after)
    os.utime(tmp_path / PAGE, (START + 50, START + 50))
    changes = read_changes(tmp_path, find_cards(after).values())
    assert sorted(changes.values()) == [START, START, START + 50]


def test_without_history_all_has_the_time_of_its_file(tmp_path: Path) -> None:
    text = CASES["an answer"]["versions"][0]
    write(tmp_path, text)
    os.utime(tmp_path / PAGE, (START, START))
    assert set(read_changes(tmp_path, find_cards(text).values()).values()) == {START}
    assert read_changes(tmp_path, []) == {}


def test_a_merge_counts_as_one_change_of_the_main_line(tmp_path: Path) -> None:
    before, after = CASES["an answer"]["versions"]
    write(tmp_path, before)
    commit_all(tmp_path, START)
    run_git(tmp_path, "checkout", "--quiet", "-b", "branch")
    write(tmp_path, after)
    commit_all(tmp_path, START + 1)
    run_git(tmp_path, "checkout", "--quiet", "-")
    run_git(tmp_path, "merge", "--quiet", "--no-ff", "branch", time=START + 9)
    assert sorted(read_changes(tmp_path, find_cards(after).values()).values()) == [START, START, START + 9]


def test_a_picture_has_the_time_of_its_file(tmp_path: Path) -> None:
    write(tmp_path, "x\n")
    picture = tmp_path / "lessons" / "a dot.png"
    for number in range(3):
        if number < 2:
            picture.write_bytes(bytes([0, number]))
        write(tmp_path, f"{number}\n")
        commit_all(tmp_path, START + number)
    place = Lines("lessons/a dot.png")
    assert read_changes(tmp_path, [place]) == {place: START + 1}


def test_the_course_may_lie_deeper_in_the_repository(tmp_path: Path) -> None:
    root = tmp_path / "course"
    root.mkdir()
    write(root, "one\ntwo\n")
    commit_all(tmp_path, START)
    (tmp_path / "lessons").mkdir()
    write(tmp_path, "another\n")
    commit_all(tmp_path, START + 5)
    place = Lines(PAGE, 1, 2)
    assert read_changes(root, [place]) == {place: START}


def test_more_paths_than_a_command_takes_are_dated_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "one\ntwo\n")
    (tmp_path / "lessons/other.md").write_text("three\n", "utf-8")
    commit_all(tmp_path, START)
    write(tmp_path, "one\n2\n")
    commit_all(tmp_path, START + 1)
    places = [Lines(PAGE, 1, 1), Lines(PAGE, 2, 2), Lines("lessons/other.md")]
    few = read_changes(tmp_path, places)
    monkeypatch.setattr(history, "_MOST_ASKED", 1)
    assert read_changes(tmp_path, places) == few == dict(zip(places, (START, START + 1, START), strict=True))
