"""A learner's month: two lessons, thirty days of reviews in two tabs, and a record that goes away and comes back."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import fsrs
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from tests.browser.learner import BEGIN

LESSONS = ("deep-learning/attention-in-brief", "transformers/query-key-value")
START = datetime(2026, 3, 9, 17, 30, tzinfo=UTC)
DAYS = 30
"""Three weeks in, clocks in Berlin go forward."""


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(timezone_id="Europe/Berlin", accept_downloads=True)
    yield context
    context.close()


@pytest.mark.long
def test_month(context: BrowserContext, serve: Callable[[Path], str], site: Path, tmp_path: Path) -> None:
    address = serve(site)
    asked, errors = list[str](), list[str]()
    context.on("request", lambda request: asked.append(request.url))
    context.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    context.clock.set_fixed_time(START)
    first, second = context.new_page(), context.new_page()
    for lesson in LESSONS:
        answer_questions(first, f"{address}{lesson}/practice/")
        first.goto(f"{address}{lesson}/lesson/")
        first.get_by_role("button", name="Mark this lesson as done").press("Enter")
        expect(first.locator("tb-done")).to_contain_text("Done today.")
    graded = 0
    for day in range(DAYS):
        graded += review(first, f"{address}review/", day, most=6 if day % 3 == 0 else 100)
        if day % 3 == 0:
            graded += review(second, f"{address}review/", day, hours=2)
    assert graded > 100

    exported = export(first, address, tmp_path)
    due = list_due(second, address)
    assert sum(due) > 0
    erase(first, address)
    assert list_due(second, address) == []
    bring_back(first, address, exported)
    assert list_due(second, address) == due
    bring_back(first, address, exported, "All entries of this file were here already.")

    events = json.loads(exported.read_text("utf-8"))["events"]
    assert sum(event["what"]["is"] == "grade" for event in events) == graded
    assert sum(event["what"]["is"] == "answer" for event in events) > 4
    assert_memories(read_memories(first), events)
    assert {url for url in asked if not url.startswith((address, "blob:"))} == set()
    assert errors == []


def answer_questions(page: Page, practice: str) -> None:
    page.goto(practice)
    for quiz in page.locator("tb-quiz:has(.tb-choices input)").all():
        quiz.scroll_into_view_if_needed()
        quiz.get_by_role("button", name="Check").wait_for()
        quiz.locator(".tb-choices input").first.check()
        quiz.get_by_role("button", name="Check").click()


def review(page: Page, address: str, day: int, most: int = 100, hours: int = 0) -> int:
    """Reviews by keyboard what is due, at most `most` cards; every fifth is missed. Returns how many."""
    now = START + timedelta(days=day, hours=hours)
    page.context.clock.set_fixed_time(now)
    page.goto(address)
    page.locator("tb-review[data-ready]").wait_for()
    begin = page.locator(BEGIN)
    if begin.count() == 0:
        return 0
    begin.press("Enter")
    for turn in range(most):
        page.locator(".tb-review-card, .tb-summary").wait_for()
        if page.locator(".tb-summary").count():
            return turn
        page.context.clock.set_fixed_time(now + timedelta(minutes=turn))
        page.keyboard.press("Space")
        page.locator(".tb-grades").wait_for()
        card = page.locator(".tb-review-card").element_handle()
        page.keyboard.press("1" if (turn + day) % 5 == 4 else "423"[turn % 3])
        assert card
        card.wait_for_element_state("hidden")
    return most


def export(page: Page, address: str, folder: Path) -> Path:
    page.goto(f"{address}progress/")
    with page.expect_download() as download:
        page.get_by_role("button", name="Export").click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def erase(page: Page, address: str) -> None:
    page.goto(f"{address}progress/")
    page.get_by_role("button", name="Delete everything").click()
    page.get_by_role("button", name="Yes, delete").click()
    expect(page.locator(".tb-record [role=status]")).to_have_text("Everything is deleted.")


def bring_back(page: Page, address: str, file: Path, says: str = "new entries were added") -> None:
    page.goto(f"{address}progress/")
    page.locator("tb-progress[data-ready]").wait_for()
    page.locator("input[type=file]").set_input_files(file)
    expect(page.locator(".tb-record [role=status]")).to_contain_text(says)


def list_due(page: Page, address: str) -> list[int]:
    """How many cards come today and on each of the next days; nothing before the first."""
    page.goto(f"{address}review/")
    page.locator("tb-review[data-ready]").wait_for()
    return [int(text) for text in page.locator(".tb-ahead td").all_inner_texts()]


def read_memories(page: Page) -> dict[str, Any]:
    """What the page worked out last, from its database."""
    memories: dict[str, Any] = page.evaluate(
        """async () => {
          const [{ name }] = await indexedDB.databases();
          const ready = (request) => new Promise((resolve) => (request.onsuccess = () => resolve(request.result)));
          const database = await ready(indexedDB.open(name));
          const snapshot = await ready(database.transaction("snapshots").objectStore("snapshots").get("state"));
          database.close();
          return Object.fromEntries(snapshot.state.memories);
        }"""
    )
    return memories


def assert_memories(memories: dict[str, Any], events: list[dict[str, Any]]) -> None:
    """Equal to those of Python's FSRS, fed with the first grade of each day and a miss after a success."""
    scheduler = fsrs.Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    cards: dict[str, tuple[fsrs.Card, str, int]] = {}
    for event in events:
        if event["what"]["is"] != "grade":
            continue
        item, day, grade = event["item"], event["at"][:10], event["what"]["grade"]
        card, last, before = cards.get(item, (fsrs.Card(), "", 0))
        if last == day and (grade > 1 or before == 1):
            continue
        assert last != day, "a miss after a success on one day is no whole day apart"
        noon = datetime.fromisoformat(f"{day}T12:00:00+00:00")
        cards[item] = scheduler.review_card(card, fsrs.Rating(grade), noon)[0], day, grade
    assert memories.keys() == cards.keys()
    for item, (card, _, _) in cards.items():
        assert memories[item]["stability"] == pytest.approx(card.stability, abs=5e-4), item
        assert memories[item]["difficulty"] == pytest.approx(card.difficulty, abs=5e-4), item
