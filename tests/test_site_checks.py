"""Each file in cases/site breaks a small built site in one way, and keeps it whole in a near one."""

import re
import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result
from tests.conftest import ROOT, TESTS, Change, change_files, write_case

from trackbook.cli import main
from trackbook.site_checks import check_site, load_site_checks, read_site

CASES = sorted((TESTS / "cases" / "site").glob("*.yml"))
SMALL = TESTS / "small_site"
MakeSite = Callable[[Change], Path]


@pytest.fixture
def make_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MakeSite:
    def make(change: Change) -> Path:
        shutil.copytree(SMALL, tmp_path / "site")
        change_files(tmp_path / "site", change)
        monkeypatch.chdir(tmp_path)
        return Path("site")

    return make


def run_check(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["check", "--site", *map(str, arguments)])


def load_case(path: Path) -> dict[str, Mapping[str, object]]:
    case: dict[str, Mapping[str, object]] = yaml.safe_load(path.read_text("utf-8"))
    return case


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_broken_site_gives_its_message(path: Path, make_site: MakeSite, update: bool) -> None:
    case = load_case(path)
    result = run_check(make_site(case["breaks"]))
    assert not isinstance(result.exception, Exception), result.exception
    *said, count = result.output.splitlines(keepends=True)
    if update:
        write_case(path, {**case, "says": "".join(said)})
        return
    assert "".join(said) == str(case["says"])
    assert set(re.findall(r"^site/[^ ]+:\d+: ([a-z-]+): ", result.output, flags=re.M)) == {case["check"]}
    assert result.exit_code == 1, count


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_kept_site_gives_none(path: Path, make_site: MakeSite) -> None:
    result = run_check(make_site(load_case(path)["keeps"]))
    assert result.output.startswith("no errors, no pieces of advice in ")
    assert result.exit_code == 0


def test_every_site_check_has_a_case_and_an_entry_with_both_sides() -> None:
    named = {str(load_case(path)["check"]) for path in CASES} | {"site-cheatsheet-fits-one-page"}
    documented = set(re.findall(r"^### (site-[a-z-]+)$", (ROOT / "docs" / "checks.md").read_text("utf-8"), flags=re.M))
    assert set(load_site_checks()) == named == documented
    for check in load_site_checks().values():
        truth, _, why = check.reason.partition("\n\n")
        assert truth.endswith(".") and len(why.split()) > 5, check.code
        assert check.breaks and check.keeps and check.breaks != check.keeps, check.code


def test_our_own_site_is_clean(site: Path) -> None:
    assert check_site(read_site(site)) == []
