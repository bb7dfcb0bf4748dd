"""attention-map on a phone: a word, the twin, a cut; other heads come when asked for; address and paper keep it all."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect
from pypdf import PdfReader
from tests.browser.test_widgets import read_data_of_example, render

Open = Callable[..., Page]
PHONE = {"width": 390, "height": 844}
SMALL = """() => [...document.querySelectorAll(".tb-widget :is(label:has([type=radio]), button, select, summary)")]
  .map((one) => [one.textContent, one.getBoundingClientRect()])
  .filter(([, { width, height }]) => width < 24 || height < 24)
  .map(([text]) => text)"""


@pytest.fixture(scope="module")
def url(write_article: Callable[[str], Path], serve: Callable[[Path], str]) -> str:
    folder = write_article(f"<h1>Page</h1>{render('attention-map')}")
    for path, text in read_data_of_example("attention-map").list_files().items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    return serve(folder)


def start(open_page: Open, url: str, **options: object) -> tuple[Page, list[str]]:
    """The page with its widget ready, and what it has fetched of the data, which grows."""
    page = open_page(url, reduced_motion="reduce", **options)
    fetched = [
        name
        for name in page.evaluate("performance.getEntriesByType('resource').map(({ name }) => name)")
        if "data/" in name
    ]
    page.on("request", lambda request: fetched.append(request.url) if "data/" in request.url else None)
    page.locator("[data-ready]").wait_for()
    return page, fetched


def test_on_a_phone(open_page: Open, url: str) -> None:
    page, fetched = start(open_page, url, viewport=PHONE, has_touch=True)
    status = page.get_by_role("status")
    page.locator("tbody label", has_text="because").tap()
    expect(status).to_contain_text("With “tired”, “because” takes most from")
    page.locator("tbody label", has_text="it").first.tap()
    expect(status).to_contain_text("“it” takes 68% from “animal”")
    page.locator("thead label", has_text="wide").tap()
    expect(status).to_contain_text("from 68% to 28%")
    expect(status).to_contain_text("What did not change: “animal” has the larger one.")
    page.locator("thead label", has_text="tired").tap()
    page.get_by_role("button", name="Cut the brightest").tap()
    expect(status).to_contain_text(
        "Cut in L4H2 alone, the final vector keeps a similarity of 0.995; cut in all heads, of 0.826."
    )
    expect(page.locator(".tb-cut td > span")).to_have_text(["0.995", "0.998", "0.826", "0.811"])
    expect(page.locator(".tb-cut .tb-left").last).to_have_attribute("d", "M0 0h81.1v6H0z")
    assert page.evaluate(SMALL) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert fetched == []


def hold(page: Page, answer: Callable[[Route], None] = Route.continue_) -> Callable[[], None]:
    """Lets no data of the course arrive before the returned function is called, whenever it is asked for."""
    waiting: list[Route] = []
    is_open = False

    def keep(route: Route) -> None:
        if is_open:
            answer(route)
        else:
            waiting.append(route)

    def let_go() -> None:
        nonlocal is_open
        is_open = True
        for route in waiting:
            answer(route)

    page.route("**/data/**", keep)
    return let_go


def test_all_heads_come_once_and_when_asked_for(open_page: Open, url: str) -> None:
    page, fetched = start(open_page, url)
    expect(page.get_by_text("Any other: 49 kB, loaded when chosen")).to_be_visible()
    assert fetched == []
    let_go = hold(page)
    page.get_by_role("combobox", name="Layer").select_option("5")
    expect(page.get_by_role("status")).to_have_text("Loading all heads, 49 kB …")
    expect(page.get_by_role("progressbar")).to_be_visible()
    page.get_by_role("combobox", name="Head").select_option("1")
    let_go()
    expect(page.get_by_role("status")).to_have_text(
        "With “tired”, “it” takes 10% from “animal” and 8% from “street”. With “wide”, “it” takes 5% from “animal” and"
        " 19% from “street”. The larger share moves from “animal” to the other noun."
    )
    page.get_by_role("combobox", name="Layer").select_option("mean of all 72 heads")
    expect(page.get_by_role("status")).to_contain_text("takes 7% from “animal” and 5% from “street”")
    expect(page.get_by_role("combobox", name="Head")).to_be_disabled()
    expect(page.get_by_text("Any other: 49 kB")).to_have_count(0)
    expect(page.get_by_role("progressbar")).to_have_count(0)
    assert len(fetched) == 1


def test_what_does_not_come_leaves_all_as_it_was(open_page: Open, url: str) -> None:
    page, _ = start(open_page, url)
    page.route("**/animal-tired.json", lambda route: route.fulfill(body="[", content_type="application/json"))
    page.get_by_role("combobox", name="Layer").select_option("5")
    expect(page.get_by_role("status")).to_have_text("The heads did not come. Try again when there is a network.")
    expect(page.get_by_role("combobox", name="Layer")).to_have_value("3")
    page.unroute("**/animal-tired.json")
    page.get_by_role("combobox", name="Layer").select_option("5")
    expect(page.locator("figcaption")).to_contain_text("The framed one is L5H2.")


def test_what_is_set_while_the_heads_are_on_their_way_stays(open_page: Open, url: str) -> None:
    page, _ = start(open_page, url)
    let_go = hold(page)
    page.get_by_role("combobox", name="Layer").select_option("5")
    page.get_by_role("combobox", name="Head").select_option("1")
    page.get_by_role("radio", name="The sentence with “wide”").check(force=True)
    page.get_by_role("combobox", name="Cut the link from “it” to").select_option("street")
    expect(page.get_by_role("combobox", name="Layer")).to_have_value("4")
    let_go()
    expect(page).to_have_url(f"{url}?example-map=10_1_4_0_8")
    expect(page.get_by_role("status")).to_contain_text("The link from “it” to “street” is cut.")


def test_what_was_given_up_is_not_missed(open_page: Open, url: str) -> None:
    page, _ = start(open_page, url)
    let_go = hold(page, lambda route: route.fulfill(body="[", content_type="application/json"))
    page.get_by_role("combobox", name="Layer").select_option("5")
    page.get_by_role("button", name="Back to the start").click()
    said = page.get_by_role("status").inner_text()
    let_go()
    expect(page.get_by_role("progressbar")).to_be_hidden()
    assert page.get_by_role("status").inner_text() == said


def test_going_back_forgets_what_is_on_its_way(open_page: Open, url: str) -> None:
    page, fetched = start(open_page, url)
    let_go = hold(page)
    page.get_by_role("combobox", name="Layer").select_option("5")
    page.get_by_role("button", name="Back to the start").click()
    expect(page.get_by_role("combobox", name="Layer")).to_have_value("3")
    with page.expect_event("requestfinished"):
        let_go()
    expect(page.get_by_role("progressbar")).to_be_hidden()
    assert (page.url, len(fetched)) == (url, 1)


def test_the_address_keeps_it(open_page: Open, url: str) -> None:
    page, _ = start(open_page, url)
    page.get_by_role("radio", name="The sentence with “wide”").check(force=True)
    page.get_by_role("combobox", name="Layer").select_option("5")
    page.get_by_role("combobox", name="Head").select_option("1")
    page.get_by_role("combobox", name="Cut the link from “it” to").select_option("street")
    expect(page.get_by_role("status")).to_contain_text("The link from “it” to “street” is cut.")
    expect(page).to_have_url(f"{url}?example-map=10_1_4_0_8")
    shared, _ = start(open_page, page.url)
    expect(shared.get_by_role("status")).to_contain_text("The link from “it” to “street” is cut.")
    expect(shared.locator("figcaption")).to_contain_text("The framed one is L5H1.")
    expect(shared.get_by_role("radio", name="The sentence with “wide”")).to_be_checked()
    shared.get_by_role("button", name="Back to the start").click()
    assert shared.url == url


@pytest.mark.parametrize("state", ["16_0_3_1_-1", "10_2_3_1_-1", "10_0_6_1_-1", "10_0_3_1", "much", "10_0_3_1_16"])
def test_what_no_learner_set_changes_nothing(open_page: Open, url: str, state: str) -> None:
    page, fetched = start(open_page, f"{url}?example-map={state}")
    expect(page.get_by_role("status")).to_contain_text("“it” takes 68% from “animal”")
    assert fetched == []


@pytest.mark.parametrize("script", [True, False])
def test_on_paper(open_page: Open, url: str, script: bool) -> None:
    page = open_page(url, java_script_enabled=script)
    if script:
        page.locator("[data-ready]").wait_for()
        page.get_by_role("button", name="Cut the brightest").click()
    text = " ".join(" ".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(page.pdf())).pages).split())
    for part in ("68%", "28%", "0.995", "0.811", "36 of 72 heads", "picked because it looks clear"):
        assert part in text
    for control in ("Back to the start", "Any other"):
        assert control not in text
