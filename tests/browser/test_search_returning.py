"""Search for who returns: the way on, the cards that wait, and what is done."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.browser.learner import wait_for_place
from tests.browser.test_search import LESSON, search
from tests.runs import with_long

Open = Callable[..., Page]
Serve = Callable[[Path], str]
SECTION = f"{LESSON}#why-training-starves"
DATABASES = "indexedDB.databases().then((all) => all.map(({ name }) => name))"


@pytest.fixture(scope="module")
def address(serve: Serve, site: Path) -> str:
    return serve(site)


@pytest.mark.parametrize("width", with_long([390, 1280], (390).__eq__))
def test_who_has_typed_nothing_finds_the_way_on(open_page: Open, address: str, width: int) -> None:
    page = open_page(address + "deep-learning/attention-in-brief/lesson/", viewport={"width": width, "height": 800})
    page.get_by_role("button", name="Mark this lesson as done").click()
    expect(page.locator("tb-done")).to_have_attribute("data-state", "true")
    page.goto(address + LESSON)
    wait_for_place(page)
    page.locator("#why-training-starves").scroll_into_view_if_needed()
    page.goto(address + "glossary/")
    dialog = search(page, "")
    go_on = dialog.get_by_role("list").first.get_by_role("listitem")
    expect(go_on).to_have_count(2)
    expect(go_on.first).to_contain_text("Go on: lesson 2, section")
    expect(go_on.first).to_contain_text("Recurrence: carrying memory · ")
    expect(go_on.first).to_contain_text("min left")
    expect(go_on.last).to_have_text("Review 10 cards")
    page.keyboard.insert_text("attention")
    found = dialog.locator(".tb-search-result", has_text="Attention and transformers, in brief").first
    expect(found).to_contain_text("Track 4, lesson 3 · 14 min · ✓ done")
    expect(go_on.first).not_to_contain_text("Go on")
    page.keyboard.press("Escape")
    search(page, "")
    expect(go_on.first).to_contain_text("Go on")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Recurrence: carrying memory")


def test_lesson_does_not_lead_to_itself(open_page: Open, address: str) -> None:
    page = open_page(address + LESSON)
    wait_for_place(page)
    dialog = search(page, "")
    page.wait_for_load_state("networkidle")
    expect(dialog.get_by_role("heading")).to_have_text(["You can also look here"])


def test_who_has_no_record_begins_none_by_searching(open_page: Open, address: str) -> None:
    page = open_page(address + "glossary/")
    expect(search(page, "attention").locator(".tb-search-page").first).to_be_visible()
    assert page.evaluate(DATABASES) == []
