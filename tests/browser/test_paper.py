"""A printed page: text first, what was folded at its end, everything back in its place afterwards."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader
from tests.browser.gates.paper import LOOK
from tests.course_data import ROOT

from trackbook.publishing.examples import read_example
from trackbook.widgets import WidgetData, load_widgets

Open = Callable[..., Page]
NAMES = ("predict", "exercise", "worked", "explain", "flashcards")


def render(name: str) -> str:
    widget = load_widgets(ROOT)[name]
    data = cast(WidgetData, read_example(widget).fences[0].data)
    return widget.render_fallback(data, "a/b", "<p>{}</p>".format, "en")


@pytest.fixture(scope="module")
def url(write_article: Callable[[str], Path], serve: Callable[[Path], str]) -> str:
    widgets = "".join(f"<h2>About {name}</h2>{render(name)}" for name in NAMES)
    return serve(write_article(f"<h1>Page</h1>{widgets}<p>The end.</p>"))


def start(open_page: Open, url: str, **options: object) -> Page:
    page = open_page(url, **options)
    for name in NAMES:
        page.locator(f"tb-{name}").scroll_into_view_if_needed()
        page.locator(f"tb-{name}[data-ready]").wait_for()
    return page


def print_page(page: Page) -> str:
    sheets = PdfReader(io.BytesIO(page.pdf())).pages
    return " ".join(" ".join(sheet.extract_text() for sheet in sheets).split())


def test_answers_stand_at_the_end_under_their_questions(open_page: Open, url: str) -> None:
    text = print_page(start(open_page, url))
    end = text.index("The end.")
    answers = text.index("Answers", end)
    names = [text.index(f"{number} · About {name}", answers) for number, name in enumerate(("predict", "exercise"), 1)]
    assert answers < names[0] < text.index("Each word now meets") < names[1] < text.index("streets don't tire")
    for back in ("A small grid", "For the memory that step four makes."):
        assert text.index(back) > answers
    assert text.index("kernel") < end
    assert text.index("Change one word at a time") < end
    assert text.index("So the first word gets 95 percent") < end
    for control in ("Commit to this", "Show", "rating", "Your turn", "Left to you"):
        assert control not in text


def test_what_the_learner_did_stays(open_page: Open, url: str) -> None:
    page = start(open_page, url)
    page.get_by_label("Twice as many.").check()
    page.get_by_role("button", name="Commit").click()
    page.locator("#example-predict").get_by_role("button", name="Show the answer").click()
    page.locator("textarea").fill("My own reason.")
    page.get_by_role("radio", name="the last step").check()
    text = print_page(page)
    end = text.index("The end.")
    assert text.index("your answer") < text.index("Each word now meets") < end
    assert text.index("My own reason.") < end
    assert text.index("So the first word gets 95 percent") > end


def test_afterwards_all_is_as_it_was(open_page: Open, url: str) -> None:
    page = start(open_page, url)
    before = page.locator("article").evaluate("(one) => one.innerHTML")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.evaluate(LOOK) == []
    page.evaluate("dispatchEvent(new Event('beforeprint')); dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    assert page.locator("article").evaluate("(one) => one.innerHTML") == before
    page.get_by_role("button", name="Show the answer").click()
    expect(page.locator(".tb-reverse-side")).to_have_text("A small grid of weights that slides over a picture.")


def test_without_script_answers_stand_in_their_place(open_page: Open, url: str) -> None:
    page = open_page(url, java_script_enabled=False)
    text = print_page(page)
    assert text.index("Each word now meets") < text.index("About exercise") < text.index("The end.")
    page.emulate_media(media="print")
    assert page.evaluate(LOOK) == []


def test_a_page_without_answers_has_no_such_section(
    open_page: Open, write_article: Callable[[str], Path], serve: Callable[[Path], str]
) -> None:
    page = open_page(serve(write_article("<h1>Page</h1><details><summary>More</summary><p>Inside.</p></details>")))
    text = print_page(page)
    assert "Inside." in text
    assert "Answers" not in text
