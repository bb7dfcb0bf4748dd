"""Tab, Shift-Tab, Enter, Escape and the arrow keys alone reach and work everything: navigation, search, settings,
definitions, pager. On a phone's width and on a laptop's."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.browser.gates.pages import LAPTOP, PHONE
from tests.runs import with_long

Open = Callable[..., Page]
LESSON = "deep-learning/attention-in-brief/lesson/"


@pytest.fixture(scope="module")
def address(serve: Callable[[Path], str], site: Path) -> str:
    return serve(site)


@pytest.fixture(params=with_long([PHONE, LAPTOP], PHONE.__eq__))
def page(request: pytest.FixtureRequest, open_page: Open, address: str) -> Page:
    """The lesson, with the focus where a reader's first Tab finds it: before everything."""
    page = open_page(address + LESSON, viewport={"width": request.param, "height": 844}, reduced_motion="reduce")
    page.wait_for_load_state("networkidle")
    return page


def walk_to(page: Page, target: Locator, key: str = "Tab", at_most: int = 250) -> None:
    """Presses the key until the target has the focus."""
    for _ in range(at_most):
        page.keyboard.press(key)
        if target.evaluate("target => target === document.activeElement"):
            return
    raise AssertionError(f"{key} never reached {target}")


def is_phone(page: Page) -> bool:
    return bool(page.evaluate("innerWidth < 1200"))


def test_navigation_leads_to_another_lesson(page: Page) -> None:
    menu, pane = page.get_by_role("button", name="Menu"), page.locator("#tb-nav")
    if is_phone(page):
        walk_to(page, menu)
        page.keyboard.press("Enter")
        page.keyboard.press("Escape")
        expect(pane).to_be_hidden()
        expect(menu).to_be_focused()
        page.keyboard.press("Enter")
    expect(pane).to_be_visible()
    walk_to(page, pane.get_by_role("link", name="Convolution"))
    walk_to(page, pane.locator("a[href]").first, "Shift+Tab")
    walk_to(page, pane.get_by_role("link", name="Convolution"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Convolution")


def test_search_opens_finds_and_closes(page: Page) -> None:
    link = page.locator(".tb-search-open")
    walk_to(page, link)
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(link).to_be_focused()
    page.keyboard.press("Enter")
    expect(dialog.get_by_role("searchbox")).to_be_focused()
    page.keyboard.insert_text("convolution")
    result = dialog.locator(".tb-search-results a").first
    result.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    expect(result).to_be_focused()
    found = str(result.evaluate("link => link.href"))
    page.keyboard.press("Enter")
    expect(page).to_have_url(found)


def test_settings_change_the_colors(page: Page) -> None:
    button, form = page.get_by_role("button", name="Reading settings"), page.locator("#tb-settings")
    walk_to(page, button)
    page.keyboard.press("Enter")
    expect(form).to_be_visible()
    for name in ("Text size", *(["Line width"] if not is_phone(page) else []), "Line spacing"):
        walk_to(page, form.get_by_role("slider", name=name), at_most=1)
    walk_to(page, form.get_by_role("radio", name="System"), at_most=2)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(form.get_by_role("radio", name="Dark")).to_be_checked()
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"
    page.keyboard.press("Escape")
    expect(form).to_be_hidden()
    expect(button).to_be_focused()


def test_definition_shows_and_hides(page: Page) -> None:
    term = page.locator("button.tb-term").first
    definition = page.locator("main [popover]:popover-open")
    walk_to(page, term)
    expect(definition).to_be_visible()
    page.keyboard.press("Escape")
    expect(definition).to_be_hidden()
    expect(term).to_be_focused()
    page.keyboard.press("Enter")
    expect(definition).to_be_visible()
    expect(definition).to_be_in_viewport(ratio=1)
    page.keyboard.press("Tab")
    walk_to(page, term, "Shift+Tab", at_most=3)


@pytest.mark.parametrize(("card", "title"), [("a.tb-following", "Convolution"), ("a.tb-previous", "Recurrence")])
def test_pager_leads_on_and_back(page: Page, card: str, title: str) -> None:
    walk_to(page, page.locator(card))
    expect(page.locator(card)).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text(title)
