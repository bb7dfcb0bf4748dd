"""What a reader chooses behind "Aa": the page changes at once, the next one before its first paint."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.runs import with_long

Open = Callable[..., Page]
LESSON, CHEATSHEET = "deep-learning/attention-in-brief/lesson/", "deep-learning/attention-in-brief/cheatsheet/"
NARROW, WIDE = {"width": 390, "height": 800}, {"width": 1280, "height": 800}
widths = pytest.mark.parametrize("viewport", [NARROW, WIDE], ids=["390", "1280"])

STYLE = """() => {
  const { fontSize, lineHeight, inlineSize } = getComputedStyle(document.querySelector("article > p:not([class])"));
  return [fontSize, lineHeight, inlineSize].map(parseFloat);
}"""
WATCH = """
  window.shift = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) shift += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
"""
FORBID = """
  Object.defineProperty(window, "localStorage", {get() { throw new DOMException("no", "SecurityError") }})
"""


@pytest.fixture(scope="module")
def address(serve: Callable[[Path], str], site: Path) -> str:
    return serve(site)


def open_settings(page: Page) -> Locator:
    page.get_by_role("button", name="Reading settings").press("Enter")
    form = page.get_by_role("form", name="Reading")
    expect(form).to_be_visible()
    return form


def measure(page: Page) -> list[float]:
    style: list[float] = page.evaluate(STYLE)
    return style


@widths
def test_text_grows_and_its_lines_move_apart_at_once(open_page: Open, address: str, viewport: dict[str, int]) -> None:
    page = open_page(address + LESSON, viewport=viewport)
    size, line, _ = measure(page)
    form = open_settings(page)
    slider = form.get_by_role("slider", name="Text size")
    for _ in range(2):
        slider.press("ArrowRight")
    expect(slider).to_have_attribute("aria-valuetext", "120%")
    assert measure(page)[0] == pytest.approx(1.2 * size, abs=0.1)
    form.get_by_role("slider", name="Line spacing").press("End")
    assert measure(page)[1] == pytest.approx(1.2 * line * 2.25 / 1.65, abs=0.2)
    form.get_by_role("button", name="Line spacing: less").click()
    assert measure(page)[1] == pytest.approx(1.2 * line * 2.1 / 1.65, abs=0.2)


def test_lines_are_as_wide_as_asked_where_there_is_room(open_page: Open, address: str) -> None:
    page = open_page(address + LESSON, viewport=WIDE)
    wide = measure(page)[2]
    slider = open_settings(page).get_by_role("slider", name="Line width")
    slider.press("Home")
    expect(slider).to_have_attribute("aria-valuetext", "42 letters")
    assert measure(page)[2] < wide
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    expect(slider).to_be_hidden()


@widths
def test_choices_hold_on_the_next_page_and_nothing_shifts(
    open_page: Open, address: str, viewport: dict[str, int]
) -> None:
    page = open_page(address + LESSON, viewport=viewport)
    form = open_settings(page)
    form.get_by_role("slider", name="Text size").press("End")
    form.get_by_role("radio", name="Legible").check()
    chosen = measure(page)
    page.add_init_script(WATCH)
    page.goto(address + LESSON)
    page.wait_for_load_state("networkidle")
    assert measure(page) == chosen
    assert page.evaluate("shift") <= 0.01
    page.route("**/trackbook-*.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    page.goto(address + CHEATSHEET)
    assert page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--tb-size')") == "1.8"
    assert page.evaluate("document.documentElement.dataset.type") == "legible"
    page.close()  # with its script


@widths
def test_all_goes_back_to_what_it_was(open_page: Open, address: str, viewport: dict[str, int]) -> None:
    page = open_page(address + LESSON, viewport=viewport)
    usual = measure(page)
    form = open_settings(page)
    form.get_by_role("slider", name="Text size").press("End")
    form.get_by_role("slider", name="Line spacing").press("End")
    form.get_by_role("radio", name="Legible").check()
    assert measure(page) != usual
    form.get_by_role("button", name="Back to the first settings").press("Enter")
    assert measure(page) == usual
    expect(form.get_by_role("radio", name="Serif")).to_be_checked()
    expect(form.get_by_role("slider", name="Text size")).to_have_attribute("aria-valuetext", "100%")
    page.reload()
    assert measure(page) == usual


@pytest.mark.parametrize("viewport", with_long([NARROW, WIDE], NARROW.__eq__), ids=["390", "1280"])
def test_storage_that_fails_is_told_and_does_no_harm(open_page: Open, address: str, viewport: dict[str, int]) -> None:
    page = open_page("about:blank", viewport=viewport)
    page.add_init_script(FORBID)
    page.goto(address + LESSON)
    size = measure(page)[0]
    form = open_settings(page)
    expect(form.get_by_role("status")).to_be_empty()
    form.get_by_role("slider", name="Text size").press("ArrowRight")
    assert measure(page)[0] > size
    expect(form.get_by_role("status")).to_contain_text("Your browser keeps nothing here")
    page.close()  # with its script


KEPT = ['"abc"', "5", "[]", "null", "{", '{"size": "x", "theme": 3}', '{"theme": "dark"}']


@pytest.mark.parametrize("kept", with_long(KEPT, lambda kept: kept in KEPT[1:2] + KEPT[-2:]))
def test_whatever_was_kept_the_page_and_its_settings_open(open_page: Open, address: str, kept: str) -> None:
    page = open_page(address + LESSON)
    usual = measure(page)
    page.evaluate("kept => localStorage.setItem('trackbook:/:appearance', kept)", kept)
    page.reload()
    assert measure(page) == usual
    form = open_settings(page)
    form.get_by_role("slider", name="Text size").press("ArrowRight")
    assert measure(page)[0] == pytest.approx(1.1 * usual[0], abs=0.1)


def test_they_come_when_they_are_asked_for(open_page: Open, address: str) -> None:
    page = open_page("about:blank")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address + LESSON)
    page.wait_for_load_state("networkidle")
    assert not [url for url in asked if "/reading-" in url]
    open_settings(page)
    assert [url for url in asked if "/reading-" in url]


def test_paper_follows_the_size_but_a_cheatsheet_stays_one_page(open_page: Open, address: str) -> None:
    page = open_page(address + LESSON)
    form = open_settings(page)
    form.get_by_role("slider", name="Text size").press("ArrowRight")
    form.get_by_role("slider", name="Line width").press("Home")
    for path, size in ((LESSON, 15.4), (CHEATSHEET, 14)):
        page.emulate_media(media="print")
        page.goto(address + path)
        assert measure(page)[0] == pytest.approx(size, abs=0.05)
