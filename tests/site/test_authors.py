"""Pages for authors in what each host writes: learners are led to none of them, but by the link at the foot."""

import gzip
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser
from tests.conftest import Change
from tests.mkdocs_plugin.test_build import run
from tests.runs import with_long

MakeCourse = Callable[[Change], Path]
FOR_AUTHORS = "---\naudience: authors\ndescription: Zebras.\n---\n\n# How it is written\n\nIt needs zebras.\n"
PAGES = {"docs/about.md": "# About\n\nWho we are.\n", "docs/how/it-is.md": FOR_AUTHORS, "docs/how/more.md": FOR_AUTHORS}
NAV = "nav:\n  - about.md\n  - Write: [how/more.md, {It is: how/it-is.md}]\nplugins:"
HOSTS = with_long(["mkdocs", "plain"], "plain".__eq__)


def read_links(site: Path, *, for_authors: bool) -> Iterator[tuple[str, list[tuple[str, bool]]]]:
    """Each page of a part, with its links to pages for authors, and whether each stands at the foot."""
    for path in sorted(site.rglob("index.html")):
        page = LexborHTMLParser(path.read_text("utf-8"))
        if ("how" in path.relative_to(site).parts) != for_authors:
            continue
        links = [node for node in page.css("a[href]") if "how/" in (node.attributes["href"] or "")]
        feet = {node.mem_id for node in page.css("footer a")}
        if page.css_first("header"):
            yield path.name, [(node.attributes["href"] or "", node.mem_id in feet) for node in links]


@pytest.mark.parametrize("host", HOSTS)
def test_learners_are_led_to_none(make_course: MakeCourse, host: str) -> None:
    root = make_course(PAGES)
    run("trackbook", "build", "--host", host, cwd=root)
    site = root / "site"
    pages = [links for _, links in read_links(site, for_authors=False)]
    assert len(pages) > 20
    assert {tuple(at_foot for _, at_foot in links) for links in pages} == {(True,)}
    found = [gzip.decompress(path.read_bytes()) for path in (site / "search/fragment").iterdir()]
    assert not [text for text in found if b"ebras" in text]
    found = [gzip.decompress(path.read_bytes()) for path in (site / "search/authors/fragment").iterdir()]
    assert len(found) == 2
    for path in [site / "llms.txt", site / "offline/first.json"]:
        assert "how/" not in path.read_text("utf-8")


def test_nav_orders_each_part(make_course: MakeCourse) -> None:
    root = make_course({**PAGES, "mkdocs.yml": {"plugins:": NAV}})
    run("trackbook", "check", cwd=root)
    run("trackbook", "build", "--host", "plain", cwd=root)
    pane = LexborHTMLParser((root / "site/how/it-is/index.html").read_text("utf-8")).css("#tb-nav li > :first-child")
    assert [node.text() for node in pane][:3] == ["Write", "How it is written", "It is"]
    pane = LexborHTMLParser((root / "site/about/index.html").read_text("utf-8")).css("#tb-nav a")
    assert [node.text() for node in pane if "about/" in (node.attributes["href"] or "")] == ["About"]
    foot = LexborHTMLParser((root / "site/index.html").read_text("utf-8")).css("footer a")
    assert [node.attributes["href"] for node in foot if node.text() == "For authors"] == ["how/more/"]


def test_a_course_without_such_pages_has_no_such_part(make_course: MakeCourse) -> None:
    root = make_course({"docs/about.md": PAGES["docs/about.md"]})
    run("trackbook", "build", "--host", "plain", cwd=root)
    assert not [path for path in (root / "site").rglob("*.html") if "For authors" in path.read_text("utf-8")]
    assert not (root / "site/search/authors").exists()


def test_nor_has_a_new_course(tmp_path: Path) -> None:
    run("trackbook", "new", "course", "fresh", cwd=tmp_path)
    assert not [path for path in tmp_path.rglob("*.md") if re.search("^audience:", path.read_text("utf-8"), re.M)]


def test_a_staged_page_says_for_whom_it_is(make_course: MakeCourse, tmp_path: Path) -> None:
    root = make_course(PAGES)
    run("trackbook", "stage", str(tmp_path / "staged"), cwd=root)
    assert 'kind: "authors"' in (tmp_path / "staged/how/more.md").read_text("utf-8")
