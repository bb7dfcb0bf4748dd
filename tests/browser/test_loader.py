"""The loader: a widget's code comes when its reader does, and a page without widgets gets none."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from trackbook.widgets import load_widgets

Open = Callable[..., Page]
QUIZ = {
    "id": "far",
    "ask": "Far?",
    "choices": [{"text": "Yes", "why": "It is.", "right": True}, {"text": "No", "why": "It is."}],
}


def list_widgets(page: Page) -> list[str]:
    """The scripts of widgets that were fetched."""
    names: list[str] = page.evaluate(
        "performance.getEntriesByType('resource').map((file) => file.name.split('/').pop())"
    )
    return [name for name in names if name.startswith("element-") and name.endswith(".js")]


def test_page_without_widgets_loads_none(
    open_page: Open, write_article: Callable[[str], Path], serve: Callable[[Path], str]
) -> None:
    page = open_page(serve(write_article("<p>Text.</p>")))
    page.wait_for_load_state("networkidle")
    assert list_widgets(page) == []


def test_widget_below_the_screen_waits_for_its_reader(
    open_page: Open, write_article: Callable[[str], Path], serve: Callable[[Path], str]
) -> None:
    quiz = load_widgets()["quiz"]
    fallback = quiz.render_fallback(quiz.data.model_validate(QUIZ), "track/module", "<p>{}</p>".format, "en")
    page = open_page(serve(write_article(f"{'<p>Text.</p>' * 200}{fallback}")))
    page.wait_for_load_state("networkidle")
    assert list_widgets(page) == []
    page.locator("#far").scroll_into_view_if_needed()
    expect(page.get_by_role("button", name="Check")).to_be_visible()
    assert len(list_widgets(page)) == 1
