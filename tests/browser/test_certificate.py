"""The page that prints a certificate of completion, once all written lessons of a track are done."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, ViewportSize, expect
from tests.browser.learner import bring, make_event, wait_until_ready, write_file
from tests.runs import with_long

Open = Callable[..., Page]
SIZES: list[ViewportSize] = [{"width": 1280, "height": 720}, {"width": 390, "height": 780}]
KEPT = "localStorage.getItem('trackbook:/:certificate-name')"


@pytest.fixture(scope="module")
def url(serve: Callable[[Path], str], hebrew_site: Path) -> str:
    return serve(hebrew_site)


def find_track(page: Page) -> Locator:
    return page.locator("tb-certificate[data-ready] section").first


def list_modules(page: Page) -> list[str]:
    found: list[str] = find_track(page).evaluate(
        "(one) => [...one.querySelectorAll('li')].map((li) => li.dataset.module)"
    )
    return found


def finish(page: Page, url: str, modules: list[str]) -> None:
    """Marks the modules as done, the last one on a day of its own, by importing a record."""
    page.goto(f"{url}progress/")
    wait_until_ready(page)
    days = [*(["01"] * (len(modules) - 1)), "07"]
    pairs = zip(modules, days, strict=True)
    events = [
        make_event(f"e{at}", key, f"2026-11-{day}T23:30:00.000-08:00", **{"is": "done"})
        for at, (key, day) in enumerate(pairs)
    ]
    bring(page, write_file(events))
    page.goto(f"{url}certificate/")


def test_before_the_end_it_says_what_is_missing(open_page: Open, url: str) -> None:
    page = open_page(f"{url}certificate/", viewport=SIZES[1])
    modules = list_modules(page)
    assert len(modules) > 1
    expect(find_track(page)).to_contain_text(f"{len(modules)} von {len(modules)} geschriebenen Lektionen")
    finish(page, url, modules[:-1])
    expect(find_track(page)).to_contain_text(f"1 von {len(modules)} geschriebenen Lektionen")
    expect(find_track(page).locator("li .tb-tick")).to_have_count(len(modules) - 1)
    expect(page.get_by_role("button", name="Bescheinigung machen")).to_have_count(0)


@pytest.mark.parametrize("size", with_long(SIZES, lambda size: size["width"] < 400))
def test_the_sheet_has_name_date_lessons_and_the_truth(open_page: Open, url: str, size: ViewportSize) -> None:
    page = open_page(f"{url}certificate/", viewport=size)
    modules = list_modules(page)
    finish(page, url, modules)
    page.get_by_role("button", name="Bescheinigung machen").first.press("Enter")
    dialog = page.get_by_role("dialog", name="Bescheinigung")
    expect(dialog.get_by_role("textbox")).to_be_focused()
    page.keyboard.type(" Ada <b> ")
    sheet = dialog.locator(".tb-sheet")
    expect(sheet.locator(".tb-certificate-name")).to_have_text("Ada <b>")
    expect(sheet).to_contain_text("7. November 2026")
    expect(sheet).to_contain_text(re.compile("Niemand hat geprüft, wer das getan hat"))
    expect(sheet.get_by_role("listitem")).to_have_count(len(modules))
    assert dialog.evaluate("(one) => one.scrollWidth <= one.clientWidth")
    page.emulate_media(media="print")
    expect(sheet).to_be_visible()
    for hidden in (page.locator("main"), page.locator("header"), dialog.get_by_role("textbox")):
        expect(hidden).to_be_hidden()


def test_a_name_is_kept_only_while_that_is_ticked(open_page: Open, url: str) -> None:
    page = open_page(f"{url}certificate/")
    finish(page, url, list_modules(page))

    def type_name(tick: bool | None = None) -> None:
        page.get_by_role("button", name="Bescheinigung machen").first.click()
        if tick is not None:
            page.get_by_role("checkbox").set_checked(tick)
        page.get_by_role("textbox").fill("Ada")

    type_name()
    assert page.evaluate(KEPT) in (None, "null")
    page.reload()
    type_name(tick=True)
    page.reload()
    page.get_by_role("button", name="Bescheinigung machen").first.click()
    expect(page.get_by_role("textbox")).to_have_value("Ada")
    page.get_by_role("checkbox").uncheck()
    assert page.evaluate(KEPT) == "null"


def test_it_holds_where_nothing_can_be_kept(open_page: Open, url: str) -> None:
    page = open_page("about:blank")
    page.add_init_script("""for (const name of ["indexedDB", "localStorage"]) {
        Object.defineProperty(window, name, { get() { throw new DOMException("no", "SecurityError") } });
    }""")
    page.goto(f"{url}certificate/")
    expect(find_track(page)).to_contain_text("Noch als erledigt zu markieren")
    page.close()  # with its script


def test_without_script_it_lists_what_it_takes(open_page: Open, url: str) -> None:
    page = open_page(f"{url}certificate/", java_script_enabled=False)
    expect(page.locator("noscript p")).to_be_visible()
    expect(page.locator("tb-certificate li a").first).to_be_visible()
