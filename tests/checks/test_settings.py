"""What is said of `mkdocs.yml`: by `check`, and in the same words by whoever renders pages."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.checks.test_checks import messages, run_check
from tests.conftest import TESTS, Change, write_case

from trackbook.issue import CourseError
from trackbook.mkdocs_plugin.config import load_config
from trackbook.plain_host.settings import read_settings

MakeCourse = Callable[[Change], Path]
PATH = TESTS / "cases" / "settings.yml"
CASES: list[dict[str, Any]] = yaml.safe_load(PATH.read_text("utf-8"))
OF_THE_COURSE = ("course-has-one-title", "nav-entry-lands")
"""Errors that ask what else the course holds."""


def find_case(what: str) -> dict[str, Any]:
    return next(case for case in CASES if case["what"] == what)


@pytest.mark.parametrize("what", [case["what"] for case in CASES])
def test_check_says_what_becomes_of_a_setting(what: str, make_course: MakeCourse, update: bool) -> None:
    case = find_case(what)
    result = run_check(make_course(case["change"]))
    assert not isinstance(result.exception, Exception), result.exception
    if update:
        case["says"] = messages(result.output)
        write_case(PATH, CASES)
    assert messages(result.output) == case["says"]


@pytest.mark.parametrize("what", [case["what"] for case in CASES])
def test_hosts_say_the_same(what: str, make_course: MakeCourse, caplog: pytest.LogCaptureFixture) -> None:
    case = find_case(what)
    root = make_course(case["change"])
    told = str(case["says"]).replace("\n    ", " ").splitlines()
    errors = [line for line in told if not any(word in line for word in (" advice: ", *OF_THE_COURSE))]
    for load in (load_config, read_settings):
        if what == "no file":
            with pytest.raises(CourseError, match=r"there is no mkdocs\.yml"):
                load(root)
        elif errors:
            with pytest.raises(CourseError) as raised:
                load(root)
            assert str(raised.value) == "; ".join(" ".join(line.split()) for line in errors)
        else:
            load(root)
    assert not caplog.messages
