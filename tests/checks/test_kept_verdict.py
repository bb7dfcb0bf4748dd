"""The issues of a course that did not change are those that were found before: no check looks again."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import Change, change_files

from trackbook.cache.store import Store
from trackbook.checks import check_course
from trackbook.checks.memo import run_checks
from trackbook.model import Course
from trackbook.reading import CourseReader
from trackbook.widgets import load_widgets

LESSON = "lessons/first/alpha/lesson.md"
PRACTICE = "lessons/first/alpha/practice.md"
BETA = "lessons/first/beta/lesson.md"
GAMMA = "lessons/second/gamma/lesson.md"
EARLY = {"term-is-taught-before-it-is-used"}
MakeCourse = Callable[[Change], Path]


def test_only_a_course_that_changed_is_checked_again(make_course: MakeCourse, monkeypatch: pytest.MonkeyPatch) -> None:
    root, memo = make_course({LESSON: {"../beta/lesson.md": "../nowhere.md"}}), Store()
    reader = CourseReader(root, load_widgets(root))
    first = check_course(reader.read(), memo)
    assert "link-lands" in {issue.code for issue in first}
    looked: list[str] = []

    def run(course: Course, memo: Store | None) -> Iterator[Any]:
        looked.append(course.digest)
        return run_checks(course, memo)

    monkeypatch.setattr("trackbook.checks.run_checks", run)
    assert check_course(reader.read(), memo) == first
    assert looked == []
    (root / LESSON).write_text((root / LESSON).read_text("utf-8") + "\n[Gone](gone.md)\n", "utf-8")
    course = reader.read([LESSON])
    assert check_course(course, memo) == check_course(course) != first
    assert set(looked) == {course.digest}


STEPS: list[tuple[Change, set[str]]] = [
    ({LESSON: {"Because": "By beta light, because"}}, set()),
    (
        {BETA: {"  beta: The letter after alpha.": "  beta: The letter after alpha.\n  beta-light: What it gives."}},
        EARLY,
    ),
    ({PRACTICE: {"# Alpha": "# One Alpha"}}, EARLY),
    ({LESSON: {"By beta light": "By all light"}}, set()),
    ({LESSON: {"By all light": "By big beta light"}}, EARLY),
    ({GAMMA: {"teaches:\n": "teaches:\n  big-beta-light: Another light.\n"}}, set()),
    ({LESSON: {"By big beta light": "By beta light"}}, EARLY),
    ({BETA: {"  beta-light: What it gives.\n": ""}}, set()),
]


def test_a_course_read_again_is_checked_where_it_changed(make_course: MakeCourse) -> None:
    """What was found in modules that did not change counts still, but for terms that others teach now."""
    root = make_course({})
    reader = CourseReader(root, load_widgets(root))
    reader.read()
    for change, expected in STEPS:
        change_files(root, change)
        issues = check_course(reader.read([*change]))
        assert {issue.code for issue in issues if issue.source.path == LESSON} & EARLY == expected
