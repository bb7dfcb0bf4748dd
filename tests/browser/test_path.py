"""The path through a module and a track: what a newcomer is offered, and where somebody goes on who comes back."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from tests.browser.gates.axe import find_violations
from tests.browser.learner import (
    Event,
    Learner,
    bring,
    make_event,
    open_profile,
    wait_for_place,
    wait_until_ready,
    write_file,
)
from tests.browser.screen import list_breaches
from tests.runs import with_long

TRACK = "deep-learning"
MODULES = [f"{TRACK}/{name}" for name in ("the-deep-learning-era", "recurrence", "attention-in-brief", "convolution")]
ERA, RECURRENCE, ATTENTION, CONVOLUTION = MODULES
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


def remember(learner: Learner, *events: Event) -> Page:
    page = learner.visit()
    bring(page, write_file(events))
    return page


def be_at(number: int, module: str, section: str = "") -> Event:
    place = {"address": f"{module}/lesson/{section}", "title": module}
    return make_event(f"place-{number}", "", f"2026-03-01T10:{number:02}:00.000+01:00", **{"is": "place", **place})


def be_done(number: int, module: str) -> Event:
    return make_event(f"done-{number}", module, f"2026-03-02T10:{number:02}:00.000+01:00", **{"is": "done"})


def show(page: Page, address: str, width: int) -> Locator:
    """Opens the page at a width and returns its loud button."""
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(address)
    return page.locator(".tb-loud")


def press(page: Page, target: Locator) -> None:
    """By keyboard, as far as Tab leads."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if target.evaluate("node => node === document.activeElement"):
            break
    expect(target).to_be_focused()
    page.keyboard.press("Enter")


@pytest.mark.parametrize("width", WIDTHS)
def test_an_overview_leads_a_newcomer_into_the_lesson(learner: Learner, width: int) -> None:
    page = learner.context.new_page()
    button = show(page, f"{learner.url}{ATTENTION}/", width)
    expect(button).to_be_in_viewport(ratio=1)
    expect(button).to_contain_text(re.compile(r"^Start the lesson\s14 min, then 25 min of practice$"))
    expect(page.get_by_role("link", name="From the start")).to_be_hidden()
    needs = page.get_by_role("heading", name="What you need first").locator("..").get_by_role("listitem")
    assert [need.get_attribute("data-module") for need in needs.all()] == [None, RECURRENCE, ERA]
    steps = page.get_by_role("list", name="The way through this lesson").get_by_role("listitem")
    assert [step.inner_text().split("\n")[0].strip() for step in steps.all()] == [
        "Overview",
        "Lesson",
        "Practice",
        "Cheatsheet",
    ]
    assert page.evaluate("[...document.querySelectorAll('.tb-tabs ul')].every(l => l.scrollWidth <= l.clientWidth)")
    press(page, button)
    expect(page).to_have_url(f"{learner.url}{ATTENTION}/lesson/")


@pytest.mark.parametrize("width", WIDTHS)
def test_an_overview_leads_back_to_the_section(learner: Learner, width: int) -> None:
    """The lesson noted it though its page was left at once, and by a link at its top."""
    page = learner.context.new_page()
    page.add_init_script(SHIFTS)
    page.clock.install()
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{learner.url}{ATTENTION}/lesson/#what-it-costs")
    expect(page.locator("#what-it-costs")).to_be_in_viewport()
    wait_for_place(page)
    page.clock.fast_forward(2500)
    page.get_by_role("navigation", name="Pages of this lesson").get_by_role("link", name="Overview").press("Enter")
    button = page.locator(".tb-loud")
    expect(button).to_contain_text(
        re.compile(r"^Go on where you were\sSection \d+ of \d+: What it costs · \d+ min left$")
    )
    expect(button).to_be_in_viewport(ratio=1)
    lesson = page.locator("li[data-kind=lesson]")
    expect(lesson.get_by_role("img", name="begun")).to_be_attached()
    expect(page.locator("li[data-kind=practice] [role=img]")).to_have_count(0)
    assert (page.evaluate("globalThis.shifted") or 0) <= 0.01
    expect(page.get_by_role("link", name="From the start")).to_be_visible(visible=width > 640)
    press(page, button)
    expect(page).to_have_url(f"{learner.url}{ATTENTION}/lesson/#what-it-costs")
    expect(page.locator("#what-it-costs")).to_be_in_viewport()


@pytest.mark.long
def test_opening_a_lesson_again_keeps_the_section(learner: Learner) -> None:
    page = remember(learner, be_at(1, ATTENTION, "#what-it-costs"), be_at(2, RECURRENCE), be_at(3, ATTENTION))
    expect(show(page, f"{learner.url}{ATTENTION}/", 390)).to_contain_text("What it costs")


def test_a_section_that_is_gone_leads_to_the_beginning(learner: Learner) -> None:
    page = remember(learner, be_at(1, ATTENTION, "#edited-away"))
    button = show(page, f"{learner.url}{ATTENTION}/", 390)
    expect(page.locator("li[data-kind=lesson]").get_by_role("img", name="begun")).to_be_attached()
    expect(button).to_contain_text("Go on with the lesson")
    expect(button).to_have_attribute("href", re.compile(r"/lesson/$"))


def test_the_path_knows_what_was_practiced(learner: Learner) -> None:
    page = learner.context.new_page()
    page.goto(f"{learner.url}{ATTENTION}/practice/")
    items = page.locator("tb-quiz").evaluate_all("all => all.map((one) => one.dataset.item)")
    answers = [
        make_event(f"answer-{at}", item, f"2026-03-01T11:{at:02}:00.000+01:00", **{"is": "answer", "right": at > 0})
        for at, item in enumerate(items)
    ]
    page = remember(learner, answers[0])
    show(page, f"{learner.url}{ATTENTION}/", 390)
    practice = page.locator("li[data-kind=practice]")
    expect(practice.get_by_role("img", name="begun")).to_be_attached()
    page = remember(learner, *answers[1:])
    show(page, f"{learner.url}{ATTENTION}/", 390)
    expect(practice.get_by_role("img", name="done")).to_be_attached()


def test_practice_that_was_begun_goes_on_with_its_next_question(learner: Learner) -> None:
    page = learner.context.new_page()
    page.goto(f"{learner.url}{ATTENTION}/practice/")
    items = page.locator("tb-quiz").evaluate_all("all => all.map((one) => one.dataset.item)")
    answers = [
        make_event(f"answer-{at}", item, f"2026-03-01T11:{at:02}:00.000+01:00", **{"is": "answer", "right": at > 0})
        for at, item in enumerate(items)
    ]
    page = remember(learner, be_at(1, ATTENTION, "#what-it-costs"), *answers[:3])
    button = show(page, f"{learner.url}{ATTENTION}/", 1280)
    expect(button).to_have_text(re.compile(rf"Go on: question 4\sPractice, question 4 of {len(items)}"))
    lesson = page.get_by_role("link", name="Go on with the lesson")
    expect(lesson).to_have_attribute("href", re.compile(r"/lesson/#what-it-costs$"))
    press(page, button)
    expect(page).to_have_url(f"{learner.url}{ATTENTION}/practice/#{items[3].partition('#')[2]}")
    page = remember(learner, *answers[3:])
    expect(show(page, f"{learner.url}{ATTENTION}/", 1280)).to_contain_text("What it costs")


def test_a_module_that_is_done_is_done_in_all_its_steps(learner: Learner) -> None:
    """And those it needs that are done are marked."""
    page = remember(learner, be_at(1, ATTENTION, "#what-it-costs"), be_done(1, ATTENTION), be_done(2, ERA))
    button = show(page, f"{learner.url}{ATTENTION}/", 390)
    expect(page.locator(".tb-path").get_by_role("img", name="done")).to_have_count(3)
    expect(page.locator(".tb-facts li.tb-is-done")).to_have_attribute("data-module", ERA)
    expect(page.locator(".tb-facts li").get_by_role("img", name="done")).to_have_count(1)
    expect(button).to_contain_text("Read the lesson again")
    expect(button).to_have_attribute("href", re.compile(r"/lesson/$"))
    button.press("Enter")
    expect(page.locator("tb-done").get_by_role("status")).to_have_text("✓ Done on March 2, 2026.")


WHERE = """["h1", ".tb-tabs li:last-child", ".tb-done-box", ".tb-next"].map((part) => {
  const { x, y } = document.querySelector(part).getBoundingClientRect();
  return [x, y];
})"""


@pytest.mark.parametrize("width", WIDTHS)
def test_who_marks_a_lesson_sees_it_at_once_and_nothing_moves(learner: Learner, width: int) -> None:
    page = learner.context.new_page()
    page.add_init_script(SHIFTS)
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{learner.url}{ATTENTION}/lesson/")
    box = page.locator("tb-done")
    deck = page.request.get(f"{learner.url}review/cards.json").json()
    (count,) = (len(module["cards"]) for module in deck if module["key"] == ATTENTION)
    expect(box).to_have_text(
        re.compile(f"Mark this lesson as done\\s*Its {count} cards, with definitions, then come up in Review.")
    )
    button = box.get_by_role("button")
    button.scroll_into_view_if_needed()
    page.wait_for_load_state("networkidle")
    before, shifted = page.evaluate(WHERE), page.evaluate("globalThis.shifted ?? 0")
    places = page.locator(".tb-tabs, .tb-nav").get_by_role("img", name="done", include_hidden=True)
    expect(places).to_have_count(0)
    button.press("Enter")
    expect(box.get_by_role("status")).to_have_text(
        f"✓ Done today. Its {count} cards, with definitions, come up in Review."
    )
    expect(button).to_have_text("Mark as not done")
    expect(button).to_be_focused()
    expect(
        page.get_by_role("navigation", name="Pages of this lesson").get_by_role("link", name="Lesson done")
    ).to_be_attached()
    expect(places).to_have_count(2)
    assert page.evaluate(WHERE) == before
    assert page.evaluate("globalThis.shifted ?? 0") - shifted <= 0.01
    assert list_breaches(page) == []
    button.press("Enter")
    expect(button).to_have_text("Mark this lesson as done")
    expect(places).to_have_count(0)
    assert page.evaluate(WHERE) == before


def test_no_cards_are_promised_where_there_are_none(
    open_page: Callable[..., Page], serve: Callable[[Path], str], write_article: Callable[[str], Path]
) -> None:
    article = '<div class="tb-done-box"><tb-done data-module="a/b" data-cards="0" hidden></tb-done></div>'
    folder = write_article(article)
    (folder / "review").mkdir(exist_ok=True)
    (folder / "review/cards.json").write_text("[]", "utf-8")
    page = open_page(serve(folder))
    box = page.locator("tb-done")
    expect(box).to_have_text("Mark this lesson as done")
    box.get_by_role("button").press("Enter")
    expect(box).to_have_text(re.compile(r"^✓ Done today\.\s*Mark as not done$"))


@pytest.mark.parametrize("width", WIDTHS)
def test_what_a_lesson_needs_unfolds_by_keyboard(learner: Learner, width: int) -> None:
    page = learner.context.new_page()
    show(page, f"{learner.url}{TRACK}/", width)
    fold = page.locator(f"[data-module='{RECURRENCE}'] details")
    link = fold.get_by_role("link", name="parallel hardware")
    expect(link).to_be_hidden()
    summary = fold.locator("summary")
    expect(summary).to_have_text("Ideas: needs 5, gives 9")
    press(page, summary)
    expect(link).to_be_visible()
    assert fold.get_by_role("link").count() == 14
    assert list_breaches(page) == []
    assert "\n".join(find_violations(page, f"track, {width} px, open")) == ""


def test_planned_lessons_stand_together(learner: Learner) -> None:
    page = learner.context.new_page()
    page.goto(f"{learner.url}{TRACK}/#lesson-diffusion")
    planned = page.locator("div.tb-planned")
    expect(planned.get_by_role("listitem")).to_have_count(6)
    expect(planned.locator("#lesson-diffusion")).to_be_in_viewport()
    expect(page.get_by_role("heading", level=2)).to_have_text(
        [re.compile(f"^{name}") for name in ("Phase 1: ", "Phase 2: ", "Planned", "Before and after")]
    )


@pytest.mark.parametrize("width", WIDTHS)
def test_a_track_offers_to_install_where_the_browser_can(learner: Learner, width: int) -> None:
    page = learner.context.new_page()
    page.add_init_script(SHIFTS)
    show(page, f"{learner.url}{TRACK}/", width)
    page.locator("tb-offline[data-state]").wait_for()
    button = page.get_by_role("button", name="Install")
    expect(button).to_be_hidden()
    shifted = page.evaluate("globalThis.shifted ?? 0")
    page.evaluate("""() => {
        const event = new Event("beforeinstallprompt", { cancelable: true });
        dispatchEvent(Object.assign(event, { prompt: async () => ({ outcome: "accepted" }) }));
    }""")
    expect(button).to_be_visible()
    assert page.evaluate("globalThis.shifted ?? 0") - shifted <= 0.01
    button.press("Enter")
    expect(page.locator(".tb-install")).to_have_text("Installed.")
    expect(page.locator(".tb-install")).to_be_focused()


@pytest.mark.parametrize("width", WIDTHS)
def test_a_track_begins_with_its_first_lesson(learner: Learner, width: int) -> None:
    page = learner.context.new_page()
    button = show(page, f"{learner.url}{TRACK}/", width)
    expect(button).to_contain_text("Start with lesson 1")
    expect(button).to_be_in_viewport(ratio=1)
    press(page, button)
    expect(page).to_have_url(f"{learner.url}{ERA}/")


@pytest.mark.parametrize("width", WIDTHS)
def test_a_track_goes_on_where_the_learner_was(learner: Learner, width: int) -> None:
    page = remember(
        learner,
        be_at(1, ATTENTION, "#what-it-costs"),
        be_at(2, RECURRENCE, "#the-loop"),
        be_at(3, "transformers/tokens"),
        be_done(1, ERA),
    )
    page.add_init_script(SHIFTS)
    button = show(page, f"{learner.url}{TRACK}/", width)
    expect(button).to_contain_text(
        re.compile(r"^Go on: lesson 2, section \d+\sRecurrence: carrying memory · \d+ min left$")
    )
    expect(button).to_be_in_viewport(ratio=1)
    expect(page.locator(".tb-tally")).to_contain_text("1 of 4 written lessons done")
    expect(page.locator(".tb-tally")).to_contain_text("left, practice included")
    expect(page.locator(".tb-bar .tb-is-done")).to_have_count(1)
    expect(page.locator(".tb-bar .tb-is-begun")).to_have_count(2)
    expect(page.locator(".tb-lesson").get_by_role("img", name="begun")).to_have_count(2)
    expect(page.locator(".tb-lesson[aria-current=step]")).to_have_attribute("data-module", RECURRENCE)
    expect(page.locator(".tb-lesson.tb-is-done")).to_have_count(1)
    expect(page.locator(".tb-lesson").get_by_role("img", name="done")).to_be_attached()
    page.wait_for_load_state("networkidle")
    assert (page.evaluate("globalThis.shifted") or 0) <= 0.01
    press(page, button)
    expect(page).to_have_url(f"{learner.url}{RECURRENCE}/lesson/#the-loop")


def test_a_track_goes_on_with_the_lesson_last_read(learner: Learner) -> None:
    page = remember(learner, be_at(1, RECURRENCE, "#the-loop"), be_at(2, ATTENTION, "#what-it-costs"))
    expect(show(page, f"{learner.url}{TRACK}/", 390)).to_contain_text("Go on: lesson 3")


def test_a_track_goes_on_with_the_first_lesson_that_is_not_done(learner: Learner) -> None:
    page = remember(learner, be_at(1, ERA), be_done(1, ERA), be_done(2, RECURRENCE))
    button = show(page, f"{learner.url}{TRACK}/", 390)
    expect(button).to_contain_text(re.compile(r"^Go on: lesson 3\sAttention and transformers, in brief · 14 min$"))
    expect(button).to_have_attribute("href", re.compile(f"{ATTENTION}/$"))


def test_all_that_is_written_can_be_done(learner: Learner) -> None:
    """Lessons that are only planned count for nothing, on every page that counts."""
    page = remember(learner, *(be_done(at, module) for at, module in enumerate(MODULES)))
    page.goto(f"{learner.url}progress/")
    wait_until_ready(page)
    progress = page.locator(f"section[data-track-id={TRACK}] .tb-track-progress")
    expect(progress).to_contain_text("4 of 4 written lessons done")
    expect(progress.locator(".tb-bar > :not(.tb-is-done)")).to_have_count(0)
    button = show(page, f"{learner.url}{TRACK}/", 390)
    expect(button).to_contain_text(re.compile(r"^Review\sAll written lessons are done.$"))
    expect(button).to_have_attribute("href", "../review/")
    expect(page.locator(".tb-tally")).to_contain_text("4 of 4 written lessons done")
    page.goto(f"{learner.url}map/")
    expect(page.locator(".tb-in-words").get_by_role("img", name="done")).to_have_count(4)
    expect(page.locator(".tb-narrow .tb-stop.tb-is-done .tb-number")).to_have_text(["✓"] * 4)
    expect(page.locator(".tb-narrow .tb-is-done a").first).to_have_attribute("aria-label", re.compile(", done$"))


def test_what_is_taken_back_is_shown_at_once(learner: Learner) -> None:
    page = remember(learner, be_done(1, ERA))
    lesson = learner.visit(f"{ERA}/lesson/")
    chart = learner.visit("map/")
    button = show(page, f"{learner.url}{TRACK}/", 390)
    expect(button).to_contain_text("Go on: lesson 2")
    lesson.get_by_role("button", name="Mark as not done").press("Enter")
    expect(button).to_contain_text("Go on: lesson 1")
    expect(page.locator(".tb-bar .tb-is-done")).to_have_count(0)
    expect(chart.locator(".tb-narrow .tb-is-done")).to_have_count(0)
    expect(chart.locator(".tb-narrow [data-module='deep-learning/the-deep-learning-era'] .tb-number")).to_have_text("1")


@pytest.mark.parametrize("address", with_long([f"{ATTENTION}/", f"{TRACK}/"], f"{TRACK}/".__eq__))
def test_the_first_step_stays_where_storage_is_refused(learner: Learner, address: str) -> None:
    learner.context.add_init_script(REFUSED)
    page = learner.visit(address)
    page.wait_for_load_state("networkidle")
    expect(page.locator(".tb-loud")).to_contain_text("Start")
    expect(page.locator(".tb-loud")).to_be_visible()


@pytest.mark.parametrize("address", with_long([f"{ATTENTION}/", f"{TRACK}/"], f"{TRACK}/".__eq__))
def test_the_first_step_is_there_without_script_and_not_on_paper(browser: Browser, url: str, address: str) -> None:
    with open_profile(browser, url, java_script_enabled=False) as learner:
        page = learner.context.new_page()
        button = show(page, url + address, 390)
        expect(button).to_be_visible()
        expect(page.get_by_text("From the start")).to_be_hidden()
        page.emulate_media(media="print")
        expect(button).to_be_hidden()


def test_four_tabs_fit_on_the_narrowest_phone(learner: Learner) -> None:
    page = learner.context.new_page()
    show(page, f"{learner.url}{ATTENTION}/practice/", 320)
    assert page.locator(".tb-tabs ul").evaluate("list => list.scrollWidth - list.clientWidth") == 0


@pytest.mark.parametrize("width", WIDTHS)
def test_the_next_step_is_the_loud_card(learner: Learner, width: int) -> None:
    """It is reached before the lessons beside it, and leads from page to page of the module, then to the next."""
    page = learner.context.new_page()
    show(page, f"{learner.url}{RECURRENCE}/", width)
    for step in (f"{RECURRENCE}/lesson/", f"{RECURRENCE}/practice/", f"{RECURRENCE}/cheatsheet/", f"{ATTENTION}/"):
        links = page.get_by_role("navigation", name="Where to go on").get_by_role("link")
        expect(links.first).to_have_class("tb-next")
        links.first.focus()
        expect(links.first).to_be_in_viewport(ratio=1)
        page.keyboard.press("Enter")
        expect(page).to_have_url(learner.url + step)


def test_the_pane_marks_in_one_way_on_an_overview(learner: Learner) -> None:
    """Ticks are green and at the edge as on a lesson's page, and what is planned is muted. No heading is cut off."""
    page = remember(learner, be_done(1, ERA), be_done(2, RECURRENCE))
    show(page, f"{learner.url}{ATTENTION}/", 1280)
    ticks = page.locator("#tb-nav .tb-tick")
    expect(ticks).to_have_count(2)
    good = "rgb(26, 107, 60)"
    for tick in (*ticks.all(), page.locator(".tb-facts .tb-tick").first):
        expect(tick).to_have_css("color", good)
    expect(ticks.first).to_have_css("position", "absolute")
    expect(page.locator(".tb-facts .tb-tick").first).not_to_have_css("margin-left", "0px")
    planned = page.locator("#tb-nav .tb-planned").first
    muted = planned.evaluate("node => getComputedStyle(node).color")
    expect(planned.locator(".tb-nav-number")).to_have_css("color", muted)
    page.set_viewport_size({"width": 1280, "height": 600})
    page.reload()
    page.wait_for_load_state("networkidle")
    assert page.locator("#tb-nav").evaluate("pane => pane.scrollTop") == 0
