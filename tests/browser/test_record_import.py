"""Files that a learner brings along: a record is taken whole, anything else is refused whole, and says so once."""

import codecs
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser, Page, Route, expect
from tests.browser.learner import (
    Event,
    Learner,
    bring,
    make_event,
    make_grade,
    open_profile,
    wait_until_ready,
    write_file,
)
from tests.conftest import ROOT
from tests.runs import with_long
from tests.serving.server import wait_until

from trackbook.language import words as language

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "imports.yml").read_text("utf-8"))
SAYS = yaml.safe_load((language.FOLDER / "en.yml").read_text("utf-8"))["elements"]["progress"]
OURS = yaml.safe_load((ROOT / "lessons" / "course.yml").read_text("utf-8"))
LOOP, STATE = "deep-learning/recurrence#loop-card", "deep-learning/recurrence#state-card"
KEPT = [
    make_grade("kept-grade", LOOP, "2026-03-01T10:00:00.000+01:00"),
    make_event("kept-done", "deep-learning/recurrence", "2026-03-01T11:00:00.000+01:00", **{"is": "done"}),
]
GOOD = [
    make_grade(name, STATE, f"2026-03-0{day}T10:00:00.000+01:00") for day, name in enumerate(["first", "b", "c"], 1)
]
Site = Callable[[Path], str]


@pytest.fixture(scope="module")
def url(site: Path, serve: Site) -> str:
    return serve(site)


@pytest.fixture(scope="module")
def shared(browser: Browser, url: str) -> Iterator[tuple[Learner, Page]]:
    """One learner with a record; a refused file changes nothing, so the next finds it as it was."""
    with open_profile(browser, url) as learner:
        page = learner.visit()
        bring(page, write_file(KEPT))
        yield learner, page


@pytest.fixture
def holder(shared: tuple[Learner, Page]) -> Iterator[tuple[Learner, Page]]:
    """The same, put in order again where a test found that something did change."""
    learner, page = shared
    yield shared
    learner.errors.clear()
    if learner.read_events(page) != KEPT:
        page.get_by_role("button", name="Delete everything").click()
        page.get_by_role("button", name="Yes, delete").click()
        bring(page, write_file(KEPT))


@pytest.fixture
def learner(browser: Browser, url: str) -> Iterator[Learner]:
    with open_profile(browser, url) as learner:
        yield learner


def say_refusal(reason: str, entry: int = 2, theirs: str = "", ours: str = OURS["title"]) -> str:
    said = str(SAYS[f"refuse_{reason}"]).replace("{number}", str(entry))
    return said.replace("{theirs}", name_ours(theirs)).replace("{ours}", name_ours(ours))


def name_ours(text: str) -> str:
    return text.replace("{ours}", OURS["title"]).replace("{id}", OURS["id"])


def expect_refusal(holder: tuple[Learner, Page], file: bytes | Path, message: str) -> None:
    """One message, and nothing else is different."""
    learner, page = holder
    before = learner.read_events(page)
    assert bring(page, file) == message
    assert learner.read_events(page) == before == KEPT
    assert page.locator("body").inner_text().count(message) == 1
    assert page.locator(".tb-notice").count() == 0
    assert page.evaluate("typeof hacked === 'undefined' && ({}).hacked === undefined")
    assert learner.errors == []


def write_case(case: Mapping[str, Any]) -> bytes:
    if "text" in case:
        return str(case["text"]).encode()
    second = change(GOOD[1], case.get("event", {}))
    if "what" in case:
        second["what"] = change(GOOD[1]["what"], case["what"])
    written = change(json.loads(write_file([GOOD[0], second, GOOD[2]])), case.get("file", {}))
    return name_ours(json.dumps(written)).encode()


def change(value: Event, changes: Mapping[str, object]) -> Event:
    return {key: new for key, new in {**value, **changes}.items() if not (key in changes and new is None)}


@pytest.mark.parametrize(
    "case", with_long(CASES, lambda case: CASES.index(case) % 4 == 0), ids=lambda case: case["name"]
)
def test_file_that_is_no_record_changes_nothing(holder: tuple[Learner, Page], case: Mapping[str, Any]) -> None:
    values = {key: case[key] for key in ("entry", "theirs", "ours") if key in case}
    expect_refusal(holder, write_case(case), say_refusal(case["says"], **values))


def write_deep(opening: str, closing: str, before: str = "", after: str = "") -> bytes:
    return f"{before}{opening * 100_000}1{closing * 100_000}{after}".encode()


SECOND = json.dumps(GOOD[1])
GENERATED = {
    "deep lists": (write_deep("[", "]"), say_refusal("json")),
    "deep objects": (write_deep('{"a":', "}"), say_refusal("json")),
    "deep within an event": (
        write_deep('{"what":', "}", f'{{"trackbook":"record","schema":1,"events":[{SECOND},', "]}"),
        say_refusal("form"),
    ),
    "deep within what": (
        write_deep("[", "]", f'{{"trackbook":"record","schema":1,"events":[{SECOND},{SECOND[:-2]},"value":', "}}]}"),
        say_refusal("form"),
    ),
    "UTF-16": (codecs.BOM_UTF16_LE + write_file(GOOD).decode().encode("utf-16-le"), say_refusal("json")),
    "bytes": (bytes(range(256)) * 100, say_refusal("json")),
    "more entries than any learner has": (write_file([{}] * 200_001), say_refusal("size")),
}


@pytest.mark.parametrize("name", GENERATED)
def test_generated_file_changes_nothing(holder: tuple[Learner, Page], name: str) -> None:
    expect_refusal(holder, *GENERATED[name])


def test_file_of_100_megabytes_is_not_even_read(holder: tuple[Learner, Page], tmp_path: Path) -> None:
    file = tmp_path / "large.json"
    with file.open("wb") as sparse:
        sparse.truncate(100_000_000)
    holder[1].evaluate(
        "() => { Blob.prototype.text = Blob.prototype.arrayBuffer = () => { throw new Error('it was read'); }; }"
    )
    try:
        expect_refusal(holder, file, say_refusal("size"))
    finally:
        holder[1].reload()
        wait_until_ready(holder[1])


def test_titles_are_text(learner: Learner) -> None:
    """A title may hold anything, and is shown as it is."""
    title = "<img src=x onerror='hacked = 1'><script>hacked = 1</script>"
    place = make_event("here", "", KEPT[0]["at"], **{"is": "place", "address": "deep-learning/", "title": title})
    page = learner.visit()
    assert bring(page, write_file([place])) == "1 new entry was added."
    page.goto(learner.url)
    expect(page.locator(".tb-loud bdi")).to_have_text(title)
    expect(page.locator(".tb-headline h2")).to_have_text(title)
    expect(page.locator(".tb-loud")).to_have_attribute("href", learner.url + "deep-learning/")
    assert page.evaluate("typeof hacked") == "undefined"


@pytest.mark.parametrize("address", ["..", "../../other/", "deep-learning/../../other/"])
def test_place_outside_the_site_is_not_offered(
    browser: Browser, site: Path, serve: Site, tmp_path: Path, address: str
) -> None:
    """The site lies in a folder: its neighbors share its origin, but are none of its business."""
    (tmp_path / "course").symlink_to(site)
    with open_profile(browser, serve(tmp_path) + "course/") as learner:
        page = learner.visit()
        good = make_event(
            "good", "", "2026-03-01T10:00:00.000+01:00", **{"is": "place", "address": address, "title": "T"}
        )
        bring(page, write_file([good]))
        page.goto(learner.url, wait_until="networkidle")
        expect(page.locator("tb-home")).to_have_attribute("data-ready", "")
        expect(page.locator(".tb-loud")).to_contain_text("Start track 4, lesson 1")
        assert page.locator(".tb-loud").evaluate("({ href }, home) => href.startsWith(home)", learner.url)


def test_record_with_a_byte_order_mark_is_taken(learner: Learner) -> None:
    page = learner.visit()
    assert bring(page, codecs.BOM_UTF8 + write_file(GOOD)) == "3 new entries were added."


def test_second_time_adds_nothing(learner: Learner) -> None:
    page = learner.visit()
    assert bring(page, write_file(GOOD)) == "3 new entries were added."
    assert bring(page, write_file(GOOD)) == "All entries of this file were here already."
    assert learner.read_events(page) == GOOD
    assert bring(page, write_file([*GOOD, *KEPT, *KEPT])) == "2 new entries were added."
    reordered = [{key: event[key] for key in reversed(event)} for event in GOOD]
    assert bring(page, write_file(reordered)) == "All entries of this file were here already."
    assert learner.read_events(page) == [*GOOD, *KEPT]


def test_order_of_files_does_not_matter(browser: Browser, url: str) -> None:
    other = [
        make_grade("x", LOOP, "2026-03-01T09:00:00.000+01:00", 1),
        make_grade("y", STATE, "2026-03-02T10:00:00.000+01:00", 4),  # the moment of an entry of the other file
        make_event("z", "", "2026-03-03T10:00:00.000+01:00", **{"is": "retention", "value": 0.8}),
        make_event("u", STATE, "2026-03-04T10:00:00.000+01:00", **{"is": "undo", "event": "c"}),
        make_event("v", "deep-learning/recurrence", "2026-03-04T11:00:00.000+01:00", **{"is": "not-done"}),
    ]
    files = [write_file([*KEPT, *GOOD]), write_file(other)]
    states = [read_state_after(browser, url, order) for order in (files, files[::-1])]
    assert states[0] == states[1]
    assert len(states[0]["memories"]) == 2
    assert states[0]["retention"] == 0.8


def read_state_after(browser: Browser, url: str, files: list[bytes]) -> dict[str, Any]:
    """What follows from the files, worked out after each, on one and the same day."""
    with open_profile(browser, url) as learner:
        learner.context.clock.set_fixed_time("2026-04-01T10:00:00Z")
        page = learner.visit()
        for file in files:
            assert "added" in bring(page, file)
            page.reload()
            wait_until_ready(page)
        state: dict[str, Any] = page.evaluate(
            """() => new Promise((yes) => {
              const asking = indexedDB.open("trackbook:/:record");
              asking.onsuccess = () => {
                const reading = asking.result.transaction("snapshots").objectStore("snapshots").get("state");
                reading.onsuccess = () => {
                  const { memories, done, answers, chosen, ...rest } = reading.result.state;
                  const sort = (entries) => Object.fromEntries([...entries].sort());
                  yes({ ...rest, memories: sort(memories), done: [...done].sort() });
                };
              };
            })"""
        )
        return state


def test_other_tab_shows_what_was_brought(learner: Learner) -> None:
    other, page = learner.visit("review/"), learner.visit()
    expect(other.locator(".tb-stage")).to_contain_text("No cards yet.")
    bring(page, write_file(GOOD))
    expect(other.locator(".tb-review-count")).to_contain_text("1 card is due today")


# Whose record it is


def export(page: Page) -> bytes:
    with page.expect_download() as download:
        page.get_by_role("button", name="Export").click()
    return Path(download.value.path()).read_bytes()


def test_export_says_of_which_course_it_is(learner: Learner) -> None:
    page = learner.visit()
    bring(page, write_file(GOOD))
    content = export(page)
    assert json.loads(content) == {
        "trackbook": "record",
        "schema": 2,
        "course": {"id": OURS["id"], "title": OURS["title"]},
        "events": GOOD,
    }
    assert bring(page, content) == "All entries of this file were here already."


def test_own_words_are_exported_only_where_they_are_asked_for(learner: Learner) -> None:
    words = {"is": "draft", "key": "a1", "value": "Only for me.", "held": False}
    mine = make_event("mine", "deep-learning/recurrence#why", "2026-03-04T10:00:00.000+01:00", **words) | {"schema": 2}
    page = learner.visit()
    bring(page, write_file([*GOOD, mine]))
    assert json.loads(export(page))["events"] == GOOD
    page.get_by_role("checkbox", name="Export what I wrote in my own words, too").check()
    whole = export(page)
    assert json.loads(whole)["events"] == [*GOOD, mine]
    page.get_by_role("button", name="Delete everything").click()
    page.get_by_role("button", name="Yes, delete").click()
    expect(page.get_by_text("Everything is deleted.")).to_be_visible()
    assert bring(page, whole) == "4 new entries were added."
    assert learner.read_events(page) == [*GOOD, mine]


def answer_with_former_ids(route: Route) -> None:
    response = route.fetch()
    former = response.text().replace("&quot;was&quot;: []", "&quot;was&quot;: [&quot;older&quot;, &quot;ml&quot;]")
    assert former != response.text()
    route.fulfill(response=response, body=former)


def test_record_of_a_former_id_is_taken(learner: Learner) -> None:
    file = write_file(GOOD, schema=2, course={"id": "ml", "title": "Machine learning"})
    page = learner.visit()
    assert bring(page, file) == say_refusal("course", theirs="Machine learning")
    page.route(f"{learner.url}progress/", answer_with_former_ids)
    page.reload()
    wait_until_ready(page)
    assert bring(page, file) == "3 new entries were added."
    assert json.loads(export(page))["course"]["id"] == OURS["id"]


def test_two_courses_of_one_host_keep_apart(browser: Browser, site: Path, serve: Site, tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(site)
    (tmp_path / "b").symlink_to(site)
    address = serve(tmp_path)
    with open_profile(browser, address + "a/") as learner:
        bring(learner.visit(), write_file(GOOD))
        page = learner.context.new_page()
        page.goto(address + "b/progress/")
        wait_until_ready(page)
        expect(page.locator(".tb-record")).to_contain_text("0 entries")
        assert bring(page, write_file(KEPT)) == "2 new entries were added."
        expect(learner.visit().locator(".tb-record")).to_contain_text("3 entries")


# A large record


MANY, LONGEST = 60_000, 0.05
"""Entries, and the share of the time that one task may take: a ratio, which a busy machine leaves alone."""
WATCH = """() => {
  self.longest = 0;
  self.begun = performance.now();
  self.said = new Set();
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) self.longest = Math.max(self.longest, duration);
  }).observe({ type: "longtask" });
  new MutationObserver(() => {
    const bar = document.querySelector(".tb-import progress");
    if (bar) self.said.add(`${bar.ariaLabel}|${document.querySelector(".tb-import [aria-live=polite]").textContent}`);
  }).observe(document.querySelector(".tb-record"), { childList: true, subtree: true, attributes: true });
}"""


def make_many(count: int) -> list[Event]:
    """Years of reviews of all kinds of cards."""
    return [
        make_grade(
            f"many-{number}",
            f"deep-learning/recurrence#card-{number % 400}",
            f"20{10 + number // 8000}-{number // 700 % 12 + 1:02}-{number // 25 % 28 + 1:02}"
            f"T{8 + number % 12:02}:{number % 60:02}:00.000+01:00",
            number % 4 + 1,
        )
        for number in range(count)
    ]


def choose(page: Page, file: bytes) -> None:
    page.locator(".tb-record input[type=file]").set_input_files(
        {"name": "r.json", "mimeType": "application/json", "buffer": file}
    )


@pytest.mark.long
def test_large_import_shows_how_far_it_is_and_keeps_the_page_alive(learner: Learner, tmp_path: Path) -> None:
    page = learner.visit()
    file = tmp_path / "many.json"
    file.write_bytes(write_file(make_many(MANY)))
    page.evaluate(WATCH)
    page.locator(".tb-record input[type=file]").set_input_files(file)
    expect(page.locator(".tb-import progress")).to_be_visible()
    expect(page.locator(".tb-record [role=status]")).to_have_text(f"{MANY} new entries were added.", timeout=120_000)
    expect(page.locator(".tb-import")).to_have_count(0)
    expect(page.locator(".tb-record")).to_contain_text(f"{MANY} entries", timeout=60_000)
    assert set(page.evaluate("[...said]")) == {f"Import|Importing: {percent} %" for percent in (0, 25, 50, 75)}
    assert page.evaluate("longest / (performance.now() - begun)") <= LONGEST


def test_import_says_how_far_it_is_in_quarters(learner: Learner) -> None:
    page = learner.visit()
    page.evaluate(WATCH)
    choose(page, write_file(make_many(6_000)))
    expect(page.locator(".tb-record [role=status]")).to_have_text("6000 new entries were added.", timeout=60_000)
    expect(page.locator(".tb-import")).to_have_count(0)
    assert {"Import|Importing: 50 %", "Import|Importing: 75 %"} <= set(page.evaluate("[...said]"))


def test_tab_that_is_closed_amid_an_import_leaves_nothing(learner: Learner) -> None:
    """The work of the database is held up in its middle for as long as the tab is open."""
    page = learner.visit()
    bring(page, write_file(KEPT))
    page.evaluate(
        """() => {
          const { add } = IDBObjectStore.prototype;
          let left = 2_000;
          IDBObjectStore.prototype.add = function (value) {
            const hold = () => (this.get(1).onsuccess = hold);
            if (--left === 0) hold();
            self.isMidway = left <= 0;
            return add.call(this, value);
          };
        }"""
    )
    choose(page, write_file(make_many(6_000)))
    wait_until(lambda: page.evaluate("self.isMidway === true"))
    page.close()
    assert learner.read_events(learner.visit()) == KEPT


def test_import_that_fails_in_its_middle_leaves_nothing(learner: Learner) -> None:
    page = learner.visit()
    bring(page, write_file(KEPT))
    page.evaluate(
        """() => {
          const { add } = IDBObjectStore.prototype;
          let left = 2_000;
          IDBObjectStore.prototype.add = function (value) {
            if (--left === 0) throw new DOMException("no", "QuotaExceededError");
            return add.call(this, value);
          };
        }"""
    )
    choose(page, write_file(make_many(6_000)))
    expect(page.locator(".tb-record [role=status]")).to_have_text(SAYS["refuse_room"], timeout=60_000)
    assert learner.read_events(page) == KEPT
