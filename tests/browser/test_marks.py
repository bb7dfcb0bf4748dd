"""Highlights, notes and bookmarks: made, there again later, found after an edit, listed, exported."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect
from tests.browser.gates.axe import find_violations
from tests.browser.learner import Learner, bring, make_event, open_profile, read_events, write_file
from tests.browser.screen import list_breaches
from tests.runs import with_long

CASES = Path(__file__).parents[1] / "cases"
STORAGE = yaml.safe_load((CASES / "storage.yml").read_text("utf-8"))
EDITS = yaml.safe_load((CASES / "moved_words.yml").read_text("utf-8"))
MODULE = "deep-learning/attention-in-brief"
LESSON = f"{MODULE}/lesson/"
WORDS = "You will rank rather than"
NOTE = "Sixteen times the text, <b>256</b> times the work."
WIDE: ViewportSize = {"width": 1280, "height": 900}
NARROW: ViewportSize = {"width": 390, "height": 844}
SIZES = [WIDE, NARROW]
CHOOSE = """(text) => {
  const walker = document.createTreeWalker(document.querySelector("article"), NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const at = node.data.indexOf(text);
    if (at < 0) continue;
    node.parentElement.scrollIntoView({ block: "center" });
    getSelection().setBaseAndExtent(node, at, node, at + text.length);
    return;
  }
  throw new Error(`no “${text}”`);
}"""
PAINTED = """(name) => [...(CSS.highlights.get(name) ?? [])].map((range) => String(range).replace(/\\s+/g, " "))"""
PASSAGES = """() => {
  const texts = [...document.querySelectorAll("article > p")].map((one) => one.firstChild?.data ?? "");
  const starts = texts.map((text) => text.replace(/\\s+/g, " ").trim().slice(0, 60));
  return [...new Set(starts)].filter((text) => text.length > 30);
}"""
SHIFTS = """globalThis.shifted = 0;
new PerformanceObserver((list) => {
  for (const { value } of list.getEntries()) shifted += value;
}).observe({ type: "layout-shift", buffered: true });"""
PLACES = """() => {
  const top = document.querySelector("article").getBoundingClientRect().top;
  const parts = [...document.querySelectorAll("article > :not(.tb-mine)")];
  const shown = parts.filter((part) => part.getClientRects().length);
  return shown.map((part) => Math.round(part.getBoundingClientRect().bottom - top));
}"""
ADD_REPORT = """() => {
  const address = "https://example.org/new";
  const parts = { className: "tb-report", href: address, textContent: "Report" };
  const link = Object.assign(document.createElement("a"), parts);
  link.dataset.form = `${address}?title={title}&text={text}`;
  document.querySelector("article").after(link);
}"""
Site = Callable[[Path], str]


@pytest.fixture(scope="module")
def url(site: Path, serve: Site) -> str:
    return serve(site)


@pytest.fixture(params=with_long(SIZES, lambda size: size is NARROW), ids=["1280", "390"])
def learner(browser: Browser, url: str, request: pytest.FixtureRequest) -> Iterator[Learner]:
    with open_profile(browser, url, viewport=request.param, reduced_motion="reduce") as learner:
        yield learner


def choose(page: Page, words: str = WORDS) -> None:
    page.evaluate(CHOOSE, words)
    expect(page.get_by_role("toolbar", name="Chosen words")).to_be_visible()


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def write_note(page: Page, note: str = NOTE, words: str = WORDS) -> None:
    choose(page, words)
    press(page, "Note")
    expect(page.get_by_role("textbox", name="Note")).to_be_focused()
    page.keyboard.insert_text(note)
    press(page, "Keep")
    expect(page.get_by_role("dialog")).to_be_hidden()


def list_painted(page: Page, name: str = "tb-mine") -> list[str]:
    found: list[str] = page.evaluate(PAINTED, name)
    return found


def is_wide(page: Page) -> bool:
    return page.viewport_size == WIDE


def make_highlight(mark: str, exact: str, **changes: Any) -> dict[str, Any]:
    quote = {"exact": exact, "prefix": "", "suffix": "", **changes.pop("quote", {})}
    what = {"is": "highlight", "mark": mark, "title": "Costs", "section": "", "heading": "", "quote": quote}
    what |= {"position": {"start": 0, "end": len(exact)}, **changes}
    return make_event(f"event-{mark}", MODULE, "2026-03-01T10:00:00.000+01:00", **what)


def test_a_note_is_there_again(learner: Learner) -> None:
    page = learner.visit(LESSON)
    expect(page.locator("tb-done")).to_contain_text("Mark this lesson as done")
    page.wait_for_load_state("networkidle")  # what wakes later moves as well
    before = page.evaluate(PLACES)
    write_note(page)
    assert list_painted(page) == [WORDS]
    assert page.evaluate(PLACES) == before
    page = learner.visit(LESSON)
    page.locator("[data-mark]").wait_for()
    assert list_painted(page) == [WORDS]
    if is_wide(page):
        expect(page.get_by_role("note").filter(has_text="Your note")).to_contain_text(NOTE)
    page.locator("[data-mark]").press("Enter")
    sheet = page.get_by_role("dialog", name="Your note")
    expect(sheet.locator("blockquote")).to_have_text(WORDS)
    expect(sheet.get_by_role("textbox")).to_have_value(NOTE)
    page.keyboard.press("Escape")
    expect(page.locator("[data-mark]")).to_be_focused()
    assert list_breaches(page) == []


@pytest.mark.long
def test_all_that_is_shown_is_accessible(learner: Learner) -> None:
    page = learner.visit(LESSON)
    write_note(page)
    page.evaluate("scrollTo(0, 0)")  # where the head of the page covers half of no link
    assert find_violations(page, "a note") == []
    page.locator("[data-mark]").click()
    assert find_violations(page, "the sheet") == []
    page.keyboard.press("Escape")
    page.keyboard.press("m")
    expect(page.get_by_role("button", name="Highlight")).to_be_focused()
    # It lies over the text and its links until it is closed.
    assert [one for one in find_violations(page, "the bar") if "target-size" not in one] == []
    progress = learner.visit()
    progress.locator("tb-marks li").wait_for()
    assert find_violations(progress, "the list") == []


def test_closing_keeps_what_was_typed_and_deleting_leaves_no_word(learner: Learner) -> None:
    page = learner.visit(LESSON)
    write_note(page, "the first version")
    page.locator("[data-mark]").click()
    page.get_by_role("textbox").fill("the second version")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.locator("[data-mark]").click()
    expect(page.get_by_role("textbox")).to_have_value("the second version")
    assert "the first" not in json.dumps(read_events(page))
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(page.locator("[data-mark]")).to_have_count(0)
    assert list_painted(page) == []
    kept = page.evaluate("""async () => {
      const ask = (request) => new Promise((yes) => { request.onsuccess = () => yes(request.result); });
      const work = (await ask(indexedDB.open("trackbook:/:record"))).transaction(["events", "snapshots"]);
      const tables = ["events", "snapshots"].map((name) => ask(work.objectStore(name).getAll()));
      const all = await Promise.all(tables);
      return all.flat().some((one) => [...(one.state?.marks.notes ?? [])].length > 0 || one.what?.is === "note");
    }""")
    assert not kept


def test_help_lists_the_keys_that_work(learner: Learner) -> None:
    page = learner.visit(LESSON)
    page.keyboard.press("?")
    part = page.get_by_role("dialog").locator("section", has=page.get_by_role("heading", name="In a lesson"))
    expect(part.locator("dt")).to_have_text(["M", "B"])
    page.keyboard.press("Escape")
    page.evaluate("document.documentElement.dataset.keys = 'off'")
    page.get_by_role("button", name="Keyboard help").click()
    expect(page.get_by_role("dialog")).to_contain_text("Everywhere")
    expect(part).to_have_count(0)
    page.goto(page.url.replace("lesson/", "practice/"))
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("In questions")
    expect(part).to_have_count(0)


def test_passages_are_marked_by_keys_alone(learner: Learner) -> None:
    page = learner.visit(LESSON)
    if not is_wide(page):
        page.get_by_text("On this page").last.press("Enter")
    page.get_by_role("button", name="Mark a passage").press("Enter")
    expect(page.get_by_role("button", name="Highlight")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    said = page.locator(".tb-mine-bar [role=status]")
    expect(said).to_contain_text(f"“{WORDS}")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.get_by_role("textbox", name="Note")).to_be_focused()
    page.keyboard.type("by keys")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.get_by_role("button", name="Mark a passage")).to_be_focused()
    [painted] = list_painted(page)
    assert painted.startswith(WORDS)
    page.keyboard.press("m")
    expect(page.get_by_role("button", name="Highlight", exact=True)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("toolbar", name="Chosen words")).to_be_hidden()


@pytest.mark.long
def test_letters_do_nothing_where_they_are_turned_off(learner: Learner) -> None:
    page = learner.visit(LESSON)
    write_note(page)
    page.evaluate("document.documentElement.dataset.keys = 'off'")
    page.keyboard.press("b")
    page.keyboard.press("m")
    page.wait_for_timeout(200)
    expect(page.get_by_role("toolbar")).to_be_hidden()
    assert [event["what"]["is"] for event in read_events(page) if "mark" in event["what"]] == ["highlight", "note"]


@pytest.mark.long
def test_a_section_is_bookmarked_and_let_go(learner: Learner) -> None:
    page = learner.visit(f"{LESSON}#side-by-side")
    page.keyboard.press("b")
    mark = page.get_by_role("button", name="Your bookmark: Side by side")
    expect(mark).to_be_visible()
    assert list_breaches(page) == []
    progress = learner.visit()
    progress.get_by_role("link", name="Go there: Side by side").click()
    progress.wait_for_url("**#side-by-side")
    page.keyboard.press("b")
    expect(mark).to_have_count(0)


def test_all_are_listed_and_exported(learner: Learner, tmp_path: Path) -> None:
    page = learner.visit(LESSON)
    write_note(page)
    progress = learner.visit()
    listed = progress.locator("tb-marks li")
    expect(listed).to_contain_text(NOTE)
    assert list_breaches(progress) == []
    with progress.expect_download() as download:
        press(progress, "Export as Markdown")
    download.value.save_as(tmp_path / "notes.md")
    text = (tmp_path / "notes.md").read_text("utf-8")
    assert re.match(r"# Your notes\n\n## \[Attention and transformers, in brief\]\(<http.*/lesson/>\)\n\n> ", text)
    assert f"> {WORDS}\n\n{NOTE}\n" in text
    with progress.expect_download() as download:
        press(progress, "Export")
    download.value.save_as(tmp_path / "record.json")
    record = (tmp_path / "record.json").read_text("utf-8")
    assert WORDS in record
    assert NOTE not in record
    listed.get_by_role("button", name="Delete").press("Enter")
    expect(progress.get_by_role("heading", name="Your notes")).to_be_focused()
    expect(progress.locator("tb-marks")).to_contain_text("What you mark is listed here.")
    expect(page.locator("[data-mark]")).to_have_count(0)
    assert "added" in bring(progress, tmp_path / "record.json") or "here already" in bring(
        progress, tmp_path / "record.json"
    )
    expect(listed).to_have_count(0)


@pytest.mark.long
def test_a_record_brings_its_marks_along(learner: Learner) -> None:
    progress = learner.visit()
    note = make_event(
        "n", MODULE, "2026-03-01T11:00:00.000+01:00", **{"is": "note", "mark": "m", "text": NOTE, "private": True}
    )
    file = write_file(
        [make_highlight("m", WORDS), note, make_highlight("other", "none") | {"item": "deep-learning/gone"}]
    )
    assert "3 new entries" in bring(progress, file)
    expect(progress.locator("tb-marks h3")).to_have_text(["Attention and transformers, in brief", "Costs"])
    expect(progress.locator("tb-marks")).to_contain_text("The course no longer has this lesson.")
    progress.get_by_role("button", name="Delete everything").click()
    progress.get_by_role("button", name="Yes, delete").click()
    expect(progress.locator("tb-marks li")).to_have_count(0)


@pytest.mark.parametrize("case", with_long(STORAGE, lambda case: case is STORAGE[1]), ids=lambda case: case["name"])
def test_what_cannot_be_kept_is_told_where_it_was_typed(browser: Browser, url: str, case: Mapping[str, str]) -> None:
    with open_profile(browser, url, viewport=NARROW) as learner:
        learner.context.add_init_script(case["script"])
        page = learner.visit(LESSON)
        choose(page)
        press(page, "Note")
        page.get_by_role("textbox", name="Note").fill(NOTE)
        press(page, "Keep")
        sheet = page.get_by_role("dialog")
        expect(sheet).to_contain_text("Your note is not kept.")
        expect(sheet.get_by_role("textbox")).to_have_value(NOTE)
        press(page, "Keep")
        expect(sheet).to_be_hidden()
        page.locator("[data-mark]").click()
        expect(sheet.get_by_role("textbox")).to_have_value(NOTE)


def test_words_are_marked_by_touch(browser: Browser, url: str) -> None:
    """A phone tells what a long press chose, and shows its own menu above the words: the bar stands below them."""
    with open_profile(browser, url, viewport=NARROW, has_touch=True, is_mobile=True) as learner:
        page = learner.visit(LESSON)
        choose(page)
        bar, words = page.locator(".tb-mine-bar"), "getSelection().getRangeAt(0).getBoundingClientRect().bottom"
        box = bar.bounding_box()
        assert box and box["y"] >= page.evaluate(words)
        assert box["x"] >= 0 and box["x"] + box["width"] <= 390 and box["y"] + box["height"] <= 844
        assert all(
            button["height"] >= 44
            for button in map(Locator.bounding_box, bar.locator("button:visible").all())
            if button
        )
        page.evaluate("getSelection().extend(getSelection().focusNode, getSelection().focusOffset + 10)")
        expect(bar).to_be_visible()
        page.get_by_role("button", name="Highlight", exact=True).tap()
        expect(page.locator("[data-mark]")).to_have_count(1)
        assert [painted.removeprefix(WORDS) for painted in list_painted(page)] == [" calculate"]
        page.touchscreen.tap(*find_words(page))
        expect(page.get_by_role("dialog", name="Your highlight")).to_be_visible()


def find_words(page: Page) -> tuple[float, float]:
    x, y = page.evaluate("""() => {
      const [range] = CSS.highlights.get("tb-mine");
      const { left, top } = range.getClientRects()[0];
      return [left + 8, top + 8];
    }""")
    return x, y


@pytest.mark.parametrize("size", with_long(SIZES, lambda size: size is WIDE), ids=["1280", "390"])
def test_nothing_moves_for_many_marks(browser: Browser, url: str, size: ViewportSize) -> None:
    with open_profile(browser, url, viewport=size) as learner:
        page = learner.visit(LESSON)
        words = page.evaluate(PASSAGES)
        assert len(words) > 12
        marks = [make_highlight(f"m{at}", text) for at, text in enumerate(words)]
        notes = [{"is": "note", "mark": f"m{at}", "text": NOTE, "private": True} for at in range(0, len(words), 2)]
        at = "2026-03-01T11:00:00.000+01:00"
        events = [*marks, *(make_event(f"n{number}", MODULE, at, **note) for number, note in enumerate(notes))]
        bring(learner.visit(), write_file(events))
        learner.context.add_init_script(SHIFTS)
        page = learner.visit(LESSON)
        expect(page.locator("[data-mark]")).to_have_count(len(words))
        page.wait_for_load_state("networkidle")
        assert page.evaluate("shifted") <= 0.01


def test_paper_has_the_notes_below_their_paragraph(browser: Browser, url: str) -> None:
    with open_profile(browser, url, viewport=NARROW) as learner:
        page = learner.visit(LESSON)
        write_note(page)
        page.emulate_media(media="print")
        paragraph = page.locator("article > *", has_text=WORDS).first
        expect(paragraph.locator("~ .tb-mine-paper:visible").first).to_contain_text(NOTE)
        expect(page.locator(".tb-mine:visible")).to_have_count(1)


TEXT = (
    "<h1>Costs</h1><h2 id='costs'>What it costs</h2><p>Comparing is not all that a model does.</p>"
    "<p>Two kinds of work grow. In short texts they matter; then attention overtakes them in the longest texts."
    " That is why windows end somewhere.</p><p>The last word is open.</p>"
    '<div class="tb-done-box"><tb-done data-module="deep-learning/attention-in-brief" hidden></tb-done></div>'
)
HIGHLIGHTED = "attention overtakes them in the longest texts"


@pytest.mark.parametrize(
    "case",
    with_long(EDITS, lambda case: case["name"] in ("a slip mended", "its paragraph gone")),
    ids=lambda case: case["name"],
)
def test_words_are_found_after_an_edit(
    browser: Browser, write_article: Callable[[str], Path], serve: Site, case: Mapping[str, str]
) -> None:
    folder = write_article(f"{TEXT}<tb-marks></tb-marks>")
    index = folder / "index.html"
    html = index.read_text("utf-8").replace("<tb-marks></tb-marks>", "").replace("<body ", "<body class='tb-lesson' ")
    index.write_text(html, "utf-8")
    with open_profile(browser, serve(folder), viewport=WIDE) as learner:
        page = learner.visit("")
        write_note(page, words=HIGHLIGHTED)
        edited = html.replace(case.get("old", ""), case.get("new", "")) if "old" in case else html
        assert ("old" in case) == (edited != html)
        index.write_text(edited, "utf-8")
        page = learner.visit("")
        page.locator("[data-mark]").wait_for()
        says = {"changed": "The text has changed since.", "lost": "This text is no longer here."}
        card = page.get_by_role("note").filter(has_text="Your note")
        expect(card).to_contain_text(NOTE)
        assert list_painted(page) == ([case["now"]] if case["says"] == "same" else [])
        if case["says"] == "same":
            expect(card).not_to_contain_text("The text has changed since.")
            return
        expect(card).to_contain_text(f"{says[case['says']]} It said: “{HIGHLIGHTED}”")
        assert list_painted(page, "tb-mine-changed") == ([case["now"]] if case["says"] == "changed" else [])
        if case["says"] == "changed":
            card.get_by_role("button", name="Use the new words").press("Enter")
            expect(card).not_to_contain_text("The text has changed since.")
            assert list_painted(page) == [case["now"]]


@pytest.mark.long
def test_marks_do_without_highlights_of_the_browser(browser: Browser, url: str) -> None:
    with open_profile(browser, url, viewport=WIDE) as learner:
        learner.context.add_init_script(
            "Object.defineProperty(CSS, 'highlights', { value: undefined }); delete CSS.highlights"
        )
        page = learner.visit(LESSON)
        write_note(page)
        expect(page.locator("mark.tb-mine")).to_have_text(WORDS)
        page.get_by_role("note").get_by_role("button", name="Delete").click()
        expect(page.locator("mark.tb-mine")).to_have_count(0)


def test_nothing_is_loaded_before_it_is_asked_for(browser: Browser, url: str) -> None:
    with open_profile(browser, url, viewport=WIDE) as learner:
        page = learner.visit(LESSON)
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.wait_for_load_state("networkidle")
        assert not [address for address in asked if "marks-" in address]
        assert page.locator(".tb-mine").count() == 0
        choose(page)
        assert [address for address in asked if "marks-" in address]


def test_a_link_to_chosen_words_leads_to_them(learner: Learner) -> None:
    page = learner.visit(LESSON)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    choose(page, "a main reason why a model")
    press(page, "Copy a link to these words")
    expect(page.get_by_text("The link to these words is copied.")).to_be_visible()
    address = page.evaluate("navigator.clipboard.readText()")
    assert address.endswith(f"/{LESSON}#what-it-costs:~:text=a%20main%20reason%20why%20a%20model")
    there = page.context.new_page()
    there.goto(address)
    expect(there.get_by_text("This is a main reason")).to_be_in_viewport()


def test_a_link_that_cannot_be_copied_is_shown(learner: Learner) -> None:
    page = learner.visit(LESSON)
    page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    choose(page)
    press(page, "Copy a link to these words")
    expect(page.get_by_text("Your browser did not copy the link.")).to_contain_text(":~:text=You%20will%20rank")


@pytest.mark.parametrize("is_told", [True, False], ids=["address", "no-address"])
def test_chosen_words_are_reported_from_their_bar(learner: Learner, is_told: bool) -> None:
    page = learner.visit(LESSON)
    if is_told:
        page.evaluate(ADD_REPORT)
    choose(page)
    if not is_told:
        expect(page.get_by_role("button", name="Report")).to_have_count(0)
        return
    press(page, "Report")
    dialog = page.get_by_role("dialog", name="Report a mistake")
    expect(dialog).to_contain_text(f"“{WORDS}”")
    assert dialog.evaluate("(one) => one.scrollWidth <= one.clientWidth")
