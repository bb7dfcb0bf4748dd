"""Open pages follow the site while it is served: those that changed load anew, where they stood; the others stay."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from tests.serving.live_site import Folder, answering
from tests.serving.server import PATIENCE

from trackbook.issue import Issue
from trackbook.model import Source
from trackbook.serving.site import Report, Response

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "overrides" / "assets" / "overlay.js"
TEXT = "".join(f'<h2 id="part-{number}">Part {number}</h2><p>{"Words. " * 400}</p>' for number in range(9))
DOT = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9" fill="{}"/></svg>'
SLOW = PATIENCE * 1000


def make_page(article: str) -> str:
    head = '<meta charset="utf-8"><title>Page</title><link rel="icon" href="data:,">'
    return f'<!doctype html><html lang="en"><head>{head}</head><body><article>{article}</article></body></html>'


@pytest.fixture
def site(tmp_path: Path) -> Folder:
    made = Folder(tmp_path / "site")
    made.write("index.html", make_page("<p>Home</p>"))
    made.write("lesson/index.html", make_page(f"<p>One</p>{TEXT}"))
    made.write("404.html", make_page("<p>Not here</p>"))
    return made


@pytest.fixture
def address(site: Folder, tmp_path: Path) -> Iterator[str]:
    with answering(site, tmp_path, script=SCRIPT.read_bytes()) as (_, address):
        yield address


def mark(page: Page) -> None:
    """What stands on the page for as long as it is not loaded anew."""
    page.evaluate("document.documentElement.dataset.marked = ''")


def is_marked(page: Page) -> bool:
    return bool(page.evaluate("'marked' in document.documentElement.dataset"))


def set_errors(site: Folder, count: int) -> None:
    """Each page tells of them: so it can be seen when it has heard of a change."""
    site.report = Report(tuple(Issue("link-lands", Source("a.md", at), "gone") for at in range(1, count + 1)))


def expect_heard(page: Page, count: int) -> None:
    text = f"Elsewhere: {count} error{'s' if count > 1 else ''}"
    expect(page.locator("tb-overlay button")).to_have_text(text, timeout=SLOW)


def find_part(page: Page) -> float:
    return float(page.evaluate("document.getElementById('part-5').getBoundingClientRect().top"))


def test_only_pages_that_changed_load_anew(site: Folder, address: str, open_page: Callable[..., Page]) -> None:
    home = open_page(address)
    lesson = home.context.new_page()
    lesson.goto(f"{address}lesson/")
    mark(home)
    mark(lesson)
    set_errors(site, 1)
    site.write("lesson/index.html", make_page("<p>Two</p>"))
    expect(lesson.get_by_text("Two")).to_be_visible(timeout=SLOW)
    assert not is_marked(lesson)
    expect_heard(home, 1)
    assert is_marked(home)
    mark(lesson)
    set_errors(site, 2)
    site.write("index.html", make_page("<p>New home</p>"))
    expect(home.get_by_text("New home")).to_be_visible(timeout=SLOW)
    expect_heard(lesson, 2)
    assert is_marked(lesson)


@pytest.mark.long
def test_more_tabs_than_connections_follow(site: Folder, address: str, open_page: Callable[..., Page]) -> None:
    first = open_page(f"{address}lesson/")
    tabs = [first, *(first.context.new_page() for _ in range(8))]
    for tab in tabs[1:]:
        tab.goto(f"{address}lesson/")
    site.write("lesson/index.html", make_page("<p>Two</p>"))
    for tab in tabs:
        expect(tab.get_by_text("Two")).to_be_visible(timeout=SLOW)
    first.close()  # whichever tab listened for the others
    site.write("lesson/index.html", make_page("<p>Three</p>"))
    for tab in tabs[1:]:
        expect(tab.get_by_text("Three")).to_be_visible(timeout=SLOW)


@pytest.mark.parametrize("restoring", ["auto", "manual"])
def test_a_page_comes_back_where_it_stood(
    site: Folder, address: str, open_page: Callable[..., Page], restoring: str
) -> None:
    """Text that comes above moves nothing, nor does a picture that loads late, whatever the browser does itself."""
    page = open_page(f"{address}lesson/", viewport={"width": 800, "height": 600})
    page.evaluate("restoring => { history.scrollRestoration = restoring }", restoring)
    page.locator("#part-5").evaluate("part => scrollTo(0, part.offsetTop + 120)")
    stood = find_part(page)
    held = Event()

    def hold(path: str) -> None:
        if path == "late.svg":
            held.wait(PATIENCE)

    find = site.answer

    def answer(path: str) -> Response | None:
        hold(path)
        return find(path)

    site.answer = answer  # type: ignore[method-assign]
    site.write("late.svg", DOT.replace("9", "700").format("red"))
    picture = '<style>* { overflow-anchor: none }</style><img src="/late.svg" alt="">'  # not every browser anchors
    site.write("lesson/index.html", make_page(f"{picture}<p>Two, {'and more, ' * 900}</p>{TEXT}"))
    expect(page.get_by_text("Two, and")).to_be_attached(timeout=SLOW)
    page.wait_for_function(
        "stood => Math.abs(document.getElementById('part-5')?.getBoundingClientRect().top - stood) < 2", arg=stood
    )
    held.set()
    page.wait_for_function("document.querySelector('img').naturalHeight === 700 && document.readyState === 'complete'")
    page.wait_for_function(
        "stood => Math.abs(document.getElementById('part-5').getBoundingClientRect().top - stood) < 2", arg=stood
    )
    page.mouse.wheel(0, 300)
    page.wait_for_function(
        "stood => document.getElementById('part-5').getBoundingClientRect().top < stood - 200", arg=stood
    )


def test_a_page_with_a_fragment_comes_back_where_it_stood(
    site: Folder, address: str, open_page: Callable[..., Page]
) -> None:
    page = open_page(f"{address}lesson/#part-2")
    page.evaluate("scrollTo(0, document.getElementById('part-5').offsetTop)")
    site.write("lesson/index.html", make_page(f"<p>Two</p>{TEXT}"))
    expect(page.get_by_text("Two", exact=True)).to_be_attached(timeout=SLOW)
    page.wait_for_load_state()
    page.wait_for_function("Math.abs(document.getElementById('part-5').getBoundingClientRect().top) < 2")


@pytest.mark.parametrize("focus", ["a[href='/x/']", "#answer"])
def test_the_focus_comes_back(site: Folder, address: str, open_page: Callable[..., Page], focus: str) -> None:
    body = '<ul><li><a href="/w/">W</a></li><li><a href="/x/">X</a></li></ul><p><input id="answer" aria-label="A"></p>'
    site.write("lesson/index.html", make_page(body))
    page = open_page(f"{address}lesson/")
    page.focus(focus)
    site.write("lesson/index.html", make_page(f"{body}<p>Two</p>"))
    expect(page.get_by_text("Two")).to_be_visible(timeout=SLOW)
    expect(page.locator(focus)).to_be_focused()


def test_the_focus_stays_in_the_list_of_what_is_off(site: Folder, address: str, open_page: Callable[..., Page]) -> None:
    set_errors(site, 1)
    page = open_page(f"{address}lesson/")
    button = page.locator("tb-overlay button")
    button.focus()
    set_errors(site, 2)
    site.write("index.html", make_page("<p>New home</p>"))
    expect_heard(page, 2)
    expect(button).to_be_focused()
    set_errors(site, 3)
    site.write("lesson/index.html", make_page("<p>Two</p>"))
    expect(page.get_by_text("Two")).to_be_visible(timeout=SLOW)
    expect_heard(page, 3)
    expect(button).to_be_focused()


def test_a_new_picture_is_shown_where_it_stands(site: Folder, address: str, open_page: Callable[..., Page]) -> None:
    site.write("dot (1).svg", DOT.format("red"))
    site.write("lesson/index.html", make_page('<p><img src="/dot%20%281%29.svg" alt="Dot"></p>'))
    home = open_page(address)
    lesson = home.context.new_page()
    lesson.goto(f"{address}lesson/")
    mark(home)
    mark(lesson)
    set_errors(site, 1)
    site.write("dot (1).svg", DOT.replace("9", "40").format("blue"))
    lesson.wait_for_function(
        "document.images[0]?.naturalWidth === 40 && !('marked' in document.documentElement.dataset)"
    )
    expect_heard(home, 1)
    assert is_marked(home)


def test_a_page_that_is_gone_stays_and_says_so(site: Folder, address: str, open_page: Callable[..., Page]) -> None:
    page = open_page(f"{address}lesson/")
    mark(page)
    (site.root / "lesson/index.html").unlink()
    button = page.locator("tb-overlay button")
    expect(button).to_have_text("This page is gone", timeout=SLOW)
    button.press("Enter")
    expect(page.locator("tb-overlay")).to_contain_text("The course no longer has this page.")
    expect(page.get_by_text("One", exact=True)).to_be_visible()
    site.write("lesson/index.html", make_page(f"<p>One</p>{TEXT}"))
    expect(button).to_have_count(0, timeout=SLOW)
    assert is_marked(page)
    (site.root / "lesson/index.html").unlink()
    expect(button).to_have_text("This page is gone", timeout=SLOW)
    site.write("lesson/index.html", make_page("<p>Back</p>"))
    expect(page.get_by_text("Back")).to_be_visible(timeout=SLOW)


def test_a_page_that_did_not_exist_appears(site: Folder, address: str, browser: Browser) -> None:
    with browser.new_context() as context:  # its console tells of the 404
        page = context.new_page()
        page.goto(f"{address}new/")
        expect(page.get_by_text("Not here")).to_be_visible()
        site.write("new/index.html", make_page("<p>Here</p>"))
        expect(page.get_by_text("Here", exact=True)).to_be_visible(timeout=SLOW)


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Without a look at its console, which tells of every server that is gone."""
    with browser.new_context() as context:
        yield context


@pytest.mark.parametrize("changed", [False, True])
def test_a_page_finds_the_server_that_begins_again(
    site: Folder, tmp_path: Path, context: BrowserContext, changed: bool
) -> None:
    page = context.new_page()
    script = SCRIPT.read_bytes()
    with answering(site, tmp_path, script=script) as (_, address):
        page.goto(f"{address}lesson/")
        set_errors(site, 1)
        site.write("index.html", make_page("<p>New home</p>"))
        expect_heard(page, 1)
        mark(page)
    set_errors(site, 2)
    if changed:
        site.write("lesson/index.html", make_page("<p>Two</p>"))
    with answering(site, tmp_path, script=script, port=int(address.rstrip("/").rpartition(":")[2])):
        # The text first: the old server may still tell of the second error, of a page that it found as it was.
        expect(page.get_by_text("Two" if changed else "One", exact=True)).to_be_visible(timeout=SLOW)
        expect_heard(page, 2)
        assert is_marked(page) is not changed


def test_a_page_that_is_never_the_same_comes_to_rest(
    site: Folder, address: str, open_page: Callable[..., Page]
) -> None:
    made: list[str] = []

    def answer(path: str) -> Response | None:
        made.append(path)
        return Response("text/html", make_page(f"<p>{len(made)}</p>").encode(), policy="")

    site.answer = answer  # type: ignore[method-assign]
    set_errors(site, 1)
    page = open_page(address)
    expect_heard(page, 1)
    set_errors(site, 2)
    site.write("changed.md", "")
    expect_heard(page, 2)


def test_a_site_that_fails_leaves_the_page(site: Folder, address: str, open_page: Callable[..., Page]) -> None:
    page = open_page(f"{address}lesson/")
    mark(page)

    def fail(path: str) -> Response | None:
        del path
        raise ValueError("no such template")

    find, site.answer = site.answer, fail  # type: ignore[method-assign]
    site.write("changed.md", "")
    button = page.locator("tb-overlay button")
    expect(button).to_have_text("Elsewhere: 1 error", timeout=SLOW)
    expect(page.locator("tb-overlay")).to_contain_text("the site can't be built: no such template")
    expect(page.locator("tb-overlay")).to_contain_text("This page shows its last good state.")
    site.answer = find  # type: ignore[method-assign]
    site.write("changed.md", "again")
    expect(button).to_have_count(0, timeout=SLOW)
    assert is_marked(page)
    assert json.loads(page.evaluate("sessionStorage.getItem('trackbook:overlay:place')") or "null") is None
