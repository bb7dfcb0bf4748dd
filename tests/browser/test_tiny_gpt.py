"""tiny-gpt loaded on demand, shared by its address, turned, printed, and plain when it can't."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from tests.browser.gates.axe import find_violations
from tests.browser.test_widgets import render

Open = Callable[..., Page]
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, "reduced_motion": "reduce"}
QUESTION = "the cat did not cross the street because it was too wide . what was too wide ? the"
NEXT = "Next comes street: 99.8%."
FLIPS = "Without L3H2: street falls from 99.8% to 15.6%. Now forest leads, with 30.1%."
TURNED = "(world) => getComputedStyle(world).transform"


@pytest.fixture(scope="module")
def url(write_article: Callable[[str], Path], serve: Callable[[Path], str]) -> str:
    return serve(write_article(f"<h1>Page</h1>{render('tiny-gpt')}"))


def load(page: Page) -> Locator:
    """The widget's live sentence, once the model is there."""
    page.get_by_role("button", name="Load the model (169 kB)").click()
    page.get_by_label("Your text, in words of the mini-world").wait_for()
    return page.locator(".tb-widget").get_by_role("status")


def open_layers(page: Page) -> Locator:
    page.get_by_role("button", name="Show it in layers, to turn").click()
    page.locator(".tb-plane.tb-here").wait_for()
    return page.locator(".tb-world")


def test_on_a_phone_the_answer_falls_with_its_head(url: str, open_page: Open) -> None:
    page = open_page(url, **PHONE)
    status = load(page)
    page.get_by_label("Your text, in words of the mini-world").fill(QUESTION)
    page.get_by_role("button", name="Read it").tap()
    expect(status).to_have_text(NEXT)
    page.locator(".tb-heads").get_by_role("checkbox", name="Cut L3H2").tap()
    expect(status).to_have_text(FLIPS)
    row = page.locator(".tb-odds tbody tr").first
    expect(row).to_have_text(re.compile(r"street\s*99\.8%\s*15\.6%"))
    expect(page.locator(".tb-odds thead th")).to_have_text(["Word", "Whole model", "Without L3H2"])
    open_layers(page)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert "\n".join(find_violations(page, "phone")) == ""


def test_the_model_comes_only_when_wanted(url: str, open_page: Open) -> None:
    page = open_page(url)
    page.locator("[data-ready]").wait_for()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.mouse.wheel(0, 5000)
    page.wait_for_timeout(200)
    assert asked == []
    load(page)
    assert [address.rpartition("/")[2] for address in asked] == ["world.json"]
    open_layers(page)
    assert len(asked) == 2


def test_without_a_network_it_says_so_and_can_be_asked_again(url: str, open_page: Open) -> None:
    page = open_page(url)
    page.route("**/world.json", lambda route: route.fulfill(status=204, body=""))
    button = page.get_by_role("button", name="Load the model (169 kB)")
    button.click()
    expect(page.get_by_role("status")).to_have_text("The model did not come. Try again when there is a network.")
    expect(button).to_be_focused()
    expect(page.locator(".tb-odds")).to_contain_text("15.6%")
    page.unroute("**/world.json")
    load(page)
    expect(page.get_by_role("status")).to_have_text(NEXT)


def test_without_a_network_the_layers_say_so_and_can_be_asked_again(url: str, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(url)
    load(page)
    page.route("**/*.js", lambda route: route.abort())
    button = page.get_by_role("button", name="Show it in layers, to turn")
    button.click()
    expect(page.get_by_role("status")).to_have_text(
        "The layers did not come. Try again when there is a network, or load the page again."
    )
    expect(button).to_be_focused()
    page.unroute("**/*.js")
    open_layers(page)
    page.close()


def test_an_address_holds_text_and_cuts(url: str, open_page: Open) -> None:
    page = open_page(url)
    status = load(page)
    page.get_by_role("button", name="tired").click()
    page.locator(".tb-row").get_by_role("button", name="cat").click()
    expect(status).to_have_text(re.compile("Without L3H2 → cat: "))
    shared = open_page(page.url)
    expect(shared.get_by_role("status")).to_have_text(re.compile("Without L3H2 → cat: "))
    expect(shared.locator(":focus")).to_have_count(0)
    shared.get_by_role("button", name="Start again").click()
    expect(shared.get_by_role("status")).to_have_text(NEXT)
    assert shared.url == url


@pytest.mark.parametrize("state", ["a||||", "|L9H9,x|L1H1:40-2|99|L7H1", "%00|||", "|||-1|"])
def test_an_address_that_makes_no_sense_breaks_nothing(url: str, open_page: Open, state: str) -> None:
    page = open_page(f"{url}?example-gpt={state}")
    page.get_by_label("Your text, in words of the mini-world").wait_for()
    expect(page.get_by_role("status")).not_to_have_text("")


def test_nothing_that_is_typed_is_dropped(url: str, open_page: Open) -> None:
    page = open_page(url)
    status = load(page)
    field = page.get_by_label("Your text, in words of the mini-world")
    field.fill("The cat didn't see it, tom")
    field.press("Enter")
    expect(status).to_contain_text("“didn't”, “see”, “,”")
    words = ["<end>", "the", "cat", "didn't", "see", "it", ",", "tom"]
    expect(page.locator(".tb-words li")).to_have_text([re.compile(f"^{word}") for word in words])
    field.fill("the cat " * 14)
    field.press("Enter")
    expect(status).to_contain_text("29 words, with the mark at the start, are too many: the model reads 28.")
    field.fill("the foxx was late .")
    field.press("Enter")
    page.locator(".tb-near").get_by_role("button", name="fox", exact=True).click()
    expect(field).to_have_value("the fox was late .")


def test_what_is_typed_while_a_picture_is_late_stays(url: str, open_page: Open) -> None:
    page = open_page(url)
    status = load(page)
    expect(status).to_have_text(NEXT)
    page.evaluate(
        """() => {
          const [real, held] = [requestAnimationFrame, []];
          window.requestAnimationFrame = (work) => held.push(work);
          window.letGo = () => { window.requestAnimationFrame = real; held.forEach((work) => work(0)); };
        }"""
    )
    page.get_by_role("button", name="Cut L3H2").first.click()
    field = page.get_by_label("Your text, in words of the mini-world")
    field.fill("the fox was late .")
    page.evaluate("letGo()")
    expect(status).to_have_text(FLIPS)
    expect(field).to_have_value("the fox was late .")


def test_it_goes_on_to_the_end(url: str, open_page: Open) -> None:
    page = open_page(url)
    status = load(page)
    field = page.get_by_label("Your text, in words of the mini-world")
    field.fill(QUESTION.removesuffix(" what was too wide ? the"))
    field.press("Enter")
    page.get_by_role("button", name="Go on to the end").click()
    expect(status).to_have_text("The next word is <end>: the story is over.", timeout=20_000)
    expect(field).to_have_value(f"{QUESTION} street .")


def test_it_turns_by_drag_and_by_key(url: str, open_page: Open) -> None:
    page = open_page(url, reduced_motion="reduce")
    load(page)
    world = open_layers(page)
    assert world.evaluate("(world) => getComputedStyle(world).transitionDuration") == "0s"
    first = world.evaluate(TURNED)
    stage = page.locator(".tb-stage")
    stage.scroll_into_view_if_needed()
    box = stage.bounding_box()
    assert box
    page.mouse.move(box["x"] + 100, box["y"] + 100)
    page.mouse.down()
    page.mouse.move(box["x"] + 180, box["y"] + 120)
    page.mouse.up()
    dragged = world.evaluate(TURNED)
    assert dragged != first
    page.mouse.move(box["x"] + 20, box["y"] + 20)
    assert world.evaluate(TURNED) == dragged
    page.get_by_role("button", name="Back to the first view").click()
    assert world.evaluate(TURNED) == first
    stage.focus()
    stage.press("ArrowLeft")
    assert world.evaluate(TURNED) != first
    page.get_by_role("button", name="Turn right").click()
    assert world.evaluate(TURNED) == first


def test_on_paper_it_stands_as_it_was_left(url: str, open_page: Open) -> None:
    page = open_page(url)
    status = load(page)
    page.get_by_role("button", name="Cut L3H2").click()
    expect(status).to_have_text(FLIPS)
    page.emulate_media(media="print")
    expect(page.locator(".tb-odds")).to_contain_text("15.6%")
    for part in (".tb-asking", ".tb-status", ".tb-heads input"):
        expect(page.locator(f".tb-gpt {part}").first).to_be_hidden()
