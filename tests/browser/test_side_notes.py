"""Side notes: beside their block where there is a margin, folded away below it where there is none, whole on paper."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import FloatRect, Locator, Page, expect

from trackbook.language.words import load_language
from trackbook.site.finish.page import finish_page

Open = Callable[..., Page]
LESSON = "deep-learning/recurrence/lesson/"
BEGINNING = "After how many steps is half left?"
RECTANGLES = """nodes => nodes.map((node) => {
  const { left, top, right, bottom } = node.getBoundingClientRect();
  return [node.className || node.localName, left, top, right, bottom];
})"""


@pytest.fixture(scope="module")
def address(serve: Callable[[Path], str], site: Path) -> str:
    return serve(site)


def box(part: Locator) -> FloatRect:
    found = part.bounding_box()
    assert found
    return found


def test_note_stands_beside_its_block(open_page: Open, address: str) -> None:
    page = open_page(address + LESSON, viewport={"width": 1280, "height": 800})
    noted = page.locator(".tb-noted", has_text=BEGINNING)
    block, note, following = (
        box(noted.locator("> p")),
        box(noted.locator("details")),
        box(page.locator(".tb-noted + *").nth(1)),
    )
    assert block["x"] + block["width"] < note["x"]
    assert abs(block["y"] - note["y"]) < 8
    assert following["y"] < note["y"] + note["height"]  # the text goes on beside the note
    expect(noted.get_by_text(BEGINNING)).to_be_visible()
    expect(noted.locator("summary")).to_be_hidden()


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without"])
def test_note_is_folded_away_on_a_phone(open_page: Open, address: str, script: bool) -> None:
    page = open_page(address + LESSON, viewport={"width": 390, "height": 800}, java_script_enabled=script)
    note = page.get_by_text(BEGINNING)
    expect(note).to_be_hidden()
    page.get_by_text("Note 2", exact=True).click()
    expect(note).to_be_visible()
    assert box(page.locator(".tb-noted > p", has_text="left of 1."))["y"] < box(note)["y"]


def test_number_leads_to_the_note_and_back(open_page: Open, address: str) -> None:
    page = open_page(address + LESSON, viewport={"width": 390, "height": 800})
    page.get_by_role("link", name="Note 2").press("Enter")
    expect(page.get_by_text(BEGINNING)).to_be_in_viewport()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Back to the text").nth(0)).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/#fnref:half")


@pytest.mark.parametrize("width", [1200, 1280, 1920])
@pytest.mark.parametrize(
    "lesson", [LESSON, "deep-learning/attention-in-brief/lesson/", "transformers/query-key-value/lesson/"]
)
def test_nothing_in_the_margin_collides(open_page: Open, address: str, lesson: str, width: int) -> None:
    page = open_page(address + lesson, viewport={"width": width, "height": 800})
    margin = page.locator(".tb-side-note, .tb-deeper, .tb-shorter").evaluate_all(RECTANGLES)
    wide = page.locator("article > :is(p, ul, ol, h2, figure, .tb-scroll, .tb-widget), .tb-noted > p").evaluate_all(
        RECTANGLES
    )
    assert len(margin) >= 2
    for index, one in enumerate(margin):
        for other in margin[index + 1 :]:
            assert not _overlap(one, other), (one, other)
        for other in wide:
            assert not _overlap(one, other, apart=8), (one, other)


def _overlap(one: list[Any], other: list[Any], apart: int = -1) -> bool:
    """Whether two rectangles share more than a hair, or stand side by side and less than so far `apart`."""
    (_, left, top, right, bottom), (_, left_2, top_2, right_2, bottom_2) = one, other
    return bool(min(right, right_2) - max(left, left_2) > -apart and min(bottom, bottom_2) - max(top, top_2) > 1)


def test_notes_of_one_block_stand_below_each_other(
    open_page: Open, write_article: Callable[[str], Path], serve: Callable[[Path], str]
) -> None:
    text = "<p>Some words.</p>" + "".join(f"<p>{'Words ' * 30}[{n}]</p>" for n in range(3))
    notes = [f"A note of many words, number {number}, that takes several lines of the margin." for number in (1, 2, 3)]
    reference = '<sup><a class="footnote-ref" href="#fn:{0}">{0}</a></sup>'.format
    text = text.replace("[1]", reference(1) + reference(2)).replace("[2]", reference(3))
    ends = "".join(f'<li id="fn:{number}"><p>{note}</p></li>' for number, note in enumerate(notes, 1))
    article = f'<article>{text}<div class="footnote"><ol>{ends}</ol></div></article>'
    finished = finish_page(article, load_language("en").say, lambda _: None)
    inside = finished.html.partition("<article>")[2].partition("</article>")[0]
    page = open_page(serve(write_article(inside)), viewport={"width": 1280, "height": 800})
    first, second, third = (box(page.get_by_text(note)) for note in notes)
    assert first["x"] == second["x"] == third["x"]
    assert first["y"] + first["height"] <= second["y"]
    assert second["y"] + second["height"] <= third["y"]


def test_note_is_whole_on_paper(open_page: Open, address: str) -> None:
    page = open_page(address + LESSON, java_script_enabled=False)
    page.emulate_media(media="print")
    expect(page.get_by_text(BEGINNING)).to_be_visible()
    expect(page.get_by_role("link", name="Back to the text")).to_have_count(0)
