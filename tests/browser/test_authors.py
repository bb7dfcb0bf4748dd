"""Two parts of a site: a learner meets no page for authors, and an author finds all of them."""

import json
import posixpath
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import Locator, Page, expect
from selectolax.lexbor import LexborHTMLParser
from tests.conftest import SAMPLE, change_files
from tests.runs import with_long

from trackbook.cli import main
from trackbook.mkdocs_plugin.build import build_site

Open = Callable[..., Page]
LESSON = "first/alpha/lesson/"
NARROW, WIDE = {"width": 390, "height": 800}, {"width": 1280, "height": 800}
widths = pytest.mark.parametrize("viewport", [NARROW, WIDE], ids=["390", "1280"])
AUTHORS = {
    "docs/about.md": "# About the course\n\nIt counts giraffes.\n",
    "docs/how.md": "---\naudience: authors\n---\n\n# How it is written\n\nIt needs zebras.\n",
    "docs/more.md": "---\naudience: authors\n---\n\n# More of it\n\nIt needs okapis.\n",
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("authors") / "course"
    shutil.copytree(SAMPLE, root)
    change_files(root, AUTHORS)
    return build_site(root)


@pytest.fixture(scope="module")
def address(built: Path, serve: Callable[[Path], str]) -> str:
    return serve(built)


def list_links(built: Path) -> Iterator[tuple[str, str, bool]]:
    """From each page for learners: its path, where in the site a link leads, and whether that stands in the footer."""
    for path in built.rglob("*.html"):
        page = LexborHTMLParser(path.read_text("utf-8"))
        if page.css_first("body.tb-authors"):
            continue
        here = path.relative_to(built).as_posix()
        for node in page.css("[href]"):
            there = posixpath.normpath(posixpath.join(posixpath.dirname(here), node.attributes["href"] or ""))
            yield here, there, node in page.css("footer [href]")


def test_nothing_leads_learners_there_but_the_quiet_link(built: Path) -> None:
    """Not the pane, nor what comes next, nor the map, nor any list."""
    links = list(list_links(built))
    assert {page for page, _, _ in links} >= {"index.html", "map/index.html", f"{LESSON}index.html", "about/index.html"}
    assert {(there, in_footer) for _, there, in_footer in links if there in {"how", "more"}} == {("how", True)}


def test_kept_track_has_no_page_for_authors(built: Path) -> None:
    kept = [
        path for list_ in (built / "offline").glob("*.json") for path in json.loads(list_.read_text("utf-8"))["files"]
    ]
    assert LESSON in kept
    assert [path for path in kept if path.startswith(("how/", "more/"))] == []


def test_new_course_has_no_part_for_authors(tmp_path: Path) -> None:
    root = tmp_path / "course"
    assert CliRunner().invoke(main, ["new", "course", str(root)]).exit_code == 0
    pages = [LexborHTMLParser(path.read_text("utf-8")) for path in build_site(root).rglob("*.html")]
    assert len(pages) > 10
    assert [page for page in pages if page.css_first("body.tb-authors") or "For authors" in page.text()] == []


def open_pane(page: Page, viewport: dict[str, int]) -> Locator:
    if viewport == NARROW:
        page.get_by_role("button", name="Menu").press("Enter")
    pane = page.locator("#tb-nav")
    expect(pane).to_be_visible()
    return pane


def search(page: Page, query: str) -> Locator:
    page.keyboard.press("/")
    dialog = page.get_by_role("dialog", name="Search")
    expect(dialog.get_by_role("searchbox")).to_be_focused()
    page.keyboard.insert_text(query)
    expect(dialog.locator("[aria-busy]")).to_have_count(0)
    return dialog


@widths
@pytest.mark.parametrize("path", with_long(["about/", "", LESSON, "contents/"], "about/".__eq__))
def test_learners_meet_no_page_for_authors(open_page: Open, address: str, path: str, viewport: dict[str, int]) -> None:
    page = open_page(address + path, viewport=viewport)
    names = page.get_by_role("link", name="How it is written"), page.get_by_role("link", name="More of it")
    if path or viewport == NARROW:
        open_pane(page, viewport)
    for name in names:
        expect(name).to_have_count(0)
    page.keyboard.press("Escape")
    dialog = search(page, "zebras")
    expect(dialog.locator(".tb-search-said")).to_contain_text("Nothing was found")
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="For authors", exact=True)).to_have_count(1)


@widths
def test_one_quiet_link_leads_there_and_one_back(open_page: Open, address: str, viewport: dict[str, int]) -> None:
    page = open_page(address + LESSON, viewport=viewport)
    page.get_by_role("contentinfo").get_by_role("link", name="For authors").press("Enter")
    expect(page).to_have_url(address + "how/")
    expect(page.get_by_role("banner").get_by_role("link", name="For authors", exact=True)).to_be_visible()
    pane = open_pane(page, viewport)
    links = pane.get_by_role("list").first.get_by_role("link")
    expect(links).to_have_text(["How it is written", "More of it"])
    expect(links.first).to_have_attribute("aria-current", "page")
    back = pane if viewport == NARROW else page.get_by_role("banner")
    expect(back.get_by_role("link", name="To the course")).to_have_count(1)
    back.get_by_role("link", name="To the course").press("Enter")
    expect(page).to_have_url(address)


@widths
def test_search_for_authors_finds_their_pages_alone(open_page: Open, address: str, viewport: dict[str, int]) -> None:
    page = open_page(address + "how/", viewport=viewport)
    dialog = search(page, "okapis")
    expect(dialog.get_by_role("searchbox", name="Search the pages for authors")).to_be_focused()
    expect(dialog.get_by_role("heading")).to_have_text(["For authors 1"])
    expect(dialog.locator(".tb-search-page")).to_have_count(1)
    page.keyboard.press("Escape")
    dialog = search(page, "giraffes")
    expect(dialog.locator(".tb-search-said")).to_contain_text("Nothing was found")
    expect(dialog.locator(".tb-search-ways a")).to_have_text(["How it is written", "More of it"])
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(address + "more/")


def test_without_script_all_pages_for_authors_are_there(open_page: Open, address: str) -> None:
    page = open_page(address + "more/", viewport=NARROW, java_script_enabled=False)
    page.get_by_role("link", name="Search the pages for authors").click()
    expect(page).to_have_url(address + "how/")
    page.get_by_role("button", name="Menu").click()
    expect(page.locator("#tb-nav").get_by_role("link", name="More of it")).to_be_visible()
    page.locator("#tb-nav").get_by_role("link", name="To the course").click()
    expect(page).to_have_url(address)


@widths
def test_the_two_parts_are_told_apart(open_page: Open, address: str, viewport: dict[str, int]) -> None:
    """By words, which the test above sees, by ground and by line."""
    looks = []
    for path in (LESSON, "how/"):
        page = open_page(address + path, viewport=viewport)
        looks.append(
            page.evaluate(
                """() => {
                  const { backgroundColor, borderBlockStartColor } = getComputedStyle(document.querySelector("header"));
                  return [backgroundColor, borderBlockStartColor];
                }"""
            )
        )
    assert looks[0][0] != looks[1][0]
    assert looks[0][1] != looks[1][1]
    expect(page).to_have_title("How it is written · For authors - A sample")
