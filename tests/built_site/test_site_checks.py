"""Each file in cases/site breaks a small built site in one way, and keeps it whole in a near one."""

import itertools
import json
import os
import re
import shutil
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result
from tests.conftest import ROOT, TESTS, Change, change_files, write_case

from trackbook.built_site import check_site, load_site_checks, read_site
from trackbook.built_site.addresses import resolve
from trackbook.built_site.site import find_line
from trackbook.cli import main

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
        assert check.examples.is_file(), f"{check.code} has no examples in {check.examples}"
        breaks, keeps = check.read_examples()
        assert breaks and keeps and breaks != keeps, check.code


def test_our_own_site_is_clean(site: Path) -> None:
    assert check_site(read_site(site)) == []


def test_cheatsheet_over_one_page_is_told_with_its_paper() -> None:
    sheets = {"track/module/cheatsheet/index.html": {"A4": 1, "Letter": 2}, "index.html": {"A4": 1, "Letter": 1}}
    (issue,) = check_site(replace(read_site(SMALL), sheets=sheets))
    assert (issue.code, issue.place) == ("site-cheatsheet-fits-one-page", "track/module/cheatsheet/index.html:11")
    assert issue.message == "the cheatsheet takes 2 pages of Letter."


CANONICAL = '<link rel="canonical" href="https://example.org/course/'


@pytest.mark.parametrize(
    ("change", "address"),
    [
        (
            {"index.html": {CANONICAL: '<link rel="canonical" href="https://wrong.example/'}},
            "https://example.org/course/",
        ),
        ({"sitemap.xml": None}, "https://example.org/course/"),
    ],
)
def test_site_stands_where_most_pages_say(change: Change, address: str, make_site: MakeSite) -> None:
    assert read_site(make_site(change)).address == address


def test_site_stands_where_its_sitemap_says_else_at_the_root(make_site: MakeSite) -> None:
    folder = make_site({})
    for page in folder.rglob("*.html"):
        page.write_text(page.read_text("utf-8").replace('rel="canonical"', 'rel="license"'), "utf-8")
    assert read_site(folder).address == "https://example.org/course/"
    (folder / "sitemap.xml").unlink()
    assert read_site(folder).address == "/"
    assert "outside of the site at /other/" in run_check(folder, "--site-url", "https://example.org/other/").output


def test_issue_names_the_source_of_its_page(make_course: Callable[[Change], Path]) -> None:
    page = (SMALL / "track/module/lesson/index.html").read_text("utf-8")
    root = make_course({"site/first/alpha/lesson/index.html": page, "site/index.html": page})
    (root / "site/style.css").touch()
    said = run_check(root / "site", "--course", root).output
    assert "made from lessons/first/alpha/lesson.md)" in said
    assert "made from docs/index.md)" in said


def test_issues_are_printed_as_those_of_the_course_are(make_site: MakeSite) -> None:
    (issue,) = json.loads(run_check(make_site({"page.js": None}), "--json").output)["issues"]
    assert (issue["path"], issue["line"], issue["column"]) == ("site/index.html", 13, None)
    assert CliRunner().invoke(main, ["explain", issue["code"]]).output.startswith("site-resource-lands (error)\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--print"], "Error: --site-url and --print are about a built site: add --site site/\n"),
        (["--site", "empty"], "Error: there is no page in empty: `trackbook build` makes the site\n"),
    ],
)
def test_what_cannot_be_done_is_one_line(
    arguments: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(main, ["check", *arguments]).output == said


def test_without_playwright_print_says_what_to_install(make_site: MakeSite, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "playwright.sync_api", None)
    result = run_check(make_site({}), "--print")
    assert result.exit_code == 1
    assert re.fullmatch(r"Error: there is no playwright.*: .*`pip install playwright pypdf`.*\n", result.output)


@pytest.mark.parametrize(
    ("text", "nth", "line"),
    [
        ('b&amp;c <a\n  class="x"\n  href="b&amp;c">', 1, 3),
        ("<!-- <a href='b&c'>\n -->\n<a href=b&c>", 1, 3),
        ('<a href="b&c/d">\n<a HREF = "b&c">', 1, 2),
        ('<a href="b&c">\n<a href="b&c">', 2, 2),
        ("\n<p>b&amp;c", 1, 2),
        ("\n<p>", 1, 1),
    ],
)
def test_line_is_that_of_the_attribute(text: str, nth: int, line: int) -> None:
    assert find_line(text, "href", "b&c", nth) == line


@pytest.mark.parametrize(
    ("value", "path", "fragment"),
    [
        ("../c/?q=1#d", "a/c/", "d"),
        ("", "a/b/index.html", ""),
        ("#%C3%BC", "a/b/index.html", "ü"),
        ("/größe", "", ""),
        ("/gr%C3%B6%C3%9Fe/x y.html", "x y.html", ""),
        ("HTTPS://Example.org/größe/#:~:text=x", "", ""),
        ("//example.org/größe/x", "x", ""),
        ("/größen/", None, ""),
        ("../../../", None, ""),
        ("https://example.com/größe/", None, ""),
        ("mailto:a@example.org", None, ""),
        ("http://[x/", None, ""),
    ],
)
def test_address_leads_where_a_browser_goes(value: str, path: str | None, fragment: str) -> None:
    target = resolve("https://example.org/gr%C3%B6%C3%9Fe/", "a/b/index.html", value)
    assert (target.path, target.fragment) == (path, fragment)


def test_hostile_files_are_told_and_stop_nothing(make_site: MakeSite) -> None:
    entities = "".join(f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in itertools.pairwise("abcdefghi"))
    head = "<html lang=en><title>x</title><meta name=description content=x>"
    lists = {
        "deep.xml": "<a>" * 100_000,
        "bomb.xml": f'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">{entities}]><feed>&i;</feed>',
        "deep.webmanifest": "[" * 100_000,
    }
    folder = make_site({**lists, "bad.html": f'{head}\0<a href="http://[">x</a>{"<q>" * 5000}'})
    os.mkfifo(folder / "pipe.html")
    (folder / "around").symlink_to(folder.resolve(), target_is_directory=True)
    said = re.findall(r"^site/([a-z.]+):\d+: ([a-z-]+)", run_check(folder).output, flags=re.M)
    assert dict(said) == {"bad.html": "site-link-lands"} | dict.fromkeys(lists, "site-entry-lands")


def test_an_address_names_a_whole_folder(make_site: MakeSite) -> None:
    folder = make_site({"index.html": {"/course/track": "/courses/track"}})
    assert run_check(folder, "--site-url", "https://example.org/course").output.count("outside of the site") == 1
    assert run_check(folder, "--site-url", "example.org").output.startswith("Error: --site-url")


def test_a_site_without_https_may_ask_itself_without(make_site: MakeSite) -> None:
    folder = make_site({"index.html": {'src="page.js?v=2"': 'src="http://intranet/page.js"'}})
    assert run_check(folder, "--site-url", "http://intranet/course/").exit_code == 0
    assert "site-asks-nobody-else" in run_check(folder, "--site-url", "http://another/course/").output
