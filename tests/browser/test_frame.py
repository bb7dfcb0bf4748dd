"""The frame around the article: drawer, settings, list of sections. Keys in, what a learner sees out."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

Open = Callable[..., Page]
LESSON = "deep-learning/attention-in-brief/lesson/"
NARROW, WIDE = {"width": 390, "height": 800}, {"width": 1280, "height": 800}


@pytest.fixture(scope="module")
def address(serve: Callable[[Path], str], site: Path) -> str:
    return serve(site)


def test_drawer_opens_by_key_and_closes_by_escape(open_page: Open, address: str) -> None:
    page = open_page(address + LESSON, viewport=NARROW)
    menu, pane = page.get_by_role("button", name="Menu"), page.locator("#tb-nav")
    expect(pane).to_be_hidden()
    menu.press("Enter")
    expect(pane).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Close")).to_be_focused()
    page.keyboard.press("Escape")
    expect(pane).to_be_hidden()
    expect(menu).to_be_focused()


def test_drawer_closes_when_the_keyboard_leaves_it(open_page: Open, address: str) -> None:
    page = open_page(address + LESSON, viewport=NARROW)
    page.get_by_role("button", name="Menu").press("Enter")
    page.locator("#tb-nav a").last.focus()
    page.keyboard.press("Tab")
    expect(page.locator("#tb-nav")).to_be_hidden()


def test_drawer_opens_without_script(open_page: Open, address: str) -> None:
    page = open_page(address + LESSON, viewport=NARROW, java_script_enabled=False)
    page.get_by_role("button", name="Menu").click()
    expect(page.locator("#tb-nav").get_by_role("link", name="Recurrence: carrying memory")).to_be_visible()
    expect(page.get_by_role("button", name="Reading settings")).to_be_hidden()


def test_pane_is_a_column_on_a_wide_screen(open_page: Open, address: str) -> None:
    page = open_page(address + LESSON, viewport=WIDE)
    expect(page.locator("#tb-nav [aria-current=page]")).to_be_in_viewport()
    expect(page.get_by_role("button", name="Menu")).to_be_hidden()


@pytest.mark.parametrize(("key", "scheme"), [("Dark", "dark"), ("Light", "light")])
def test_chosen_theme_holds_on_the_next_page(open_page: Open, address: str, key: str, scheme: str) -> None:
    page = open_page(address + LESSON, color_scheme="light" if scheme == "dark" else "dark")
    page.get_by_role("button", name="Reading settings").press("Enter")
    page.get_by_role("radio", name=key).check()
    page.goto(address + "glossary/")
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == scheme
    page.get_by_role("button", name="Reading settings").press("Enter")
    expect(page.get_by_role("radio", name=key)).to_be_checked()
    page.get_by_role("radio", name="System").check()
    page.reload()
    assert page.evaluate("document.documentElement.dataset.theme") is None


def test_chosen_type_changes_the_text(open_page: Open, address: str) -> None:
    page = open_page(address + LESSON)
    page.get_by_role("button", name="Reading settings").press("Enter")
    page.get_by_role("radio", name="Legible").check()
    assert "Atkinson" in page.evaluate("getComputedStyle(document.querySelector('article p')).fontFamily")


def test_page_opens_where_storage_is_forbidden(open_page: Open, address: str) -> None:
    page = open_page("about:blank")
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError') }})"
    )
    page.goto(address + LESSON)
    page.get_by_role("button", name="Reading settings").press("Enter")
    page.get_by_role("radio", name="Dark").check()
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"
    page.close()  # with its script


def test_list_of_sections_follows_the_reader(open_page: Open, address: str) -> None:
    page = open_page(address + LESSON, viewport=WIDE)
    page.locator("#what-it-costs").evaluate("heading => heading.scrollIntoView()")
    expect(page.locator(".tb-toc [aria-current]")).to_have_text("What it costs")


def test_wide_figure_takes_the_keyboard_only_where_it_scrolls(open_page: Open, address: str) -> None:
    wide = (
        '<figure><div class="tb-scroll"><svg class="tb-drawing" viewBox="0 0 720 40" width="720"></svg></div></figure>'
    )
    page = open_page("about:blank", viewport=NARROW)
    page.route(
        address + LESSON, lambda route: route.fulfill(body=route.fetch().text().replace("</h1>", "</h1>" + wide))
    )
    page.goto(address + LESSON)
    frame = page.locator("figure .tb-scroll").first
    expect(frame).to_have_attribute("tabindex", "0")
    page.set_viewport_size({"width": 1280, "height": 800})
    expect(frame).not_to_have_attribute("tabindex", "0")


def test_skip_link_leads_to_the_text(open_page: Open, address: str) -> None:
    page = open_page(address + LESSON)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
