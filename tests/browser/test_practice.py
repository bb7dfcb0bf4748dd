"""The page of practice: its questions are counted, each leads to its own, and a summary says what came of them."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from tests.browser.gates.axe import find_violations
from tests.browser.learner import Learner, open_profile, read_events
from tests.browser.screen import list_breaches
from tests.conftest import ROOT
from tests.runs import with_long
from tests.serving.server import wait_until

PRACTICE = "deep-learning/the-deep-learning-era/practice/"
CHOICES = ["why-not-before", "who-chose", "price-of-width", "new-task", "no-activation", "more-of-one"]
NUMBERS = {"one-more-edge": "110", "three-shrinking-layers": "6"}
"""With the right one."""
QUESTIONS = [*CHOICES, *NUMBERS]
WRONG = ["who-chose", "more-of-one"]
"""Those to answer wrong at first."""
COMMITTED = [
    path for path in sorted(ROOT.glob("lessons/*/*/lesson.md")) if "you committed to above" in path.read_text("utf-8")
]
"""Lessons that say what their reader did."""
WATCH = """self.moved = 0;
const add = ({ value, hadRecentInput }) => (self.moved += hadRecentInput ? 0 : value);
new PerformanceObserver((list) => list.getEntries().forEach(add)).observe({ type: "layout-shift" });"""
SHAPES = """(links) => links.map((link) => {
  const { borderStyle, borderWidth, backgroundColor } = getComputedStyle(link);
  return [borderStyle, borderWidth, matchMedia("(forced-colors: active)").matches || backgroundColor].join(" ");
})"""


@pytest.fixture(params=with_long([1280, 390], (1280).__eq__))
def learner(
    browser: Browser, serve: Callable[[Path], str], site: Path, request: pytest.FixtureRequest
) -> Iterator[Learner]:
    size = {"width": request.param, "height": 800}
    with open_profile(browser, serve(site), viewport=size, reduced_motion="reduce") as learner:
        learner.context.add_init_script(WATCH)
        yield learner


def visit(learner: Learner, address: str = PRACTICE) -> Page:
    page = learner.visit(address)
    wait_for_row(page)
    return page


def wait_for_row(page: Page) -> None:
    expect(page.locator("tb-practice")).to_have_attribute("data-ready", "")


def answer(page: Page, name: str, *, right: bool) -> None:
    quiz = page.locator(f"#{name} tb-quiz")
    quiz.scroll_into_view_if_needed()
    expect(quiz).to_have_attribute("data-ready", "")
    if name in NUMBERS:
        quiz.get_by_role("textbox").fill(NUMBERS[name] if right else "1")
    else:
        letter = quiz.locator(f".tb-reasons > li[data-right={str(right).lower()}] .tb-letter").first.text_content()
        quiz.get_by_role("radio").nth("ABCDEF".index(letter or "")).check()
    quiz.get_by_role("button", name="Check").press("Enter")
    expect(quiz).to_have_attribute("data-judged", str(right).lower())


def find_summary(page: Page) -> Locator:
    return page.get_by_role("region", name=re.compile("at the first try"))


def list_names(page: Page) -> list[str]:
    """The way to each question as screen readers name it."""
    links = page.locator("tb-practice a")
    names: list[str] = links.evaluate_all("(links) => links.map((link) => link.ariaLabel ?? link.textContent)")
    return names


def list_ends(page: Page) -> list[float]:
    """Where each question begins on the page, from the title on."""
    places: list[float] = page.locator("h1, .tb-widget").evaluate_all(
        "(all) => all.map((one) => one.getBoundingClientRect().top - all[0].getBoundingClientRect().top)"
    )
    return places


def test_questions_are_counted_and_lead_to_their_own(learner: Learner) -> None:
    page = visit(learner)
    row = page.locator("tb-practice")
    expect(row).to_contain_text("8 questions")
    answer(page, "why-not-before", right=True)
    answer(page, "who-chose", right=False)
    for _ in range(2):
        expect(row).to_contain_text("2 of 8 answered · 1 right")
        assert list_names(page) == ["1: right", "2: not yet", "3", "4", "5", "6", "7", "8"]
        labels = page.locator(".tb-nth")
        for label, text in enumerate(["1 of 8 ✓ right", "2 of 8 ✗ not yet", "3 of 8"]):
            expect(labels.nth(label)).to_have_text(f"Question {text}")
        expect(find_summary(page)).to_have_count(0)
        page.reload()
        wait_for_row(page)
    assert page.evaluate("self.moved") <= 0.01
    row.get_by_role("link", name="2").press("Enter")
    expect(page).to_have_url(re.compile("#who-chose$"))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.tb-widget').id") == "who-chose"


@pytest.mark.parametrize("colors", with_long(["none", "active"], "active".__eq__))
def test_right_not_yet_next_and_open_differ_by_shape(learner: Learner, colors: Literal["none", "active"]) -> None:
    page = visit(learner)
    page.emulate_media(forced_colors=colors)
    answer(page, "why-not-before", right=True)
    answer(page, "who-chose", right=False)
    expect(page.locator("tb-practice")).to_contain_text("2 of 8 answered")
    right, wrong, following, *others = page.locator("tb-practice a").evaluate_all(SHAPES)
    assert len({right, wrong, following, *others}) == 4
    assert len({*others}) == 1


def test_summary_stands_below_the_last_question(learner: Learner) -> None:
    page = visit(learner)
    for name in QUESTIONS:
        answer(page, name, right=name not in WRONG)
    summary = find_summary(page)
    expect(summary.get_by_role("heading")).to_have_text("6 of 8 right at the first try")
    expect(summary).to_contain_text("2 questions stay on your list until you get them right.")
    rows = summary.get_by_role("listitem")
    expect(rows).to_have_count(2)
    expect(rows.nth(1)).to_contain_text(re.compile(r"6 · .*You chose [A-D]\. · In the lesson: ", re.DOTALL))
    expect(rows.first.get_by_role("link").nth(1)).to_have_attribute("href", re.compile(r"^\.\./lesson/"))
    told = page.locator(".tb-unseen[role=status]")
    expect(told).to_contain_text("All questions are answered, 6 of 8 right at the first try.")
    above = page.locator(f"#{QUESTIONS[-1]} ~ *").evaluate_all("(all) => all.slice(0, 2).map((one) => one.className)")
    assert above == ["tb-status tb-unseen", "tb-missed tb-summary"]
    summary.evaluate("(one) => one.scrollIntoView({ block: 'center' })")
    assert list_breaches(page) == []
    page.evaluate("scrollTo(0, 0)")  # no button is half below the header
    assert "\n".join(find_violations(page, "summary")) == ""
    page.reload()
    wait_for_row(page)
    page.evaluate("scrollTo(0, 0)")
    expect(rows).to_have_count(2)
    begins = list_ends(page)
    summary.get_by_role("button", name="Answer these 2 again").press("Enter")
    assert page.evaluate("document.activeElement.closest('.tb-widget').id") == "who-chose"
    expect(page.locator("#who-chose").get_by_role("radio", checked=True)).to_have_count(0)
    for name in WRONG:
        answer(page, name, right=True)
    expect(summary).to_contain_text("By now all of them are right.")
    expect(summary.get_by_role("heading")).to_have_text("6 of 8 right at the first try")
    assert list_ends(page)[:2] == begins[:2]
    summary.get_by_role("button", name="Start all 8 afresh").press("Enter")
    expect(summary).to_have_count(0)
    expect(page.locator("tb-practice")).to_contain_text("8 questions")
    assert page.evaluate("document.activeElement.closest('.tb-widget').id") == QUESTIONS[0]
    wait_until(lambda: [event["what"]["is"] for event in read_events(page)].count("afresh") == 8)
    page.reload()
    wait_for_row(page)
    assert list_names(page) == ["1", "2", "3", "4", "5", "6", "7", "8"]
    expect(page.locator("tb-quiz[data-ready]").first).to_be_attached()
    expect(page.get_by_role("radio", checked=True)).to_have_count(0)


@pytest.mark.long
def test_first_try_is_counted_anew_after_a_fresh_start(learner: Learner) -> None:
    page = visit(learner)
    for name in QUESTIONS:
        answer(page, name, right=False)
    find_summary(page).get_by_role("button", name="Start all 8 afresh").click()
    wait_until(lambda: [event["what"]["is"] for event in read_events(page)].count("afresh") == 8)
    page.reload()
    wait_for_row(page)
    for name in QUESTIONS:
        answer(page, name, right=name not in WRONG)
    expect(find_summary(page).get_by_role("heading")).to_have_text("6 of 8 right at the first try")


@pytest.mark.long
def test_it_works_where_nothing_can_be_kept(learner: Learner) -> None:
    learner.context.add_init_script(
        "IDBFactory.prototype.open = () => { throw new DOMException('no', 'SecurityError'); }"
    )
    page = visit(learner)
    for name in QUESTIONS:
        answer(page, name, right=name not in WRONG)
    expect(find_summary(page).get_by_role("listitem")).to_have_count(2)
    find_summary(page).get_by_role("button", name="Start all 8 afresh").click()
    expect(page.locator("tb-practice")).to_contain_text("8 questions")


@pytest.mark.long
def test_from_right_to_left_it_fits(browser: Browser, serve: Callable[[Path], str], hebrew_site: Path) -> None:
    size = {"width": 390, "height": 800}
    with open_profile(browser, serve(hebrew_site), viewport=size, reduced_motion="reduce") as learner:
        page = visit(learner, "counting/two/practice/")
        quiz = page.locator("tb-quiz").first
        quiz.get_by_role("radio").first.check()
        quiz.get_by_role("button").first.click()
        expect(page.locator("tb-practice [data-right]")).to_have_count(1)
        first, second = (page.locator("tb-practice a").nth(at).bounding_box() for at in (0, 1))
        assert first and second and first["x"] > second["x"]
        assert list_breaches(page) == []
        assert "\n".join(find_violations(page, "right to left")) == ""


def test_without_script_and_on_paper_it_is_a_row_of_links(
    browser: Browser, serve: Callable[[Path], str], site: Path
) -> None:
    with open_profile(browser, serve(site), java_script_enabled=False) as learner:
        page = learner.visit(PRACTICE)
        expect(page.locator("tb-practice a")).to_have_text([*"12345678"])
        page.emulate_media(media="print")
        expect(page.locator("tb-practice")).to_be_hidden()
        expect(page.locator(".tb-nth").first).to_be_hidden()


@pytest.mark.long
@pytest.mark.parametrize("lesson", COMMITTED, ids=lambda path: path.parent.name)
def test_question_that_was_committed_to_above_is_still_so(learner: Learner, lesson: Path) -> None:
    """What a lesson says of its reader is true after a reload as well."""
    page = learner.visit(lesson.relative_to(ROOT / "lessons").with_suffix("").as_posix() + "/")
    bet = page.locator("tb-predict").first
    for visit in range(2):
        bet.scroll_into_view_if_needed()
        expect(bet).to_have_attribute("data-ready", "")
        if visit == 0:
            bet.get_by_role("radio").first.check()
            bet.get_by_role("button", name="Commit to this answer").click()
            wait_until(lambda: any(event["what"].get("held") for event in read_events(page)))
            page.reload()
    expect(bet).to_have_attribute("data-state", "committed")
    expect(bet).to_contain_text("your answer")
    said = page.get_by_text("question you committed to above")
    above = bet.evaluate("(one, other) => one.compareDocumentPosition(other)", said.element_handle())
    assert above == 4
