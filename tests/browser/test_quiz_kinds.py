"""Questions that ask for more than a choice: keys in, what a learner sees out."""

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader
from tests.browser.gates.axe import RUN, THEMES, read_axe

from trackbook.widgets import load_widgets

STEPS = ["Count all pairs.", "Choose the highest count.", "Merge that pair wherever it stands.", "Add the token."]
DATA: list[dict[str, Any]] = [
    {"id": "steps", "ask": "Put them in order.", "order": STEPS, "why": "Counts come first."},
    {
        "id": "roles",
        "ask": "Who does what?",
        "match": [
            {"left": "Query", "right": "looks for"},
            {"left": "Key", "right": "is found by"},
            {"left": "Value", "right": "hands over"},
        ],
        "distractors": ["counts"],
        "why": "Queries meet keys.",
    },
    {
        "id": "bill",
        "ask": "How many comparisons?",
        "number": {
            "value": 121,
            "unit": "comparisons",
            "mistakes": [{"value": 22, "why": "That is twice 11."}],
        },
        "why": "11 times 11.",
    },
    {"id": "fall", "ask": "How far?", "number": {"value": -0.5, "tolerance": 0.01}, "why": "Half."},
    {"id": "tokens", "ask": "How many?", "number": {"value": 4880}, "why": "120 fewer."},
    {
        "id": "word",
        "ask": "Which word decides?",
        "pick": {
            "sentence": "The [animal] didn't cross the [street] because it was too [tired].",
            "words": [
                {"text": "tired", "right": True, "why": "Put wide in its place."},
                {"text": "animal", "why": "That is what it means."},
            ],
        },
        "why": "One swap changes it.",
    },
    {
        "id": "nouns",
        "ask": "Which are nouns?",
        "multiple": True,
        "pick": {
            "sentence": "The [animal] didn't [cross] the [street].",
            "words": [{"text": "animal", "right": True}, {"text": "street", "right": True}],
        },
        "why": "They name things.",
    },
]
RIGHT_ROLES = {"Query": "looks for", "Key": "is found by", "Value": "hands over"}
Open = Callable[..., Page]


@pytest.fixture(scope="module")
def url(write_article: Callable[[str], Path], serve: Callable[[Path], str]) -> str:
    quiz = load_widgets()["quiz"]
    fallbacks = [quiz.render_fallback(quiz.data.model_validate(data), "t/m", lambda text: text, "en") for data in DATA]
    return serve(write_article("".join(fallbacks)))


@pytest.fixture
def page(open_page: Open, url: str) -> Page:
    return make_ready(open_page(url))


def make_ready(page: Page) -> Page:
    for quiz in page.locator("tb-quiz").all():
        quiz.scroll_into_view_if_needed()
    expect(page.locator("tb-quiz[data-ready]")).to_have_count(len(DATA))
    page.evaluate("window.told = []; document.addEventListener('tb-answer', ({ detail }) => window.told.push(detail))")
    return page


def check(quiz: Locator, says: str) -> None:
    quiz.get_by_role("button", name="Check").click()
    expect(quiz.get_by_role("status")).to_have_text(re.compile(f"^{re.escape(says)}"))


def told(page: Page) -> list[tuple[str, bool]]:
    return [(one["item"].removeprefix("t/m#"), one["right"]) for one in page.evaluate("window.told")]


def list_steps(page: Page) -> list[str]:
    return page.locator("#steps .tb-step").all_text_contents()


def sort_steps(page: Page) -> None:
    for place, step in enumerate(STEPS):
        while list_steps(page).index(step) > place:
            page.get_by_role("button", name=f"Move up: {step}").click()


def match(page: Page, pairs: dict[str, str]) -> None:
    for left, right in pairs.items():
        page.locator("#roles").get_by_label(left).select_option(label=right)


def test_steps_move_by_keyboard_and_keep_the_focus(page: Page) -> None:
    steps = page.locator("#steps")
    first, second = list_steps(page)[:2]
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    down = steps.get_by_role("button", name=f"Move down: {first}")
    expect(down).to_be_focused()
    page.keyboard.press("Enter")
    assert list_steps(page)[:2] == [second, first]
    expect(down).to_be_focused()
    expect(steps.get_by_role("status")).to_have_text(f"“{first}” is now step 2 of 4.")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    assert list_steps(page)[3] == first
    expect(down).to_be_focused()
    expect(down).to_have_attribute("aria-disabled", "true")
    expect(steps.get_by_role("status")).to_have_text(f"“{first}” is now step 4 of 4.")
    assert steps.locator(".tb-place").all_text_contents() == ["1", "2", "3", "4"]
    assert told(page) == []


def test_steps_in_part_then_in_full(page: Page) -> None:
    steps = page.locator("#steps")
    sort_steps(page)
    page.get_by_role("button", name=f"Move down: {STEPS[2]}").click()
    check(steps, "✗ Not yet: 2 of 4 steps are in their place.")
    assert steps.locator(".tb-mark").all_text_contents() == ["✓ Right.", "✓ Right.", "✗ Not yet.", "✗ Not yet."]
    expect(steps.get_by_role("status")).to_contain_text("Counts come first.")
    steps.get_by_role("button", name="Try again").click()
    expect(steps.locator(".tb-feedback")).to_have_count(0)
    expect(steps.get_by_role("button", name=f"Move down: {STEPS[3]}")).to_be_focused()
    page.keyboard.press("Enter")
    check(steps, RIGHT)
    expect(steps.get_by_role("button", name="Try again")).to_be_hidden()
    assert told(page) == [("steps", False), ("steps", True)]


def test_answer_can_be_shown_and_goes_with_the_next_move(page: Page) -> None:
    steps = page.locator("#steps")
    expect(steps.locator(".tb-answer")).to_be_hidden()
    steps.get_by_role("button", name="Check").click()
    steps.get_by_text("Answer", exact=True).press("Enter")
    assert steps.locator(".tb-right > li").all_inner_texts() == STEPS
    expect(steps.locator(".tb-right")).to_be_visible()
    steps.locator(".tb-down").first.click()
    expect(steps.locator(".tb-answer")).to_be_hidden()


def test_match_by_keyboard(page: Page) -> None:
    roles = page.locator("#roles")
    lists = roles.get_by_role("combobox")
    lists.first.focus()
    for right in RIGHT_ROLES.values():
        page.keyboard.type(right[0])
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(roles.get_by_role("status")).to_have_text("✓ Right. Queries meet keys.")
    assert told(page) == [("roles", True)]


def test_match_in_part(page: Page) -> None:
    roles = page.locator("#roles")
    match(page, {"Query": "looks for"})
    check(roles, "Choose a match for each first. 2 still open.")
    expect(roles.get_by_label("Key")).to_be_focused()
    match(page, {"Key": "hands over", "Value": "counts"})
    check(roles, "✗ Not yet: 1 of 3 are right.")
    expect(roles.get_by_label("Query")).to_have_accessible_description("✓ Right.")
    expect(roles.get_by_label("Key")).to_have_accessible_description("✗ Not yet.")
    expect(roles.get_by_role("status")).to_contain_text("Queries meet keys.")
    roles.get_by_role("button", name="Try again").click()
    assert [one.input_value() != "" for one in roles.get_by_role("combobox").all()] == [True, False, False]
    expect(roles.get_by_label("Key")).to_be_focused()
    match(page, RIGHT_ROLES)
    check(roles, RIGHT)
    assert told(page) == [("roles", False), ("roles", True)]


RIGHT, READ = "✓ Right.", "✗ Not yet. That is twice 11."
SMALL, LARGE = "✗ Not yet: your number is too small.", "✗ Not yet: your number is too large."
NO_NUMBER = "“{}” is not a number. Write digits, such as 12 or 0.5."


@pytest.mark.parametrize(
    ("item", "says", "texts"),
    [
        ("bill", RIGHT, ["121", " 121 ", "+121", "121,0", "121.00", "121 comparisons", "121Comparisons"]),
        ("bill", READ, ["22", "22.0"]),
        ("bill", SMALL, ["120.9", "1,21", "-121", "0", "1.210"]),
        ("bill", LARGE, ["122", "1,210"]),
        ("bill", "Write a number first.", ["", "  "]),
        ("bill", NO_NUMBER, ["many", "1e2", "12-1", "--121", "1.2.1", "121 pairs", "-", ",", "0x79", "∞"]),
        ("fall", RIGHT, ["-0.5", "-0,5", "\u22120.5", "\u2013.5", "- 0.5", "-0.51", "-0.49", "\u2066-0.5\u2069"]),
        ("fall", LARGE, ["0.5", "-0.489", "0"]),
        ("fall", SMALL, ["-0.511", "-5"]),
        ("tokens", RIGHT, ["4880", "4,880", "4.880", "4 880", "4\u202f880", "4'880", "4,880.0"]),
        ("tokens", SMALL, ["4,88", "488", "4.8800"]),
        ("tokens", LARGE, ["48,800", "4,880,000", "4880.5"]),
    ],
)
def test_numbers_as_people_write_them(page: Page, item: str, says: str, texts: list[str]) -> None:
    quiz = page.locator(f"#{item}")
    box = quiz.get_by_role("textbox", name="How", exact=False)
    for text in texts:
        box.fill(text)
        box.press("Enter")
        expect(quiz.get_by_role("status")).to_have_text(re.compile(f"^{re.escape(says.format(text))}"))
    judged = says in (RIGHT, READ, SMALL, LARGE)
    assert told(page) == [(item, says == RIGHT)] * (len(texts) if judged else 0)


def test_the_unit_is_part_of_the_name(page: Page) -> None:
    expect(page.locator("#bill").get_by_role("textbox")).to_have_accessible_name("How many comparisons? comparisons")


def test_a_typical_mistake_is_told_its_reason(page: Page) -> None:
    bill = page.locator("#bill")
    bill.get_by_role("textbox").fill("22")
    check(bill, READ)
    expect(bill.locator("fieldset")).to_have_accessible_description(READ)
    bill.get_by_role("button", name="Try again").click()
    expect(bill.get_by_role("textbox")).to_be_focused()
    page.keyboard.type("121")
    page.keyboard.press("Enter")
    expect(bill.locator(".tb-feedback")).to_have_text("✓ Right. 11 times 11.")


def test_what_is_no_number_is_marked_until_it_changes(page: Page) -> None:
    box = page.locator("#bill").get_by_role("textbox")
    box.fill("many")
    box.press("Enter")
    expect(box).to_have_attribute("aria-invalid", "true")
    box.press("Backspace")
    expect(box).not_to_have_attribute("aria-invalid", "true")


def test_word_by_keyboard(page: Page) -> None:
    word = page.locator("#word")
    word.get_by_role("radio", name="animal").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(word.locator(".tb-feedback")).to_have_text("✗ Not yet. That is what it means.")
    page.keyboard.press("ArrowDown")
    expect(word.locator(".tb-feedback")).to_have_count(0)
    page.keyboard.press("Enter")
    expect(word.locator(".tb-feedback")).to_have_text("✗ Not yet. One swap changes it.")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(word.locator(".tb-feedback")).to_have_text("✓ Right. Put wide in its place. One swap changes it.")
    assert [right for _, right in told(page)] == [False, False, True]


def test_words_in_part(page: Page) -> None:
    nouns = page.locator("#nouns")
    check(nouns, "Choose an answer first.")
    nouns.get_by_label("animal").check()
    check(nouns, "✗ Not yet: 1 of 2 right choices, 0 that are not.")
    nouns.get_by_label("street").check()
    check(nouns, RIGHT)


def answer_wrong(page: Page) -> None:
    match(page, {"Query": "counts", "Key": "counts", "Value": "hands over"})
    for item, text in {"bill": "22", "fall": "many", "tokens": "1"}.items():
        page.locator(f"#{item}").get_by_role("textbox").fill(text)
    for item in ("word", "nouns"):
        page.locator(f"#{item}").get_by_label("animal").check()
    press_all(page, "Check")


def press_all(page: Page, name: str) -> None:
    for quiz in page.locator("tb-quiz").all():
        for button in quiz.get_by_role("button", name=name).all():
            button.click()


def answer_right(page: Page) -> None:
    sort_steps(page)
    match(page, RIGHT_ROLES)
    for item, text in {"bill": "121", "fall": "-0.5", "tokens": "4880"}.items():
        page.locator(f"#{item}").get_by_role("textbox").fill(text)
    page.locator("#word").get_by_label("tired").check()
    page.locator("#nouns").get_by_label("street").check()
    press_all(page, "Check")
    expect(page.locator("tb-quiz[data-judged=true]")).to_have_count(len(DATA))


def test_axe_finds_nothing_in_any_state(open_page: Open, url: str) -> None:
    page = make_ready(open_page(url, reduced_motion="reduce"))
    page.evaluate(read_axe())
    states: dict[str, Callable[[Page], None]] = {
        "fresh": lambda _: None,
        "wrong": answer_wrong,
        "shown": lambda page: page.locator("#roles").get_by_text("Answer", exact=True).click(),
        "right": answer_right,
    }
    for state, enter in states.items():
        enter(page)
        for theme in THEMES:
            page.emulate_media(color_scheme=theme)
            found = page.evaluate(RUN.replace("axe.run(document,", "axe.run('article',"))
            assert found == [], (state, theme)


@pytest.mark.parametrize("width", [320, 1280])
def test_everything_fits_and_can_be_touched(open_page: Open, url: str, width: int) -> None:
    page = make_ready(open_page(url, viewport={"width": width, "height": 800}))
    answer_wrong(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for target in page.locator("tb-quiz :is(button, select, .tb-word, input[type=text])").all():
        box = target.bounding_box()
        assert box is None or min(box["width"], box["height"]) >= 24, target.inner_text()


def test_nothing_moves_by_itself(open_page: Open, url: str) -> None:
    page = make_ready(open_page(url, reduced_motion="reduce"))
    page.locator("#steps .tb-down").first.click()
    answer_wrong(page)
    assert page.evaluate("document.getAnimations().length") == 0


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_jumps_when_the_script_comes(open_page: Open, url: str, width: int) -> None:
    heights = "[...document.querySelectorAll('.tb-widget')].map((one) => [one.id, one.getBoundingClientRect().height])"
    page = open_page(url, viewport={"width": width, "height": 800})
    page.route("**/element-*.js", lambda route: route.fulfill(content_type="text/javascript", body=""))
    page.reload()
    before = page.evaluate(heights)
    page.unroute_all()
    page.reload()
    make_ready(page)
    assert page.evaluate(heights) == before


def test_moved_in_the_page_steps_have_one_pair_of_buttons(page: Page) -> None:
    sort_steps(page)
    page.evaluate("document.querySelector('article').append(document.querySelector('#steps'))")
    steps = page.locator("#steps")
    expect(steps.get_by_role("button", name="Move up")).to_have_count(4)
    check(steps, RIGHT)


def test_without_script_answers_are_behind_a_summary(open_page: Open, url: str) -> None:
    page = open_page(url, java_script_enabled=False)
    expect(page.get_by_role("button")).to_have_count(0)
    expect(page.locator("#steps").get_by_role("textbox")).to_have_count(4)
    expect(page.locator("#roles").get_by_role("combobox")).to_have_count(3)
    assert list_steps(page) != STEPS
    for data in DATA:
        quiz = page.locator(f"#{data['id']}")
        expect(quiz.get_by_role("group", name=data["ask"])).to_be_visible()
        reason = quiz.get_by_text(data["why"], exact=True)
        expect(reason).to_be_hidden()
        quiz.get_by_text("Answer", exact=True).click()
        expect(reason).to_be_visible()


def read_print(page: Page) -> str:
    return " ".join(" ".join(one.extract_text() for one in PdfReader(io.BytesIO(page.pdf())).pages).split())


@pytest.mark.parametrize("script", [True, False])
def test_printed_unanswered_it_leaves_room(open_page: Open, url: str, script: bool) -> None:
    page = open_page(url, java_script_enabled=script)
    if script:
        make_ready(page)
    page.emulate_media(media="print")
    assert [box.input_value() for box in page.locator("#steps input").all()] == [""] * 4
    for box in page.locator("#steps input, #roles select, #bill input").all():
        expect(box).to_be_visible()
    expect(page.locator("#roles .tb-options")).to_be_visible()
    text = read_print(page)
    assert "A " in text and text.index("Count all pairs.") < text.index("Counts come first.")
    for absent in ("Check", "↑"):
        assert absent not in text


def test_printed_it_keeps_what_was_answered(page: Page) -> None:
    sort_steps(page)
    match(page, RIGHT_ROLES)
    page.locator("#bill").get_by_role("textbox").fill("77")
    page.locator("#word").get_by_label("street").check()
    page.emulate_media(media="print")
    text = read_print(page)
    for place, step in enumerate(STEPS, start=1):
        assert f"{place} {step}" in text
    assert "77" in text
    assert [box.input_value() for box in page.locator("#steps input").all()] == ["1", "2", "3", "4"]
    expect(page.locator("#word").get_by_label("street")).to_be_checked()
