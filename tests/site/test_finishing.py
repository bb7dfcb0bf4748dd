"""The last touch on a page's HTML: what goes in, what a browser gets, and what is told to the author."""

from pathlib import Path

import pytest
import yaml

from trackbook.language.words import load_language
from trackbook.site.finish.figures import inline_drawing, measure
from trackbook.site.finish.page import finish_page

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "finishing.yml").read_text("utf-8"))
FILES = {
    "line.svg": b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20" role="img">'
    b'<title>Told by alt</title><defs><marker id="tip"/></defs><path d="M0 0" stroke="#1F5FBF" fill="#123456"'
    b' marker-end="url(#tip)"/></svg>',
    "styled.svg": b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><style>a{}</style></svg>',
    "dot.png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x07\0\0\0\x05\x08\x06\0\0\0",
}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_article_is_finished(case: dict[str, str]) -> None:
    finished = finish_page(
        f"<!doctype html><title>x</title><article>{case['before'].strip()}</article>",
        load_language("en").say,
        FILES.get,
    )
    article = finished.html.partition("<article>")[2].partition("</article>")[0]
    assert article == case["after"].strip()
    assert finished.lost == case.get("lost", [])


def test_what_looks_like_a_picture_and_is_none_stays_a_file() -> None:
    assert inline_drawing(b"GIF89a", "", "a.gif") is None
    assert inline_drawing(b"<svg" + b" " * 50_000 + b"></svg>", "", "a.svg") is None
    assert measure(b"nothing") is None


def test_the_color_of_a_whole_drawing_turns_too() -> None:
    """What stands on its first tag holds for text without a color of its own: else black in the dark."""
    drawing = inline_drawing(b'<svg viewBox="0 0 9 9" fill="#1F2328"><text>a</text></svg>', "A", "a.svg")
    assert drawing is not None
    assert drawing.startswith('<svg class="tb-drawing" viewBox="0 0 9 9" fill="var(--tb-text)"')


def test_finishing_twice_changes_nothing() -> None:
    first = finish_page(
        "<!doctype html><title>x</title><article><table><tr><td>1</td></tr></table></article>",
        load_language("en").say,
        FILES.get,
    )
    again = finish_page(first.html, load_language("en").say, FILES.get)
    assert (again.html, again.lost) == (first.html, [])


def test_callouts_are_named_in_the_language_of_the_course() -> None:
    finished = finish_page(
        '<!doctype html><article><div class="admonition note"><p class="admonition-title">Note</p></div>'
        '<div class="admonition tip"><p class="admonition-title">Mine</p></div></article>',
        load_language("de").say,
        FILES.get,
    )
    assert '<p class="admonition-title">Hinweis</p>' in finished.html
    assert '<p class="admonition-title">Mine</p>' in finished.html
