"""`trackbook new`: what it makes fits at once, and a new check fails until it is written."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.conftest import ROOT, Change

from trackbook.cli import main
from trackbook.reading import read_course
from trackbook.widgets import load_widgets

MakeCourse = Callable[[Change], Path]


def new(*words: object) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["new", *map(str, words)])
    return result.exit_code, result.output


def test_new_track_fits_once_it_is_in_the_outline(make_course: MakeCourse) -> None:
    root = make_course({})
    code, said = new("track", "third-way", "--course", root)
    assert code == 0
    told, _, entry = said.partition("\n\n")
    assert told.endswith("Next: add this at the end of `tracks:` in lessons/course.yml.")
    assert "number: 3" in entry
    outline = root / "lessons/course.yml"
    outline.write_text(outline.read_text("utf-8") + entry, "utf-8")
    assert (
        CliRunner()
        .invoke(main, ["check", "--course", str(root)])
        .output.endswith("no errors, 1 piece of advice in 17 pages.\n")
    )


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("first", 'there is a track "first" already: nothing was changed'),
        ("zero", 'there is a track "zero" already: nothing was changed'),
        ("Third way", '"Third way" is not an id: try third-way'),
        ("../x", '"../x" is not an id: try x'),
    ],
)
def test_new_track_refuses(make_course: MakeCourse, name: str, message: str) -> None:
    assert new("track", name, "--course", make_course({})) == (1, f"Error: {message}\n")


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the sources and of the tests of checks; commands run in it."""
    copy = tmp_path / "repository"
    skipped = shutil.ignore_patterns("node_modules", "__pycache__")
    shutil.copytree(ROOT / "src", copy / "src", ignore=skipped)
    shutil.copytree(
        ROOT / "tests", copy / "tests", ignore=shutil.ignore_patterns("node_modules", "__pycache__", "bench")
    )
    shutil.copytree(ROOT / "docs", copy / "docs")
    shutil.copyfile(ROOT / "pyproject.toml", copy / "pyproject.toml")
    monkeypatch.chdir(copy)
    return copy


def run(repository: Path, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, *words],
        cwd=repository,
        env={**os.environ, "PYTHONPATH": str(repository / "src"), "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr


def run_case(repository: Path, name: str) -> str:
    return run(
        repository,
        "-m",
        "pytest",
        "tests/checks/test_checks.py",
        "-q",
        "-k",
        name,
        "-p",
        "no:xdist",
        "-p",
        "no:cacheprovider",
    )


@pytest.mark.parametrize("family", ["headings", "promises", "new-family"])
def test_new_check_fails_until_it_is_written(repository: Path, family: str) -> None:
    code, said = new("check", f"{family}/heading-is-new")
    assert code == 0
    assert "tests/cases/checks/heading-is-new.yml" in said
    assert "src/trackbook/checks/examples/heading-is-new.md" in said
    explained = run(repository, "-m", "trackbook", "explain", "heading-is-new")
    assert "Say the truth that it guards" in explained
    assert explained.endswith("Keeps it:\n\n    ## What an author types that keeps it\n")
    if family == "headings":
        told = run_case(repository, "heading-is-new")
        assert "Not written yet. Say under `breaks:` what breaks heading-is-new" in told
        assert "1 failed, 1 passed" in told
    assert new("check", f"{family}/heading-is-new")[0] == 1
    assert new("check", "outline/page-has-one-title") == (
        1,
        'Error: there is a check "page-has-one-title" in src/trackbook/checks/headings.py: nothing was changed\n',
    )


def test_new_widget_fits_once_it_is_on_a_page(make_course: MakeCourse) -> None:
    root = make_course({})
    code, said = new("widget", "number-line", "--course", root)
    assert code == 0
    folder = root / "lessons/widgets/number_line"
    assert said.count("Made lessons/widgets/number_line/") == 6 == len([*folder.rglob("*.*")])
    example = (folder / "example.md").read_text("utf-8")
    assert said.endswith(f"Next: show it on a page, such as so.\n\n{example}")
    page = root / "lessons/first/alpha/lesson.md"
    page.write_text(f"{page.read_text('utf-8')}\n{example}", "utf-8")
    course = read_course(root, load_widgets(root))
    shown = course.pages["lessons/first/alpha/lesson.md"].fences[-1]
    html = load_widgets(root)["number-line"].render_fallback(shown.data, "first/alpha", str, "en")  # type: ignore[arg-type]
    assert html.startswith('<div class="tb-widget tb-number-line" id="example-number-line"><tb-number-line')
    assert course.findings == ()


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("quiz", 'there is a widget "quiz" already: nothing was changed'),
        ("Number line", '"Number line" is not a name in lower-case letters, digits and hyphens: try number-line'),
    ],
)
def test_new_widget_refuses(make_course: MakeCourse, name: str, message: str) -> None:
    root = make_course({})
    assert new("widget", name, "--course", root) == (1, f"Error: {message}\n")
    assert not (root / "lessons/widgets").exists()


def test_checks_are_made_in_the_repository_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    code, said = new("check", "headings/heading-is-new")
    assert code == 1
    assert said.startswith("Error: checks are part of Trackbook itself: clone its repository")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("key", "wanted"), [("heading-is-new", "heading-is-new/truth-that-it-guards"), ("A/B C", "a/b-c")]
)
def test_new_check_wants_family_and_name(repository: Path, key: str, wanted: str) -> None:
    del repository
    assert new("check", key)[1].endswith(f"in lower-case letters, digits and hyphens: try {wanted}\n")
