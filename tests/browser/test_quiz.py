"""The quiz: keys in, what a learner sees out."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from trackbook.widgets import load_widgets

ONE = {
    "id": "why-slow",
    "ask": "Why can't step five start before step four is done?",
    "choices": [
        {"text": "Processors add one number at a time.", "why": "They add thousands at once."},
        {
            "text": "It needs the memory that step four makes.",
            "why": "Each state comes from the one before.",
            "right": True,
        },
        {"text": "The sentence is not there yet.", "why": "In training all of it is there."},
    ],
}
SEVERAL = {
    "id": "which-costs",
    "ask": "Which costs does recurrence have?",
    "multiple": True,
    "choices": [
        {"text": "It waits.", "why": "Step by step.", "right": True},
        {"text": "It forgets.", "why": "Over distance.", "right": True},
        {"text": "It squares.", "why": "That is attention's bill."},
    ],
}

Open = Callable[..., Page]


@pytest.fixture(scope="module")
def url(write_article: Callable[[str], Path], serve: Callable[[Path], str]) -> str:
    quiz = load_widgets()["quiz"]
    render = "<p>{}</p>".format
    fallbacks = [
        quiz.render_fallback(quiz.data.model_validate(data), "deep-learning/recurrence", render, "en")
        for data in (ONE, SEVERAL)
    ]
    return serve(write_article("".join(fallbacks)))


@pytest.fixture
def page(open_page: Open, url: str) -> Page:
    page = open_page(url)
    page.locator("tb-quiz[data-ready]").first.wait_for()
    return page


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_right_answer_by_keyboard(page: Page) -> None:
    press(page, "Tab", "Space", "ArrowDown", "Tab", "Enter")
    quiz = page.locator("#why-slow")
    expect(quiz.get_by_role("status")).to_have_text("✓ Right. Each state comes from the one before.")
    expect(quiz.get_by_role("button")).to_have_count(0)
    expect(quiz.get_by_text("Answer", exact=True)).to_be_focused()


def test_wrong_answer_gives_its_reason_and_another_try(page: Page) -> None:
    press(page, "Tab", "Space", "Enter")
    quiz = page.locator("#why-slow")
    says = "✗ Not yet. They add thousands at once."
    expect(quiz.get_by_role("status")).to_have_text(says)
    expect(quiz.get_by_text(says)).to_have_count(1)
    expect(quiz.locator("fieldset")).to_have_accessible_description(says)
    expect(quiz.get_by_role("button")).to_have_text(["Try again"])
    press(page, "Tab", "Enter")
    expect(quiz.locator(".tb-feedback")).to_have_count(0)
    expect(quiz.get_by_role("radio").first).to_be_focused()
    expect(quiz.get_by_role("radio", checked=True)).to_have_count(0)


def test_every_reason_can_be_shown(page: Page) -> None:
    quiz = page.locator("#why-slow")
    quiz.get_by_label("The sentence is not there yet.").check()
    quiz.get_by_role("button", name="Check").click()
    quiz.get_by_text("Answer", exact=True).press("Enter")
    expect(quiz.locator(".tb-reasons")).to_be_visible()
    quiz.get_by_label("It needs the memory").check()
    expect(quiz.locator(".tb-answer")).to_be_hidden()


def test_nothing_chosen_is_said(page: Page) -> None:
    page.locator("#why-slow").get_by_role("button", name="Check").click()
    expect(page.locator("#why-slow").get_by_role("status")).to_have_text("Choose an answer first.")


def test_several_right_choices(page: Page) -> None:
    quiz = page.locator("#which-costs")
    quiz.get_by_label("It waits.").check()
    quiz.get_by_label("It squares.").check()
    quiz.get_by_role("button", name="Check").click()
    expect(quiz.get_by_role("status")).to_have_text("✗ Not yet: 1 of 2 right choices, 1 that is not.")
    expect(quiz.locator(".tb-mark")).to_have_text(["✓ Right. Step by step.", "✗ Not yet. That is attention's bill."])
    expect(quiz.get_by_label("It waits.")).to_have_accessible_description("✓ Right. Step by step.")
    quiz.get_by_label("It squares.").uncheck()
    quiz.get_by_label("It forgets.").check()
    expect(quiz.locator(".tb-feedback")).to_have_count(0)
    quiz.get_by_role("button", name="Check").click()
    expect(quiz.get_by_role("status")).to_have_text("✓ Right.")


def test_answers_are_told_to_the_page(page: Page) -> None:
    page.evaluate("window.told = []; document.addEventListener('tb-answer', (event) => window.told.push(event.detail))")
    quiz = page.locator("#why-slow")
    for choice in ("Processors add one number at a time.", "It needs the memory that step four makes."):
        quiz.get_by_label(choice).check()
        quiz.get_by_role("button", name="Check").click()
    told = page.evaluate("window.told")
    assert [(one["item"], one["right"], one["value"]) for one in told] == [
        ("deep-learning/recurrence#why-slow", False, "0"),
        ("deep-learning/recurrence#why-slow", True, "1"),
    ]
    assert told[0]["key"] == told[1]["key"] != ""


def test_moved_in_the_page_it_works_once(page: Page) -> None:
    page.evaluate("document.querySelector('article').append(document.querySelector('#why-slow'))")
    quiz = page.locator("#why-slow")
    expect(quiz.get_by_role("button", name="Check")).to_have_count(1)
    quiz.get_by_label("It needs the memory that step four makes.").check()
    quiz.get_by_role("button", name="Check").click()
    expect(quiz.get_by_role("status")).to_contain_text("✓ Right.")


def test_without_script_the_answer_is_behind_a_summary(open_page: Open, url: str) -> None:
    page = open_page(url, java_script_enabled=False)
    quiz = page.locator("#why-slow")
    expect(quiz.get_by_role("group", name="Why can't step five start before step four is done?")).to_be_visible()
    expect(quiz.get_by_role("radio")).to_have_count(3)
    expect(quiz.get_by_role("button")).to_have_count(0)
    reason = quiz.get_by_text("Each state comes from the one before.")
    expect(reason).to_be_hidden()
    quiz.get_by_text("Answer", exact=True).click()
    expect(reason).to_be_visible()


@pytest.mark.parametrize("script", [True, False])
def test_printed_it_shows_choices_then_reasons(open_page: Open, url: str, script: bool) -> None:
    page = open_page(url, java_script_enabled=script)
    if script:
        page.locator("tb-quiz[data-ready]").first.wait_for()
    text = " ".join(PdfReader(io.BytesIO(page.pdf())).pages[0].extract_text().split())
    last_choice, first_reason = text.index("The sentence is not there yet."), text.index("They add thousands at once.")
    assert last_choice < first_reason
    assert "Check" not in text
