"""What is said of `mkdocs.yml`: by `check`, and in the same words by whoever renders pages."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.checks.test_checks import messages, run_check
from tests.conftest import ROOT, TESTS, Change, write_case

from trackbook.issue import CourseError
from trackbook.mkdocs_plugin.config import load_config
from trackbook.plain_host.settings import read_settings
from trackbook.reading.known_settings import Known, load_known

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


PAGE = ROOT / "docs" / "settings.md"
HEAD = """\
---
description: What Trackbook makes of each setting of mkdocs.yml, and of plugins.
audience: authors
---

# Settings of mkdocs.yml

`mkdocs.yml` says how the site is made. What a course is stands in [the outline](authoring.md#the-outline), and so
does its title. A setting is followed, does nothing here, or can't be: `trackbook check` says which, with its line and
what to type instead. `trackbook build` and `trackbook serve` say the same. What is done "by MkDocs" is left out with
`--host plain`.

<!-- scripts/test --update writes the tables, from src/trackbook/reading/settings.yml -->
"""
FATES = {"followed": "", "unneeded": "does nothing: ", "refused": "**can't be**: "}


def list_rows(title: str, known: Mapping[str, Known]) -> Iterator[str]:
    yield f"\n## {title}\n\n| Name | What becomes of it |\n| --- | --- |"
    for name, about in known.items():
        if about.says:
            hint = f". {about.hint[:1].upper()}{about.hint[1:]}." if about.hint not in ("", "remove it") else ""
            yield f"| `{name}` | {FATES[about.fate]}{about.says}{hint} |"


def test_a_page_lists_them(update: bool) -> None:
    known = load_known()
    rows = [*list_rows("Settings", known.settings), *list_rows("Plugins", known.plugins)]
    text = HEAD + "\n".join(rows) + "\n"
    if update:
        PAGE.write_text(text, encoding="utf-8", newline="\n")
    assert PAGE.read_text("utf-8") == text
