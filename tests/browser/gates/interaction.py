"""What a reader does is answered within 200 ms on a machine four times slower: open, answer a quiz, cut a link."""

from collections.abc import Callable, Mapping
from typing import cast

from playwright.sync_api import Page, expect
from tests.browser.gates.pages import LAPTOP, PAGES, PHONE
from tests.browser.gates.site import BuiltSite, Result, settle
from tests.browser.gates.states import State, find_opened, find_opener, list_states

LIMIT = 200
SLOWER = 4
OBSERVE = """
window.tbDelays = [];
new PerformanceObserver((list) => {
  for (const { interactionId, duration } of list.getEntries()) if (interactionId) window.tbDelays.push(duration);
}).observe({ type: "event", durationThreshold: 16, buffered: true });
"""
LESSON, PRACTICE = "attention lesson", "practice"


def measure(site: BuiltSite, _pages: Mapping[str, str]) -> Result:
    delays = {f"{LESSON}, {width} px: open {state}": open_slowly(site, state, width)
              for width in (PHONE, LAPTOP) for state in list_states(LESSON, width)}  # fmt: skip
    delays |= {
        f"{LESSON}, {width} px: look at the twin, cut a link": cut_slowly(site, width) for width in (PHONE, LAPTOP)
    }
    delays |= {f"{PRACTICE}, {width} px: answer a quiz": answer_slowly(site, width) for width in (PHONE, LAPTOP)}
    breaches = [f"{what}: {delay:.0f} ms" for what, delay in delays.items() if delay > LIMIT]
    return Result(f"{max(delays.values()):.0f} ms at most, {len(delays)} ways", breaches)


def open_slowly(site: BuiltSite, state: State, width: int) -> float:
    def act(page: Page) -> None:
        find_opener(page, state).scroll_into_view_if_needed()
        find_opener(page, state).click()
        expect(find_opened(page, state)).to_be_visible()

    return time_action(site, PAGES[LESSON], width, act)


def answer_slowly(site: BuiltSite, width: int) -> float:
    def act(page: Page) -> None:
        quiz = page.locator("tb-quiz").first
        quiz.scroll_into_view_if_needed()
        quiz.get_by_role("radio").first.check()
        quiz.locator("button.tb-main").click()
        expect(quiz.locator(".tb-feedback").first).to_be_visible()

    return time_action(site, PAGES[PRACTICE], width, act)


def cut_slowly(site: BuiltSite, width: int) -> float:
    def act(page: Page) -> None:
        page.locator("tb-attention-map").scroll_into_view_if_needed()
        shown = page.locator("tb-attention-map[data-ready]")
        shown.locator("tbody label").first.click()
        shown.locator("thead label").last.click()
        shown.locator(".tb-cutting .tb-button").first.click()
        expect(shown.locator(".tb-cut")).to_be_visible()

    return time_action(site, PAGES[LESSON], width, act)


def time_action(site: BuiltSite, path: str, width: int, act: Callable[[Page], None]) -> float:
    """Milliseconds of the slowest event, from its input to the next picture."""
    context = site.browser.new_context(viewport={"width": width, "height": 844})
    try:
        context.add_init_script(OBSERVE)
        page = context.new_page()
        page.goto(site.address + path)
        settle(page)
        page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        act(page)
        page.wait_for_timeout(500)
        return max(cast(list[float], page.evaluate("window.tbDelays")), default=0.0)
    finally:
        context.close()
