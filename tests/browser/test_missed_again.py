"""Progress lists what was missed, and asks it again."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.gates.axe import find_violations
from tests.browser.learner import Learner, bring, make_event, open_profile, write_file
from tests.browser.screen import list_breaches
from tests.runs import with_long

BRIEF, TOKENS = "deep-learning/attention-in-brief", "transformers/tokens"
ASKED, LATER = f"{BRIEF}#six-hundred-words", f"{TOKENS}#one-round"


@pytest.fixture(params=with_long([1280, 390], (1280).__eq__))
def learner(
    browser: Browser, serve: Callable[[Path], str], site: Path, request: pytest.FixtureRequest
) -> Iterator[Learner]:
    size = {"width": request.param, "height": 800}
    with open_profile(browser, serve(site), viewport=size, reduced_motion="reduce") as learner:
        yield learner


def miss(page: Page) -> None:
    """As records did that did not say what was answered; and things that nobody can be asked again."""
    items = [LATER, f"{BRIEF}#no-longer-there", "widgets#quiz", "gone/away#one"]
    events = [
        make_event(f"miss-{at}", item, f"2026-03-0{at}T10:00:00.000+01:00", **{"is": "answer", "right": False})
        for at, item in enumerate(items, 1)
    ]
    bring(page, write_file(events))


def answer(page: Page, choice: int) -> None:
    quiz = page.locator("tb-quiz").first
    expect(quiz).to_have_attribute("data-ready", "")
    quiz.get_by_role("radio").nth(choice).check()
    quiz.get_by_role("button", name="Check").press("Enter")
    expect(quiz.get_by_role("status")).to_contain_text(re.compile("[✓✗]"))


def test_nothing_is_missed_at_first(learner: Learner) -> None:
    page = learner.visit()
    part = page.get_by_role("heading", name="Missed questions").locator("..")
    expect(part).to_contain_text("You have no missed questions right now.")
    expect(part.get_by_role("button")).to_have_count(0)


def test_what_was_missed_is_listed_and_asked_again(learner: Learner) -> None:
    page = learner.visit(f"{BRIEF}/practice/")
    quiz = page.locator("#six-hundred-words")
    quiz.scroll_into_view_if_needed()
    quiz.get_by_role("radio").first.check()
    quiz.get_by_role("button", name="Check").click()
    expect(page.locator(".tb-nth").nth(1)).to_contain_text("✗ not yet")
    page = learner.visit()
    miss(page)
    part = page.get_by_role("heading", name="Missed questions").locator("..")
    rows = part.get_by_role("listitem")
    expect(rows).to_have_count(2)
    expect(rows.first).to_contain_text("Put six hundred words between")
    expect(rows.first).to_contain_text("Attention and transformers, in brief · You chose A. · today Go to the question")
    place = rows.first.get_by_role("link", name="Go to the question")
    expect(place).to_have_attribute("href", f"{learner.url}{BRIEF}/practice/#six-hundred-words")
    expect(part.get_by_role("button")).to_have_text(
        ["Answer these 2 again", re.compile("Track . alone: 1"), re.compile("Track . alone: 1")]
    )
    assert list_breaches(page) == []
    assert "\n".join(find_violations(page, "list")) == ""
    part.get_by_role("button", name="Answer these 2 again").press("Enter")
    heading = part.get_by_role("heading", level=3)
    expect(heading).to_have_text("Question 1 of 2")
    expect(heading).to_be_focused()
    expect(part.get_by_role("radio", checked=True)).to_have_count(0)
    answer(page, 2)
    expect(part.get_by_role("status")).to_contain_text("✓ Right.")
    assert list_breaches(page) == []
    assert "\n".join(find_violations(page, "question")) == ""
    part.get_by_role("button", name="Next question").press("Enter")
    expect(heading).to_have_text("Question 2 of 2")
    part.get_by_role("button", name="To the end").press("Enter")
    expect(heading).to_have_text("1 of 2 right. What you got right is off the list.")
    part.get_by_role("button", name="Back to the list").press("Enter")
    expect(page.get_by_role("heading", name="Missed questions")).to_be_focused()
    expect(rows).to_have_count(1)
    expect(rows.first).to_contain_text("Go to the question")
    page = learner.visit(f"{BRIEF}/practice/")
    quiz = page.locator("#six-hundred-words")
    quiz.scroll_into_view_if_needed()
    expect(quiz.get_by_role("status")).to_contain_text("✓ Right.")
    expect(page.locator(".tb-nth").nth(1)).to_contain_text("✓ right")


def test_without_a_network_what_is_missing_is_counted(learner: Learner) -> None:
    page = learner.visit()
    page.route("**/review/questions/**", lambda route: route.abort())
    miss(page)
    expect(page.locator(".tb-missed")).to_contain_text("can’t be shown without a network")
    learner.errors.clear()
