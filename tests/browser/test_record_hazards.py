"""What can happen to a learner's record: nothing that was kept is lost, and what isn't kept is said."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser, Page, Route, expect
from tests.browser.learner import (
    BEGIN,
    Learner,
    bring,
    make_event,
    make_grade,
    open_profile,
    wait_until_ready,
    write_file,
)
from tests.runs import with_long
from tests.serving.server import wait_until

MODULE = "deep-learning/recurrence"
LESSON, PRACTICE = f"{MODULE}/lesson/", f"{MODULE}/practice/"
LOOP, STATE = f"{MODULE}#loop-card", f"{MODULE}#state-card"
KEPT = [
    make_grade("kept-loop", LOOP, "2026-03-01T10:00:00.000+01:00"),
    make_grade("kept-state", STATE, "2026-03-01T10:01:00.000+01:00"),
]
STORAGE = yaml.safe_load((Path(__file__).parents[1] / "cases" / "storage.yml").read_text("utf-8"))
DAMAGED = yaml.safe_load((Path(__file__).parents[1] / "cases" / "damaged_records.yml").read_text("utf-8"))
REFUSED = "Your browser keeps nothing here"
FULL = "Your browser has no room left."
OUTDATED = "Load this page again to go on."
HARMED = "Your record in this browser has come to harm."
UNREADABLE = "1 entry of your record can’t be read. It stays where it is, and all others count."
NOTICES = {"broken": UNREADABLE, "damaged": HARMED, "outdated": OUTDATED}


@pytest.fixture(scope="module")
def url(site: Path, serve: Callable[[Path], str]) -> str:
    return serve(site)


@pytest.fixture
def learner(browser: Browser, url: str) -> Iterator[Learner]:
    """Nothing that follows may put an error into the console."""
    with open_profile(browser, url) as learner:
        yield learner


def begin(page: Page) -> None:
    page.locator(BEGIN).press("Enter")
    expect(page.locator(".tb-front")).to_be_focused()


def grade(page: Page, key: str = "3") -> None:
    """Shows the answer and grades it by keyboard; waits until another card or the summary is there."""
    card = page.locator(".tb-review-card").element_handle()
    assert card
    page.keyboard.press("Space")
    expect(page.locator(".tb-grades")).to_be_visible()
    page.keyboard.press(key)
    card.wait_for_element_state("hidden")


def list_grades(learner: Learner, page: Page) -> list[str]:
    return [event["item"] for event in learner.read_events(page) if event["what"]["is"] == "grade"]


def expect_due(page: Page, count: int) -> None:
    cards = "No card is due" if count == 0 else f"{count} card{'' if count == 1 else 's'} "
    expect(page.locator("tb-progress .tb-due")).to_contain_text(cards)


# Storage that throws, and private windows


@pytest.mark.parametrize("case", with_long(STORAGE, lambda case: case in STORAGE[1:3]), ids=lambda case: case["name"])
def test_browser_that_keeps_nothing_says_so_and_works(learner: Learner, case: Mapping[str, str]) -> None:
    learner.context.add_init_script(case["script"])
    page = learner.visit(LESSON)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Recurrence")
    page.get_by_role("button", name="Mark this lesson as done").press("Enter")
    expect(page.locator("tb-done")).to_contain_text("Done today.")
    expect(page.locator(f"li[data-module='{MODULE}'].tb-is-done").first).to_be_attached()
    expect(page.locator(".tb-notice")).to_contain_text(REFUSED)

    page.goto(learner.url + PRACTICE)
    expect(page.get_by_role("button", name="Mark this lesson as done")).to_be_attached()
    expect(page.locator(".tb-notice")).to_have_count(0)  # nothing was done here that could be lost
    quiz = page.locator("tb-quiz:has(input[type=radio])").first
    quiz.scroll_into_view_if_needed()
    quiz.get_by_role("button", name="Check").wait_for()
    quiz.locator("input[type=radio]").first.check()
    quiz.get_by_role("button", name="Check").click()
    expect(quiz.get_by_role("status")).not_to_be_empty()
    expect(page.locator(".tb-notice")).to_contain_text(REFUSED)
    expect(page.locator(".tb-notice")).to_have_count(1)

    page.goto(learner.url + "review/")
    expect(page.locator(".tb-notice")).to_contain_text(REFUSED)
    page.get_by_text("Which cards, and how often").click()
    page.locator(f"input[name='{MODULE}']").check()
    begin(page)
    grade(page)
    expect(page.locator(".tb-review-bar")).to_contain_text("cards left")

    page.goto(learner.url + "progress/")
    wait_until_ready(page)
    expect(page.locator(".tb-notice")).to_contain_text(REFUSED)
    assert bring(page, write_file(KEPT)) == "Your browser could not keep the entries. Nothing was changed."


def test_answer_given_before_the_code_that_notes_it_has_come_is_noted(learner: Learner) -> None:
    waiting: list[Route] = []

    def keep(route: Route) -> None:
        waiting.append(route)

    page = learner.context.new_page()
    page.route("**/recorder-*.js", keep)
    page.goto(learner.url + PRACTICE)
    quiz = page.locator("tb-quiz:has(input[type=radio])").first
    quiz.scroll_into_view_if_needed()
    quiz.get_by_role("button", name="Check").wait_for()
    quiz.locator("input[type=radio]").first.check()
    quiz.get_by_role("button", name="Check").click()
    expect(quiz.get_by_role("status")).not_to_be_empty()
    assert len(waiting) == 1
    waiting[0].continue_()
    wait_until(lambda: any(event["what"]["is"] == "answer" for event in learner.read_events(page)))


# Quota


def choose_module(learner: Learner) -> Page:
    page = learner.visit("review/")
    page.get_by_text("Which cards, and how often").click()
    page.locator(f"input[name='{MODULE}']").check()
    expect(page.locator(".tb-review-count")).to_contain_text("10 cards")
    return page


ADD_THROWS = """() => {
  const { add } = IDBObjectStore.prototype;
  self.full = true;
  IDBObjectStore.prototype.add = function (...values) {
    if (self.full) throw new DOMException("no room", "QuotaExceededError");
    return add.apply(this, values);
  };
}"""
ADD_ABORTS = """() => {
  const { add } = IDBObjectStore.prototype;
  self.full = true;
  IDBObjectStore.prototype.add = function (...values) {
    const request = add.apply(this, values);
    if (self.full) this.transaction.abort();
    return request;
  };
}"""


@pytest.mark.parametrize(
    ("script", "notice"),
    with_long([(ADD_THROWS, FULL), (ADD_ABORTS, REFUSED)], lambda one: one[1] == FULL),
    ids=["throws", "aborts"],
)
def test_what_finds_no_room_is_kept_with_the_next(learner: Learner, script: str, notice: str) -> None:
    page = choose_module(learner)
    page.evaluate(script)
    begin(page)
    grade(page)
    expect(page.locator(".tb-notice")).to_contain_text(notice)
    grade(page)
    assert list_grades(learner, page) == []
    page.evaluate("full = false")
    grade(page)
    expect(page.locator(".tb-notice")).to_have_count(0)
    assert len(set(list_grades(learner, page))) == len(list_grades(learner, page)) == 3


@pytest.mark.long
def test_room_that_the_browser_itself_limits(learner: Learner) -> None:
    origin = learner.url.rstrip("/")
    blank = learner.visit("favicon.svg")
    devtools = learner.context.new_cdp_session(blank)
    devtools.send("Storage.overrideQuotaForOrigin", {"origin": origin, "quotaSize": 100_000})
    page = learner.visit()
    many = [make_grade(f"many-{number}", LOOP, KEPT[0]["at"]) for number in range(4_000)]
    assert bring(page, write_file(many)) == "Your browser could not keep the entries. Nothing was changed."
    assert learner.read_events(page) == []
    expect(page.locator(".tb-notice")).to_contain_text(FULL)
    devtools.send("Storage.overrideQuotaForOrigin", {"origin": origin})  # room is made
    assert bring(page, write_file(KEPT)) == "2 new entries were added."
    expect(page.locator(".tb-notice")).to_have_count(0)


def test_import_that_finds_room_for_a_part_keeps_none(learner: Learner) -> None:
    page = learner.visit()
    page.evaluate(
        """() => {
          const { add } = IDBObjectStore.prototype;
          let room = 1;
          IDBObjectStore.prototype.add = function (...values) {
            if (room-- === 0) throw new DOMException("no room", "QuotaExceededError");
            return add.apply(this, values);
          };
        }"""
    )
    assert bring(page, write_file(KEPT)) == "Your browser could not keep the entries. Nothing was changed."
    assert learner.read_events(page) == []
    assert bring(page, write_file(KEPT)) == "2 new entries were added."
    expect(page.locator(".tb-notice")).to_have_count(0)


def test_connection_that_the_browser_ends_is_made_anew(learner: Learner) -> None:
    """As when a browser clears what sites keep while a page is open."""
    page = choose_module(learner)
    devtools = learner.context.new_cdp_session(page)
    storage = {"origin": learner.url.rstrip("/"), "storageTypes": "indexeddb"}
    devtools.send("Storage.clearDataForOrigin", storage)
    begin(page)
    grade(page)
    grade(page)
    expect(page.locator(".tb-notice")).to_have_count(0)
    assert len(list_grades(learner, page)) == 2


def test_deleting_that_fails_says_so(learner: Learner) -> None:
    page = learner.visit()
    bring(page, write_file(KEPT))
    page.evaluate("() => { IDBObjectStore.prototype.clear = () => { throw new DOMException('no', 'UnknownError'); }; }")
    page.get_by_role("button", name="Delete everything").click()
    page.get_by_role("button", name="Yes, delete").click()
    expect(page.locator(".tb-record [role=status]")).to_contain_text("could not delete the entries")
    assert learner.read_events(page) == KEPT


# Several tabs


def test_two_tabs_grade_one_card(learner: Learner) -> None:
    bring(learner.visit(), write_file(KEPT))
    one, other, third = learner.visit("review/"), learner.visit("review/"), learner.visit()
    expect_due(third, 2)
    begin(one)
    begin(other)
    grade(one, "4")
    expect_due(third, 1)
    grade(other, "1")
    assert sorted(list_grades(learner, one)) == sorted([LOOP, STATE, LOOP, LOOP])
    expect(third.locator(".tb-record")).to_contain_text("4 entries")


def test_tab_that_waits_shows_what_another_did(learner: Learner) -> None:
    bring(learner.visit(), write_file(KEPT))
    one, other = learner.visit("review/"), learner.visit("review/")
    begin(one)
    grade(one)
    expect(other.locator(".tb-review-count")).to_contain_text("1 card is due today")


def test_what_one_tab_deletes_no_other_brings_back(learner: Learner) -> None:
    """A tab that is still working out the state when another deletes everything puts nothing down."""
    page = learner.visit()
    bring(page, write_file(KEPT))
    other = learner.visit("review/")
    other.evaluate(
        """() => {
          const { get } = IDBObjectStore.prototype, { transaction } = IDBDatabase.prototype;
          IDBObjectStore.prototype.get = function (key) {  // so that this tab has to work it out as well
            return get.call(this, this.name === "snapshots" ? "none" : key);
          };
          IDBDatabase.prototype.transaction = function (stores, mode, ...more) {
            if (mode === "readwrite") {  // what another tab does at this very moment comes first
              const deleting = transaction.call(this, ["events", "snapshots"], "readwrite");
              deleting.objectStore("events").clear();
              deleting.objectStore("snapshots").clear();
              deleting.oncomplete = () => { document.documentElement.dataset.deleted = ""; };
            }
            return transaction.call(this, stores, mode, ...more);
          };
        }"""
    )
    bring(page, write_file([make_grade("more", LOOP, "2026-03-02T10:00:00.000+01:00")]))
    expect(other.locator(".tb-review-count")).to_contain_text("2 cards")
    other.wait_for_selector("html[data-deleted]")
    page.reload()
    wait_until_ready(page)
    expect(page.locator(".tb-record")).to_contain_text("0 entries")
    expect_due(page, 0)


UPGRADE = """() => new Promise((tell) => {
  const asking = indexedDB.open("trackbook:/:record", 2);
  asking.onblocked = () => tell("blocked");
  asking.onsuccess = () => { asking.result.close(); tell("open"); };
})"""


def test_old_tab_lets_a_newer_page_upgrade(learner: Learner) -> None:
    old = learner.visit("review/")
    bring(learner.visit(), write_file(KEPT))
    expect(old.locator(".tb-review-count")).to_contain_text("2 cards")
    newer = learner.context.new_page()
    newer.goto(learner.url + "favicon.svg")
    assert newer.evaluate(UPGRADE) == "open"
    expect(old.locator(".tb-notice")).to_contain_text(OUTDATED)
    begin(old)
    grade(old)
    expect(old.locator(".tb-notice")).to_contain_text(OUTDATED)
    assert learner.read_events(newer) == KEPT


@pytest.mark.long
def test_page_older_than_the_database_says_so(learner: Learner) -> None:
    page = learner.visit()
    bring(page, write_file(KEPT))
    page.goto(learner.url + "favicon.svg")
    assert page.evaluate(UPGRADE) == "open"
    for address in ("progress/", "review/"):
        expect(learner.visit(address).locator(".tb-notice")).to_contain_text(OUTDATED)
    lesson = learner.visit(LESSON)
    lesson.get_by_role("button", name="Mark this lesson as done").press("Enter")
    expect(lesson.locator(".tb-notice")).to_contain_text(OUTDATED)
    assert learner.read_events(page) == KEPT


# Former schemas: until schema 1 there was only the place, a preference of its own


def read_former_place(page: Page) -> str | None:
    value: str | None = page.evaluate("localStorage.getItem('trackbook:/:place')")
    return value


def write_former_place(page: Page, place: object) -> None:
    page.evaluate("(place) => localStorage.setItem('trackbook:/:place', place)", json.dumps(place))


def test_place_from_before_the_record_is_adopted(learner: Learner) -> None:
    page = learner.visit("favicon.svg")
    write_former_place(page, {"address": LESSON + "#state", "title": "Recurrence"})
    page.goto(learner.url)
    link = page.locator(".tb-loud")
    expect(link).to_have_attribute("href", f"{learner.url}{LESSON}#state")
    expect(link).to_contain_text("Recurrence")
    assert read_former_place(page) is None
    [event] = learner.read_events(page)
    assert event["what"] == {"is": "place", "address": LESSON + "#state", "title": "Recurrence"}
    page.goto(learner.url + "progress/")
    wait_until_ready(page)
    assert bring(page, write_file([event])) == "All entries of this file were here already."


def test_place_from_before_the_record_stays_where_nothing_is_kept(learner: Learner) -> None:
    learner.context.add_init_script("IDBFactory.prototype.open = () => { throw new DOMException('no', 'DataError'); }")
    page = learner.visit("favicon.svg")
    write_former_place(page, {"address": LESSON, "title": "Recurrence"})
    page.goto(learner.url)
    expect(page.locator(".tb-loud")).to_contain_text("Recurrence")
    assert read_former_place(page) is not None


@pytest.mark.parametrize(
    "place",
    with_long(
        [
            {"address": "javascript:hacked=1", "title": "Here"},
            {"address": "//example.org/", "title": "Here"},
            {"address": "http://[", "title": "Here"},
            {"address": {}, "title": []},
            ["address"],
            7,
        ],
        lambda place: place in (7, ["address"]),
    ),
    ids=json.dumps,
)
def test_place_that_is_none_is_not_adopted(learner: Learner, place: object) -> None:
    page = learner.visit("favicon.svg")
    write_former_place(page, place)
    page.goto(learner.url, wait_until="networkidle")
    expect(page.locator(".tb-loud")).to_contain_text("Start track 4, lesson 1")
    assert [event for event in learner.read_events(page) if "example" in json.dumps(event)] == []


# A record that came to harm


MAKE = """async ({ form, put, version, events }) => {
  const ask = (request) => new Promise((yes, no) => {
    request.onsuccess = () => yes(request.result);
    request.onerror = () => no(request.error);
  });
  const asking = indexedDB.open("trackbook:/:record", version);
  asking.onupgradeneeded = () => {
    const make = (name, options) => asking.result.createObjectStore(name, options);
    const whole = () => {
      make("events", { autoIncrement: true }).createIndex("id", "id", { unique: true });
      make("snapshots");
    };
    FORM;
  };
  const database = await ask(asking);
  const [sound] = events;
  if (database.objectStoreNames.contains("events")) {
    const store = database.transaction("events", "readwrite").objectStore("events");
    for (const event of [...events, PUT]) await ask(store.add(event));
  }
  database.close();
}"""
SPOIL = """async () => {
  const ask = (request) => new Promise((yes) => (request.onsuccess = () => yes(request.result)));
  const database = await ask(indexedDB.open("trackbook:/:record"));
  const store = database.transaction("snapshots", "readwrite").objectStore("snapshots");
  const state = await ask(store.get("state"));
  await ask(store.put(SNAPSHOT, "state"));
  database.close();
}"""
HELD = """async (count) => {
  const ask = (request) => new Promise((yes) => (request.onsuccess = () => yes(request.result)));
  const database = await ask(indexedDB.open("trackbook:/:record"));
  const names = [...database.objectStoreNames];
  const store = names.includes("events") && database.transaction("events").objectStore("events");
  const found = store ? await ask(store.getAll()) : [];
  database.close();
  const tell = (value) => typeof value + Object.prototype.toString.call(value) + JSON.stringify(value);
  return [database.version, names, found.slice(0, count).map(tell)];
}"""
DONE = make_event("kept-done", MODULE, "2026-03-01T11:00:00.000+01:00", **{"is": "done"})


def harm(learner: Learner, case: Mapping[str, Any]) -> Page:
    """A page without scripts, after the record was made as the case says."""
    page = learner.visit("favicon.svg")
    events = [make_event("first", MODULE, "2026-02-28T10:00:00.000+01:00", **{"is": "choose"}), *KEPT, DONE]
    if "keyPath" in case.get("form", ""):
        events = events[:1]
    made = MAKE.replace("FORM", case.get("form", "whole()")).replace("PUT", f"...{list_put(case)}")
    page.evaluate(made, {"version": case.get("version", 1), "events": events})
    if "snapshot" in case:
        other = learner.visit()  # puts one down
        expect(other.locator(".tb-record")).to_contain_text("4 entries")
        other.close()
        page.evaluate(SPOIL.replace("SNAPSHOT", f"({case['snapshot']})"))
    return page


def list_put(case: Mapping[str, Any]) -> str:
    sound = "{ ...sound, id: 'harmed' }"
    return f"(sound => [{case['put']}])({sound})" if "put" in case else "[]"


@pytest.mark.parametrize(
    "case", with_long(DAMAGED, lambda case: DAMAGED.index(case) % 12 == 1), ids=lambda case: case["name"]
)
def test_what_came_to_harm_is_told_and_costs_nothing_else(learner: Learner, case: Mapping[str, Any]) -> None:
    says, due = case.get("says", "broken"), case.get("due", 2)
    bare = harm(learner, case)
    before = bare.evaluate(HELD, 99)
    for address in (LESSON, PRACTICE, "review/", "progress/"):
        page = learner.visit(address)
        if says == "outdated" and address in (LESSON, PRACTICE):
            pass  # told once something happens that isn't kept
        elif says:
            expect(page.locator(".tb-notice")).to_contain_text(NOTICES[says])
            expect(page.locator(".tb-notice")).to_have_count(1)
        else:
            page.wait_for_load_state("networkidle")
            expect(page.locator(".tb-notice")).to_have_count(0)
        if due and address == "review/":
            expect(page.locator(".tb-review-count")).to_contain_text("due today")
            every, *new = map(int, re.findall(r"\d+", page.locator(".tb-review-count").inner_text()))
            assert every - sum(new) == due
        elif due:
            expect(page.locator(f"li[data-module='{MODULE}'].tb-is-done").first).to_be_attached()
        page.close()
    assert bare.evaluate(HELD, len(before[2])) == before


def test_what_can_be_read_of_a_record_can_be_taken_along_and_the_rest_deleted(learner: Learner) -> None:
    """A database of another form is left alone until its learner has it deleted; then there is a new one."""
    harm(learner, next(case for case in DAMAGED if case["name"] == "events without an index"))
    page = learner.visit()
    with page.expect_download() as download:
        page.get_by_role("button", name="Export").click()
    content = Path(download.value.path()).read_bytes()
    assert [event["id"] for event in json.loads(content)["events"]] == ["first", "kept-loop", "kept-state", "kept-done"]
    assert bring(page, content) == "All entries of this file were here already."
    page.get_by_role("button", name="Delete everything").click()
    page.get_by_role("button", name="Yes, delete").click()
    expect(page.locator(".tb-record [role=status]")).to_have_text("Everything is deleted.")
    expect(page.locator(".tb-notice")).to_have_count(0)
    assert bring(page, content) == "4 new entries were added."
    expect(page.locator(f"li[data-module='{MODULE}'].tb-is-done").first).to_be_attached()


def test_what_can_not_be_read_is_not_exported(learner: Learner) -> None:
    """Else the file would be refused where it is imported."""
    harm(learner, {"put": "{ ...sound, what: { is: 'slept' } }"})
    page = learner.visit()
    with page.expect_download() as download:
        page.get_by_role("button", name="Export").click()
    content = Path(download.value.path()).read_bytes()
    assert len(json.loads(content)["events"]) == 4
    assert bring(page, content) == "All entries of this file were here already."


# Cards reworded, renamed, removed


def answer_with(learner: Learner, address: str, value: object) -> None:
    """A later version of the course."""

    def answer(route: Route) -> None:
        route.fulfill(json=value)

    learner.context.route(learner.url + address, answer)


def read_json(learner: Learner, address: str) -> Any:
    return learner.context.request.get(learner.url + address).json()


def test_reworded_card_keeps_its_memory(learner: Learner) -> None:
    page = learner.visit()
    bring(page, write_file(KEPT[:1]))
    sides = read_json(learner, f"review/cards/{MODULE}.json")
    answer_with(
        learner, f"review/cards/{MODULE}.json", sides | {LOOP: {"front": "<p>Said anew</p>", "back": "<p>B</p>"}}
    )
    page.goto(learner.url + "review/")
    expect(page.locator(".tb-review-count")).to_contain_text("1 card is due today")
    begin(page)
    expect(page.locator(".tb-front")).to_have_text("Said anew")


NAMES: dict[str, Mapping[str, str]] = {
    "card renamed": {"former": f"{MODULE}#former-card", "items": LOOP},
    "module renamed": {"former": "deep-learning/rnn#loop-card", "modules": MODULE},
    "card renamed, then its module": {"former": "deep-learning/rnn#former-card", "modules": MODULE, "items": LOOP},
    "module of another track": {"former": "old-track/rnn#loop-card", "modules": MODULE},
}


@pytest.mark.parametrize("name", with_long(NAMES, "card renamed, then its module".__eq__))
def test_memory_follows_a_new_name(learner: Learner, name: str) -> None:
    case = NAMES[name]
    page = learner.visit()
    bring(page, write_file([KEPT[1] | {"item": case["former"]}]))
    expect_due(page, 0)
    module = case["former"].partition("#")[0]
    items = {f"{MODULE}#former-card": case["items"]} if "items" in case else {}
    modules = {module: case["modules"]} if "modules" in case else {}
    answer_with(learner, "review/names.json", {"mark": "later", "items": items, "modules": modules})
    page.reload()
    wait_until_ready(page)
    expect_due(page, 1)
    page.goto(learner.url + "review/")
    expect(page.locator(".tb-review-count")).to_contain_text("1 card is due today")
    assert [event["item"] for event in learner.read_events(page)] == [case["former"]]


def test_mark_follows_a_renamed_module(learner: Learner) -> None:
    page = learner.visit()
    bring(page, write_file([make_event("m", "deep-learning/rnn", KEPT[0]["at"], **{"is": "done"})]))
    answer_with(learner, "review/names.json", {"mark": "later", "items": {}, "modules": {"deep-learning/rnn": MODULE}})
    page.reload()
    expect(page.locator(f"li[data-module='{MODULE}'].tb-is-done").first).to_be_attached()


def test_removed_card_is_not_due_and_its_events_stay(learner: Learner) -> None:
    page = learner.visit()
    bring(page, write_file(KEPT))
    expect_due(page, 2)
    deck = read_json(learner, "review/cards.json")
    fewer = [module | {"cards": [card for card in module["cards"] if card != "loop-card"]} for module in deck]
    answer_with(learner, "review/cards.json", fewer)
    page.reload()
    wait_until_ready(page)
    expect_due(page, 1)
    page.goto(learner.url + "review/")
    wait_until_ready(page)
    begin(page)
    grade(page)
    expect(page.locator(".tb-summary")).to_contain_text("1 came back to mind.")
    assert list_grades(learner, page) == [LOOP, STATE, STATE]


@pytest.mark.long
def test_removed_module_breaks_nothing(learner: Learner) -> None:
    page = learner.visit()
    gone = [
        make_grade("g", "gone/module#card", KEPT[0]["at"]),
        make_event("d", "gone/module", KEPT[0]["at"], **{"is": "done"}),
    ]
    bring(page, write_file([*KEPT, *gone]))
    expect_due(page, 2)
    page.goto(learner.url + "review/")
    expect(page.locator(".tb-review-count")).to_contain_text("2 cards are due today")


# Clocks


def see_due(learner: Learner, moment: str, count: int) -> Page:
    learner.context.clock.set_fixed_time(moment)
    page = learner.visit()
    expect_due(page, count)
    return page


def test_clock_that_was_a_year_ahead_hides_no_card(learner: Learner) -> None:
    """Also where the state was worked out before, by the wrong clock."""
    page = see_due(learner, "2026-03-20T10:00:00Z", 0)
    bring(page, write_file(KEPT))
    expect_due(page, 2)
    learner.context.clock.set_fixed_time("2027-03-20T10:00:00Z")
    review = learner.visit("review/")
    begin(review)
    grade(review)
    grade(review)
    expect(review.locator(".tb-summary")).to_be_visible()
    see_due(learner, "2027-03-20T11:00:00Z", 0)

    page = see_due(learner, "2026-03-20T12:00:00Z", 2)
    expect(page.locator(".tb-record")).to_contain_text("2 entries are dated in the future: a clock was wrong.")
    assert len(learner.read_events(page)) == 4
    page = see_due(learner, "2027-03-20T12:00:00Z", 0)
    expect(page.locator(".tb-record")).not_to_contain_text("dated in the future")


@pytest.mark.parametrize(
    "back",
    with_long(["2026-03-20T09:00:00Z", "2026-03-19T11:00:00Z"], lambda back: "19T" in back),
    ids=["an hour", "most of a day"],
)
def test_small_step_back_loses_nothing(learner: Learner, back: str) -> None:
    learner.context.clock.set_fixed_time("2026-03-20T10:00:00Z")
    bring(learner.visit(), write_file(KEPT))
    page = learner.visit("review/")
    begin(page)
    grade(page)
    learner.context.clock.set_fixed_time(back)
    grade(page)
    expect(page.locator(".tb-summary")).to_contain_text("2 came back to mind.")
    page = see_due(learner, back, 0)
    expect(page.locator(".tb-record")).not_to_contain_text("dated in the future")
    assert len(list_grades(learner, page)) == 4


@pytest.mark.long
def test_clock_at_its_very_beginning_breaks_nothing(learner: Learner) -> None:
    learner.context.clock.set_fixed_time("1970-01-01T00:00:10Z")
    page = choose_module(learner)
    begin(page)
    grade(page)
    page = see_due(learner, "2026-03-20T10:00:00Z", 11)
    assert len(list_grades(learner, page)) == 1


# Midnight, daylight saving, travel


NIGHTS = {
    "in spring": ("2026-03-28T22:30:00Z", "2026-03-28T22:59:00Z", "2026-03-28T23:00:00Z"),
    "after the night without two o'clock": ("2026-03-29T21:00:00Z", "2026-03-29T21:59:00Z", "2026-03-29T22:00:00Z"),
    "in autumn": ("2026-10-24T21:30:00Z", "2026-10-24T21:59:00Z", "2026-10-24T22:00:00Z"),
    "after the night with two two o'clocks": ("2026-10-25T21:30:00Z", "2026-10-25T22:59:00Z", "2026-10-25T23:00:00Z"),
}


@pytest.mark.parametrize("name", with_long(NIGHTS, "after the night without two o'clock".__eq__))
def test_day_ends_at_midnight_where_the_learner_is(browser: Browser, url: str, name: str) -> None:
    """A card missed in the evening is due from midnight on, however long the day or the night is."""
    evening, before, midnight = NIGHTS[name]
    with open_profile(browser, url, timezone_id="Europe/Berlin") as learner:
        learner.context.clock.set_fixed_time(evening)
        bring(learner.visit(), write_file(KEPT[:1]))
        page = learner.visit("review/")
        begin(page)
        page.keyboard.press("Space")
        expect(page.locator("[data-grade='1'] small")).to_have_text("next")
        page.keyboard.press("1")
        expect(page.locator(".tb-review-bar")).to_contain_text("1 coming back")
        see_due(learner, before, 0)
        see_due(learner, midnight, 1)


@pytest.mark.long
def test_flight_to_the_west_breaks_nothing(browser: Browser, url: str) -> None:
    """The day on the wall goes back, while time goes on."""
    with open_profile(browser, url, timezone_id="Asia/Tokyo") as learner:
        learner.context.clock.set_fixed_time("2026-03-21T16:00:00Z")  # the 22nd there
        page = choose_module(learner)
        begin(page)
        grade(page, "1")
        grade(page, "3")
        events = learner.read_events(page)
    assert events[-1]["at"] == "2026-03-22T01:00:00.000+09:00"
    missed, known = [event["item"] for event in events[1:]]
    with open_profile(browser, url, timezone_id="America/Los_Angeles") as learner:
        learner.context.clock.set_fixed_time("2026-03-21T18:00:00Z")
        page = learner.visit()
        noon = "2026-03-21T11:00:00.000-07:00"
        later = [make_grade("a", missed, noon, 3), make_grade("b", known, noon, 1)]
        assert bring(page, write_file([*events[1:], *later])) == "4 new entries were added."
        expect_due(page, 0)
        see_due(learner, "2026-03-23T06:59:00Z", 0)  # the evening of the 22nd there
        see_due(learner, "2026-03-23T07:00:00Z", 2)


# What the browser may clear


PERSISTED = """
  self.asked = 0;
  StorageManager.prototype.persist = async () => { asked++; ANSWER; };
  StorageManager.prototype.persisted = async () => { ANSWER; };
"""


@pytest.mark.parametrize(
    ("answer", "hinted"),
    with_long(
        [("return false", True), ("return true", False), ("throw new TypeError('no')", True)],
        lambda one: one[0] == "return false",
    ),
    ids=["denied", "granted", "rejected"],
)
def test_hint_to_export_where_the_browser_may_clear(learner: Learner, answer: str, hinted: bool) -> None:
    learner.context.add_init_script(PERSISTED.replace("ANSWER", answer))
    page = learner.visit(LESSON)
    assert page.evaluate("asked") == 0
    page.get_by_role("button", name="Mark this lesson as done").press("Enter")
    expect(page.locator("tb-done")).to_contain_text("Done today.")
    assert page.evaluate("asked") == 1
    page.goto(learner.url + "progress/")
    wait_until_ready(page)
    expect(page.get_by_text("Export your record now and then.")).to_be_visible(visible=hinted)
    expect(page.locator(".tb-notice")).to_have_count(0)
