"""A page that shows all the syntax: it holds the gates, and a learner gets at everything on it."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from selectolax.lexbor import LexborHTMLParser
from tests.browser.gates.gate import GATES
from tests.browser.gates.host import serve_site
from tests.browser.gates.pages import PAGES
from tests.browser.gates.paper import find_faults
from tests.browser.gates.site import BuiltSite
from tests.conftest import SAMPLE, TESTS
from tests.runs import with_long

from trackbook import plain_host
from trackbook.issue import CourseError
from trackbook.mkdocs_plugin.build import build_site
from trackbook.mkdocs_plugin.live import open_live

NAME = "all the syntax"
CHART = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 200"><path d="M20 180C120 20 260 190 380 40"
stroke="#1F5FBF" fill="none"/></svg>"""
Open = Callable[..., Page]


def make_course(root: Path) -> Path:
    shutil.copytree(SAMPLE, root)
    shutil.copy(TESTS / "cases" / "markdown" / "all_syntax.md", root / "docs" / "all.md")
    (root / "docs" / "chart.svg").write_text(CHART, "utf-8")
    (root / "part.md").write_text("Taken in from **another** file.\n", "utf-8")
    return root


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_course(tmp_path_factory.mktemp("syntax") / "course")


@pytest.fixture(scope="module")
def built(course: Path, browser: Browser) -> Iterator[BuiltSite]:
    folder = build_site(course)
    with serve_site(folder) as address:
        yield BuiltSite(folder, address, browser)


def read_article(folder: Path) -> str:
    article = LexborHTMLParser((folder / "all" / "index.html").read_text("utf-8")).css_first("article")
    assert article is not None
    return article.html or ""


@pytest.mark.parametrize(
    "gate",
    with_long(
        [name for name, gate in GATES.items() if gate.steady and name not in ("weight", "script", "paper")],
        lambda name: name in ("validity", "without-script"),
    ),
)
def test_it_holds_the_gates(built: BuiltSite, gate: str) -> None:
    breaches = GATES[gate].measure(built, {NAME: "all/"}).breaches
    assert [breach for breach in breaches if "old-" not in breach] == []  # what leads on is empty


def test_it_is_whole_on_paper(built: BuiltSite, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(PAGES, NAME, "all/")
    assert find_faults(built, NAME) == []


def test_both_hosts_show_the_same(built: BuiltSite, tmp_path: Path) -> None:
    folder = plain_host.build_site(make_course(tmp_path / "course"))
    assert read_article(folder) == read_article(built.folder)


@pytest.mark.parametrize("script", [True, False])
def test_tabs_open_by_keyboard(built: BuiltSite, open_page: Open, script: bool) -> None:
    page = open_page(f"{built.address}all/", java_script_enabled=script)
    tabs = page.locator(".tb-tabbed").first.locator("> details")
    expect(tabs.nth(0)).to_have_attribute("open", "")
    tabs.nth(1).locator("> summary").press("Enter")
    expect(tabs.nth(1).locator("> div")).to_be_visible()
    expect(tabs.nth(0).locator("> div")).to_be_hidden()
    tops = {tab.locator("> summary").bounding_box()["y"] for tab in tabs.all()}  # type: ignore[index]
    assert len(tops) == 1  # in a row


def test_tabs_are_all_printed_under_their_names(built: BuiltSite, open_page: Open) -> None:
    page = open_page(f"{built.address}all/")
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    for tab in page.locator(".tb-tabbed > details").all():
        expect(tab.locator("> summary")).to_be_visible()
        expect(tab.locator("> div")).to_be_visible()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    names = page.locator(".tb-tabbed").first.locator("> details").evaluate_all("all => all.map(({ name }) => name)")
    assert len(set(names)) == 1 and names[0]
    expect(page.locator(".tb-tabbed").first.locator("> details[open]")).to_have_count(1)


def test_marks_in_code_lead_to_their_notes_and_are_not_copied(built: BuiltSite, open_page: Open) -> None:
    page = open_page(f"{built.address}all/", java_script_enabled=False)
    mark = page.locator(".tb-annotation").nth(1)
    mark.press("Enter")
    expect(page.locator("li:target")).to_have_text("A step against it, as the figure shows.")
    code = page.locator(".highlight:has(.tb-annotation) code").text_content() or ""  # which a button copies
    assert "x -= rate * slope" in map(str.strip, code.splitlines())


def test_diagrams_are_drawn_when_they_come_into_view(built: BuiltSite, open_page: Open) -> None:
    loaded: list[str] = []
    page = open_page("about:blank")
    page.on("request", lambda request: loaded.append(request.url))
    page.goto(f"{built.address}all/")
    page.wait_for_load_state("networkidle")
    assert sum("/assets/diagrams/" in url for url in loaded) == 1  # what waits for them
    page.locator(".tb-diagram").first.scroll_into_view_if_needed()
    drawings = page.locator(".tb-diagram svg[role=img]")
    expect(drawings).to_have_count(2)
    expect(drawings.nth(0)).to_have_attribute("aria-label", "From question to answer")
    expect(page.get_by_role("img", name="A question and its answer")).to_be_visible()
    assert all(url.startswith((built.address, "about:", "data:")) for url in loaded)


def test_diagrams_follow_the_theme(built: BuiltSite, open_page: Open) -> None:
    page = open_page(f"{built.address}all/", color_scheme="light")
    page.locator(".tb-diagram").first.scroll_into_view_if_needed()
    label = page.locator(".tb-diagram svg text").filter(has_text="Question").first
    label.wait_for()
    light = label.evaluate("one => getComputedStyle(one).fill")
    page.emulate_media(color_scheme="dark")
    assert light == "rgb(31, 35, 40)"
    assert label.evaluate("one => getComputedStyle(one).fill") == "rgb(230, 228, 222)"


def test_diagrams_can_be_read_without_script(built: BuiltSite, open_page: Open) -> None:
    page = open_page(f"{built.address}all/", java_script_enabled=False)
    expect(page.locator(".tb-diagram pre").first).to_contain_text("A[Question] --> B{Known?}")


def test_only_a_site_with_diagrams_has_what_draws_them(built: BuiltSite, tmp_path: Path) -> None:
    assert (built.folder / "assets" / "diagrams").is_dir()
    assert "assets/diagrams/" not in (built.folder / "index.html").read_text("utf-8")
    shutil.copytree(SAMPLE, tmp_path / "course")
    assert not (build_site(tmp_path / "course") / "assets" / "diagrams").exists()


def test_a_changed_snippet_is_a_changed_page(tmp_path: Path) -> None:
    root = make_course(tmp_path / "course")
    for word in ("another", "one more"):
        (root / "part.md").write_text(f"Taken in from **{word}** file.\n", "utf-8")
        assert f"<strong>{word}</strong>" in read_article(build_site(root))
    (root / "part.md").unlink()
    with pytest.raises(CourseError):  # the check names it
        build_site(root)


def test_a_snippet_is_followed_while_its_author_writes(tmp_path: Path) -> None:
    root = make_course(tmp_path / "course")
    site = open_live(root, "http://127.0.0.1:8000/")
    answer = site.answer("all/")
    assert answer and b"<strong>another</strong>" in answer.body
    assert root / "part.md" in site.watched
    (root / "part.md").write_text("**Changed.**\n", "utf-8")
    site.refresh({"part.md"})
    answer = site.answer("all/")
    assert answer and b"<strong>Changed.</strong>" in answer.body
