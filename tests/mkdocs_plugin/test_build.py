"""Whole builds: the same site from every host and command, twice the same bytes, and never half a site."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser
from tests.conftest import ROOT, SAMPLE, Change
from tests.runs import with_long

from trackbook.cache.made import LIST
from trackbook.reading.files import SOURCE_FOLDERS
from trackbook.site import swap

MakeCourse = Callable[[Change], Path]
Changed = tuple[dict[str, bytes], dict[str, bytes], Path]
QUIET = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONWARNINGS": "default"}


def run(*command: str | Path, cwd: Path, code: int = 0, more: Mapping[str, str] | None = None) -> str:
    done = subprocess.run(
        [sys.executable, "-m", *map(str, command)],
        cwd=cwd,
        env={**QUIET, **(more or {})},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr


def contents(site: Path) -> dict[str, bytes]:
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in sorted(site.rglob("*")) if path.is_file()}


def test_every_host_and_command_makes_the_same_site(make_course: MakeCourse) -> None:
    root = make_course({})
    run("trackbook", "build", cwd=root)
    ours = contents(root / "site")
    run("mkdocs", "build", "--strict", "--site-dir", "by-mkdocs", cwd=root)
    run("properdocs", "build", "--strict", "-f", "mkdocs.yml", "--site-dir", "by-properdocs", cwd=root)
    assert contents(root / "by-mkdocs") == ours
    assert contents(root / "by-properdocs") == ours
    run("trackbook", "build", "--host", "plain", cwd=root)
    assert contents(root / "site") == ours


@pytest.mark.long
def test_every_host_makes_the_same_articles_of_our_course(site: Path, tmp_path: Path) -> None:
    """`site` was built as `mkdocs build --strict` does. The copy has its past: a track leads to what is new, if any."""
    root = tmp_path / "course"
    if (ROOT / ".git").exists():
        subprocess.run(["git", "clone", "--quiet", "--no-checkout", ROOT, root], check=True)
        subprocess.run(["git", "reset", "--quiet"], cwd=root, check=True)
    for name in (*SOURCE_FOLDERS, "mkdocs.yml"):
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        (root / name).parent.mkdir(exist_ok=True)
        copy(ROOT / name, root / name)
    settings = (root / "mkdocs.yml").read_text("utf-8").replace("  custom_dir: overrides\n", "")
    (root / "mkdocs.yml").write_text(settings, "utf-8")
    run("properdocs", "build", "--strict", "-f", "mkdocs.yml", "--site-dir", "by-properdocs", cwd=root)
    articles = list_articles(site)
    assert len(articles) > 60
    assert list_articles(root / "by-properdocs") == articles
    for words in ((), ("--host", "plain")):
        run("trackbook", "build", *words, cwd=root)
        assert list_articles(root / "site") == articles


def list_articles(site: Path) -> dict[str, str | None]:
    pages = {path.relative_to(site).as_posix(): path.read_text("utf-8") for path in site.rglob("index.html")}
    trees = {name: LexborHTMLParser(text).css_first("article") for name, text in pages.items()}
    return {name: article.html for name, article in trees.items() if article}


def test_a_site_has_the_decks_that_an_export_makes(make_course: MakeCourse) -> None:
    root = make_course({})
    site = {"SITE_URL": "https://example.org/course/"}
    run("trackbook", "build", cwd=root, more=site)
    run("trackbook", "export", "anki", cwd=root, more=site)
    decks = {path.name: path.read_bytes() for path in (root / "anki").glob("*.apkg")}
    assert {path.name: path.read_bytes() for path in (root / "site").rglob("*.apkg")} == decks
    assert sorted(decks) == ["first.apkg", "second.apkg"]
    naming = [path for path, content in contents(root / "site").items() if b".apkg" in content and path != LIST]
    assert naming == ["first/index.html", "second/index.html"]


def test_two_builds_give_the_same_bytes(make_course: MakeCourse) -> None:
    root = make_course({})
    run("trackbook", "build", cwd=root)
    first = contents(root / "site")
    run("trackbook", "build", cwd=root)
    assert contents(root / "site") == first


@pytest.mark.parametrize("command", with_long(["mkdocs build --strict", "trackbook build"], "trackbook build".__eq__))
def test_error_fails_the_build_and_keeps_the_last_site(make_course: MakeCourse, command: str) -> None:
    root = make_course({})
    run(*command.split(), cwd=root)
    last = contents(root / "site")
    lesson = root / "lessons/first/alpha/lesson.md"
    lesson.write_text(lesson.read_text("utf-8").replace("../beta/lesson.md", "../beta/leson.md"), encoding="utf-8")
    said = run(*command.split(), cwd=root, code=1)
    assert said.count('lessons/first/alpha/lesson.md:8: link-lands: "../beta/leson.md" leads to nothing') == 1
    assert "1 error, 1 piece of advice: the site was not built." in said
    assert "Traceback" not in said
    if command == "trackbook build":
        assert contents(root / "site") == last


DEADLY_BUILD = """
import os, signal, sys
from trackbook.site import build, swap
from trackbook.cli import main
from trackbook.reading import CourseReader
if sys.argv[2] == "without exchange":
    swap._exchange = lambda one, other: False
def die(point):
    if point == sys.argv[1]:
        os.kill(os.getpid(), signal.SIGKILL)
swap.reached = die
reading = CourseReader.read
CourseReader.read = lambda *args, **more: (die("reading"), reading(*args, **more))[1]
build.write_page, writing = lambda *args: (die("first page"), writing(*args)), build.write_page
main(["build"])
"""
POINTS = ["began", "reading", "first page", "built", "kept", "exchanged", "done"]
POINTS_IN_TWO_STEPS = ["built", "moved aside", "moved in", "done"]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="names are exchanged in one step on Linux only")
@pytest.mark.parametrize("point", with_long(POINTS, "exchanged".__eq__))
def test_killed_build_leaves_a_whole_site(changed: Changed, tmp_path: Path, point: str) -> None:
    old, new, course = changed
    kill_build(course, root := tmp_path / "course", point, "with exchange")
    assert contents(root / "site") in (old, new)
    assert contents(root / "site") == (new if point in ("exchanged", "done") else old)
    run("trackbook", "build", cwd=root)
    assert contents(root / "site") == new
    assert [path.name for path in root.iterdir() if path.name.startswith(".site")] == []


@pytest.mark.parametrize("point", with_long(POINTS_IN_TWO_STEPS, "moved aside".__eq__))
def test_next_command_mends_a_swap_in_two_steps(changed: Changed, tmp_path: Path, point: str) -> None:
    old, new, course = changed
    kill_build(course, root := tmp_path / "course", point, "without exchange")
    swap.mend(root / "site")
    assert contents(root / "site") == (old if point in ("built", "moved aside") else new)
    run("trackbook", "build", cwd=root)
    assert contents(root / "site") == new


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Changed:
    """The site before a change, the site that a whole build makes after it, and the course between the two."""
    root = tmp_path_factory.mktemp("changed") / "course"
    shutil.copytree(SAMPLE, root)
    run("trackbook", "build", cwd=root)
    page = root / "docs/index.md"
    page.write_text(page.read_text("utf-8") + "\nChanged.\n", encoding="utf-8")
    run("mkdocs", "build", "--site-dir", "whole", cwd=root)
    return contents(root / "site"), contents(root / "whole"), root


def kill_build(course: Path, root: Path, point: str, how: str) -> None:
    """Copies a course and kills its build at `point`."""
    shutil.copytree(course, root)
    killed = subprocess.run(
        [sys.executable, "-c", DEADLY_BUILD, point, how], cwd=root, env=QUIET, capture_output=True, check=False
    )
    assert killed.returncode == -9, killed.stderr.decode()


@pytest.mark.long
def test_page_does_not_grow_with_the_course(make_course: MakeCourse) -> None:
    """A lesson's page in a course of 20 modules more, and of 200 more, in tracks of ten."""
    root = make_course({})
    sizes = []
    outline = (root / "lessons/course.yml").read_text("utf-8")
    for tracks in (2, 20):
        more = "".join(_plan_track(number) for number in range(10, 10 + tracks))
        (root / "lessons/course.yml").write_text(outline + more, encoding="utf-8")
        run("mkdocs", "build", "--strict", "--site-dir", "many", cwd=root)
        sizes.append((root / "many/first/alpha/lesson/index.html").stat().st_size)
    assert sizes[1] <= sizes[0]


def _plan_track(number: int) -> str:
    modules = "".join(
        f"          - {{id: m-{n}, title: M {n}, summary: More., teaches: {{c-{number}-{n}: More.}}, planned: true}}\n"
        for n in range(10)
    )
    head = f"  - id: more-{number}\n    number: {number}\n    title: More {number}\n    phases:\n"
    return f"{head}      - title: Phase\n        modules:\n{modules}"


@pytest.mark.parametrize(
    "folder", with_long(["lessons", "cheatsheets/first", "notes", "."], {"notes", "."}.__contains__)
)
def test_site_never_takes_the_place_of_anything_else(make_course: MakeCourse, folder: str) -> None:
    root = make_course({"notes/thesis.txt": "years of work"})
    config = root / "mkdocs.yml"
    config.write_text(config.read_text("utf-8") + f"site_dir: {folder}\n", encoding="utf-8")
    before = {name for name in contents(root) if not name.startswith(".cache/")}
    said = run("trackbook", "build", cwd=root, code=1)
    assert "Traceback" not in said
    assert {name for name in contents(root) if not name.startswith(".cache/")} == before


def test_site_may_be_a_symbolic_link(make_course: MakeCourse, tmp_path: Path) -> None:
    root = make_course({})
    (tmp_path / "elsewhere").mkdir()
    (root / "site").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    run("trackbook", "build", cwd=root)
    run("trackbook", "build", cwd=root)
    assert (root / "site/index.html").is_file()
    assert (root / "site").is_symlink()


def test_markup_in_titles_is_shown_and_never_run(make_course: MakeCourse) -> None:
    evil = "<script>alert(1)</script>"
    root = make_course(
        {
            "lessons/course.yml": {
                "title: A sample": f"title: 'C {evil}'",
                "title: Beginning": f"title: 'A {evil}'",
                "title: Delta": f"title: 'B {evil}'",
            },
            "docs/page.md": f"# Use `{evil}`\n",
            "mkdocs.yml": {"site_name: A sample\n": ""},
        }
    )
    run("trackbook", "build", cwd=root)
    for path in (root / "site").rglob("*.html"):
        assert evil not in path.read_text("utf-8"), path
