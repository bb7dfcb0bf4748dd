"""`trackbook new`: what it makes fits at once, and a new check fails until it is written."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.conftest import ROOT, Change, change_files
from tests.runs import with_long

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


def make_files(root: Path, files: Change) -> dict[str, bytes]:
    root.mkdir()
    change_files(root, files)
    return read_files(root)


def read_files(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


CLONE: Change = {
    "README.md": "# What I teach\n",
    "LICENSE": "CC BY 4.0\n",
    ".gitignore": "*.log\n.cache\nsite/",
    ".github/workflows/ci.yml": "on: push\n",
    ".vscode/settings.json": "{}\n",
    "slides/one.pdf": "%PDF",
}


def test_new_course_in_a_fresh_clone_keeps_what_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tmp_path / "my-course"
    before = make_files(root, CLONE)
    subprocess.run(["git", "init", "--quiet"], cwd=root, check=True)
    monkeypatch.chdir(root)
    code, said = new("course", ".")
    assert said == (
        "Made . with 22 files. Kept .gitignore, .vscode/settings.json, README.md. "
        "Added 3 lines to .gitignore, for what Trackbook makes. Next: trackbook serve\n"
    )
    assert code == 0
    after = read_files(root)
    assert after.pop(".gitignore") == b"*.log\n.cache\nsite/\n\n/anki/\n/.site.*\n/report.html\n"
    del before[".gitignore"]
    assert before.items() <= after.items()
    assert 'title: "My course"' in (root / "lessons/course.yml").read_text("utf-8")
    assert CliRunner().invoke(main, ["check"]).output == "no errors, no pieces of advice in 5 pages.\n"


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"lessons/course.yml": "title: Ours\n"}, "there is a course in {} already: nothing was changed"),
        (
            {"mkdocs.yml": "site_name: Ours\n", "docs/index.md": "# Ours\n", "README.md": "# Ours\n"},
            "docs/index.md, mkdocs.yml are already there: nothing was changed; name another folder",
        ),
        ({"docs": "A file."}, "docs/index.md is already there: nothing was changed; name another folder"),
        (
            {"lessons/first-track/first-module/notes.txt": "Ours."},
            "lessons/first-track/first-module is already there: nothing was changed; name another folder",
        ),
    ],
)
def test_new_course_overwrites_nothing(tmp_path: Path, files: Change, said: str) -> None:
    root = tmp_path / "course"
    before = make_files(root, files)
    assert new("course", root) == (1, f"Error: {said.format(root)}\n")
    assert read_files(root) == before


def test_new_course_wants_a_folder(tmp_path: Path) -> None:
    (tmp_path / "course").write_text("A file.", "utf-8")
    assert new("course", tmp_path / "course") == (1, f"Error: {tmp_path / 'course'} is a file: name a folder\n")


def test_new_course_writes_no_second_readme(tmp_path: Path) -> None:
    root = tmp_path / "course"
    make_files(root, {"readme.rst": "Ours\n"})
    assert "24 files. Kept readme.rst. Next:" in new("course", root)[1]
    assert sorted(path.name for path in root.iterdir() if path.is_file()) == [".gitignore", "mkdocs.yml", "readme.rst"]


def test_git_ignores_all_that_commands_make(tmp_path: Path) -> None:
    root = tmp_path / "course"
    new("course", root)
    subprocess.run(["git", "init", "--quiet"], cwd=root, check=True)
    made = ["site/index.html", "anki/first-track.apkg", ".site.new/x", ".cache/trackbook/store", "report.html"]
    done = subprocess.run(["git", "check-ignore", *made], cwd=root, capture_output=True, text=True, check=False)
    assert done.stdout.splitlines() == made


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


@pytest.mark.parametrize("family", with_long(["headings", "promises", "new-family"], "new-family".__eq__))
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
