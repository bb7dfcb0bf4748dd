"""A term in a lesson: its definition opens by key, by pointer and by touch, with script and without."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from trackbook.model import Concept, Course, Source, Track
from trackbook.publishing.edition import Edition
from trackbook.publishing.terms import mark_terms, put_marks

NAMES = ("attention", "weighted sum")
CONCEPTS = [Concept(name.replace(" ", "-"), name, f"What {name} is.", "one", Source("x")) for name in NAMES]
COURSE = Course(tracks=(Track("one", 1, "One", Source("x"), teaches=tuple(CONCEPTS)),))
TEXT = "Here <a href='#x'>a link</a>, then attention, which is a weighted sum of what stands here, and so on."
PHONE = {"viewport": {"width": 390, "height": 800}, "has_touch": True, "is_mobile": True}
Open = Callable[..., Page]


@pytest.fixture(scope="module")
def url(write_article: Callable[[str], Path], serve: Callable[[Path], str]) -> str:
    link, _, prose = TEXT.partition("</a>")
    text = f"<p>{link}</a>{put_marks(prose, mark_terms(COURSE, CONCEPTS, prose))}</p>"
    views = [
        {
            "id": concept.id,
            "name": concept.name,
            "definition": concept.definition,
            "where": "Track 1",
            "lesson": "One",
            "planned": False,
            "url": "#x",
            "glossary": "#y",
        }
        for concept in CONCEPTS
    ]
    return serve(write_article(text + Edition(COURSE).show("definitions", concepts=views) + "<p id='x'>End.</p>"))


def test_focus_shows_it_and_escape_hides_it(open_page: Open, url: str) -> None:
    page = open_page(url)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    term, box = page.get_by_role("button", name="attention"), page.get_by_text("What attention is.")
    expect(term).to_be_focused()
    expect(box).to_be_visible()
    page.keyboard.press("Escape")
    expect(box).to_be_hidden()
    expect(term).to_be_focused()
    page.keyboard.press("Enter")
    expect(box).to_be_visible()


def test_no_line_begins_with_what_closes_a_term(open_page: Open, url: str) -> None:
    page = open_page(url)
    for width in range(200, 500, 10):
        page.set_viewport_size({"width": width, "height": 800})
        term, whole = (page.locator(name).first.bounding_box() for name in (".tb-term", ".tb-together"))
        assert term and whole
        assert whole["width"] < term["width"] + 10, width


def test_who_passes_by_stops_at_a_term_once(open_page: Open, url: str) -> None:
    page = open_page(url)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_text("What attention is.")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="weighted sum")).to_be_focused()
    expect(page.get_by_text("What attention is.")).to_be_hidden()
    expect(page.get_by_text("What weighted sum is.")).to_be_visible()
    for _ in range(2):
        page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("link", name="a link")).to_be_focused()
    expect(page.get_by_role("note")).to_have_count(0)


def test_tab_leads_through_a_definition_that_was_asked_for(open_page: Open, url: str) -> None:
    page = open_page(url)
    term = page.get_by_role("button", name="attention")
    for _ in range(2):
        term.focus()
        page.keyboard.press("Enter")
        for name in ("Track 1: One", "Glossary"):
            page.keyboard.press("Tab")
            expect(page.get_by_role("link", name=name)).to_be_focused()
        page.keyboard.press("Tab")
        expect(page.get_by_role("button", name="weighted sum")).to_be_focused()
        expect(page.get_by_text("What attention is.")).to_be_hidden()
    page.keyboard.press("Shift+Tab")
    expect(term).to_be_focused()


def test_pointer_that_rests_shows_it_until_it_leaves(open_page: Open, url: str) -> None:
    page = open_page(url)
    box = page.get_by_text("What attention is.")
    page.get_by_role("button", name="attention").hover()
    expect(box).to_be_visible()
    box.hover()
    page.wait_for_timeout(400)
    expect(box).to_be_visible()
    page.mouse.move(5, 500)
    expect(box).to_be_hidden()


def test_click_keeps_it_open(open_page: Open, url: str) -> None:
    page = open_page(url)
    box = page.get_by_text("What attention is.")
    term = page.get_by_role("button", name="attention")
    term.hover()
    expect(box).to_be_visible()
    term.click()
    term.evaluate("term => term.blur()")  # as in Safari, where a click gives a button no focus
    page.mouse.move(5, 500)
    page.wait_for_timeout(400)
    expect(box).to_be_visible()
    page.mouse.click(5, 500)
    expect(box).to_be_hidden()


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without"])
def test_tap_shows_it_below_the_word(open_page: Open, url: str, script: bool) -> None:
    page = open_page(url, java_script_enabled=script, **PHONE)
    term, box = page.get_by_role("button", name="weighted sum"), page.get_by_role("note")
    expect(box).to_have_count(0)
    term.tap()
    expect(box).to_have_text("weighted sum What weighted sum is. Track 1: One · Glossary")
    word, shown = term.bounding_box(), box.bounding_box()
    assert word and shown
    assert word["y"] + word["height"] <= shown["y"] <= word["y"] + word["height"] + 16
    assert shown["x"] >= 0 and shown["x"] + shown["width"] <= 390


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without"])
def test_click_shows_it(open_page: Open, url: str, script: bool) -> None:
    page = open_page(url, java_script_enabled=script)
    page.get_by_role("button", name="attention").click()
    expect(page.get_by_text("What attention is.")).to_be_visible()
    page.keyboard.press("Escape")
    page.wait_for_timeout(300)  # the pointer still rests there
    expect(page.get_by_text("What attention is.")).to_be_hidden()


def test_text_on_paper_is_plain(open_page: Open, url: str) -> None:
    page = open_page(url)
    page.emulate_media(media="print")
    term = page.get_by_role("button", name="attention")
    assert term.evaluate("term => getComputedStyle(term).textDecorationLine") == "none"
    expect(page.get_by_role("note")).to_have_count(0)
