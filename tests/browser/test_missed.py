"""What was missed is listed at the end of the page, until it is answered right."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from trackbook.widgets import load_widgets

Open = Callable[..., Page]
QUESTIONS = {"first": "Is <em>this</em> the first?", "second": "Is this the second?"}


def render(name: str, ask: str) -> str:
    quiz = load_widgets()["quiz"]
    choices = [{"text": "Yes.", "why": "It is.", "right": True}, {"text": "No.", "why": "It is."}]
    data = quiz.data.model_validate({"id": name, "ask": ask, "choices": choices})
    return quiz.render_fallback(data, "a/b", "<p>{}</p>".format, "en")


@pytest.fixture(scope="module")
def url(write_article: Callable[[str], Path], serve: Callable[[Path], str]) -> str:
    quizzes = "".join(render(name, ask) for name, ask in QUESTIONS.items())
    return serve(write_article(f"<h1>Page</h1><h2>The part</h2>{quizzes}<p>The end.</p>"))


def answer(page: Page, name: str, choice: str) -> None:
    quiz = page.locator(f"#{name}")
    quiz.get_by_label(choice).check()
    quiz.get_by_role("button", name="Check").click()


def test_wrong_answers_are_listed_until_they_are_right(open_page: Open, url: str) -> None:
    page = open_page(url)
    page.locator("tb-quiz[data-ready]").nth(1).wait_for()
    page.locator(".tb-unseen").wait_for(state="attached")
    again = page.get_by_role("region", name="Missed on this page")
    told = page.locator(".tb-unseen[role=status]")
    answer(page, "first", "Yes.")
    expect(again).to_have_count(0)
    expect(told).to_have_text("")
    answer(page, "second", "No.")
    answer(page, "first", "No.")
    expect(again.get_by_role("link")).to_have_text(["Is this the first?", "Is this the second?"])
    expect(told).to_have_text("2 missed questions are listed at the end of the page.")
    expect(again).to_contain_text("2 of 2 questions. Each question stays here until you get it right.")
    expect(again.get_by_role("listitem").first).to_contain_text("The part · You chose B.")
    place = again.evaluate("(one) => [one.previousElementSibling.textContent, one.nextElementSibling.className]")
    assert place == ["The end.", "tb-status tb-unseen"]
    again.get_by_role("button", name="Answer these 2 again").press("Enter")
    assert page.evaluate("document.activeElement.closest('.tb-widget').id") == "first"
    expect(page.get_by_role("radio", checked=True)).to_have_count(0)
    expect(page.get_by_role("button", name="Check")).to_have_count(2)
    again.get_by_role("link", name="first").press("Enter")
    expect(page).to_have_url(re.compile("#first$"))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.tb-widget').id") == "first"
    answer(page, "first", "Yes.")
    expect(again.get_by_role("link")).to_have_text(["Is this the second?"])
    answer(page, "second", "Yes.")
    expect(again).to_have_count(0)
    expect(told).to_have_text("No missed question is left.")


def test_other_widgets_are_not_listed(open_page: Open, url: str) -> None:
    page = open_page(url)
    page.locator(".tb-unseen").wait_for(state="attached")
    page.evaluate("""() => document.querySelector("article > p:last-child").dispatchEvent(
        new CustomEvent("tb-answer", { bubbles: true, detail: { item: "a/b#other", right: false } }))""")
    expect(page.locator(".tb-missed")).to_have_count(0)
