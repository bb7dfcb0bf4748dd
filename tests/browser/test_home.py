"""The home page: what a newcomer meets, and what somebody finds who comes back."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect
from tests.browser.gates.axe import find_violations
from tests.browser.gates.site import settle
from tests.browser.gates.tab_walk import FOCUS, find_unnamed, judge_walk, walk
from tests.browser.learner import (
    Event,
    Learner,
    bring,
    make_event,
    open_profile,
    read_events,
    wait_for_place,
    write_file,
)
from tests.browser.screen import list_breaches
from tests.runs import with_long
from tests.serving.server import wait_until

Open = Callable[..., Page]
MODULES = [
    *(f"deep-learning/{name}" for name in ("the-deep-learning-era", "recurrence", "attention-in-brief", "convolution")),
    *(
        f"transformers/{name}"
        for name in (
            "tokens",
            "embeddings",
            "query-key-value",
            "multi-head-attention",
            "positions",
            "transformer-block",
        )
    ),
]
ERA, RECURRENCE, ATTENTION, CONVOLUTION = MODULES[:4]
WIDTHS = with_long([390, 1280], (390).__eq__)
SHIFTS = """new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) globalThis.shifted = (globalThis.shifted ?? 0) + entry.value;
}).observe({ type: "layout-shift", buffered: true });"""
REFUSED = "IDBFactory.prototype.open = () => { throw new DOMException('no', 'SecurityError'); }"


@pytest.fixture(scope="module")
def url(site: Path, serve: Callable[[Path], str]) -> str:
    return serve(site)


@pytest.fixture
def learner(browser: Browser, url: str) -> Iterator[Learner]:
    with open_profile(browser, url, reduced_motion="reduce") as learner:
        yield learner


def be_at(number: int, address: str) -> Event:
    place = {"is": "place", "address": address, "title": "A lesson"}
    return make_event(f"place-{number}", "", f"2026-03-01T10:{number:02}:00.000+01:00", **place)


def be_done(number: int, module: str) -> Event:
    return make_event(f"done-{number}", module, f"2026-03-02T10:{number:02}:00.000+01:00", **{"is": "done"})


def come_back(learner: Learner, width: int, *events: Event) -> Page:
    """Home for the second time with these events: the first time the browser doesn't know yet who comes back."""
    page = learner.visit()
    bring(page, write_file(events))
    page.goto(learner.url)
    expect(page.locator("tb-home")).to_have_attribute("data-ready", "")
    page.close()
    return go_home(learner, width)


def go_home(learner: Learner, width: int) -> Page:
    page = learner.context.new_page()
    page.on("pageerror", lambda error: learner.errors.append(str(error)))
    page.set_viewport_size({"width": width, "height": 800})
    page.add_init_script(SHIFTS)
    page.goto(learner.url)
    expect(page.locator("tb-home")).to_have_attribute("data-ready", "")
    return page


def read_shift(page: Page) -> float:
    shifted: float = page.evaluate("new Promise((tell) => setTimeout(() => tell(globalThis.shifted ?? 0), 300))")
    return shifted


def find_button(page: Page) -> Locator:
    return page.locator(".tb-start .tb-loud")


def press(page: Page, target: Locator) -> None:
    """By keyboard, as far as Tab leads."""
    for _ in range(30):
        page.keyboard.press("Tab")
        if target.evaluate("node => node === document.activeElement"):
            break
    expect(target).to_be_focused()
    page.keyboard.press("Enter")


@pytest.mark.parametrize("width", WIDTHS)
def test_a_newcomer_meets_a_question_and_one_loud_button(learner: Learner, width: int) -> None:
    page = go_home(learner, width)
    button = find_button(page)
    expect(button).to_have_text(re.compile(r"^Start track 4, lesson 1\sThe deep learning era\d+ min$"))
    expect(button).to_be_in_viewport(ratio=1)
    expect(page.locator(".tb-back")).to_be_hidden()
    expect(page.get_by_text("Touch a word.")).to_be_in_viewport()
    expect(page.get_by_text("will “it” turn to the street?")).to_be_visible()
    expect(page.get_by_text("Not quite.")).to_be_hidden()
    expect(page.locator(".tb-due")).to_be_empty()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert read_shift(page) <= 0.01
    press(page, button)
    expect(page).to_have_url(f"{learner.url}{ERA}/lesson/")


@pytest.mark.parametrize("width", WIDTHS)
def test_the_picture_answers_to_a_touch(open_page: Open, url: str, width: int) -> None:
    page = open_page(url, viewport={"width": width, "height": 800}, has_touch=True)
    picture = page.locator("tb-glance[data-ready]")
    height = picture.evaluate("node => node.getBoundingClientRect().height")
    picture.locator(".tb-words label", has_text="because").tap()
    expect(picture.get_by_role("status")).to_have_text(
        "With “tired”, “because” takes most from “marks” (27%), then from “tired” (19%)."
    )
    expect(picture.locator("li.tb-from")).to_contain_text("because")
    picture.locator(".tb-words label", has_text=re.compile("^it$")).tap()
    expect(picture.get_by_text("Not quite.", exact=True)).to_be_hidden()
    picture.locator(".tb-twin label", has_text="wide").tap()
    expect(picture.get_by_text("Not quite.", exact=True)).to_be_visible()
    expect(picture.get_by_text("from 68% to 28%, that of “street” from 5% to 12%").first).to_be_visible()
    expect(picture.locator("li", has_text="animal").locator(".tb-share:visible")).to_have_text("28%")
    assert picture.evaluate("node => node.getBoundingClientRect().height") == height


def test_without_script_the_picture_shows_what_it_asks_and_tells(browser: Browser, url: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(url)
    for text in ("will “it” turn to the street?", "Not quite.", "“it” takes 68% from “animal” and 5% from “street”."):
        expect(page.get_by_text(text).first).to_be_visible()
    expect(page.get_by_text("Touch a word.")).to_be_hidden()
    expect(page.locator("li", has_text="animal").locator(".tb-share:visible")).to_have_text("68%")
    expect(find_button(page)).to_contain_text("Start track 4, lesson 1")
    page.locator(".tb-twin input").last.check()
    expect(page.locator("li", has_text="animal").locator(".tb-share:visible")).to_have_text("28%")
    context.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_who_returns_finds_the_lesson_they_were_in(learner: Learner, width: int) -> None:
    """As the lesson noted it itself, by the id of its heading."""
    page = learner.context.new_page()
    page.goto(f"{learner.url}{ATTENTION}/lesson/#what-it-costs")
    expect(page.locator("#what-it-costs")).to_be_in_viewport()
    wait_for_place(page)
    page.goto(f"{learner.url}glossary/")
    home = go_home(learner, width)
    expect(home.get_by_role("heading", name="Attention and transformers, in brief")).to_be_in_viewport(ratio=1)
    expect(home.get_by_text("You stopped at “What it costs”.")).to_be_visible()
    button = find_button(home)
    expect(button).to_have_text(re.compile(r"Go on: lesson 3, section \d+\s.*\d min left$"))
    expect(button).to_be_in_viewport(ratio=1)
    expect(home.locator("tb-glance")).to_be_hidden()
    expect(home.locator("li.tb-is-begun")).to_have_count(1)
    expect(home.locator("li.tb-is-begun").get_by_role("img", name="begun")).to_be_attached()
    assert read_shift(home) <= 0.01
    assert home.evaluate("document.documentElement.scrollWidth") <= width
    press(home, button)
    expect(home).to_have_url(f"{learner.url}{ATTENTION}/lesson/#what-it-costs")


@pytest.mark.parametrize("width", WIDTHS)
def test_what_is_done_is_marked_and_what_is_due_is_counted(learner: Learner, width: int) -> None:
    page = come_back(learner, width, be_at(1, f"{ERA}/lesson/"), be_done(2, ERA), be_done(3, RECURRENCE))
    expect(page.get_by_role("heading", name="Attention and transformers, in brief")).to_be_visible()
    expect(find_button(page)).to_have_text(re.compile(r"^Go on: lesson 3\s"))
    expect(page.locator("li.tb-is-done .tb-tick")).to_have_count(2)
    expect(page.locator(".tb-tally").first).to_have_text("2 of 4 lessons done")
    expect(page.locator(".tb-tracks .tb-minutes").first).not_to_contain_text("min", use_inner_text=True)
    expect(page.locator(".tb-due")).to_have_text("10 cards to review")
    assert read_shift(page) <= 0.01
    loud, quiet = find_button(page).bounding_box(), page.locator(".tb-due a").bounding_box()
    assert loud and quiet
    assert quiet["y"] == loud["y"] if width > 640 else quiet["y"] > loud["y"]
    assert page.locator("h1").evaluate("node => getComputedStyle(node).clipPath") == "inset(50%)"
    page.get_by_role("link", name="10 cards to review").press("Enter")
    expect(page).to_have_url(f"{learner.url}review/")


@pytest.mark.parametrize("width", WIDTHS)
def test_a_record_that_was_brought_along_is_known_at_once(learner: Learner, width: int) -> None:
    page = learner.visit()
    bring(page, write_file([be_at(1, f"{CONVOLUTION}/lesson/")]))
    home = go_home(learner, width)
    expect(home.get_by_role("heading", name="Convolution: one small pattern, everywhere")).to_be_visible()
    expect(find_button(home)).to_contain_text("Go on: lesson 4")
    expect(home.locator("tb-glance")).to_be_hidden()
    assert read_shift(home) <= 0.01


def test_after_the_last_written_lesson(learner: Learner) -> None:
    page = come_back(learner, 390, *(be_done(number, module) for number, module in enumerate(MODULES)))
    expect(page.get_by_role("heading", name="You have done all that is written")).to_be_visible()
    expect(page.get_by_text(re.compile(r"^\d+ more lessons are planned\."))).to_be_visible()
    expect(page.locator(".tb-start").get_by_role("link", name="Certificate of completion")).to_have_attribute(
        "href", "certificate/"
    )
    expect(page.locator(".tb-tally").first).to_have_text("4 of 4 lessons done")
    button = find_button(page)
    expect(button).to_contain_text("10 cards to review")
    assert read_shift(page) <= 0.01
    button.press("Enter")
    expect(page).to_have_url(f"{learner.url}review/")


@pytest.mark.long
def test_a_section_that_is_gone_leads_to_the_lesson(learner: Learner) -> None:
    page = come_back(learner, 390, be_at(1, f"{RECURRENCE}/lesson/#no-longer-there"))
    expect(find_button(page)).to_have_text(re.compile(r"^Go on: lesson 2\s.*about \d+ min$"))
    expect(page.locator(".tb-stopped")).to_be_empty()


def test_who_has_deleted_all_is_new_again(learner: Learner) -> None:
    page = come_back(learner, 390, be_at(1, f"{RECURRENCE}/lesson/"))
    page.goto(f"{learner.url}progress/")
    page.get_by_role("button", name="Delete everything").click()
    page.get_by_role("button", name="Yes, delete").click()
    expect(page.locator(".tb-record [role=status]")).not_to_be_empty()
    page = go_home(learner, 390)
    expect(find_button(page)).to_contain_text("Start track 4, lesson 1")
    expect(page.locator("tb-glance")).to_be_visible()
    assert read_shift(page) <= 0.01


@pytest.mark.long
def test_a_record_that_went_by_itself_leaves_a_newcomer(learner: Learner) -> None:
    """As when a browser needed room: the page learns late of it, and begins right the next time."""
    page = come_back(learner, 390, be_at(1, f"{RECURRENCE}/lesson/"))
    page.goto(f"{learner.url}assets/font-licenses.txt")
    page.evaluate("new Promise((done) => { indexedDB.deleteDatabase('trackbook:/:record').onsuccess = done; })")
    page = go_home(learner, 390)
    expect(find_button(page)).to_contain_text("Start track 4, lesson 1")
    expect(page.locator("tb-glance")).to_be_visible()
    page = go_home(learner, 390)
    assert read_shift(page) <= 0.01


def test_settings_forget_nobody_who_returns(learner: Learner) -> None:
    page = come_back(learner, 1280, be_at(1, f"{RECURRENCE}/lesson/"))
    page.get_by_role("button", name="Reading settings").press("Enter")
    page.get_by_role("radio", name="Dark").press("Space")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page = go_home(learner, 1280)
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(page.get_by_role("heading", name="Recurrence: carrying memory")).to_be_visible()
    assert read_shift(page) <= 0.01


@pytest.mark.parametrize("told", [True, *with_long([False], bool)])
def test_what_came_since_is_told_once_where_it_can_be_kept(learner: Learner, told: bool) -> None:
    """A course tells of it from its history, which a copy may lack: so the page is told."""
    day = "2026-01-05"

    def answer(route: Route) -> None:
        text = re.sub(r' data-news="[^"]*" data-newest="[^"]*"', "", route.fetch().text())
        news = f'<tb-home data-news="progress/" data-newest="{day}" '
        route.fulfill(body=text.replace("<tb-home ", news), content_type="text/html")

    learner.context.route(learner.url, answer)
    page = come_back(learner, 390, be_at(1, f"{RECURRENCE}/lesson/"))
    expect(page.locator(".tb-all")).to_have_text("See all lessons")
    if not told:
        page.evaluate("localStorage.removeItem('trackbook:/:news')")
        learner.context.add_init_script("Storage.prototype.setItem = () => { throw new DOMException('full'); }")
    day = "2026-02-01"
    page = go_home(learner, 390)
    expect(page.locator(".tb-all")).to_have_text("New since you were here" if told else "See all lessons")
    assert read_shift(page) <= 0.01
    page.locator(".tb-all").press("Enter")
    page.go_back()
    expect(page.locator("tb-home")).to_have_attribute("data-ready", "")
    expect(page.locator(".tb-all")).to_have_text("See all lessons")


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("state", with_long(["new", "back", "done"], "back".__eq__))
def test_home_is_for_all_in_every_state(learner: Learner, width: int, state: str) -> None:
    number = {"new": 0, "back": 3, "done": len(MODULES)}[state]
    events = [be_done(at, module) for at, module in enumerate(MODULES[:number])]
    page = come_back(learner, width, *events) if events else go_home(learner, width)
    settle(page)
    assert list_breaches(page) == []
    assert "\n".join(find_violations(page, f"home, {state}, {width} px")) == ""
    page.evaluate(FOCUS)
    assert list(find_unnamed(page)) == []
    for key in ("Tab", "Shift+Tab"):
        page.evaluate("document.activeElement.blur(); scrollTo(0, 0); tbFocus.remember()")
        assert list(judge_walk(page, list(walk(page, key)))) == []


@pytest.mark.long
@pytest.mark.parametrize("width", [390, 1280])
def test_home_and_the_path_run_from_right_to_left(
    browser: Browser, hebrew_site: Path, serve: Callable[[Path], str], width: int
) -> None:
    with open_profile(browser, serve(hebrew_site), reduced_motion="reduce") as learner:
        page = come_back(learner, width, be_done(1, "counting/two"), be_at(2, "counting/four/lesson/"))
        expect(page.get_by_role("heading", name="ארבע")).to_be_visible()
        assert list_breaches(page) == []
        assert "\n".join(find_violations(page, f"home, {width} px")) == ""
        page.goto(f"{learner.url}counting/four/")
        begun = page.locator("li.tb-is-begun[data-kind=lesson]")
        expect(begun).to_be_attached()
        assert begun.evaluate("step => getComputedStyle(step, '::before').scale") == "-1 1"
        assert list_breaches(page) == []
        page.goto(f"{learner.url}counting/two/lesson/")
        expect(page.locator("tb-done").get_by_role("status")).to_contain_text("✓ Erledigt am 2. März 2026.")
        assert list_breaches(page) == []


def test_where_nothing_is_kept_the_page_is_that_of_a_newcomer(learner: Learner) -> None:
    learner.context.add_init_script(REFUSED)
    learner.context.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } })"
    )
    page = go_home(learner, 1280)
    expect(find_button(page)).to_contain_text("Start track 4, lesson 1")
    assert read_shift(page) <= 0.01


def test_nobody_goes_on_with_the_list_of_sources(learner: Learner) -> None:
    """Who has read to the end goes on where there is still something to read."""
    page = learner.visit(f"{MODULES[2]}/lesson/")
    wait_for_place(page)  # that the lesson was opened: from now on it is followed
    page.wait_for_load_state("networkidle")
    page.locator("#sources").evaluate("(heading) => scrollTo(0, heading.offsetTop)")
    page.goto(learner.url)
    wait_until(lambda: any("#what-comes-next" in event["what"].get("address", "") for event in read_events(page)))
    expect(find_button(page)).to_contain_text(re.compile(r"(?<!\d)[12] min left"))
