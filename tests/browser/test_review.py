"""The page of reviews, by keyboard: what waits, showing and grading, undo, the end of a sitting, settings."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from tests.browser.gates.axe import find_violations
from tests.browser.learner import BEGIN, read_events, wait_for_place
from tests.runs import with_long

MODULE, OTHER = "deep-learning/attention-in-brief", "transformers/tokens"


@pytest.fixture(scope="module")
def address(serve: Callable[[Path], str], site: Path) -> str:
    return serve(site)


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(reduced_motion="reduce")
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


def mark_done(page: Page, address: str, module: str = MODULE) -> None:
    page.goto(f"{address}{module}/lesson/")
    page.get_by_role("button", name="Mark this lesson as done").press("Enter")
    expect(page.locator("tb-done")).to_contain_text("Done today.")


def open_review(page: Page, address: str) -> None:
    page.goto(f"{address}review/")
    page.locator("tb-review[data-ready]").wait_for()


def begin(page: Page, address: str) -> None:
    mark_done(page, address)
    open_review(page, address)
    page.locator(BEGIN).press("Enter")
    expect(page.locator(".tb-front")).to_be_focused()


def grade(page: Page, key: str) -> None:
    """Shows the answer of the card and grades it, and waits for what comes after."""
    page.locator(".tb-review-card").wait_for()
    page.keyboard.press("Space")
    grade_shown(page, key)


def grade_shown(page: Page, key: str) -> None:
    expect(page.locator(".tb-grades")).to_be_visible()
    card = page.locator(".tb-review-card").element_handle()
    page.keyboard.press(key)
    assert card
    card.wait_for_element_state("hidden")


def read_front(page: Page) -> str:
    return page.locator(".tb-front").inner_text()


@pytest.mark.long
def test_nothing_yet_says_what_to_do(page: Page, address: str) -> None:
    open_review(page, address)
    expect(page.locator(".tb-stage")).to_contain_text("No cards yet. They come from lessons that you mark as done.")
    expect(page.locator(BEGIN)).to_have_count(0)


def test_card_shows_its_answer_and_then_how_long_each_grade_waits(page: Page, address: str) -> None:
    begin(page, address)
    expect(page.get_by_role("button", name="Show the answer")).to_be_visible()
    expect(page.locator(".tb-back")).to_have_count(0)
    page.keyboard.press("3")  # nothing to grade yet
    page.keyboard.press("Space")
    expect(page.locator(".tb-back")).to_be_focused()
    grades = page.get_by_role("group", name="How did it go?").get_by_role("button")
    assert grades.evaluate_all("all => all.map((one) => one.firstChild.textContent)") == [
        "Again",
        "Hard",
        "Good",
        "Easy",
    ]
    assert grades.locator("small").all_inner_texts()[:2] == ["in a few cards", "in 2 days"]
    expect(page.locator(".tb-review-place a")).to_have_attribute("href", f"{address}{MODULE}/lesson/")


def test_sitting_ends_with_what_was_known_and_what_comes(page: Page, address: str) -> None:
    begin(page, address)
    missed = read_front(page)
    grade(page, "1")
    for _ in range(4):
        assert read_front(page) != missed
        grade(page, "3")
    assert read_front(page) == missed
    expect(page.locator(".tb-review-bar")).to_contain_text("6 cards left · 1 coming back")
    while page.locator(".tb-summary").count() == 0:
        grade(page, "3")
    summary = page.locator(".tb-summary")
    expect(summary).to_be_focused()
    expect(summary.get_by_role("heading", level=2)).to_have_text("Done for today")
    expect(summary).to_contain_text("9 came back to mind; 1 came up again, and then it did.")
    look = summary.get_by_role("listitem")
    expect(look.get_by_role("link", name=missed)).to_have_attribute("href", f"{address}{MODULE}/lesson/")
    expect(look).to_contain_text("Missed once. Track 4, lesson 3: Attention and transformers, in brief")
    assert summary.locator("dd").all_inner_texts() == ["9 tomorrow"]
    expect(page.locator(".tb-ahead tbody tr").nth(1)).to_contain_text("9")
    assert sum(map(int, page.locator(".tb-ahead td").all_inner_texts())) == 18


def test_undo_takes_the_last_grade_back(page: Page, address: str) -> None:
    begin(page, address)
    first = read_front(page)
    expect(page.get_by_role("button", name="Undo")).to_be_disabled()
    grade(page, "4")
    second = read_front(page)
    page.keyboard.press("u")
    expect(page.get_by_role("status").filter(has_text="The last grade is taken back.")).to_be_visible()
    expect(page.locator(".tb-front")).to_have_text(first)
    expect(page.locator(".tb-review-bar")).to_contain_text("10 cards left")
    grade(page, "1")
    assert read_front(page) == second
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".tb-front")).to_have_text(first)
    expect(page.locator(".tb-review-bar")).not_to_contain_text("coming back")
    page.keyboard.press("Escape")
    expect(page.locator(".tb-review-count")).to_contain_text("10 cards are due today All of them are new.")


@pytest.mark.long
def test_last_grade_of_a_sitting_can_be_undone(page: Page, address: str) -> None:
    begin(page, address)
    while page.locator(".tb-summary").count() == 0:
        last = read_front(page)
        grade(page, "3")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".tb-front")).to_have_text(last)


@pytest.mark.long
def test_single_keys_can_be_turned_off(page: Page, address: str) -> None:
    begin(page, address)
    page.evaluate("document.documentElement.dataset.keys = 'off'")
    page.keyboard.press("Space")
    expect(page.locator(".tb-grades")).to_have_count(0)
    page.get_by_role("button", name="Show the answer").press("Enter")
    page.keyboard.press("3")
    expect(page.locator(".tb-review-bar")).to_contain_text("10 cards left")
    page.get_by_role("button", name="Good").press("Enter")
    expect(page.locator(".tb-review-bar")).to_contain_text("9 cards left")


@pytest.mark.long
def test_new_cards_come_from_chosen_modules_too(page: Page, address: str) -> None:
    open_review(page, address)
    page.get_by_text("Which cards, and how often").press("Enter")
    choice = page.get_by_role("group", name="New cards come from").get_by_role("checkbox")
    first = choice.first
    first.focus()
    first.press("Space")
    expect(page.locator(".tb-review-count")).to_contain_text("10 cards are due today")
    expect(first).to_be_focused()
    first.press("Space")
    expect(page.locator(".tb-stage")).to_contain_text("No cards yet.")


@pytest.mark.long
def test_retention_moves_the_days(page: Page, address: str) -> None:
    begin(page, address)
    while page.locator(".tb-summary").count() == 0:
        grade(page, "4")
    before = page.locator(".tb-ahead td").all_inner_texts()
    page.get_by_text("Which cards, and how often").press("Enter")
    slider = page.get_by_role("slider")
    slider.focus()
    for _ in range(7):
        slider.press("ArrowRight")
    expect(page.get_by_text("How much to remember: 97% of the cards")).to_be_visible()
    expect(page.locator(".tb-ahead td").nth(4)).not_to_have_text(before[4])
    open_review(page, address)
    assert page.locator(".tb-ahead td").all_inner_texts() != before


@pytest.mark.long
def test_cards_of_two_modules_take_turns(page: Page, address: str) -> None:
    mark_done(page, address)
    open_review(page, address)
    page.locator(BEGIN).press("Enter")
    for _ in range(3):
        grade(page, "3")
    mark_done(page, address, OTHER)
    page.context.clock.set_fixed_time("2030-01-01T12:00:00Z")
    open_review(page, address)
    page.locator(BEGIN).press("Enter")
    places = []
    for _ in range(4):
        places.append(page.locator(".tb-review-place a").get_attribute("href"))
        grade(page, "3")
    assert len(set(places[:2])) == 2


@pytest.mark.long
def test_marks_show_in_every_list_and_in_other_tabs(page: Page, context: BrowserContext, address: str) -> None:
    other = context.new_page()
    other.goto(f"{address}progress/")
    other.locator("tb-progress[data-ready]").wait_for()
    expect(other.locator("section[data-track-id=deep-learning] .tb-track-progress")).to_contain_text(
        "0 of 4 written lessons done"
    )
    other.locator("section[data-track-id=deep-learning] summary").click()
    mark_done(page, address)
    expect(other.locator("section[data-track-id=deep-learning] .tb-track-progress")).to_contain_text(
        "1 of 4 written lessons done"
    )
    expect(other.locator(f"section li[data-module='{MODULE}']").get_by_role("img", name="done")).to_be_visible()
    page.get_by_role("button", name="Mark as not done").press("Enter")
    expect(page.get_by_role("button", name="Mark this lesson as done")).to_be_focused()
    expect(other.locator("section[data-track-id=deep-learning] .tb-track-progress")).to_contain_text(
        "0 of 4 written lessons done"
    )


@pytest.mark.long
def test_an_undo_that_comes_while_a_grade_is_kept_takes_back_that_grade(page: Page, address: str) -> None:
    begin(page, address)
    grade(page, "3")
    front = read_front(page)
    page.keyboard.press("Space")
    expect(page.locator(".tb-grades")).to_be_visible()
    page.evaluate(
        "for (const key of '3u') document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))"
    )
    expect(page.get_by_role("status")).to_have_text("The last grade is taken back.")
    expect(page.locator(".tb-front")).to_have_text(front)
    *_, last, undo = read_events(page)
    assert (last["what"]["is"], undo["what"]) == ("grade", {"is": "undo", "event": last["id"]})


@pytest.mark.long
def test_page_left_open_knows_the_new_day(page: Page, address: str) -> None:
    page.clock.set_fixed_time("2026-06-01T20:00:00Z")
    begin(page, address)
    grade(page, "1")
    while page.locator(".tb-summary").count() == 0:
        grade(page, "3")
    page.clock.set_fixed_time("2026-06-02T08:00:00Z")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator(".tb-review-count")).to_contain_text("7 cards are due today 6 of them are new.")


@pytest.mark.long
def test_home_page_leads_back_to_the_place(page: Page, address: str) -> None:
    page.goto(f"{address}{MODULE}/lesson/")
    wait_for_place(page)
    page.goto(address)
    resume = page.locator(".tb-loud")
    expect(resume).to_contain_text("Go on: lesson 3")
    expect(page.locator(".tb-headline h2")).to_have_text("Attention and transformers, in brief")
    assert (resume.get_attribute("href") or "").startswith(f"{address}{MODULE}/lesson/")


@pytest.mark.parametrize("width", with_long([320, 1280], (320).__eq__))
def test_every_state_is_accessible(browser: Browser, address: str, width: int) -> None:
    context = browser.new_context(bypass_csp=True, viewport={"width": width, "height": 800}, reduced_motion="reduce")
    page = context.new_page()
    begin(page, address)
    found = find_violations(page, "question")
    page.keyboard.press("Space")
    found += find_violations(page, "answer")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    grade_shown(page, "1")
    while page.locator(".tb-summary").count() == 0:
        grade(page, "3")
    page.get_by_text("Which cards, and how often").press("Enter")
    page.evaluate("scrollTo(0, 0)")  # else what lies half below the bar at the top is too small to hit
    found += find_violations(page, "summary")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.goto(f"{address}progress/")
    page.get_by_role("button", name="Delete everything").click()
    page.evaluate("scrollTo(0, 0)")
    found += find_violations(page, "progress")
    page.goto(f"{address}{MODULE}/lesson/")
    page.locator("tb-done button").wait_for()
    found += find_violations(page, "lesson")
    context.close()
    assert found == []
