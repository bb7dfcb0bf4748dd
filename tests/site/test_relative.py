"""A site whose pages open as files: what its pages and scripts say, and that no file of another site changes."""

import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
import yaml
from click.testing import CliRunner
from selectolax.lexbor import LexborHTMLParser
from tests.conftest import TESTS, Change

from trackbook.built_site import check_site, read_site
from trackbook.cli import main
from trackbook.issue import CourseError
from trackbook.plain_host import build_site
from trackbook.site.relative.companions import write_companion
from trackbook.site.relative.pages import Scripts, open_as_file
from trackbook.site.search.pagefind import make_plain
from trackbook.site.widget_assets import make_assets

MakeCourse = Callable[[Change], Path]
CASES = yaml.safe_load((TESTS / "cases" / "relative.yml").read_text("utf-8"))
PLAIN = Scripts(
    "assets/relative-B.js",
    {"tb-dial": "assets/widget-dial-C.js"},
    {"assets/trackbook-A.js"},
    {"assets/diagrams/D.js": "assets/relative-diagrams-E.js"},
)
FILES = {
    *("index.html", "track/index.html", "track/module/practice/index.html", "track/module/lesson/index.html"),
    *("grüße/index.html", "data/words.json"),
}


@pytest.mark.parametrize("case", CASES["pages"], ids=lambda case: case["name"])
def test_page(case: Mapping[str, str]) -> None:
    page = open_as_file("track/module/lesson/index.html", case["html"], FILES, PLAIN)
    shown = LexborHTMLParser(page.html or case["html"])
    assert shown.head and shown.body
    assert f"{shown.head.inner_html}{shown.body.inner_html}".strip() == case["gives"]
    assert page.modules == case.get("modules", [])
    assert (page.html is None) == (case["gives"] == case["html"])


@pytest.mark.parametrize("case", CASES["scripts"], ids=lambda case: case["name"])
def test_script_of_a_widget(case: Mapping[str, str], tmp_path: Path) -> None:
    folder = tmp_path / "lessons/widgets/dial"
    folder.mkdir(parents=True)
    (folder / "element.js").write_text(case["js"], "utf-8")
    if says := case.get("says"):
        with pytest.raises(CourseError) as raised:
            make_assets(tmp_path, {folder: "dial"}, "", None)
        assert str(raised.value) == says
        return
    made = make_assets(tmp_path, {folder: "dial"}, "", None)
    assert made.files[made.scripts["dial"]].decode() == f'(() => {{"use strict";{case["gives"]}\n}})();\n'


@pytest.mark.parametrize("content", ['{"a": "b"}\n', 'quoted "text"\n \\ </script>', "grüße", ""])
def test_text_beside_a_file_is_that_of_the_file(content: str) -> None:
    script = write_companion(content.encode()).decode()
    assert json.loads(script.removeprefix("trackbookFile(").removesuffix(");\n")) == content


def test_what_is_no_text_is_packed() -> None:
    assert write_companion(b"\x1f\x8b") == b'trackbookFile("H4s=",true);\n'


@pytest.mark.parametrize("code", [b"export default 1;", b"const here=import.meta.dirname;export{a};", b"a()"])
def test_another_pagefind_is_refused(code: bytes) -> None:
    with pytest.raises(CourseError, match="its code is other than it was"):
        make_plain(code)


def test_command_makes_a_whole_site_of_files(make_course: MakeCourse) -> None:
    root = make_course({})
    done = CliRunner().invoke(main, ["build", "--relative", "--course", str(root)])
    assert done.output.endswith("Built site/: open site/index.html\n")
    site = root / "site"
    assert check_site(read_site(site, "")) == []
    pages = {path: LexborHTMLParser(path.read_text("utf-8")) for path in site.rglob("*.html")}
    assert len(pages) > 10
    for path, page in pages.items():
        for node in page.css("[href], [src]"):
            parts = urlsplit(node.attributes.get("href") or node.attributes.get("src") or "")
            if not parts.scheme and parts.path:
                assert (path.parent / unquote(parts.path)).is_file(), f"{path}: {parts.path}"
        assert not page.css("script[type=module], link[rel=preload], link[rel=manifest], tb-offline")
    left = {path.relative_to(site).as_posix() for path in site.rglob("*")}
    assert left.isdisjoint({"404.html", "service-worker.js", "manifest.webmanifest", "offline", "search/search.json"})
    assert {"search/search.json.js", "review/cards.json.js", "search/pagefind.js"} <= left
    assert not [name for name in left if name.startswith("assets/") and b"import{" in (site / name).read_bytes()]


def test_what_draws_diagrams_is_one_script_where_there_are_some(make_course: MakeCourse) -> None:
    root = make_course({})
    for text, count in (("", 0), ("\n```mermaid\ngraph LR\n  A --> B\n```\n", 1)):
        with (root / "docs/index.md").open("a", encoding="utf-8") as page:
            page.write(text)
        build_site(root, relative=True)
        assert len([*(root / "site").glob("assets/relative-diagrams-*.js")]) == count
        assert not (root / "site/assets/diagrams").exists()


def test_hosts_make_the_same_and_a_second_build_too(make_course: MakeCourse) -> None:
    root = make_course({})
    made = []
    for words in ((), (), ("--host", "plain"), ("--no-cache",)):
        done = CliRunner().invoke(main, ["build", "--relative", "--course", str(root), *words])
        assert done.exit_code == 0, done.output
        files = (path for path in sorted((root / "site").rglob("*")) if path.is_file())
        made.append({path.relative_to(root): path.read_bytes() for path in files})
    assert made[1:] == made[:1] * 3


def test_the_last_site_is_not_written_over(make_course: MakeCourse) -> None:
    """Sites share files that are the same: a copy made of links stands for one whose build is killed."""
    root = make_course({})
    site, copy = build_site(root), root / "copy"
    for path in [path for path in site.rglob("*") if path.is_file()]:
        there = copy / path.relative_to(site)
        there.parent.mkdir(parents=True, exist_ok=True)
        os.link(path, there)
    before = {path: path.read_bytes() for path in copy.rglob("*") if path.is_file()}
    build_site(root, relative=True)
    assert {path: path.read_bytes() for path in before} == before
    build_site(root)
    assert {copy / path.relative_to(site): path.read_bytes() for path in site.rglob("*") if path.is_file()} == before


def test_a_module_of_the_authors_is_told(make_course: MakeCourse, caplog: pytest.LogCaptureFixture) -> None:
    settings = "extra_javascript: [{path: own.js, type: module}]\nplugins:"
    root = make_course({"docs/own.js": "1;\n", "mkdocs.yml": {"plugins:": settings}})
    build_site(root, relative=True)
    assert "index.html: own.js is a module, which pages opened as files can't load" in caplog.text
