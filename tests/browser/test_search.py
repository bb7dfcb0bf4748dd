"""Search: keys in, what a learner sees out."""

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from tests.browser.learner import read_events, wait_for_place
from tests.runs import with_long

from trackbook.language.words import load_language
from trackbook.model import Course
from trackbook.reading import read_course
from trackbook.site.search.index import lend_index
from trackbook.widgets import load_widgets

Open = Callable[..., Page]
Serve = Callable[[Path], str]
ROOT = Path(__file__).parents[2]
LESSON = "deep-learning/recurrence/lesson/"
NARROW, WIDE = {"width": 390, "height": 800}, {"width": 1280, "height": 800}
widths = pytest.mark.parametrize("viewport", with_long([NARROW, WIDE], NARROW.__eq__))

ASK_ALL = """async (names) => {
  const field = document.querySelector("dialog input"), body = document.querySelector(".tb-search-body");
  const found = [];
  for (const name of names) {
    field.value = name;
    field.dispatchEvent(new Event("input"));
    while (body.ariaBusy) await new Promise((resolve) => setTimeout(resolve, 5));
    found.push([...body.querySelectorAll(".tb-search-page")].slice(0, 5).map(({ href }) => href));
  }
  return found;
}"""

ADD_REPORT = """() => {
  const link = Object.assign(document.createElement("a"), { className: "tb-report", href: "https://a.example/" });
  document.querySelector("main").append(link);
}"""

ASK_INDEX = """async (query) => {
  const { results } = await (await import("/search/pagefind.js")).search(query);
  return Promise.all(results.map(async (result) => (await result.data()).raw_url));
}"""


@pytest.fixture(scope="module")
def address(serve: Serve, site: Path) -> str:
    return serve(site)


@pytest.fixture(scope="module")
def course() -> Course:
    return read_course(ROOT, load_widgets(ROOT))


def search(page: Page, query: str, key: str = "/") -> Locator:
    """Opens the dialog by a key, puts the words in, and waits for the answer."""
    page.keyboard.press(key)
    dialog = page.get_by_role("dialog", name="Search")
    expect(dialog.get_by_role("searchbox")).to_be_focused()
    page.keyboard.insert_text(query)  # at once: what is typed slowly is also looked for in parts
    expect(dialog.locator("[aria-busy]")).to_have_count(0)
    return dialog


@widths
@pytest.mark.parametrize("key", with_long(["/", "Control+k", "Meta+k"], "/".__eq__))
def test_keys_open_it_and_escape_gives_focus_back(
    open_page: Open, address: str, viewport: dict[str, int], key: str
) -> None:
    page = open_page(address + LESSON, viewport=viewport)
    page.get_by_role("link", name="Skip to the content").focus()
    dialog = search(page, "memory", key)
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()


@widths
def test_link_in_the_header_opens_it(open_page: Open, address: str, viewport: dict[str, int]) -> None:
    page = open_page(address + LESSON, viewport=viewport)
    link = page.get_by_role("link", name="Search", exact=True)
    link.press("Enter")
    expect(page.get_by_role("searchbox", name="Search the course")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(link).to_be_focused()


@widths
def test_learner_types_walks_and_opens(open_page: Open, address: str, viewport: dict[str, int]) -> None:
    page = open_page(address + LESSON, viewport=viewport)
    dialog = search(page, "vanishing gradients")
    expect(dialog.locator(".tb-search-status")).to_have_text(re.compile(r"^\d+ results$"))
    expect(dialog.get_by_role("heading").first).to_have_text("Meaning")
    expect(dialog.locator("mark").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(dialog.get_by_role("link", name="vanishing gradients", exact=True)).to_be_focused()
    page.keyboard.press("End")
    page.keyboard.press("Home")
    page.keyboard.press("ArrowUp")
    expect(dialog.get_by_role("searchbox")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(address + "glossary/#vanishing-gradients")
    expect(page.locator("#vanishing-gradients")).to_be_in_viewport()


def test_enter_waits_for_the_answer(open_page: Open, address: str) -> None:
    page = open_page(address + LESSON)
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.insert_text("softmax")
    page.keyboard.press("Enter")
    expect(page).to_have_url(address + "glossary/#softmax")


def test_site_may_lie_below_a_path(open_page: Open, serve: Serve, site: Path, tmp_path: Path) -> None:
    (tmp_path / "course").symlink_to(site)
    address = serve(tmp_path) + "course/"
    page = open_page(address + LESSON)
    search(page, "vanishing gradients")
    page.keyboard.press("Enter")
    expect(page).to_have_url(address + "glossary/#vanishing-gradients")


def test_walk_ends_where_the_list_ends(open_page: Open, address: str) -> None:
    page = open_page(address + LESSON)
    dialog = search(page, "vanishing gradients")
    stops = dialog.locator(".tb-search-body :is(a, button):visible")
    for number in range(stops.count()):
        page.keyboard.press("ArrowDown")
        expect(stops.nth(number)).to_be_focused()
        expect(stops.nth(number)).to_be_in_viewport()
    page.keyboard.press("ArrowDown")
    expect(stops.last).to_be_focused()
    page.keyboard.type("z")
    expect(dialog.get_by_role("searchbox")).to_have_value("vanishing gradientsz")


def test_section_leads_to_its_heading(open_page: Open, address: str) -> None:
    page = open_page(address)
    search(page, "hidden state").get_by_role("link", name="The loop").click()
    expect(page).to_have_url(address + LESSON + "#the-loop")


def test_result_on_this_page_closes_the_dialog(open_page: Open, address: str) -> None:
    page = open_page(address + LESSON)
    dialog = search(page, "hidden state")
    dialog.get_by_role("link", name="The loop", exact=True).click()
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("heading", name="The loop")).to_be_in_viewport()


def test_more_results_come_on_demand(open_page: Open, address: str) -> None:
    page = open_page(address + LESSON)
    dialog = search(page, "attention")
    expect(dialog.locator(".tb-search-status")).to_contain_text("The best 10 of")
    dialog.get_by_role("button", name="More results").press("Enter")
    expect(dialog.locator(".tb-search-status")).to_contain_text("The best 20 of")
    expect(dialog.locator(".tb-search-results a:focus")).to_have_count(1)


def test_nothing_found_leads_to_the_lists(open_page: Open, address: str) -> None:
    page = open_page(address + LESSON, viewport=WIDE)
    dialog = search(page, "zebrafish")
    expect(dialog.locator(".tb-search-said")).to_have_text("Nothing was found for “zebrafish”.")
    expect(dialog.get_by_role("link")).to_have_text(["Map", "Glossary", "Cheatsheets", "Everything on this site"])
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(address + "map/")


def test_what_is_missing_can_be_reported_where_the_course_has_an_address(open_page: Open, address: str) -> None:
    page = open_page(address + LESSON)
    page.evaluate(ADD_REPORT)
    dialog = search(page, "zebrafish")
    dialog.get_by_role("link", name="Ask for it: report what is missing").press("Enter")
    report = page.get_by_role("dialog", name="Report a mistake")
    expect(report.get_by_label("What is wrong?")).to_have_value("The search found nothing for “zebrafish”.")
    expect(dialog).to_be_hidden()
    page.keyboard.press("Escape")
    expect(report).to_have_count(0)
    expect(search(page, "attention").get_by_role("link", name="Ask for it")).to_have_count(0)


@pytest.mark.parametrize("query", with_long(["the", "a", "what is the", "  ", "@#"], {"the", "@#"}.__contains__))
def test_small_words_alone_load_nothing(open_page: Open, address: str, query: str) -> None:
    page = open_page(address + LESSON)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    search(page, query)
    assert [url for url in asked if "/index/" in url or (query == "@#" and "/names/" in url)] == []


def test_small_words_and_hyphens_do_not_matter(open_page: Open, address: str) -> None:
    page = open_page(address + LESSON)
    dialog = search(page, "what is the query-key-value?")
    expect(dialog.locator(".tb-search-page").first).to_have_text("query, key and value")


def test_it_remembers_nothing(open_page: Open, address: str) -> None:
    page = open_page(address + LESSON)
    wait_for_place(page)  # which is noted by itself
    before = [page.evaluate("JSON.stringify(localStorage)"), read_events(page)]
    dialog = search(page, "attention")
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    expect(dialog.get_by_role("searchbox")).to_have_value("")
    expect(dialog.locator(".tb-search-page")).to_have_count(0)
    assert [page.evaluate("JSON.stringify(localStorage)"), read_events(page)] == before
    assert page.evaluate("indexedDB.databases().then((all) => all.map(({ name }) => name))") == ["trackbook:/:record"]
    assert page.context.cookies() == []


def test_slash_in_a_field_is_a_slash(open_page: Open, address: str) -> None:
    page = open_page(address + LESSON)
    page.evaluate("document.querySelector('article').append(document.createElement('textarea'))")
    page.locator("textarea").press("/")
    page.locator("textarea").press("Control+k")
    expect(page.locator("textarea")).to_have_value("/")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_slash_can_be_turned_off(open_page: Open, address: str) -> None:
    page = open_page(address + LESSON)
    page.get_by_role("button", name="Reading settings").press("Enter")
    page.get_by_role("group", name="Letter keys").get_by_role("radio", name="Off").check()
    page.keyboard.press("Escape")
    page.goto(address + "glossary/")
    page.keyboard.press("/")
    page.keyboard.press("Control+k")
    dialog = page.get_by_role("dialog", name="Search")
    expect(dialog).to_be_visible()
    expect(dialog.get_by_role("searchbox")).to_have_value("")


def test_it_fills_a_phone_and_stays_a_window_on_a_wide_screen(open_page: Open, address: str) -> None:
    for viewport, whole in ((NARROW, True), (WIDE, False)):
        page = open_page(address + LESSON, viewport=viewport)
        search(page, "attention")
        page.wait_for_function("[...document.styleSheets].some(({ href }) => href?.includes('search'))")
        box: Any = page.get_by_role("dialog").bounding_box()
        assert ((box["width"], box["height"]) == (viewport["width"], viewport["height"])) is whole
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_security_policy_holds_while_searching(open_page: Open, address: str) -> None:
    page = open_page(address + LESSON)
    page.evaluate("window.broken = []; addEventListener('securitypolicyviolation', (e) => broken.push(e.blockedURI))")
    assert page.locator("meta[http-equiv=Content-Security-Policy]").count() == 1
    search(page, "attention")
    expect(page.locator(".tb-search-page").first).to_be_visible()
    assert page.evaluate("broken") == []
    assert len(page.workers) == 1


def test_without_script_the_link_leads_to_a_list(open_page: Open, address: str) -> None:
    page = open_page(address + LESSON, viewport=NARROW, java_script_enabled=False)
    page.get_by_role("link", name="Search", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page).not_to_have_url(address + LESSON)


def test_no_network_is_said_and_the_next_try_works(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(address + LESSON)
    for file in ("search/search.json", "contents/words.json"):
        page.route(f"**/{file}", lambda route: route.abort())
    dialog = search(page, "attention")
    expect(dialog.locator(".tb-search-said")).to_have_text("The search could not be loaded. Is there a network?")
    page.unroute_all()
    page.keyboard.press("Escape")
    search(page, "attention")
    expect(dialog.locator(".tb-search-page").first).to_be_visible()
    page.close()


def test_served_site_says_where_its_results_come_from(
    open_page: Open, serve: Serve, site: Path, tmp_path: Path
) -> None:
    served = tmp_path / "served"
    served.mkdir()
    for part in site.iterdir():
        if part.name != "search":
            (served / part.name).symlink_to(part)
    lend_index(site, served, load_language("en"))
    os.utime(served / "search/search.json", (0, 0))  # the server looks at whole seconds
    page = open_page(serve(served) + LESSON)
    dialog = search(page, "attention")
    expect(dialog.locator(".tb-search-page").first).to_be_visible()
    expect(dialog.get_by_text("Results come from the last build.")).to_be_visible()
    lend_index(tmp_path / "nothing", served, load_language("en"))
    page.reload()
    expect(search(page, "attention").get_by_text("Run “trackbook build” once")).to_be_visible()


def test_opened_again_before_its_closing_is_told_it_keeps_what_is_typed(open_page: Open, address: str) -> None:
    page = open_page(address + LESSON)
    dialog = search(page, "attention")
    expect(dialog.locator(".tb-search-page").first).to_be_visible()
    dialog.dispatch_event("close")  # browsers tell it with the next picture, which may be late
    expect(dialog.get_by_role("searchbox")).to_have_value("attention")
    expect(dialog.locator(".tb-search-page").first).to_be_visible()


def test_short_name_comes_before_longer_ones_with_it(open_page: Open, address: str) -> None:
    """In the index itself, for courses in which the dialog does not see all that is found."""
    page = open_page(address + LESSON)
    found = page.evaluate(ASK_INDEX, "attention")
    longer = {"/glossary/attention-head/", "/glossary/cross-attention/", "/glossary/multi-head-attention/"}
    assert min(map(found.index, longer)) > found.index("/glossary/attention/")


@pytest.mark.long
def test_every_concept_finds_its_definition_and_its_lesson(open_page: Open, address: str, course: Course) -> None:
    """By its exact name: among the first five results are its glossary entry, and its cheatsheet or lesson."""
    page = open_page(address + LESSON)
    search(page, "")
    concepts = list(course.concepts.values())
    lost = []
    for concept, found in zip(concepts, page.evaluate(ASK_ALL, [concept.name for concept in concepts]), strict=True):
        module = course.module(concept.taught_in)
        wanted = {f"{module.key}/lesson/", f"{module.key}/cheatsheet/"} if module and module.pages else set()
        addresses = {link.removeprefix(address) for link in found}
        if f"glossary/#{concept.id}" not in addresses or (wanted and not wanted & addresses):
            lost.append((concept.id, sorted(addresses)))
    assert len(concepts) > 70
    assert lost == []


@widths
def test_slip_is_mended_and_what_was_written_is_one_press_away(
    open_page: Open, address: str, viewport: dict[str, int]
) -> None:
    page = open_page(address + LESSON, viewport=viewport)
    dialog = search(page, "atention")
    expect(dialog.locator(".tb-search-said")).to_contain_text("Showing attention.")
    page.keyboard.press("ArrowDown")
    expect(dialog.get_by_role("link", name="attention", exact=True)).to_be_focused()
    dialog.get_by_role("button", name="Search for “atention” as written").press("Enter")
    expect(dialog.locator(".tb-search-said")).to_contain_text("Nothing was found for “atention”.")
    expect(dialog.get_by_role("searchbox")).to_be_focused()
    near = dialog.get_by_role("list", name="Near it").locator(".tb-search-page")
    expect(near.first).to_have_text("attention")
    expect(near).to_have_count(3)
    page.keyboard.press("ArrowDown")
    expect(dialog.get_by_role("button", name="attention", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    expect(dialog.get_by_role("searchbox")).to_have_value("attention")
    expect(dialog.get_by_role("link", name="attention", exact=True)).to_be_visible()


def test_word_half_typed_may_hold_a_slip(open_page: Open, address: str) -> None:
    page = open_page(address + LESSON)
    dialog = search(page, "vansihi")
    expect(dialog.locator(".tb-search-said")).to_contain_text("Showing vanishing.")
    expect(dialog.locator(".tb-search-page").first).to_have_text("vanishing gradients")


def test_two_words_written_as_one_are_parted(open_page: Open, address: str) -> None:
    page = open_page(address + LESSON)
    dialog = search(page, "finetuning")
    expect(dialog.locator(".tb-search-said")).to_contain_text("Showing fine tuning.")
    expect(dialog.locator(".tb-search-page").first).to_have_text("fine tuning")


@pytest.mark.parametrize("query", with_long(["animals", "gated", "photographs"], "animals".__eq__))
def test_words_of_texts_are_no_slips(open_page: Open, address: str, query: str) -> None:
    page = open_page(address + LESSON)
    dialog = search(page, query)
    expect(dialog.locator(".tb-search-page").first).to_be_visible()
    expect(dialog.locator(".tb-search-said p")).to_have_count(0)


def test_question_words_alone_find_names_with_them(open_page: Open, address: str) -> None:
    page = open_page(address + LESSON)
    dialog = search(page, "why")
    expect(dialog.get_by_role("link", name="Why training starves")).to_be_visible()


def test_word_that_nothing_has_is_left_out_and_said(open_page: Open, address: str) -> None:
    page = open_page(address + LESSON)
    dialog = search(page, "softmax wobblefrotz")
    expect(dialog.locator(".tb-search-said")).to_contain_text("Not found, so left out: wobblefrotz.")
    expect(dialog.locator(".tb-search-page").first).to_have_text("softmax")


def test_places_beyond_the_best_come_on_demand(open_page: Open, address: str) -> None:
    page = open_page(address + LESSON)
    dialog = search(page, "attention")
    places = dialog.get_by_role("list", name="Places in lessons").get_by_role("listitem")
    expect(places).to_have_count(4)
    dialog.get_by_role("button", name="more places").press("Enter")
    expect(places.nth(4).get_by_role("link")).to_be_focused()


def test_groups_say_how_many_they_hold(open_page: Open, address: str) -> None:
    """Where more results may come, nothing is said: a number that grows says little."""
    page = open_page(address + LESSON)
    headings = search(page, "vanishing gradients").get_by_role("heading")
    counted = [re.compile(rf"^{group} [1-9]\d*$") for group in ("Lessons", "Places in lessons", "Practice and cards")]
    expect(headings).to_have_text(["Meaning", *counted])
    page.keyboard.press("Escape")
    expect(search(page, "attention").get_by_role("heading", name="Lessons", exact=True)).to_be_visible()


def test_excerpts_have_words_and_dots_beside_them(open_page: Open, address: str) -> None:
    page = open_page(address + LESSON)
    for query in ("attention", "vanishing gradients", "transformer block"):
        dialog = search(page, query)
        expect(dialog.locator(".tb-search-page").first).to_be_visible()
        excerpts = dialog.locator(".tb-search-result > p").all_text_contents()
        assert excerpts
        assert [
            text for text in excerpts if not re.fullmatch(r"(…\u00a0)?[^\s…][^…]*(?<!\s)(\u00a0…)?", text.strip(" "))
        ] == []
        page.keyboard.press("Escape")


def test_pages_are_loaded_for_what_is_shown(open_page: Open, address: str) -> None:
    """No word of this question is near a name, so no page needs to tell how it spells one."""
    page = open_page(address + LESSON)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    dialog = search(page, "why does the number of comparisons grow")
    expect(dialog.locator(".tb-search-page").first).to_be_visible()
    shown = re.findall(r"\d+", dialog.locator(".tb-search-status").inner_text())[0]
    assert sum(".pf_fragment" in url for url in asked) <= int(shown)


def test_opening_loads_no_font(open_page: Open, address: str) -> None:
    """The names of keys are no code, not even before the dialog's own sheet has come."""
    page = open_page(address + LESSON)
    page.wait_for_load_state("networkidle")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.route(re.compile(r"trackbook_search-.*\.css"), lambda _: None)
    search(page, "")
    expect(page.locator("dialog kbd").first).to_be_attached()
    page.evaluate("document.fonts.ready")
    assert [url for url in asked if url.endswith(".woff2")] == []


def test_words_come_with_the_first_letter(open_page: Open, address: str) -> None:
    page = open_page(address + LESSON)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(address)))
    dialog = search(page, "")
    page.wait_for_load_state("networkidle")
    assert [url for url in asked if url.startswith("contents/")] == []
    page.keyboard.insert_text("softmax")
    expect(dialog.locator(".tb-search-page").first).to_have_text("softmax")
    assert [url for url in asked if url.startswith("contents/")] == ["contents/words.json"]


def test_without_the_words_the_index_answers(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(address + LESSON)
    page.route("**/contents/**", lambda route: route.abort())
    dialog = search(page, "what is softmax")
    expect(dialog.locator(".tb-search-page").first).to_have_text("softmax")
    page.close()


def test_names_answer_alone_where_the_index_cannot_be_had(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(address + LESSON)
    page.route("**/search/**", lambda route: route.abort())
    page.route("**/contents/names/transformers.json", lambda route: route.abort())
    dialog = search(page, "recurence")
    expect(dialog.locator(".tb-search-said")).to_contain_text("You are offline.")
    expect(dialog.locator(".tb-search-elsewhere")).to_contain_text("With a network, Track 5 and the whole text")
    expect(dialog.get_by_role("link", name="Keep a track on this device")).to_have_attribute(
        "href", f"{address}offline/"
    )
    expect(dialog.locator(".tb-search-page").first).to_have_text("recurrence")
    expect(dialog.get_by_role("link", name="Recurrence: carrying memory").first).to_be_visible()
    page.close()


def test_network_that_goes_while_searching_is_not_told_as_nothing_found(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(address + LESSON)
    expect(search(page, "softmax").locator(".tb-search-page").first).to_be_visible()
    page.route("**/search/**", lambda route: route.abort())
    page.keyboard.press("Escape")
    dialog = search(page, "perplexity")
    expect(dialog.locator(".tb-search-said")).to_contain_text("You are offline.")
    expect(dialog.locator(".tb-search-page").first).to_have_text("perplexity")
    page.close()
