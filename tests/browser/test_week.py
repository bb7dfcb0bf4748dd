"""What the page of progress says of time: minutes that are left, and what was done each week."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, ViewportSize, expect
from tests.browser.learner import Event, bring, make_event, make_grade, wait_until_ready, write_file
from tests.runs import with_long

from trackbook.language.words import load_language

Open = Callable[..., Page]
SIZES: list[ViewportSize] = [{"width": 1280, "height": 720}, {"width": 390, "height": 780}]
WEDNESDAY = "2026-11-25T10:00:00"


@pytest.fixture(scope="module")
def url(serve: Callable[[Path], str], hebrew_site: Path) -> str:
    return f"{serve(hebrew_site)}progress/"


def at(day: str, zone: str = "+00:00") -> str:
    return f"2026-11-{day}:00.000{zone}"


def show(open_page: Open, url: str, events: list[Event], **options: object) -> Page:
    page = open_page("about:blank", **options)
    page.clock.set_fixed_time(WEDNESDAY)
    page.goto(url)
    wait_until_ready(page)
    if events:
        bring(page, write_file(events))
    return page


@pytest.mark.parametrize("size", with_long(SIZES, lambda size: size["width"] < 400))
def test_each_week_says_what_was_done_in_it(open_page: Open, url: str, size: ViewportSize) -> None:
    events = [
        make_event(
            "1", "counting/two", at("23T00:10", "+12:00"), **{"is": "done"}
        ),  # Monday on that wall, Sunday in UTC
        make_event("2", "counting/three", at("24T10:00"), **{"is": "done"}),
        make_event("3", "counting/three", at("24T11:00"), **{"is": "not-done"}),
        make_grade("4", "concept#x", at("24T10:00")),
        make_grade("5", "concept#y", at("24T10:01")),
        make_event("6", "", at("24T10:02"), **{"is": "undo", "event": "5"}),
        make_event("7", "counting/two#q", at("25T09:00"), **{"is": "answer", "right": False}),
        make_event("8", "counting/two#q", at("25T09:01"), **{"is": "answer", "right": True}),
        make_event("9", "counting/two#r", at("25T09:02"), **{"is": "answer", "right": True}),
        make_event("a", "counting/four", at("22T23:50", "-12:00"), **{"is": "done"}),  # Sunday on that wall
        make_grade("b", "concept#z", at("03T10:00")),
        make_grade("c", "concept#x", at("24T10:03"), 1),  # once more in the same sitting
    ]
    page = show(open_page, url, events, viewport=size)
    week = page.get_by_role("heading", name="Diese Woche").locator("..")
    expect(week.locator("ul").first.locator("li")).to_have_text(
        ["1 Lektion als erledigt markiert", "1 Karte wiederholt", "2 Fragen beantwortet, 1 gleich richtig"]
    )
    before = ["Woche ab 16. November: 1 Lektion als erledigt markiert", "Woche ab 2. November: 1 Karte wiederholt"]
    week.get_by_text("Wochen davor").click()
    expect(week.locator("details li")).to_have_text(before)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_without_a_record_nothing_was_done_and_all_is_left(open_page: Open, url: str) -> None:
    page = show(open_page, url, [])
    week = page.get_by_role("heading", name="Diese Woche").locator("..")
    expect(week).to_contain_text("Noch nichts.")
    expect(week.locator("details")).to_have_count(0)
    track, say = page.locator("section[data-track-id=counting] .tb-track-progress"), load_language("de").say_minutes
    minutes = page.locator("section[data-track-id=counting] li").evaluate_all(
        "(all) => all.map((one) => (one.dataset.minutes ?? '0').split(' ').reduce((sum, part) => sum + +part, 0))"
    )
    expect(track).to_contain_text(f"noch {say(sum(minutes))}")
    bring(page, write_file([make_event("1", "counting/two", at("24T10:00"), **{"is": "done"})]))
    expect(track).to_contain_text(f"noch {say(sum(minutes) - minutes[0])}")


def test_nothing_is_left_of_a_track_that_is_done(open_page: Open, url: str) -> None:
    modules = [f"counting/{name}" for name in ("two", "three", "four", "five", "seven")]
    page = show(open_page, url, [make_event(key[-3:], key, at("24T10:00"), **{"is": "done"}) for key in modules])
    track = page.locator("section[data-track-id=counting] .tb-track-progress")
    expect(track).to_contain_text("5 von 5")
    expect(track).not_to_contain_text("noch")
