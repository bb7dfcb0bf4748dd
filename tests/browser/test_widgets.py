"""Every widget: by keyboard, clean for axe in every state, from right to left, without script, broken, moved."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import pytest
import yaml
from playwright.sync_api import Page, expect
from tests.browser.gates.axe import find_violations
from tests.browser.screen import list_breaches
from tests.course_data import ROOT, read_course_data
from tests.runs import with_long

from trackbook.markdown import parse_markdown
from trackbook.publishing.examples import read_example
from trackbook.reading.page import read_widget
from trackbook.widgets import WidgetData, load_widgets

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "widgets.yml").read_text("utf-8"))
NAMES = sorted({case["widget"] for case in CASES})
FIRST = {next(case["name"] for case in CASES if case["widget"] == name) for name in NAMES}
"""A case of each widget."""
Open = Callable[..., Page]
Make = Callable[[str], str]
# As a learner would name what has the focus.
FOCUS = """() => {
  const one = document.activeElement;
  return (one.labels?.[0]?.querySelector(":scope > span") ?? one.labels?.[0] ?? one).textContent.trim();
}"""
LISTEN = """() => {
  window.told = [];
  for (const name of ["tb-answer", "tb-grade", "tb-rate"])
    document.addEventListener(name, (event) => window.told.push([name, event.detail]));
}"""


def read_data_of_example(name: str) -> WidgetData:
    return cast(WidgetData, read_example(load_widgets(ROOT)[name], read_course_data()).fences[0].data)


def render(name: str, data: WidgetData | None = None) -> str:
    """The fallback of a widget's example, or of other data."""
    widget = load_widgets(ROOT)[name]
    shown = data or read_data_of_example(name)
    return widget.render_fallback(shown, "a/b", "<p>{}</p>".format, "en")


@pytest.fixture(scope="module")
def make(
    write_article: Callable[[str], Path], serve: Callable[[Path], str], tmp_path_factory: pytest.TempPathFactory
) -> Make:
    """All from one server, so that the browser goes on with one process and what it has fetched."""
    address = serve(tmp_path_factory.getbasetemp())
    return lambda article: f"{address}{write_article(f'<h1>Page</h1>{article}').name}/"


def find_case_data(case: dict[str, Any]) -> WidgetData | None:
    model = load_widgets(ROOT)[case["widget"]].data
    context = {"page": "", "files": read_course_data()}
    return model.model_validate(case["data"], context=context) if "data" in case else None


def find_focus(page: Page, expected: str) -> str:
    """The name of what has the focus: names change a moment later, so the expected one is waited for."""
    for _ in range(100):
        if page.evaluate(FOCUS) == expected:
            break
        page.wait_for_timeout(50)
    return str(page.evaluate(FOCUS))


def look(page: Page, step: dict[str, Any]) -> None:
    widget = page.locator(".tb-widget")
    if "status" in step:
        expect(widget.get_by_role("status")).to_have_text(step["status"])
    if "focus" in step:
        assert find_focus(page, step["focus"]) == step["focus"]
    for text in step.get("shows", ()):
        expect(widget.get_by_text(text).filter(visible=True).first, text).to_be_visible()
    for text in step.get("hides", ()):
        expect(widget.get_by_text(text).filter(visible=True), text).to_have_count(0)
    if "told" in step:
        told = page.evaluate("window.told.splice(0)")
        assert [[kind, {name: of[name] for name in of if name != "key"}] for kind, of in told] == step["told"]


def open_case(case: dict[str, Any], make: Make, open_page: Open, direction: str = "ltr") -> Page:
    """From right to left also on a phone."""
    narrow = {"viewport": {"width": 390, "height": 800}} if direction == "rtl" else {}
    page = open_page(make(render(case["widget"], find_case_data(case))), reduced_motion="reduce", **narrow)
    page.locator("[data-ready]").wait_for()
    page.evaluate(f"document.documentElement.dir = '{direction}'")
    page.evaluate(LISTEN)
    page.locator("body").focus()
    return page


def walk(case: dict[str, Any], page: Page) -> Iterator[None]:
    """Stops where the case looks at what came of the keys."""
    for step in case["steps"]:
        for key in step.get("press", ()):
            typed = key.removeprefix("type ")
            page.keyboard.press(key) if typed == key else page.keyboard.type(typed)
        look(page, step)
        yield


@pytest.mark.parametrize("direction", with_long(["ltr", "rtl"], "ltr".__eq__))
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_by_keyboard(case: dict[str, Any], make: Make, open_page: Open, direction: str) -> None:
    page = open_case(case, make, open_page, direction)
    for _ in walk(case, page):
        assert list_breaches(page) == []
    if direction == "ltr" and case["name"] in FIRST:
        assert "\n".join(find_violations(page, case["name"])) == ""


@pytest.mark.long
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_every_step_is_clean_for_axe(case: dict[str, Any], make: Make, open_page: Open) -> None:
    page = open_case(case, make, open_page)
    for _ in walk(case, page):
        assert "\n".join(find_violations(page, case["name"])) == ""


@pytest.mark.parametrize("name", NAMES)
def test_broken_html_stays_as_it_is(name: str, make: Make, open_page: Open) -> None:
    """Without its answers, cards, figures or screen an element adds nothing."""
    html = re.sub(r'class="tb-(answer|result|card|figures|screen)(?=[ "])', 'class="tb-other', render(name))
    page = open_page(make(html))
    page.wait_for_function(f"customElements.get('tb-{name}') !== undefined")
    assert page.locator("[data-ready]").count() == 0
    assert page.get_by_role("button").count() == 0


@pytest.mark.parametrize("name", NAMES)
def test_moved_in_the_page_it_has_one_set_of_controls(name: str, make: Make, open_page: Open) -> None:
    page = open_page(make(render(name)))
    page.locator("[data-ready]").wait_for()
    before = page.locator(".tb-widget").evaluate("(one) => one.innerHTML")
    page.evaluate("document.querySelector('article').append(document.querySelector('.tb-widget'))")
    assert page.locator(".tb-widget").evaluate("(one) => one.innerHTML") == before
    bare = page.evaluate("""() => {
      const widget = document.querySelector('.tb-widget > *');
      widget.remove();
      return widget.outerHTML;
    }""")
    assert "tb-button" not in bare
    assert "data-ready" not in bare


@pytest.mark.parametrize("name", NAMES)
def test_without_script_all_can_be_read(name: str, make: Make, open_page: Open) -> None:
    page = open_page(make(render(name)), java_script_enabled=False)
    widget = page.locator(".tb-widget")
    assert widget.get_by_role("button").count() == 0
    while (folded := widget.locator("details:not([open]) > summary")).count():
        expect(folded.last).to_be_visible()
        folded.first.click()
    text = widget.text_content() or ""
    for part in texts_of(name):
        assert part in text
        expect(widget.get_by_text(part).first).to_be_visible()


def texts_of(name: str) -> list[str]:
    widget = load_widgets(ROOT)[name]
    texts = [text for text, _ in widget.list_texts(read_data_of_example(name))]
    return [text for text in texts if text and "\n" not in text.strip()]


@pytest.mark.parametrize("name", sorted(load_widgets(ROOT)))
def test_every_example_can_be_read(name: str) -> None:
    widget = load_widgets(ROOT)[name]
    page = parse_markdown(widget.example, f"{name}/example.md")
    fences = [fence for fence in page.fences if fence.language == name]
    assert fences
    assert [finding for fence in fences for finding in read_widget(fence, widget, read_course_data())[1]] == []


@pytest.mark.parametrize("name", sorted(load_widgets(ROOT)))
def test_every_example_is_live_in_the_docs(
    name: str, site: Path, serve: Callable[[Path], str], open_page: Open
) -> None:
    page = open_page(serve(site) + "widgets/", reduced_motion="reduce")
    elements = page.locator(f"tb-{name}")
    assert elements.count() >= 1
    for element in elements.all():
        element.scroll_into_view_if_needed()
    expect(page.locator(f"tb-{name}[data-ready]")).to_have_count(elements.count())
    source = page.locator(f"h2#{name} ~ .highlight code, h2#{name} ~ div code").first
    expect(source).to_contain_text(f"```{name}")


def test_nothing_is_stored_or_sent(make: Make, open_page: Open) -> None:
    """A file of the site may still be asked for, by its bare address."""
    page = open_page(make(render("explain")))
    page.locator("[data-ready]").wait_for()
    origin = page.evaluate("location.origin")
    asked: list[tuple[str, str]] = []
    page.on("request", lambda request: asked.append((request.method, request.url)))
    page.get_by_label("Your answer").fill("a secret of mine")
    page.get_by_role("button", name="Compare").click()
    page.get_by_role("checkbox").first.check()
    page.get_by_role("button", name="That is my rating").click()
    kept = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    assert {method for method, _ in asked} <= {"GET"}
    assert all(url.startswith(origin) and "?" not in url for _, url in asked)
    assert "secret" not in json.dumps(kept)
