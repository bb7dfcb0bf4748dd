"""In a copy of our course each fault of cases/faults.yml is found by one check, at its line; its hint mends it."""

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.conftest import ROOT, TESTS
from tests.runs import with_long

from trackbook.checks import check_course
from trackbook.issue import Issue
from trackbook.reading import read_course
from trackbook.widgets import load_widgets

FAULTS: list[dict[str, Any]] = yaml.safe_load((TESTS / "cases" / "faults.yml").read_text("utf-8"))
PARTS = ("lessons", "cheatsheets", "docs")


def read_issues(root: Path) -> set[tuple[str, str, str]]:
    return {describe(issue) for issue in find_issues(root)}


def find_issues(root: Path) -> list[Issue]:
    return check_course(read_course(root, load_widgets(root)))


def describe(issue: Issue) -> tuple[str, str, str]:
    """What stays when lines above it come or go."""
    return issue.code, issue.source.path, issue.message


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("faults") / "course"
    for part in PARTS:
        shutil.copytree(ROOT / part, root / part)
    shutil.copy(ROOT / "mkdocs.yml", root)
    return root


@pytest.fixture(scope="module")
def known(course: Path) -> set[tuple[str, str, str]]:
    return read_issues(course)


def edit(path: Path, pieces: Mapping[str, str]) -> None:
    text = path.read_text("utf-8")
    for old, new in pieces.items():
        assert old in text, f"{path} does not hold {old!r}"
        text = text.replace(old, new, 1)
    path.write_text(text, "utf-8")


@pytest.mark.parametrize(
    "fault", with_long(FAULTS, lambda fault: FAULTS.index(fault) % 4 == 0), ids=lambda fault: str(fault["fault"])
)
def test_fault_is_found_and_mended(course: Path, known: set[tuple[str, str, str]], fault: dict[str, Any]) -> None:
    path = course / fault["file"]
    mended = course / fault.get("file_mended", fault["file"])
    whole = {path: path.read_bytes(), mended: mended.read_bytes()}
    try:
        edit(path, fault.get("breaks", {}))
        path.write_text(path.read_text("utf-8") + fault.get("appends", ""), "utf-8")
        lines = path.read_text("utf-8").splitlines()
        found = [issue for issue in find_issues(course) if describe(issue) not in known]
        places = [(issue.code, issue.source.path, lines[issue.source.line - 1].strip()) for issue in found]
        assert len(found) == 1, places
        assert places[0][:2] == (fault["check"], fault["file"])
        assert fault["at"] in places[0][2]
        assert fault["types"] in found[0].hint
        edit(mended, fault["mends"])
        assert read_issues(course) <= known
    finally:
        for file, content in whole.items():
            file.write_bytes(content)


def test_there_are_enough() -> None:
    assert len(FAULTS) >= 30
