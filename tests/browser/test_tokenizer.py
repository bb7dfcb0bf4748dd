"""tokenizer on a phone: any script; files come when a learner turns to it, not before; address and paper keep it."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect
from pypdf import PdfReader
from tests.browser.test_widgets import render

Open = Callable[..., Page]
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def url(write_article: Callable[[str], Path], serve: Callable[[Path], str]) -> str:
    return serve(write_article(f"<h1>Page</h1>{render('tokenizer')}"))


def start(open_page: Open, url: str, **options: object) -> Page:
    page = open_page(url, reduced_motion="reduce", **options)
    page.locator("[data-ready]").wait_for()
    return page


def list_fetched(page: Page) -> list[str]:
    names: list[str] = page.evaluate("performance.getEntriesByType('resource').map(({ name }) => name)")
    return sorted(name.rpartition("/")[2] for name in names if "data/tokenizer" in name)


def test_files_come_once_and_when_wanted(open_page: Open, url: str) -> None:
    page = start(open_page, url, viewport=PHONE)
    assert list_fetched(page) == []
    expect(page.get_by_text("27 kB are loaded")).to_be_visible()
    page.get_by_label("Your text").fill("עייף")
    expect(page.get_by_role("status")).to_have_text("All merges are made (0). 8 bytes have become tokens: 8.")
    expect(page.locator(".tb-tokens")).to_have_attribute("dir", "rtl")
    page.get_by_label("Your text").fill("疲れた 👩\u200d👧 attention")
    expect(page.locator(".tb-tokens li").last).to_have_text(" attention673")
    assert list_fetched(page) == ["vectors.json", "vocabulary.json"]
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_what_does_not_come_is_said_and_asked_for_again(open_page: Open, url: str) -> None:
    page = start(open_page, url)
    page.route("**/vocabulary.json", lambda route: route.fulfill(body="[", content_type="application/json"))
    page.get_by_role("button", name="One merge back").click()
    expect(page.get_by_role("status")).to_have_text("The vocabulary did not load. Try again when you are online.")
    expect(page.locator(".tb-tokens li")).to_have_count(8)
    with page.expect_response("**/vocabulary.json"):
        page.get_by_label("Your text").fill("it. it")
    expect(page.get_by_role("status")).to_have_text("The vocabulary did not load. Try again when you are online.")
    page.unroute("**/vocabulary.json")
    page.get_by_role("button", name="One merge back").click()
    expect(page.get_by_role("status")).to_contain_text("Merge 2 of 3")


def test_a_step_taken_while_files_come_is_one_of_the_new_text(open_page: Open, url: str) -> None:
    page = start(open_page, url)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/vocabulary.json", hold)
    with page.expect_request("**/vocabulary.json"):
        page.get_by_label("Your text").fill("it. it")
    page.get_by_role("button", name="One merge back").click()
    expect(page.get_by_role("status")).to_have_text("Loading 27 kB …")
    held.pop().continue_()
    expect(page.get_by_role("status")).to_contain_text("Merge 2 of 3")


def test_the_address_keeps_text_and_step(open_page: Open, url: str) -> None:
    page = start(open_page, url)
    page.get_by_label("Your text").fill("it. it")
    page.get_by_role("button", name="One merge back").click()
    expect(page.get_by_role("status")).to_contain_text("Merge 2 of 3")
    shared = start(open_page, page.url)
    expect(shared.get_by_label("Your text")).to_have_value("it. it")
    expect(shared.get_by_role("status")).to_contain_text("Merge 2 of 3")
    shared.get_by_role("button", name="Start again").click()
    expect(shared.get_by_role("status")).to_contain_text("All merges are made (4)")
    assert shared.url == url


@pytest.mark.parametrize("state", ["much", "1", f".{'a' * 301}"])
def test_what_no_learner_set_changes_nothing(open_page: Open, url: str, state: str) -> None:
    page = start(open_page, f"{url}?example-tokenizer={state}")
    expect(page.get_by_role("status")).to_contain_text("All merges are made (4)")
    assert list_fetched(page) == []


@pytest.mark.parametrize("script", [True, False])
def test_on_paper(open_page: Open, url: str, script: bool) -> None:
    page = open_page(url, java_script_enabled=script)
    if script:
        page.locator("[data-ready]").wait_for()
        page.get_by_label("Your text").fill("It was tired.")
        expect(page.get_by_role("status")).to_contain_text("All merges are made")
    text = " ".join(" ".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(page.pdf())).pages).split())
    for part in ("It was tired." if script else "retired?", "Nearest rows", "1,280 tokens"):
        assert part in text
    for control in ("One merge back", "kB are loaded"):
        assert control not in text
