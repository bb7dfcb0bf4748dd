"""Pages opened as files, from a folder with a space and other letters in its name: what a learner can do there."""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import BrowserContext, Page, Request, expect
from tests.browser.learner import BEGIN
from tests.browser.test_search import search
from tests.conftest import ROOT, Change

from trackbook.authoring.new import write_widget
from trackbook.cache.store import Store
from trackbook.plain_host import build_site
from trackbook.site.relative import make_relative

Open = Callable[..., Page]
LESSON = "deep-learning/recurrence/lesson/index.html"
GPT = "transformers/transformer-block/lesson/index.html"
ELEMENTS = "[...document.querySelectorAll('.tb-widget > *')].filter(({ localName }) => localName.startsWith('tb-'))"


@pytest.fixture(scope="module")
def folder(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Our own course."""
    folder = tmp_path_factory.mktemp("stick") / "kurs ä & b"
    shutil.copytree(site, folder)
    make_relative(folder, ROOT, Store())
    return folder


@pytest.fixture
def visit(open_page: Open) -> Iterator[Open]:
    """Opens a file; the test fails when anything that a page asks for does not come, or lies elsewhere."""
    lost: list[str] = []
    heard: list[BrowserContext] = []

    def note(request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # its page was left
            lost.append(request.url)

    def note_others(request: Request) -> None:
        if not request.url.startswith(("file:", "data:", "blob:")):
            lost.append(request.url)

    def open_file(path: Path, **options: object) -> Page:
        page = open_page("about:blank", reduced_motion="reduce", **options)
        heard.append(page.context)
        page.context.on("requestfailed", note)
        page.context.on("request", note_others)
        page.goto(path.as_uri())
        return page

    yield open_file
    for context in heard:
        context.remove_listener("requestfailed", note)
        context.remove_listener("request", note_others)
    assert lost == []


def test_text_comes_in_its_type_and_links_lead_on(folder: Path, visit: Open) -> None:
    page = visit(folder / "index.html")
    page.get_by_role("link", name="Start track 4, lesson 1").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("The deep learning era")
    page.locator(".tb-pager a.tb-following").click()
    expect(page).to_have_url((folder / LESSON).as_uri())
    assert name_fonts(page, "h1") == {"Figtree"}
    assert name_fonts(page, "article p") == {"Source Serif 4"}
    expect(page.locator(".tb-keep, a:has-text('offline')")).to_have_count(0)


def name_fonts(page: Page, selector: str) -> set[str]:
    """The families of the site's own fonts that an element is drawn with."""
    page.evaluate("document.fonts.ready.then(() => new Promise(requestAnimationFrame))")
    devtools = page.context.new_cdp_session(page)
    for domain in ("DOM", "CSS"):
        devtools.send(f"{domain}.enable")
    root = devtools.send("DOM.getDocument")["root"]["nodeId"]
    node = devtools.send("DOM.querySelector", {"nodeId": root, "selector": selector})
    drawn = devtools.send("CSS.getPlatformFontsForNode", {"nodeId": node["nodeId"]})["fonts"]
    devtools.detach()
    return {re.sub(" (Extra)?Light$", "", font["familyName"]) for font in drawn if font["isCustomFont"]}


def test_every_widget_is_live(folder: Path, visit: Open) -> None:
    page = visit(folder / "widgets/index.html")
    for widget in page.locator(".tb-widget").all():
        widget.scroll_into_view_if_needed()
    expect(page.locator(".tb-widget > [data-ready]")).to_have_count(page.evaluate(f"{ELEMENTS}.length"))
    assert page.evaluate(f"new Set({ELEMENTS}.map(({{ localName }}) => localName)).size") >= 14


def test_widgets_load_their_data(folder: Path, visit: Open) -> None:
    page = visit(folder / "widgets/index.html")
    page.locator("tb-tokenizer").scroll_into_view_if_needed()
    page.locator("tb-tokenizer[data-ready]").wait_for()
    page.locator("tb-tokenizer").get_by_label("Your text").fill("疲れた 👩\u200d👧 attention")
    expect(page.locator(".tb-tokens li").last).to_have_text(" attention673")
    page.goto((folder / GPT).as_uri())
    gpt = page.locator("tb-tiny-gpt")
    gpt.get_by_role("button", name="Load the model (169 kB)").click()
    gpt.get_by_role("button", name="Read it").click()
    expect(gpt.get_by_role("status")).to_have_text("Next comes street: 99.8%.")
    gpt.get_by_role("button", name="Show it in layers, to turn").click()
    page.locator(".tb-plane.tb-here").wait_for()


def test_what_is_set_stands_in_the_address(folder: Path, visit: Open) -> None:
    page = visit(folder / "widgets/index.html")
    page.locator("#example-race input[type=number]").fill("300")
    page.keyboard.press("Tab")
    expect(page.locator("#example-race caption")).to_have_text("A text of 300 words")
    assert page.url.endswith("index.html?example-race=300")
    page.reload()
    page.locator("#example-race").scroll_into_view_if_needed()
    expect(page.locator("#example-race caption")).to_have_text("A text of 300 words")


def test_search_finds_and_leads_on(folder: Path, visit: Open) -> None:
    page = visit(folder / LESSON)
    dialog = search(page, "hidden state")
    expect(dialog.locator(".tb-search-status")).to_have_text("8 results")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{(folder / 'glossary/index.html').as_uri()}#hidden-state")
    page.wait_for_load_state()
    expect(search(page, "hiden").locator(".tb-search-said")).to_contain_text("Showing hidden.")
    page.keyboard.press("Escape")
    search(page, "").get_by_role("link", name="Everything on this site").click()
    expect(page).to_have_url((folder / "contents/index.html").as_uri())


def test_what_a_learner_does_is_kept(folder: Path, visit: Open) -> None:
    page = visit(folder / LESSON)
    page.locator("tb-done button").click()
    page.locator(".tb-to-review").first.click()
    expect(page).to_have_url((folder / "review/index.html").as_uri())
    page.locator(BEGIN).click()
    page.get_by_role("button", name="Show the answer").click()
    page.get_by_role("button", name="Good").click()
    expect(page.get_by_text("left").first).to_be_visible()
    page.goto((folder / "progress/index.html").as_uri())
    expect(page.locator("tb-progress")).to_contain_text("1 of 4 written lessons done")
    expect(page.locator(".tb-notice")).to_have_count(0)
    page.goto((folder / "index.html").as_uri())
    resume = page.get_by_role("link", name="Go on: ")
    onward = (folder / "deep-learning/attention-in-brief/lesson/index.html").as_uri()
    expect(resume).to_have_attribute("href", onward)
    resume.click()
    expect(page).to_have_url(onward)


def test_notes_are_kept_with_the_plain_host_too(make_course: Callable[[Change], Path], visit: Open) -> None:
    lesson = build_site(make_course({}), relative=True) / "first/alpha/lesson/index.html"
    page = visit(lesson)
    page.get_by_role("button", name="Mark a passage").press("m")
    page.get_by_role("button", name="Note", exact=True).click()
    page.get_by_role("textbox", name="Note").fill("of a file")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.reload()
    page.locator("button[data-mark]").first.click()
    expect(page.get_by_role("textbox", name="Note")).to_have_value("of a file")


def test_where_each_page_is_apart_it_says_that_nothing_is_kept(folder: Path, tmp_path: Path, visit: Open) -> None:
    """Firefox gives a file the origin "null", and storage that no other file can read."""
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    [script] = (path for path in tmp_path.glob("assets/relative-*.js") if "diagrams" not in path.name)
    script.write_text(script.read_text("utf-8").replace("location.origin", '"null"'), "utf-8")
    page = visit(tmp_path / LESSON)
    page.locator("tb-done button").click()
    expect(page.locator(".tb-notice")).to_contain_text("Opened as a file, this page can keep nothing in this browser")
    page.goto((tmp_path / "progress/index.html").as_uri())
    expect(page.locator(".tb-notice")).to_contain_text("Opened as a file")
    expect(page.locator("tb-progress")).to_contain_text("0 of 4 written lessons done")


def test_settings_are_kept(folder: Path, visit: Open) -> None:
    page = visit(folder / LESSON)
    page.get_by_role("button", name="Reading settings").click()
    page.get_by_role("radio", name="Dark").check()
    page.goto((folder / GPT).as_uri())
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_it_also_works_from_a_server_below_any_path(
    folder: Path, serve: Callable[[Path], str], open_page: Open
) -> None:
    page = open_page("about:blank")
    lost: list[str] = []
    page.on("response", lambda response: lost.append(response.url) if response.status >= 400 else None)
    address = f"{serve(folder.parent)}{quote(folder.name)}/"
    page.goto(address + LESSON)
    search(page, "hidden state")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Glossary")
    page.goto(f"{address}review/index.html")
    expect(page.locator("tb-review")).to_contain_text("No cards yet.")
    assert lost == []


def test_a_courses_own_plain_script_is_live(make_course: Callable[[Change], Path], visit: Open) -> None:
    root = make_course({})
    write_widget(root, "dial")
    with (root / "lessons/first/alpha/lesson.md").open("a", encoding="utf-8") as lesson:
        lesson.write("\n" + (root / "lessons/widgets/dial/example.md").read_text("utf-8"))
    page = visit(build_site(root, relative=True) / "first/alpha/lesson/index.html")
    page.locator("tb-dial summary").press("Enter")
    expect(page.locator("tb-dial").get_by_role("status")).to_have_text("The answer is open.")
