"""What a learner set in a widget stands in the address, so that others see the same; other widgets do not change."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.browser.test_widgets import render
from tests.course_data import ROOT

from trackbook.widgets import load_widgets

Open = Callable[..., Page]


@pytest.fixture(scope="module")
def url(write_article: Callable[[str], Path], serve: Callable[[Path], str]) -> str:
    other = load_widgets(ROOT)["recurrence-race"].data.model_validate({"id": "other"})
    widgets = [
        render("recurrence-race"),
        render("recurrence-race", other),
        render("attention-steps"),
        render("convolution-steps"),
        render("sequence-memory"),
    ]
    return serve(write_article(f"<h1>Page</h1>{''.join(widgets)}"))


def open_ready(open_page: Open, url: str) -> Page:
    page = open_page(url, reduced_motion="reduce")
    for widget in page.locator(".tb-widget").all():
        widget.scroll_into_view_if_needed()
    expect(page.locator(".tb-widget > [data-ready]")).to_have_count(5)
    return page


def test_an_address_holds_each_widget_apart(url: str, open_page: Open) -> None:
    page = open_ready(open_page, f"{url}?theirs=1#example-race")
    page.locator("#example-race input[type=number]").fill("300")
    page.keyboard.press("Tab")
    field = page.get_by_label("Query of it, entry 1")
    field.fill("0.5")
    field.press("Tab")
    page.get_by_role("checkbox", name="Causal mask").check()
    page.locator("#example-steps-row").select_option("animal")
    page.get_by_label("Kernel: row 1, column 1").fill("4")
    page.get_by_label("Padding").select_option("1")
    page.get_by_role("button", name="coat").click()
    page.get_by_label("The network").select_option("at the end of its training")
    assert page.url.endswith("#example-race")
    assert "theirs=1" in page.url
    assert "other=" not in page.url
    shared = open_ready(open_page, page.url)
    expect(shared.locator("#example-race caption")).to_have_text("A text of 300 words")
    expect(shared.locator("#other caption")).to_have_text("A text of 11 words")
    expect(shared.get_by_label("Query of it, entry 1")).to_have_value("0.5")
    expect(shared.get_by_role("checkbox", name="Causal mask")).to_be_checked()
    expect(shared.locator("#example-steps-row")).to_have_value("0")
    expect(shared.get_by_label("Kernel: row 1, column 1")).to_have_value("4")
    expect(shared.locator("#example-slide [data-grid=image] caption")).to_have_text("Image, 8 × 8")
    expect(shared.locator("#example-memory .tb-steps tr").last).to_contain_text("9 coat")
    expect(shared.get_by_label("The network")).to_have_value("1")
    shared.get_by_role("button", name="Start again").click()
    for widget in ("#example-race", "#example-slide", "#example-memory"):
        shared.locator(widget).get_by_role("button", name="Back to the start").click()
    assert shared.url == f"{url}?theirs=1#example-race"


@pytest.mark.parametrize(
    "state",
    [
        "example-race=0",
        "example-race=much",
        "example-race=5000",
        "example-steps=1_2",
        "example-slide=9_9_9_9",
        "example-memory=3_0_1",
    ],
)
def test_what_no_widget_wrote_changes_nothing(url: str, open_page: Open, state: str) -> None:
    page = open_ready(open_page, f"{url}?{state}")
    expect(page.locator("#example-race caption")).to_have_text("A text of 11 words")
    expect(page.get_by_label("Query of it, entry 1")).to_have_value("2")
    expect(page.locator("#example-slide .tb-sum strong")).to_have_text("24")
    expect(page.locator("#example-memory .tb-steps tbody tr")).to_have_count(8)
