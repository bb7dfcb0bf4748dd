"""`trackbook check` finds what it found before, as long as no source changed, and says the same."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.conftest import Change

from trackbook.checks import check_course
from trackbook.cli import main, memory
from trackbook.reading import CourseReader
from trackbook.reading.sources import hash_sources
from trackbook.widgets import load_widgets

MakeCourse = Callable[[Change], Path]
LESSON = "lessons/first/alpha/lesson.md"
BROKEN: Change = {LESSON: {"../beta/lesson.md": "../nowhere.md"}}


def check(root: Path, *options: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["check", "--course", str(root), *options])
    assert isinstance(done.exception, SystemExit | None), done.exception
    return done.exit_code, done.output


def test_a_course_that_did_not_change_is_not_read(make_course: MakeCourse, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make_course(BROKEN)
    first = check(root)
    assert first[0] == 1
    assert "link-lands" in first[1]
    monkeypatch.setattr(memory, "CourseReader", None)
    assert check(root) == first
    assert check(root, "--json")[1].count('"code"') == first[1].count("hint: ")


@pytest.mark.parametrize(
    "edit",
    [
        lambda root: (root / LESSON).write_text("---\nteaches: [\n---\n\n# Alpha\n", "utf-8"),
        lambda root: (root / "lessons/first/alpha/dot.svg").write_bytes(b"<svg>" + bytes(600_000)),
        lambda root: (root / "lessons/first/alpha/dot.svg").rename(root / "lessons/first/alpha/point.svg"),
        lambda root: (root / "lessons/course.yml").unlink(),
        lambda root: (root / "lessons/more.md").write_text("# More\n", "utf-8"),
        lambda root: (root / "lessons/link.md").symlink_to("nothing"),
        lambda root: (root / "lessons/ids.yml").write_text("modules: [", "utf-8"),
        lambda root: (root / "lessons/some.json").write_text("{", "utf-8"),
    ],
)
def test_any_change_is_seen(edit: Callable[[Path], object], make_course: MakeCourse) -> None:
    root = make_course({})
    whole = check(root)
    edit(root)
    assert check(root) == check(root) != whole


def test_a_change_while_the_course_is_read_is_seen_the_next_time(
    make_course: MakeCourse, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_course({})

    def change_after(root: Path) -> str:
        name = hash_sources(root)
        (root / LESSON).write_text("# Alpha\n\n[Gone](nowhere.md)\n", "utf-8")
        return name

    before = (root / LESSON).read_bytes()
    monkeypatch.setattr(memory, "hash_sources", change_after)
    broken = check(root)
    monkeypatch.undo()
    (root / LESSON).write_bytes(before)
    assert check(root) != broken


def test_without_a_place_to_keep_it_check_says_the_same(make_course: MakeCourse) -> None:
    root = make_course(BROKEN)
    first = check(root)
    (root / ".cache/trackbook/store.db").write_bytes(b"no store")
    assert check(root) == first
    (root / ".cache/trackbook/store.db").unlink()
    (root / ".cache/trackbook").rmdir()
    (root / ".cache/trackbook").write_text("in the way", "utf-8")
    assert check(root) == first


def test_a_file_that_a_page_takes_in_may_come_and_go(make_course: MakeCourse) -> None:
    """It lies in no folder of sources: nobody says that it changed."""
    root = make_course({"docs/notes.md": '# Notes\n\n--8<-- "includes/more.md:one"\n'})
    reader = CourseReader(root, load_widgets(root))
    for text, says in (
        (None, 'no file "includes/more.md"'),
        ("More.\n", 'no section "one"'),
        ("--8<-- [start:one]\n", None),
    ):
        if text:
            (root / "includes").mkdir(exist_ok=True)
            (root / "includes/more.md").write_text(text, "utf-8")
        course = reader.read([])
        assert course.digest == hash_sources(root)
        found = [issue.message for issue in check_course(course) if issue.code == "snippet-is-there"]
        assert [says in message for message in found if says] == [True] * bool(says)
        assert (found != []) == ("snippet-is-there" in check(root)[1])
