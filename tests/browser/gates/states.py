"""What opens on a page, how a reader opens it, and on which pages and widths the gates look at it open."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from playwright.sync_api import Locator, Page, expect

State = Literal["drawer", "settings", "search", "definition"]
# Below this width the navigation is a drawer; on the home page it always is.
DRAWER_BELOW = 1200
WHERE: dict[State, tuple[str, ...]] = {
    "drawer": ("home", "attention lesson"),
    "settings": ("attention lesson",),
    "search": ("home", "attention lesson"),
    "definition": ("attention lesson", "query, key, value lesson"),
}
QUERY = "attention"
# Milliseconds: a busy machine is slow to open things, and that is not what these gates look at.
PATIENCE = 20_000


def list_states(name: str, width: int) -> list[State]:
    drawer = width < DRAWER_BELOW or name == "home"
    return [state for state, names in WHERE.items() if name in names and (state != "drawer" or drawer)]


def find_opener(page: Page, state: State) -> Locator:
    """What a reader presses to open it."""
    return {
        "drawer": page.locator(".tb-menu"),
        "settings": page.locator(".tb-aa"),
        "search": page.locator(".tb-search-open"),
        "definition": page.locator("main button.tb-term").first,
    }[state]


def find_opened(page: Page, state: State) -> Locator:
    """What is there once it is open."""
    return {
        "drawer": page.locator("#tb-nav"),
        "settings": page.locator("#tb-settings"),
        "search": page.locator("dialog.tb-search"),
        "definition": page.locator("main [popover]:popover-open"),
    }[state]


@contextmanager
def open_state(page: Page, state: State) -> Iterator[Locator]:
    """Opens it by keyboard, with results where it is the search, and closes it with Escape."""
    find_opener(page, state).press("Enter")
    opened = find_opened(page, state)
    expect(opened).to_be_visible(timeout=PATIENCE)
    if state == "search":
        page.keyboard.insert_text(QUERY)
        opened.locator(".tb-search-results a").first.wait_for()
    page.wait_for_load_state("networkidle")
    yield opened
    page.keyboard.press("Escape")
    expect(opened).to_be_hidden(timeout=PATIENCE)
