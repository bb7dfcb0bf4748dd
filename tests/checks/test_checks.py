"""Each file in cases/checks breaks the sample course in one way, and keeps it whole in a near one."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result
from tests.conftest import ROOT, TESTS, Change, write_case

from trackbook.built_site import load_site_checks
from trackbook.checks import load_checks
from trackbook.cli import main
from trackbook.widgets import load_widgets

CASES = sorted((TESTS / "cases" / "checks").glob("*.yml"))
MakeCourse = Callable[[Change], Path]


@pytest.fixture(autouse=True)
def _running_widgets(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is wrong with the data of our own widgets is found by their code, which `check` itself never runs."""
    monkeypatch.setattr("trackbook.cli.memory.load_widgets", lambda root, **_: load_widgets(root))


def run_check(root: Path) -> Result:
    return CliRunner().invoke(main, ["check", "--course", str(root)])


def load_case(path: Path) -> dict[str, Mapping[str, object]]:
    case: dict[str, Mapping[str, object]] = yaml.safe_load(path.read_text("utf-8"))
    return case


def messages(output: str) -> str:
    """What `check` printed, less the advice of the sample course and the count."""
    kept = re.sub(
        r"^lessons/first/alpha/lesson.md[^\n]*: advice: promised-page-is-written: [^\n]*\n    hint[^\n]*\n",
        "",
        output,
        flags=re.M,
    )
    return re.sub(r"^.* [0-9]+ pages?[,.].*\n", "", kept, flags=re.M)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_broken_course_gives_its_message(path: Path, make_course: MakeCourse, update: bool) -> None:
    case = load_case(path)
    result = run_check(make_course(case["breaks"]))
    assert not isinstance(result.exception, Exception), result.exception
    said = messages(result.output)
    if update:
        write_case(path, {**case, "says": said})
        return
    assert said == str(case["says"])
    level = load_checks()[str(case["check"])].level
    assert result.exit_code == (1 if level == "error" else 0)
    assert f" {case['check']}: " in said


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_kept_course_gives_none(path: Path, make_course: MakeCourse) -> None:
    result = run_check(make_course(load_case(path)["keeps"]))
    assert messages(result.output) == ""
    assert result.exit_code == 0


def test_every_check_has_a_case_and_an_entry() -> None:
    elsewhere = [load_case(path) for path in (TESTS / "cases").glob("external/*.yml")]
    named = {str(case["check"]) for case in [*map(load_case, CASES), *elsewhere] if "check" in case}
    documented = set(
        re.findall(r"^### (?!site-)([a-z-]+)$", (ROOT / "docs" / "checks.md").read_text("utf-8"), flags=re.M)
    )
    assert set(load_checks()) == named == documented


def test_every_check_says_why_and_shows_both_sides() -> None:
    for check in load_checks().values():
        truth, _, why = check.reason.partition("\n\n")
        assert truth.endswith("."), check.code
        assert len(why.split()) > 5, check.code
        assert check.examples.is_file(), f"{check.code} has no examples in {check.examples}"
        breaks, keeps = check.read_examples()
        assert breaks, check.code
        assert keeps, check.code
        assert breaks != keeps, check.code


def test_every_file_of_examples_has_its_check() -> None:
    for known in (load_checks(), load_site_checks()):
        (folder,) = {check.examples.parent for check in known.values()}
        assert {path.name for path in folder.iterdir()} <= {f"{code}.md" for code in known}, folder


def test_allowance_silences_one_check_on_one_page(make_course: MakeCourse) -> None:
    broken = {"lessons/first/alpha/practice.md": "# Alpha\n\n### Deep\n\n[x](nowhere.md)\n"}
    allowed = "---\nallow: {heading-skips-no-level: The reading week wants it.}\n---\n\n"
    result = run_check(
        make_course({**broken, "lessons/first/alpha/practice.md": allowed + broken["lessons/first/alpha/practice.md"]})
    )
    assert "heading-skips-no-level" not in result.output
    assert "link-lands" in result.output
