"""Reviews keep their word: one count everywhere, buttons that say what will happen, a sitting without distraction."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from tests.browser.learner import Learner, bring, make_event, make_grade, open_profile, read_events, write_file
from tests.runs import with_long

MODULE = "deep-learning/attention-in-brief"
TITLE = "Attention and transformers, in brief"
WRITTEN = [
    *("no-wait", "distance", "three-moves", "fresh-weights", "self-attention", "transformer", "two-parts"),
    *("neurons", "one-way", "order", "square", "window", "bright-line", "cut"),
]
DEFINED = ["attention", "self-attention", "transformer", "context-window"]
WIDTHS = with_long([390, 1280], (390).__eq__)
DONE = make_event("done", MODULE, "2026-06-01T08:00:00.000+00:00", **{"is": "done"})
NOW = "2026-06-01T09:00:00Z"


@pytest.fixture
def visit(browser: Browser, serve: Callable[[Path], str], site: Path) -> Iterator[Callable[..., Learner]]:
    """A profile on the first of June of a learner who did this."""
    with open_profile(browser, serve(site), timezone_id="UTC", reduced_motion="reduce") as learner:

        def begin(*events: dict[str, object], width: int = 1280, now: str = NOW) -> Learner:
            learner.context.clock.set_fixed_time(now)
            page = learner.visit("progress/")
            page.set_viewport_size({"width": width, "height": 844})
            if events:
                bring(page, write_file(events))
            page.close()
            return learner

        yield begin


def open_page(learner: Learner, address: str, width: int = 1280) -> Page:
    page = learner.visit(address)
    page.set_viewport_size({"width": width, "height": 844})
    return page


def start(page: Page) -> None:
    page.locator(".tb-stage .tb-main").press("Enter")
    expect(page.locator(".tb-front")).to_be_focused()


def grade(page: Page, key: str) -> None:
    page.locator(".tb-review-card").wait_for()
    page.keyboard.press("Space")
    expect(page.locator(".tb-grades")).to_be_visible()
    card = page.locator(".tb-review-card").element_handle()
    page.keyboard.press(key)
    assert card
    card.wait_for_element_state("hidden")


def grade_all(page: Page, key: str) -> list[str]:
    """Grades card after card; returns their questions."""
    fronts: list[str] = []
    while page.locator(".tb-summary").count() == 0:
        page.locator(".tb-review-card, .tb-summary").first.wait_for()
        fronts.append(page.locator(".tb-front").inner_text())
        grade(page, key)
        page.locator(".tb-review-card, .tb-summary").first.wait_for()
    return fronts


def find_way(page: Page, width: int) -> Locator:
    """The link to the reviews in the header; on phones, in the menu."""
    if width < 900:
        page.get_by_role("button", name="Menu").first.click()
        return page.locator(".tb-nav").get_by_role("link", name="Review")
    return page.locator(".tb-site").get_by_role("link", name="Review")


# One count


@pytest.mark.parametrize("width", WIDTHS)
def test_every_place_tells_the_same_count(visit: Callable[..., Learner], width: int) -> None:
    learner = visit(DONE)
    review = open_page(learner, "review/", width)
    other = open_page(learner, "progress/", width)
    page = open_page(learner, "", width)

    def expect_count(count: int) -> None:
        said = f"{count} cards are due today"
        expect(review.locator(".tb-review-count")).to_contain_text(said)
        expect(review.locator(".tb-ahead tbody tr").first).to_contain_text(f"today{count}")
        expect(other.locator(".tb-due").get_by_role("link", name="Review")).to_have_text(f"Review {count} cards")
        expect(page.locator(".tb-due a")).to_have_text(f"{count} cards to review")
        expect(find_way(page, width)).to_have_accessible_name(f"Review {said}")

    expect_count(10)
    start(review)
    for _ in range(3):
        grade(review, "3")
    review.keyboard.press("Escape")
    page.reload()
    expect_count(7)


@pytest.mark.long
def test_count_is_no_reason_to_load_anything_for_a_newcomer(
    browser: Browser, serve: Callable[[Path], str], site: Path
) -> None:
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(serve(site) + "glossary/", wait_until="networkidle")
    assert [url for url in asked if "review/" in url] == []
    expect(page.locator(".tb-site").get_by_role("link", name="Review")).to_have_accessible_name("Review")
    page.close()


@pytest.mark.long
def test_count_moves_nothing(visit: Callable[..., Learner]) -> None:
    learner = visit(DONE)
    page = learner.visit("glossary/")
    way = page.locator(".tb-site").get_by_role("link", name="Review")
    expect(way).to_have_accessible_name("Review 10 cards are due today")
    shifts = """() => new Promise((tell) => new PerformanceObserver((list) =>
      tell(list.getEntries().map(({ value }) => value))).observe({ type: "layout-shift", buffered: true })
      || setTimeout(() => tell([]), 300))"""
    assert sum(page.evaluate(shifts)) == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280


@pytest.mark.long
def test_progress_knows_the_new_day(visit: Callable[..., Learner]) -> None:
    learner = visit(make_grade("a", f"{MODULE}#order-card", "2026-06-01T08:00:00.000+00:00", 1))
    page = learner.visit("progress/")
    expect(page.locator(".tb-due")).to_contain_text("No card is due today.")
    learner.context.clock.set_fixed_time("2026-06-02T09:00:00Z")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator(".tb-due")).to_contain_text("Review 1 card")
    expect(page.locator(".tb-site").get_by_role("link", name="Review")).to_have_accessible_name(
        "Review 1 card is due today"
    )


@pytest.mark.long
def test_progress_claims_nothing_without_the_cards(browser: Browser, serve: Callable[[Path], str], site: Path) -> None:
    context = browser.new_context()
    context.route("**/review/cards.json", lambda route: route.abort())
    page = context.new_page()
    page.goto(serve(site) + "progress/")
    page.locator("tb-progress[data-ready]").wait_for()
    expect(page.locator(".tb-due")).to_contain_text("The cards could not be loaded.")
    expect(page.locator(".tb-due")).not_to_contain_text("No card")
    context.close()


@pytest.mark.long
def test_next_day_counts_the_cards_that_will_be_new_then(visit: Callable[..., Learner]) -> None:
    page = open_page(visit(DONE), "review/")
    start(page)
    grade_all(page, "4")
    expect(page.locator(".tb-summary dd").first).to_have_text("8 tomorrow")
    expect(page.locator(".tb-ahead tbody tr").nth(0)).to_contain_text("today0")
    expect(page.locator(".tb-ahead tbody tr").nth(1)).to_contain_text("Tue8")


# Buttons say what will happen


def read_waits(page: Page) -> list[str]:
    page.keyboard.press("Space")
    return page.locator(".tb-grades small").all_inner_texts()


def test_again_says_when_the_card_comes_back_in_the_sitting(visit: Callable[..., Learner]) -> None:
    grades = [make_grade(f"g{n}", f"{MODULE}#{n}-card", "2026-05-01T08:00:00.000+00:00") for n in WRITTEN[:3]]
    page = open_page(visit(*grades), "review/")
    start(page)
    said = []
    for _ in range(3):
        said.append(read_waits(page)[0])
        page.keyboard.press("3")
        page.locator(".tb-front:focus, .tb-summary").wait_for()
    assert said == ["in a few cards", "after the next card", "next"]


@pytest.mark.long
def test_days_on_the_buttons_are_those_that_come(visit: Callable[..., Learner]) -> None:
    """The schedule scatters days a little, by the moment of the grade: the button's and the record's are the same."""
    learner = visit(DONE)
    page = open_page(learner, "review/")
    start(page)
    said: list[int] = []
    for number in range(5):
        learner.context.clock.set_fixed_time(f"2026-06-01T10:{number:02}:00.{number * 97:03}Z")
        said.append(int(read_waits(page)[2].split()[1]))
        learner.context.clock.set_fixed_time(f"2026-06-01T10:{number:02}:17.{number * 89:03}Z")
        page.keyboard.press("3")
        page.locator(".tb-front:focus").wait_for()
    page.keyboard.press("Escape")
    page.locator(".tb-ahead").wait_for()
    counts = list(map(int, page.locator(".tb-ahead td").all_inner_texts()))
    assert [counts[days] for days in sorted(set(said))] == [said.count(days) for days in sorted(set(said))]


@pytest.mark.long
def test_undo_looks_off_while_there_is_nothing_to_undo(visit: Callable[..., Learner]) -> None:
    page = open_page(visit(DONE), "review/")
    start(page)
    undo = page.get_by_role("button", name="Undo")
    expect(undo).to_be_disabled()
    look = "(one) => [getComputedStyle(one).opacity, getComputedStyle(one).cursor].join()"
    off = undo.evaluate(look)
    grade(page, "3")
    expect(undo).to_be_enabled()
    assert undo.evaluate(look) != off
    page.keyboard.press("u")
    expect(undo).to_be_disabled()
    assert undo.evaluate(look) == off


def test_letters_and_digits_that_are_off_do_nothing(visit: Callable[..., Learner]) -> None:
    page = open_page(visit(DONE), "review/")
    start(page)
    page.evaluate("document.documentElement.dataset.keys = 'off'")
    page.locator(".tb-review-card .tb-main").press("Enter")
    expect(page.locator(".tb-grades")).to_be_visible()
    front = page.locator(".tb-front").inner_text()
    page.keyboard.press("3")
    page.keyboard.press("u")
    page.wait_for_timeout(200)
    expect(page.locator(".tb-front")).to_have_text(front)
    assert [event["what"]["is"] for event in read_events(page)] == ["done"]


@pytest.mark.long
def test_no_undo_is_offered_after_a_sitting_without_a_grade(visit: Callable[..., Learner]) -> None:
    learner = visit(DONE)
    page = open_page(learner, "review/")
    page.route("**/review/cards/**", lambda route: route.abort())
    learner.errors.clear()
    page.locator(".tb-stage .tb-main").click()
    expect(page.locator(".tb-summary")).to_contain_text("10 cards can’t be shown")
    expect(page.get_by_role("button", name="Undo")).to_have_count(0)
    learner.errors.clear()


# What is told of a card, and of the time

AGO = {1: "it did not come to mind", 2: "it was hard", 3: "it went well", 4: "it was easy"}


@pytest.mark.parametrize(("grade", "went"), with_long(AGO.items(), lambda case: case[0] == 3))
def test_card_says_how_it_went_the_last_time(visit: Callable[..., Learner], grade: int, went: str) -> None:
    page = open_page(visit(make_grade("a", f"{MODULE}#order-card", "2026-04-22T08:00:00.000+00:00", grade)), "review/")
    start(page)
    hint = page.locator(".tb-review-hint")
    expect(hint).to_have_text("Say the answer first, aloud or on paper. Then look.")
    page.keyboard.press("Space")
    expect(hint).to_have_text(f"You saw it 40 days ago, and {went}.")


def grade_many(count: int, seconds: int) -> list[dict[str, object]]:
    """So many cards on one evening, each after so many seconds."""
    begin = datetime.fromisoformat("2026-05-01T20:00:00")
    times = [(begin + timedelta(seconds=seconds * turn)).isoformat() for turn in range(count)]
    cards = (WRITTEN[:10] * 2)[:count]
    return [
        make_grade(f"g{turn}", f"{MODULE}#{cards[turn]}-card", f"{time}.000+00:00") for turn, time in enumerate(times)
    ]


PACES = [(11, 60, "10 cards are due today, about 10 minutes"), (11, 6, "10 cards are due today, about 1 minute")]
UNKNOWN = [(10, 60, "10 cards are due today"), (11, 300, "10 cards are due today")]


@pytest.mark.parametrize(
    ("count", "seconds", "says"), with_long([*PACES, *UNKNOWN], lambda case: case in (PACES[0], UNKNOWN[0]))
)
def test_minutes_are_told_where_they_are_measured(
    visit: Callable[..., Learner], count: int, seconds: int, says: str
) -> None:
    learner = visit(*grade_many(count, seconds))
    expect(open_page(learner, "review/").locator(".tb-review-count b")).to_have_text(says)
    button = open_page(learner, "progress/").locator(".tb-due").get_by_role("link", name="Review 10 cards")
    expect(button).to_have_text(
        says.replace(" are due today, ", " ").replace(" are due today", "").replace("10 c", "Review 10 c", 1)
    )


@pytest.mark.long
def test_cards_of_the_next_days_may_be_looked_at_now(visit: Callable[..., Learner]) -> None:
    grade_at = "2026-05-31T08:00:00.000+00:00"
    page = open_page(visit(*(make_grade(n, f"{MODULE}#{n}-card", grade_at, 4) for n in WRITTEN[:2])), "review/")
    page.get_by_role("button", name="Look at cards early").press("Enter")
    assert len(grade_all(page, "3")) == 2
    expect(page.get_by_role("button", name="Look at cards early")).to_have_count(0)


# Siblings


def test_of_two_cards_that_ask_the_same_one_is_asked(visit: Callable[..., Learner]) -> None:
    at = "2026-05-01T08:00:00.000+00:00"
    items = [f"{MODULE}#window-card", "concept#context-window", f"{MODULE}#order-card"]
    page = open_page(visit(*(make_grade(f"g{n}", item, at) for n, item in enumerate(items))), "review/")
    expect(page.locator(".tb-review-count")).to_contain_text("2 cards are due today")
    start(page)
    assert len(grade_all(page, "3")) == 2
    expect(page.locator(".tb-summary dd").first).to_have_text("1 tomorrow")


@pytest.mark.long
@pytest.mark.parametrize("day", ["2026-06-09", "2026-07-30"])
def test_one_card_is_not_asked_in_two_wordings(visit: Callable[..., Learner], day: str) -> None:
    at = "2026-06-01T08:00:00.000+00:00"
    grades = [make_grade(f"w{n}", f"{MODULE}#{n}-card", at) for n in WRITTEN]
    grades += [make_grade(f"d{n}", f"concept#{n}", at) for n in DEFINED if day > "2026-07"]
    learner = visit(DONE, *grades, now=f"{day}T09:00:00Z")
    page = open_page(learner, "review/")
    count = int(page.locator(".tb-review-count").inner_text().split()[0])
    start(page)
    fronts = grade_all(page, "3")
    assert len(fronts) == count
    for one, other in (
        ("What is a transformer, in one sentence?", "What does “transformer” mean?"),
        ("What is a context window?", "What does “context window” mean?"),
    ):
        assert (one in fronts) != (other in fronts)
    expect(page.locator(".tb-summary dd").first).to_contain_text("tomorrow")


# Focus


def expect_focus(page: Page, *, on: bool) -> None:
    for part in (".tb-header", ".tb-footer", ".tb-how"):
        expect(page.locator(part)).to_be_visible(visible=not on)
    expect(page.locator(".tb-review-card")).to_have_count(int(on))


@pytest.mark.parametrize("width", WIDTHS)
def test_card_stands_in_the_middle(visit: Callable[..., Learner], width: int) -> None:
    page = open_page(visit(DONE), "review/", width)
    start(page)
    box = page.locator(".tb-review-card").bounding_box()
    assert box
    assert box["x"] == pytest.approx(width - box["x"] - box["width"], abs=1)


def test_days_that_are_all_empty_are_a_sentence(visit: Callable[..., Learner]) -> None:
    waiting = [make_grade(name, f"{MODULE}#{name}-card", "2026-04-22T08:00:00.000+00:00") for name in WRITTEN[:2]]
    page = open_page(visit(*waiting), "review/")
    expect(page.locator(".tb-around")).to_contain_text("No card is planned yet for the days after today.")
    expect(page.locator(".tb-ahead")).to_have_count(0)


@pytest.mark.parametrize("width", WIDTHS)
def test_sitting_has_the_page_to_itself(visit: Callable[..., Learner], width: int) -> None:
    learner = visit(DONE)
    page = open_page(learner, "glossary/", width)
    page.goto(learner.url + "review/")
    expect_focus(page, on=False)
    start(page)
    expect_focus(page, on=True)
    page.keyboard.press("Escape")
    expect_focus(page, on=False)
    expect(page.get_by_role("button", name="Review 10 cards")).to_be_focused()
    start(page)
    grade(page, "3")
    page.get_by_role("button", name="Leave the review").press("Enter")
    expect_focus(page, on=False)
    expect(page.get_by_role("button", name="Review 9 cards")).to_be_focused()
    start(page)
    page.go_back()
    expect_focus(page, on=False)
    assert page.url == learner.url + "review/"
    expect(page.get_by_role("button", name="Review 9 cards")).to_be_focused()
    page.go_back()
    expect(page).to_have_url(learner.url + "glossary/")


def test_no_search_opens_over_a_sitting(visit: Callable[..., Learner]) -> None:
    page = open_page(visit(DONE), "review/")
    start(page)
    for key in ("/", "Control+k"):
        page.keyboard.press(key)
    page.keyboard.press("?")
    keys = page.get_by_role("dialog")
    expect(keys).to_contain_text("again, hard, good, easy")
    expect(keys).not_to_contain_text("search")
    page.keyboard.press("Escape")
    expect_focus(page, on=True)
    page.keyboard.press("Escape")
    expect_focus(page, on=False)
    page.keyboard.press("/")
    expect(page.get_by_role("dialog").get_by_role("searchbox")).to_be_focused()


@pytest.mark.long
def test_reload_goes_on_with_the_sitting(visit: Callable[..., Learner]) -> None:
    page = open_page(visit(DONE), "review/")
    start(page)
    grade(page, "3")
    page.reload()
    expect(page.locator(".tb-front")).to_be_focused()
    expect_focus(page, on=True)
    page.go_back()
    expect_focus(page, on=False)


@pytest.mark.long
def test_end_of_a_sitting_gives_the_page_back(visit: Callable[..., Learner]) -> None:
    learner = visit(make_grade("a", f"{MODULE}#order-card", "2026-05-01T08:00:00.000+00:00"))
    page = open_page(learner, "glossary/")
    page.goto(learner.url + "review/")
    start(page)
    grade(page, "3")
    expect(page.locator(".tb-summary")).to_be_focused()
    expect_focus(page, on=False)
    page.get_by_role("button", name="Undo").press("Enter")
    expect(page.locator(".tb-front")).to_be_focused()
    expect_focus(page, on=True)
    grade(page, "3")
    expect(page.locator(".tb-summary")).to_be_focused()
    page.go_back()
    expect(page).to_have_url(learner.url + "glossary/")


def test_buttons_are_where_the_thumb_is(visit: Callable[..., Learner]) -> None:
    page = open_page(visit(DONE), "review/", 390)
    start(page)
    show = page.get_by_role("button", name="Show the answer").bounding_box()
    assert show and show["y"] > 844 * 0.75 and show["y"] + show["height"] <= 844 and show["width"] > 300
    page.evaluate("document.querySelector('.tb-front').insertAdjacentHTML('beforeend', '<p>More</p>'.repeat(40))")
    page.keyboard.press("Space")
    boxes = [button.bounding_box() for button in page.locator(".tb-grade").all()]
    assert all(box and box["y"] > 844 * 0.6 and box["y"] + box["height"] <= 844 for box in boxes)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.long
def test_sitting_says_that_nothing_is_kept(browser: Browser, serve: Callable[[Path], str], site: Path) -> None:
    context = browser.new_context()
    context.add_init_script("IDBFactory.prototype.open = () => { throw new DOMException('no', 'UnknownError'); }")
    page = context.new_page()
    page.goto(serve(site) + "review/")
    page.locator("tb-review[data-ready]").wait_for()
    page.get_by_text("Which cards, and how often").press("Enter")
    page.get_by_role("group", name="New cards come from").get_by_role("checkbox").first.press("Space")
    expect(page.locator(".tb-review-count")).to_contain_text("10 cards are due today")
    start(page)
    expect(page.locator(".tb-notice")).to_be_visible()
    grade(page, "3")
    page.keyboard.press("Escape")
    expect(page.locator(".tb-review-count")).to_contain_text("9 cards are due today")
    context.close()


# Each empty state has one button and one reason


def read_buttons(page: Page) -> list[str]:
    return page.locator(".tb-stage .tb-main").all_inner_texts()


def test_newcomer_is_led_to_the_first_lesson(visit: Callable[..., Learner]) -> None:
    page = open_page(visit(), "review/", 390)
    expect(page.locator(".tb-stage")).to_contain_text("No cards yet. They come from lessons that you mark as done.")
    assert read_buttons(page) == ["Start “The deep learning era”"]
    page.locator(".tb-stage .tb-main").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("The deep learning era")


def test_reader_is_offered_the_cards_of_the_lesson_at_hand(visit: Callable[..., Learner]) -> None:
    place = {"is": "place", "address": f"{MODULE}/lesson/#what-it-buys", "title": TITLE}
    page = open_page(visit(make_event("p", "", "2026-06-01T08:00:00.000+00:00", **place)), "review/")
    expect(page.locator(".tb-stage")).to_contain_text(f"You were last in “{TITLE}”. It has 18 cards.")
    assert read_buttons(page) == [f"Go on with “{TITLE}”"]
    page.get_by_role("button", name="Try 10 of its 18 cards now").press("Enter")
    page.locator(".tb-front").wait_for()
    assert [event["what"]["is"] for event in read_events(page)] == ["place", "choose"]
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Review 10 cards")).to_be_focused()


@pytest.mark.long
def test_whoever_has_nothing_due_is_led_back_to_the_lesson(visit: Callable[..., Learner]) -> None:
    place = {"is": "place", "address": f"{MODULE}/lesson/#what-it-buys", "title": TITLE}
    learner = visit(
        make_event("p", "", "2026-05-31T08:00:00.000+00:00", **place),
        make_grade("a", f"{MODULE}#order-card", "2026-05-31T08:00:00.000+00:00", 4),
    )
    page = open_page(learner, "review/")
    expect(page.locator(".tb-stage")).to_contain_text("Nothing is due today. 1 card comes on")
    assert read_buttons(page) == [f"Go on with “{TITLE}”"]
    expect(page.locator(".tb-stage .tb-main")).to_have_attribute("href", f"{learner.url}{MODULE}/lesson/#what-it-buys")


@pytest.mark.long
def test_whoever_is_done_for_today_hears_so_later_as_well(visit: Callable[..., Learner]) -> None:
    learner = visit(DONE)
    page = open_page(learner, "review/")
    start(page)
    grade_all(page, "3")
    expect(page.locator(".tb-stage")).to_contain_text("Done for today")
    assert read_buttons(page) == ["Start “The deep learning era”"]
    page.reload()
    expect(page.locator(".tb-stage")).to_contain_text("Done for today: 10 cards.")
    assert read_buttons(page) == ["Start “The deep learning era”"]
