"""The site from right to left, in German: navigation on the other side, and scripts that speak German too."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.browser.screen import list_breaches
from tests.language.test_other_language import list_foreign
from tests.runs import with_long

Open = Callable[..., Page]
Serve = Callable[[Path], str]
WIDTHS = (1280, 390)
LESSON = "counting/two/lesson/"


def test_navigation_stands_on_the_other_side(hebrew_site: Path, serve: Serve, open_page: Open) -> None:
    page = open_page(serve(hebrew_site) + LESSON, viewport={"width": 1280, "height": 800})
    nav, article = page.locator(".tb-nav").bounding_box(), page.locator("article").bounding_box()
    assert nav
    assert article
    assert nav["x"] >= article["x"] + article["width"]
    title = page.locator(".tb-home-link").bounding_box()
    assert title
    assert title["x"] > 640


def test_map_keeps_names_beside_their_stations(hebrew_site: Path, serve: Serve, open_page: Open) -> None:
    page = open_page(serve(hebrew_site) + "map/", viewport={"width": 1280, "height": 800})
    covered = page.evaluate(
        """() => [...document.querySelectorAll("svg .tb-stop")].filter((stop) => stop.checkVisibility()).map((stop) => {
          const sign = stop.querySelector(".tb-sign").getBoundingClientRect();
          const names = [...stop.querySelectorAll("text:not(.tb-number)")].map((name) => name.getBoundingClientRect());
          return names.some((name) => name.left < sign.right && name.right > sign.left);
        })"""
    )
    assert set(covered) == {False}


def test_drawer_comes_from_the_other_side(hebrew_site: Path, serve: Serve, open_page: Open) -> None:
    page = open_page(serve(hebrew_site) + LESSON, viewport={"width": 390, "height": 800}, reduced_motion="reduce")
    page.get_by_role("button", name="Menü").click()
    nav = page.locator(".tb-nav")
    expect(nav).to_be_visible()
    box = nav.bounding_box()
    assert box
    assert (box["x"] > 0, box["x"] + box["width"]) == (True, 390)
    assert list_breaches(page) == []


@pytest.mark.parametrize("width", WIDTHS)
def test_answered_questions_stay_on_the_screen(hebrew_site: Path, serve: Serve, open_page: Open, width: int) -> None:
    page = open_page(serve(hebrew_site) + "counting/two/practice/", viewport={"width": width, "height": 800})
    for quiz in page.locator("tb-quiz").all():
        quiz.scroll_into_view_if_needed()
        expect(quiz).to_have_attribute("data-ready", "")
    for box in page.locator("tb-quiz select").all():
        box.select_option(index=1)
    for box in page.locator("tb-quiz .tb-number input").all():
        box.fill("11")
    for box in page.locator("tb-quiz input[type=radio][value='1']").all():
        box.check()
    for name in ("Prüfen", "Antwort zeigen"):
        for button in page.get_by_role("button", name=name).all():
            if button.is_visible():
                button.click()
        assert list_breaches(page) == []
    first = page.locator(".tb-steps > li").first
    place, tools = first.locator(".tb-place").bounding_box(), first.locator(".tb-tools").bounding_box()
    assert place
    assert tools
    assert place["x"] > tools["x"] + tools["width"]


def read_said(page: Page) -> str:
    """All that the page shows or has ready, as a reader or a screen reader meets it."""
    said: list[str] = page.evaluate(
        """() => {
          const bare = document.body.cloneNode(true);
          for (const node of bare.querySelectorAll("script, style")) node.remove();
          const names = ["aria-label", "title", "alt", "placeholder", "aria-description", "aria-valuetext"];
          const told = (node) => names.map((name) => node.getAttribute(name) ?? "");
          const all = [...bare.querySelectorAll("*")].flatMap(told);
          return [document.title, bare.textContent, ...all];
        }"""
    )
    return "\n".join(said)


@pytest.mark.parametrize(
    "address",
    with_long(
        ["", "counting/", "glossary/", LESSON, "counting/two/practice/", "counting/three/practice/"], LESSON.__eq__
    ),
)
def test_scripts_say_nothing_untranslated(
    marked_site: tuple[Path, frozenset[str]], serve: Serve, open_page: Open, address: str
) -> None:
    """Every button is pressed, and what the page says after each is looked at."""
    page = open_page(serve(marked_site[0]) + address, reduced_motion="reduce")
    page.wait_for_load_state("networkidle")
    for button in page.locator("button").all():
        if button.is_visible() and button.is_enabled():
            button.click()
            page.wait_for_timeout(50)
            assert list_foreign(read_said(page)) == [], button.text_content()
            page.keyboard.press("Escape")


@pytest.mark.parametrize("words", ["שתיים", "מילה שאיננה"])
def test_search_says_nothing_untranslated(
    marked_site: tuple[Path, frozenset[str]], serve: Serve, open_page: Open, words: str
) -> None:
    page = open_page(serve(marked_site[0]), reduced_motion="reduce")
    page.keyboard.press("/")
    page.get_by_role("searchbox").fill(words)
    expect(page.locator("dialog [role=status]", has_text=re.compile("⟦")).first).to_be_visible()
    assert list_foreign(read_said(page)) == []


@pytest.mark.parametrize("width", WIDTHS)
def test_search_stays_on_the_screen(hebrew_site: Path, serve: Serve, open_page: Open, width: int) -> None:
    page = open_page(serve(hebrew_site), viewport={"width": width, "height": 800}, reduced_motion="reduce")
    page.keyboard.press("/")
    page.get_by_role("searchbox").fill("שתיים")
    page.locator("dialog a").first.wait_for()
    assert list_breaches(page) == []


def test_quiz_answers_in_german(hebrew_site: Path, serve: Serve, open_page: Open) -> None:
    page = open_page(serve(hebrew_site) + "counting/two/practice/")
    quiz = page.locator("#several")
    quiz.get_by_role("checkbox").first.check()
    quiz.get_by_role("checkbox").last.check()
    quiz.get_by_role("button", name="Prüfen").click()
    expect(quiz.get_by_role("status")).to_have_text("✗ Noch nicht: 1 von 2 richtigen Antworten, 1 falsche.")


@pytest.mark.parametrize("width", with_long(WIDTHS, (390).__eq__))
def test_search_mends_slips_in_any_script(hebrew_site: Path, serve: Serve, open_page: Open, width: int) -> None:
    page = open_page(serve(hebrew_site) + LESSON, viewport={"width": width, "height": 800})
    page.keyboard.press("/")
    dialog = page.get_by_role("dialog", name="Suche")
    expect(dialog.get_by_role("searchbox")).to_be_focused()
    page.keyboard.insert_text("was bedeutet חצי תרסיר?")
    expect(dialog.locator(".tb-search-said")).to_contain_text("Gezeigt wird was bedeutet חצי תריסר?.")
    expect(dialog.locator(".tb-search-page").first).to_have_text("חצי תריסר")
    assert list_breaches(page) == []
