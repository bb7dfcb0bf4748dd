"""What was answered, chosen or written is there again when the page is opened anew."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.learner import Learner, open_profile, read_events
from tests.runs import with_long
from tests.serving.server import wait_until

from trackbook.widgets import load_widgets

MODULE = "t/m"
CHOICES = [{"text": "Yes.", "why": "It is.", "right": True}, {"text": "No.", "why": "It is not."}]
WIDGETS: list[tuple[str, dict[str, Any]]] = [
    ("quiz", {"id": "one", "ask": "Is it?", "choices": CHOICES}),
    ("quiz", {"id": "steps", "ask": "In order?", "order": ["First.", "Second.", "Third."], "why": "So it goes."}),
    (
        "quiz",
        {
            "id": "roles",
            "ask": "Who?",
            "match": [{"left": "Query", "right": "asks"}, {"left": "Key", "right": "answers"}],
            "why": "So.",
        },
    ),
    ("quiz", {"id": "bill", "ask": "How many?", "number": {"value": 121}, "why": "11 times 11."}),
    (
        "quiz",
        {
            "id": "word",
            "ask": "Which?",
            "pick": {"sentence": "The [animal] was [tired].", "words": [{"text": "tired", "right": True}]},
            "why": "It is, as one can see. " * 20,
        },
    ),
    (
        "predict",
        {"id": "bet", "ask": "What will it be?", "choices": ["This.", "That."], "right": "That.", "answer": "That."},
    ),
    ("predict", {"id": "guess", "ask": "And why?", "answer": "Therefore."}),
    (
        "explain",
        {"id": "why", "ask": "Why is that?", "answer": "Because.", "criteria": ["I said what.", "I said how."]},
    ),
    (
        "worked",
        {
            "id": "sum",
            "task": "Add two, three and four.",
            "steps": [
                {"do": "Begin.", "result": "It is two.", "why": "So."},
                {"do": "Add three.", "result": "It is five.", "why": "So.", "number": 5},
                {"do": "Add four.", "result": "It is nine.", "why": "So."},
            ],
        },
    ),
]
SPACE = "<p>Text.</p>" * 60
WORDS = "My own words."
SNAPSHOTS = """() => new Promise((yes) => {
  const list = (value) => (value instanceof Map ? [...value] : value);
  indexedDB.open("trackbook:/:record").onsuccess = ({ target: { result } }) => {
    result.transaction("snapshots").objectStore("snapshots").getAll().onsuccess = ({ target }) =>
      yes(JSON.stringify(target.result.map(({ state }) => Object.values(state).map(list))));
  };
})"""
HEARD = """() => new Promise((take) => document.querySelector("tb-explain").dispatchEvent(
  new CustomEvent("tb-recall", { bubbles: true, detail: { item: "", key: "", take } })))"""
"""Until all that was told before is noted."""
WATCH = """self.moved = 0;
const add = ({ value }) => (self.moved += value);
new PerformanceObserver((list) => list.getEntries().forEach(add)).observe({ type: "layout-shift" });"""
FILLED = """(one) => one.querySelector(".tb-choices :checked, .tb-feedback, input[value='2']:checked") !== null
  || one.querySelector("textarea")?.value.length > 9"""


def render(changes: dict[str, dict[str, Any]]) -> str:
    widgets = load_widgets()
    parts = []
    for name, data in WIDGETS:
        known = widgets[name].data.model_validate({**data, **changes.get(data["id"], {})})
        parts.append(widgets[name].render_fallback(known, MODULE, "<p>{}</p>".format, "en"))
    return "".join(parts)


@pytest.fixture(scope="module")
def write(write_article: Callable[[str], Path]) -> Callable[..., Path]:
    def write(**changes: dict[str, Any]) -> Path:
        made = write_article(f"<h1>Page</h1>{render(changes)}<a href='elsewhere.html'>Elsewhere</a>{SPACE}")
        (made / "elsewhere.html").write_text("<link rel='icon' href='data:,'><p>Another page.</p>")
        return made

    return write


@contextmanager
def reworded(folder: Path, other: Path) -> Iterator[None]:
    """Meanwhile the page of `folder` is that of `other`."""
    page = folder / "index.html"
    former = page.read_text("utf-8")
    page.write_text((other / "index.html").read_text("utf-8"), "utf-8")
    yield
    page.write_text(former, "utf-8")


@pytest.fixture(scope="module")
def folder(write: Callable[..., Path]) -> Path:
    return write()


@pytest.fixture(params=with_long([1280, 390], (1280).__eq__))
def learner(
    browser: Browser, serve: Callable[[Path], str], folder: Path, request: pytest.FixtureRequest
) -> Iterator[Learner]:
    with open_profile(browser, serve(folder), viewport={"width": request.param, "height": 800}) as learner:
        yield learner


def visit(learner: Learner) -> Page:
    page = learner.visit("")
    make_ready(page)
    return page


def make_ready(page: Page) -> None:
    for widget in page.locator(".tb-widget > *").all():
        widget.scroll_into_view_if_needed()
        expect(widget).to_have_attribute("data-ready", "")


def wait_for_events(page: Page, count: int) -> None:
    wait_until(lambda: len(read_events(page)) >= count)


def answer(page: Page, name: str, *, act: Callable[[Any], object]) -> None:
    quiz = page.locator(f"#{name}")
    act(quiz)
    quiz.get_by_role("button", name="Check").click()


def test_checked_answers_of_every_kind_are_there_again(learner: Learner) -> None:
    page = visit(learner)
    answer(page, "one", act=lambda quiz: quiz.get_by_label("No.").check())
    answer(page, "steps", act=lambda quiz: quiz.locator(".tb-down").first.click())
    answer(page, "roles", act=lambda quiz: [one.select_option(index=1) for one in quiz.get_by_role("combobox").all()])
    answer(page, "bill", act=lambda quiz: quiz.get_by_role("textbox").fill("22"))
    answer(page, "word", act=lambda quiz: quiz.get_by_label("tired").check())
    wait_for_events(page, 5)
    order = page.locator("#steps .tb-step").all_text_contents()
    page.reload()
    make_ready(page)
    one = page.locator("#one")
    expect(one.get_by_label("No.")).to_be_checked()
    expect(one.get_by_role("status")).to_contain_text("✗ Not yet.")
    expect(one.get_by_role("button")).to_have_text(["Try again"])
    assert page.locator("#steps .tb-step").all_text_contents() == order
    for list_ in page.locator("#roles").get_by_role("combobox").all():
        expect(list_).to_have_value("0")
    expect(page.locator("#bill").get_by_role("textbox")).to_have_value("22")
    expect(page.locator("#word").get_by_label("tired")).to_be_checked()
    expect(page.locator("#word").get_by_role("status")).to_contain_text("✓ Right.")
    expect(page.locator("#word").get_by_role("button")).to_have_count(0)
    assert [event["what"]["right"] for event in read_events(page)].count(True) == 1


def test_what_was_not_judged_is_there_again(learner: Learner) -> None:
    """A choice, predictions, own words with what is ticked beside them, and the steps of an example."""
    page = visit(learner)
    one, bet, guess, why, sum_ = (page.locator(f"#{name}") for name in ("one", "bet", "guess", "why", "sum"))
    one.get_by_label("Yes.").check()
    one.get_by_label("No.").check()
    bet.get_by_label("This.").check()
    bet.get_by_role("button", name="Commit").click()
    guess.get_by_label("Your answer").fill(WORDS)
    guess.get_by_role("button", name="Commit").click()
    why.get_by_label("Your answer").fill(WORDS)
    why.get_by_role("button", name="Compare").click()
    why.get_by_label("I said how.").check()
    why.get_by_role("button", name="That is my rating").click()
    sum_.get_by_label("the last two").check()
    sum_.get_by_label("Result of step 2").fill("5")
    sum_.get_by_role("button", name="Check").first.click()
    sum_.get_by_label("Result of step 3").fill("my way")
    expected = {("choice", "1"), ("choice", "0"), ("draft", WORDS), ("ticks", "1"), ("draft", "2\n15\n0my way")}
    wait_until(lambda: {(one["what"]["is"], one["what"].get("value")) for one in read_events(page)} >= expected)
    assert sum(event["what"]["is"] == "draft" for event in read_events(page)) == 3
    page.reload()
    make_ready(page)
    expect(one.get_by_label("No.")).to_be_checked()
    expect(one.get_by_role("button")).to_have_text(["Check"])
    expect(one.get_by_role("status")).to_be_empty()
    expect(bet.get_by_label("This.")).to_be_checked()
    expect(bet).to_contain_text("your answer")
    expect(guess.get_by_label("Your answer")).to_have_value(WORDS)
    expect(guess.get_by_role("status")).to_contain_text("Your answer stands.")
    expect(why.get_by_label("Your answer")).to_have_value(WORDS)
    expect(why.get_by_role("status")).to_have_text("Rated: 1 of 2 met.")
    expect(sum_.get_by_label("the last two")).to_be_checked()
    expect(sum_.get_by_text("It is five.")).to_be_visible()
    expect(sum_.get_by_text("It is nine.")).to_be_hidden()
    expect(sum_.get_by_label("Result of step 3")).to_have_value("my way")
    why.get_by_role("button", name="Compare").click()
    expect(why.get_by_label("I said how.")).to_be_checked()
    expect(why.get_by_label("I said what.")).not_to_be_checked()


@pytest.mark.long
def test_prediction_stands_after_its_answer_was_shown(learner: Learner) -> None:
    page = visit(learner)
    bet = page.locator("#bet")
    bet.get_by_label("This.").check()
    bet.get_by_role("button", name="Commit").click()
    bet.get_by_role("button", name="Show the answer").click()
    wait_until(lambda: any(event["what"]["is"] == "answer" for event in read_events(page)))
    page.reload()
    make_ready(page)
    expect(bet.get_by_label("This.")).to_be_checked()
    expect(bet).to_contain_text("your answer")
    expect(bet.get_by_text("Your answer was not right.")).to_have_count(0)


@pytest.mark.long
def test_example_that_is_done_is_there_again_and_no_answer_twice(learner: Learner) -> None:
    page = visit(learner)
    sum_ = page.locator("#sum")
    sum_.get_by_label("the last two").check()
    sum_.get_by_label("Result of step 2").fill("6")
    sum_.get_by_role("button", name="Show the result").first.click()
    sum_.get_by_role("button", name="Show the result").first.click()
    wait_until(lambda: [event["what"]["is"] for event in read_events(page)] == ["answer", "draft"])
    page.reload()
    make_ready(page)
    expect(sum_.get_by_text("It is nine.")).to_be_visible()
    expect(sum_.get_by_role("status")).to_contain_text("You got 0 of 1 right.")
    assert [event["what"]["is"] for event in read_events(page)] == ["answer", "draft"]
    sum_.get_by_label("nothing").check()
    wait_until(lambda: [event["what"].get("value") for event in read_events(page)] == [None, ""])


def test_own_words_say_where_they_are_kept_and_can_be_deleted(learner: Learner) -> None:
    page = visit(learner)
    why, guess = page.locator("#why"), page.locator("#guess")
    kept = why.locator(".tb-kept")
    for day, place in (("01", why), ("16", guess)):
        page.clock.set_fixed_time(f"2026-03-{day}T10:00:00")
        place.get_by_label("Your answer").fill(WORDS)
        expect(place.locator(".tb-kept")).to_contain_text(
            "Kept in this browser since today. Never exported unless you ask."
        )
    page.clock.set_fixed_time("2026-03-20T10:00:00")
    page.reload()
    make_ready(page)
    expect(kept).to_contain_text("since March 1, 2026.")
    expect(guess.locator(".tb-kept")).to_contain_text("since Monday.")
    guess.get_by_role("button", name="Delete").click()
    wait_until(lambda: sorted(event["what"]["value"] for event in read_events(page)) == ["", WORDS])
    why.get_by_label("Your answer").fill("Other words.")
    wait_until(lambda: sorted(event["what"]["value"] for event in read_events(page)) == ["", "Other words."])
    expect(kept).to_contain_text("since today.")
    why.get_by_role("button", name="Delete").press("Enter")
    expect(why.get_by_label("Your answer")).to_have_value("")
    expect(why.get_by_label("Your answer")).to_be_focused()
    expect(kept).to_be_empty()
    wait_until(lambda: [event["what"]["value"] for event in read_events(page)] == ["", ""])
    assert "words" not in page.evaluate(SNAPSHOTS)
    page.reload()
    make_ready(page)
    expect(why.get_by_label("Your answer")).to_have_value("")
    expect(kept).to_be_empty()


@pytest.mark.long
def test_words_are_kept_when_the_page_is_left_at_once(learner: Learner) -> None:
    page = visit(learner)
    page.evaluate(HEARD)
    page.locator("#why").get_by_label("Your answer").focus()
    page.keyboard.type(WORDS)
    page.keyboard.press("Tab")
    page.get_by_role("link", name="Elsewhere").press("Enter")
    page.get_by_text("Another page.").wait_for()
    page = visit(learner)
    expect(page.locator("#why").get_by_label("Your answer")).to_have_value(WORDS)


def test_changed_question_is_not_filled(learner: Learner, folder: Path, write: Callable[..., Path]) -> None:
    """Own words stay, since they are the learner's; a choice among others would be another answer."""
    page = visit(learner)
    answer(page, "one", act=lambda quiz: quiz.get_by_label("No.").check())
    page.locator("#why").get_by_label("Your answer").fill(WORDS)
    wait_for_events(page, 2)
    other = write(one={"choices": [*CHOICES, {"text": "Maybe.", "why": "Who knows."}]}, why={"ask": "Why is it?"})
    with reworded(folder, other):
        page.reload()
        make_ready(page)
    changed = "This question has changed since you answered it."
    expect(page.locator("#one").get_by_role("radio", checked=True)).to_have_count(0)
    expect(page.locator("#one").get_by_role("status")).to_have_text(changed)
    expect(page.locator("#why").get_by_label("Your answer")).to_have_value(WORDS)
    expect(page.locator("#why").get_by_role("status")).to_have_text(changed)


@pytest.mark.long
def test_another_reason_is_no_other_question(learner: Learner, folder: Path, write: Callable[..., Path]) -> None:
    page = visit(learner)
    answer(page, "one", act=lambda quiz: quiz.get_by_label("No.").check())
    wait_for_events(page, 1)
    with reworded(folder, write(one={"choices": [CHOICES[0], {"text": "No.", "why": "A better reason."}]})):
        page.reload()
        make_ready(page)
    expect(page.locator("#one").get_by_label("No.")).to_be_checked()
    expect(page.locator("#one").get_by_role("button")).to_have_text(["Try again"])


def test_what_comes_again_moves_nothing_that_is_seen(learner: Learner) -> None:
    page = visit(learner)
    answer(page, "one", act=lambda quiz: quiz.get_by_label("No.").check())
    answer(page, "word", act=lambda quiz: quiz.get_by_label("tired").check())
    page.locator("#why").get_by_label("Your answer").fill("Line.\n" * 30)
    page.locator("#sum").get_by_label("the last two").check()
    page.locator("#sum").get_by_role("button", name="Show the result").first.click()
    wait_for_events(page, 4)
    page.context.add_init_script(WATCH)
    for name in ("one", "word", "why", "sum"):
        page.locator(f"#{name}").evaluate("(one) => one.scrollIntoView({ block: 'center' })")
        page.reload()
        expect(page.locator(f"#{name} > *")).to_have_attribute("data-ready", "")
        wait_until(partial(page.locator(f"#{name}").evaluate, FILLED))
        page.wait_for_timeout(200)
        # Steps of an example move among themselves, and nothing below them.
        assert page.evaluate("self.moved") <= (0.01 if name == "sum" else 0.001), name


def test_where_nothing_can_be_kept_the_widgets_work(
    browser: Browser, serve: Callable[[Path], str], folder: Path
) -> None:
    with open_profile(browser, serve(folder)) as learner:
        learner.context.add_init_script(
            "IDBFactory.prototype.open = () => { throw new DOMException('no', 'SecurityError'); }"
        )
        page = visit(learner)
        answer(page, "one", act=lambda quiz: quiz.get_by_label("No.").check())
        expect(page.locator("#one").get_by_role("status")).to_have_text("✗ Not yet. It is not.")
        page.locator("#why").get_by_label("Your answer").fill(WORDS)
        expect(page.locator(".tb-notice")).to_contain_text("Your browser keeps nothing here")
        page.keyboard.press("Tab")
        page.evaluate(HEARD)
        expect(page.locator("#why .tb-kept")).to_be_empty()
        page.reload()
        make_ready(page)
        expect(page.locator("#one").get_by_role("radio", checked=True)).to_have_count(0)
