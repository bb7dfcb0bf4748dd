"""What a learner does in the moment in which the page is left is kept all the same."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.learner import Learner, open_profile, read_events
from tests.serving.server import wait_until

LESSON = "deep-learning/recurrence/lesson/"
LEFT = "Object.keys(localStorage).filter((key) => key.includes(':left:'))"
ANSWER = """() => {
  const quiz = document.querySelector("tb-quiz[data-ready]:has(input[type=radio])");
  quiz.querySelector("input[type=radio]").click();
  quiz.querySelector("button.tb-main").click();
  location.assign("ELSEWHERE");
}"""
MARK = """() => {
  document.querySelector("tb-done button").click();
  location.assign("ELSEWHERE");
}"""


@pytest.fixture(scope="module")
def url(site: Path, serve: Callable[[Path], str]) -> str:
    return serve(site)


@pytest.fixture
def learner(browser: Browser, url: str) -> Iterator[Learner]:
    with open_profile(browser, url) as learner:
        yield learner


def open_quiz(learner: Learner) -> Page:
    page = learner.visit("deep-learning/attention-in-brief/practice/")
    page.locator("tb-quiz:has(input[type=radio])").first.scroll_into_view_if_needed()
    page.locator("tb-quiz[data-ready]:has(input[type=radio])").first.wait_for()
    return page


def open_lesson(learner: Learner) -> Page:
    page = learner.visit(LESSON)
    page.locator("tb-done[data-ready]").wait_for()
    return page


def leave(page: Page, script: str, address: str) -> None:
    """Acts and leaves in one task: nothing that waits for a database is done by then."""
    with page.expect_navigation(url=address):
        page.evaluate(script.replace("ELSEWHERE", address))


def list_kinds(page: Page) -> list[str]:
    return [event["what"]["is"] for event in read_events(page) if event["what"]["is"] != "place"]


def test_answer_is_kept(learner: Learner) -> None:
    page = open_quiz(learner)
    leave(page, ANSWER, learner.url + "progress/")
    wait_until(lambda: list_kinds(page) == ["answer"])
    (event,) = read_events(page)
    assert event["item"].startswith("deep-learning/attention-in-brief#")
    assert event["what"].keys() == {"is", "right", "key", "value"}
    wait_until(lambda: page.evaluate(LEFT) == [])
    expect(page.locator(".tb-record")).to_contain_text("1 entry")


def test_mark_of_done_is_kept_and_shown_at_once(learner: Learner) -> None:
    page = open_lesson(learner)
    leave(page, MARK, learner.url + "deep-learning/")
    wait_until(lambda: list_kinds(page) == ["done"])
    expect(page.locator("li[data-module='deep-learning/recurrence'] .tb-tick").first).to_be_attached()
    wait_until(lambda: page.evaluate(LEFT) == [])


def test_a_page_that_came_without_encryption_keeps_it_too(learner: Learner) -> None:
    """There, browsers make no UUIDs."""
    learner.context.add_init_script("Object.defineProperty(Crypto.prototype, 'randomUUID', { value: undefined })")
    test_mark_of_done_is_kept_and_shown_at_once(learner)


def test_nothing_is_left_or_noted_twice_by_who_stays(learner: Learner) -> None:
    page = open_quiz(learner)
    page.evaluate(ANSWER.replace("location", "({ assign() {} })"))
    wait_until(lambda: list_kinds(page) == ["answer"])
    wait_until(lambda: page.evaluate(LEFT) == [])
    page.goto(learner.url + "progress/")
    expect(page.locator(".tb-record")).to_contain_text("1 entry")


def test_deleting_everything_deletes_what_was_left(learner: Learner) -> None:
    """Another tab was left amid an answer, which the page of progress does not know of yet."""
    page = learner.visit()
    left = '{"id":"a","at":1764000000000,"item":"deep-learning/recurrence","what":{"is":"done"}}'
    page.evaluate("left => localStorage.setItem('trackbook:/:left:a', left)", left)
    page.get_by_role("button", name="Delete everything").click()
    page.get_by_role("button", name="Yes, delete").click()
    wait_until(lambda: page.evaluate(LEFT) == [])
    page.reload()
    expect(page.locator(".tb-record")).to_contain_text("0 entries")


@pytest.mark.parametrize("left", ["{", "1", '{"id":"a","at":"x","item":1,"what":{"is":"done"}}', '{"id":"a"}'])
def test_what_another_hand_left_is_no_event(learner: Learner, left: str) -> None:
    page = learner.visit()
    page.evaluate("left => localStorage.setItem('trackbook:/:left:a', left)", left)
    page = learner.visit()
    expect(page.locator(".tb-record")).to_contain_text("0 entries")
    assert page.evaluate(LEFT) == []
