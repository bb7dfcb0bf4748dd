"""The record in a file of the learner's choice: two devices share it, and nothing of either is ever lost."""

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser, Locator, Page, expect
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
from tests.serving.server import wait_until
from tests.typescript import run_typescript

from trackbook.language import words as language

SAYS = yaml.safe_load((language.FOLDER / "en.yml").read_text("utf-8"))["elements"]["progress"]
CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "record_files.yml").read_text("utf-8"))
OURS = yaml.safe_load((ROOT / "lessons" / "course.yml").read_text("utf-8"))
NAME = f"{OURS['id']}.trackbook.json"
MODULE = "deep-learning/recurrence"
LESSON = f"{MODULE}/lesson/"
FIRST = make_grade("first", f"{MODULE}#loop-card", "2026-03-01T10:00:00.000+01:00")
SECOND = make_grade("second", f"{MODULE}#state-card", "2026-03-02T10:00:00.000+01:00")
THIRD = make_event("third", MODULE, "2026-03-03T10:00:00.000+01:00", **{"is": "done"})
WORDS = {"schema": 2} | make_event(
    "words",
    f"{MODULE}#why",
    "2026-03-04T10:00:00.000+01:00",
    **{"is": "draft", "key": "a1", "value": "Mine.", "held": False},
)
# Nobody can press in a window of the system's. The folder is one that the browser keeps for the site, with real files.
PICKERS = """
self.showDirectoryPicker = () => navigator.storage.getDirectory();
self.showOpenFilePicker = async () => [await (await navigator.storage.getDirectory()).getFileHandle("NAME")];
const allow = () => localStorage.getItem("leave") ?? "granted";
Object.assign(FileSystemHandle.prototype, {
  queryPermission: async () => allow(),
  requestPermission: async () => (localStorage.removeItem("leave"), allow()),
});
""".replace("NAME", NAME)
READ = """async (name) => {
  const folder = await navigator.storage.getDirectory();
  const handle = await folder.getFileHandle(name).catch(() => undefined);
  return handle && (await (await handle.getFile()).text());
}"""
WRITE = """async ([name, text]) => {
  const folder = await navigator.storage.getDirectory();
  const stream = await (await folder.getFileHandle(name, { create: true })).createWritable();
  await stream.write(text);
  await stream.close();
}"""
REMOVE = "async (name) => (await navigator.storage.getDirectory()).removeEntry(name)"


@pytest.fixture(scope="module")
def url(site: Path, serve: Callable[[Path], str]) -> str:
    return serve(site)


@pytest.fixture
def learner(browser: Browser, url: str) -> Iterator[Learner]:
    with open_profile(browser, url, viewport={"width": 390, "height": 780}) as learner:
        learner.context.add_init_script(PICKERS)
        yield learner


def read(page: Page) -> list[Event]:
    text = page.evaluate(READ, NAME)
    return list(json.loads(text)["events"]) if text else []


def read_ids(page: Page) -> set[str]:
    return {event["id"] for event in read(page)}


def write(page: Page, text: str) -> None:
    page.evaluate(WRITE, [NAME, text])


def write_events(page: Page, *events: Event) -> None:
    write(page, write_file(events).decode())


def find_part(page: Page) -> Locator:
    return page.get_by_role("group", name="Also kept in a file")


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).press("Enter")


def choose(page: Page) -> None:
    page.locator("[data-does=folder]").press("Enter")
    expect(find_part(page)).to_contain_text("✓ Saved now.")


def expect_told(page: Page, why: str) -> None:
    expect(find_part(page).locator("[aria-live]")).to_have_text(f"{SAYS[why]} {SAYS['file_meanwhile']}")


def mark_done(learner: Learner, page: Page) -> str:
    """Marks the lesson as done; returns the id of its event."""
    page.goto(learner.url + LESSON)
    page.locator("tb-done button").press("Enter")
    expect(page.locator("tb-done")).to_have_attribute("data-state", "true")
    return str(next(event["id"] for event in learner.read_events(page) if event["what"]["is"] == "done"))


def return_to_progress(learner: Learner, page: Page) -> None:
    page.goto(learner.url + "progress/")
    wait_until_ready(page)


def test_what_is_done_anywhere_comes_into_the_file(learner: Learner) -> None:
    page = learner.visit()
    bring(page, write_file([FIRST]))
    choose(page)
    expect(page.locator("[data-does=folder]")).to_be_focused()
    expect(page.locator(".tb-record")).to_contain_text("1 entry in this browser.")
    expect(find_part(page)).to_contain_text(NAME)
    assert read(page) == [FIRST]
    mine = mark_done(learner, page)
    wait_until(lambda: mine in read_ids(page))
    assert "first" in read_ids(page)


def test_two_devices_share_a_file(browser: Browser, site: Path, serve: Callable[[Path], str], tmp_path: Path) -> None:
    """Two sites on one host have records of their own, and here one folder: so they are two devices."""
    (tmp_path / "a").symlink_to(site)
    (tmp_path / "b").symlink_to(site)
    address = serve(tmp_path)
    with open_profile(browser, address) as learner:
        learner.context.add_init_script(PICKERS)
        one, other = learner.visit("a/progress/"), learner.visit("b/progress/")
        bring(one, write_file([FIRST, SECOND]))
        bring(other, write_file([SECOND, THIRD]))
        choose(one)
        choose(other)
        expect(other.locator(".tb-record")).to_contain_text("3 entries")
        assert read(one) == [FIRST, SECOND, THIRD]
        one.reload()
        expect(one.locator(".tb-record")).to_contain_text("3 entries")
        assert read(one) == [FIRST, SECOND, THIRD]


@pytest.mark.long
def test_file_that_is_there_is_read_before_it_is_written(learner: Learner) -> None:
    page = learner.visit()
    bring(page, write_file([FIRST]))
    write_events(page, SECOND)
    press(page, "Choose its file")
    expect(page.locator(".tb-record")).to_contain_text("2 entries")
    assert read(page) == [FIRST, SECOND]


@pytest.mark.long
def test_page_that_is_seen_again_reads_what_came(learner: Learner) -> None:
    page = learner.visit()
    choose(page)
    write_events(page, SECOND)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator(".tb-record")).to_contain_text("1 entry")
    write_events(page, SECOND, THIRD)
    page.goto(learner.url + LESSON)
    expect(page.locator("tb-done")).to_have_attribute("data-state", "true")


# Files that are no record


def write_case(case: Mapping[str, Any]) -> str:
    if "text" in case:
        return str(case["text"])
    changes = {"schema": 2, "course": {"id": OURS["id"], "title": OURS["title"]}} | case.get("file", {})
    return write_file([FIRST | case.get("event", {})] * case.get("entries", 1), **changes).decode()


def say_refusal(case: Mapping[str, Any]) -> str:
    said = str(SAYS[f"refuse_{case['says']}"]).replace("{number}", "1").replace("{ours}", OURS["title"])
    return said.replace("{theirs}", case.get("theirs", ""))


@pytest.mark.long
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_no_file_but_a_record_is_written(learner: Learner, case: Mapping[str, Any]) -> None:
    page = learner.visit()
    bring(page, write_file([SECOND]))
    text = write_case(case)
    write(page, text)
    press(page, "Choose a folder")
    status = page.locator(".tb-record [role=status]")
    expect(status).to_have_text(f"{NAME} was not chosen. {say_refusal(case)}")
    expect(page.locator(".tb-record")).to_contain_text("1 entry, kept in this browser and nowhere else.")
    assert page.evaluate(READ, NAME) == text
    page.evaluate(REMOVE, NAME)
    choose(page)
    write(page, text)
    mine = mark_done(learner, page)
    return_to_progress(learner, page)
    expect(find_part(page).locator("[aria-live]")).to_have_text(f"{say_refusal(case)} {SAYS['file_meanwhile']}")
    assert page.evaluate(READ, NAME) == text
    write_events(page, THIRD)
    press(page, "Try again")
    expect(find_part(page)).to_contain_text("✓ Saved now.")
    assert {mine, "second", "third"} <= read_ids(page)


# Files that can't be written


BROKEN = {
    "gone": ("file_gone", REMOVE, "name"),
    "full": ("file_full", "() => localStorage.setItem('fails', 'QuotaExceededError')", ""),
    "held": ("file_failed", "() => localStorage.setItem('fails', 'NoModificationAllowedError')", ""),
}
FAIL = """
const { createWritable } = FileSystemFileHandle.prototype;
FileSystemFileHandle.prototype.createWritable = function (...options) {
  const fails = localStorage.getItem("fails");
  return fails ? Promise.reject(new DOMException("", fails)) : createWritable.apply(this, options);
};
"""


@pytest.mark.long
@pytest.mark.parametrize("name", BROKEN)
def test_file_that_fails_is_told_and_written_later(learner: Learner, name: str) -> None:
    why, break_it, _ = BROKEN[name]
    learner.context.add_init_script(FAIL)
    page = learner.visit()
    bring(page, write_file([FIRST]))
    choose(page)
    page.evaluate(break_it, NAME)
    mine = mark_done(learner, page)
    return_to_progress(learner, page)
    expect_told(page, why)
    page.evaluate("localStorage.removeItem('fails')")
    if name == "gone":
        press(page, "Try again")
        expect_told(page, why)
        choose(page)
    else:
        press(page, "Try again")
    expect(find_part(page)).to_contain_text("✓ Saved now.")
    assert {mine, "first"} <= read_ids(page)


@pytest.mark.long
def test_leave_is_asked_for_by_a_press(learner: Learner) -> None:
    page = learner.visit()
    bring(page, write_file([FIRST]))
    choose(page)
    page.evaluate("localStorage.setItem('leave', 'prompt')")
    mine = mark_done(learner, page)
    return_to_progress(learner, page)
    expect_told(page, "file_leave")
    assert read(page) == [FIRST]
    press(page, "Give leave")
    expect(find_part(page)).to_contain_text("✓ Saved now.")
    assert {mine, "first"} <= read_ids(page)
    expect(page.get_by_role("button", name="Give leave")).to_have_count(0)


# Own words, and what was taken back


@pytest.mark.long
def test_own_words_are_written_only_where_they_are_asked_for(learner: Learner) -> None:
    page = learner.visit()
    bring(page, write_file([FIRST, WORDS]))
    choose(page)
    assert read(page) == [FIRST]
    box = find_part(page).get_by_role("checkbox", name="Export what I wrote in my own words, too")
    box.press("Space")
    wait_until(lambda: read(page) == [FIRST, WORDS])
    expect(box).to_be_checked()
    box.press("Space")
    wait_until(lambda: read(page) == [FIRST])
    assert learner.read_events(page) == [FIRST, WORDS]


@pytest.mark.long
def test_own_words_of_another_device_stay(learner: Learner) -> None:
    page = learner.visit()
    bring(page, write_file([FIRST]))
    write_events(page, WORDS)
    choose(page)
    assert read(page) == [FIRST, WORDS]


@pytest.mark.long
def test_deleting_everything_leaves_the_file_and_forgets_it(learner: Learner) -> None:
    page = learner.visit()
    bring(page, write_file([FIRST]))
    choose(page)
    press(page, "Delete everything")
    press(page, "Yes, delete")
    status = page.locator(".tb-record [role=status]")
    expect(status).to_have_text(f"{SAYS['erased']} {SAYS['file_stays'].replace('{name}', NAME)}")
    expect(find_part(page)).to_contain_text("Your record can also be kept in a folder of yours")
    page.reload()
    wait_until_ready(page)
    expect(page.locator(".tb-record")).to_contain_text("0 entries, kept in this browser and nowhere else.")
    assert read(page) == [FIRST]


@pytest.mark.long
def test_deleting_waits_for_what_is_being_written(learner: Learner) -> None:
    """Else the writing would put down afresh where the file is, and what it holds would come back."""
    page = learner.visit()
    choose(page)
    page.evaluate(
        """() => {
          const { createWritable } = FileSystemFileHandle.prototype;
          const held = new Promise((go) => (self.go = go));
          FileSystemFileHandle.prototype.createWritable = async function () {
            self.isWriting = true;
            await held;
            return createWritable.call(this);
          };
        }"""
    )
    bring(page, write_file([FIRST]))
    wait_until(lambda: page.evaluate("self.isWriting === true"))
    press(page, "Delete everything")
    press(page, "Yes, delete")
    page.evaluate("setTimeout(self.go, 300)")
    expect(page.locator(".tb-record [role=status]")).to_contain_text(SAYS["erased"])
    wait_until(lambda: read(page) == [FIRST])
    return_to_progress(learner, page)
    expect(page.locator(".tb-record")).to_contain_text("0 entries, kept in this browser and nowhere else.")


@pytest.mark.long
def test_file_that_is_let_go_stays_as_it_is(learner: Learner) -> None:
    page = learner.visit()
    bring(page, write_file([FIRST]))
    choose(page)
    press(page, "Stop keeping it there")
    expect(page.locator(".tb-record [role=status]")).to_have_text(SAYS["file_stopped"].replace("{name}", NAME))
    expect(page.locator("[data-does=folder]")).to_be_focused()
    mark_done(learner, page)
    return_to_progress(learner, page)
    assert read(page) == [FIRST]
    assert len(learner.read_events(page)) > 1


# At the same time


@pytest.mark.long
def test_what_another_device_wrote_meanwhile_stays(learner: Learner) -> None:
    """It writes between the reading and the writing of this one."""
    page = learner.visit()
    bring(page, write_file([FIRST]))
    page.evaluate(
        """(text) => {
          const { write, close } = FileSystemWritableFileStream.prototype;
          let isFirst = true;
          FileSystemWritableFileStream.prototype.write = async function (content) {
            if (isFirst) {
              isFirst = false;
              const folder = await navigator.storage.getDirectory();
              const other = await (await folder.getFileHandle("NAME")).createWritable();
              await write.call(other, text);
              await close.call(other);
            }
            return write.call(this, content);
          };
        }""".replace("NAME", NAME),
        write_file([SECOND]).decode(),
    )
    choose(page)
    assert read(page) == [FIRST, SECOND]


@pytest.mark.long
def test_two_tabs_write_one_file(learner: Learner) -> None:
    one = learner.visit()
    choose(one)
    other = learner.visit()
    for page, event in ((one, FIRST), (other, SECOND)):
        page.locator(".tb-record input[type=file]").set_input_files(
            {"name": "r.json", "mimeType": "application/json", "buffer": write_file([event])}
        )
    wait_until(lambda: read_ids(one) == {"first", "second"})


# Where nothing was chosen, or nothing can be


@pytest.mark.long
def test_nothing_is_loaded_for_who_chose_no_file(learner: Learner) -> None:
    page = learner.context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    mark_done(learner, page)
    return_to_progress(learner, page)
    page.goto(learner.url + LESSON, wait_until="networkidle")
    assert not [address for address in asked if "/following-" in address]
    assert "trackbook:/:file" not in page.evaluate("async () => (await indexedDB.databases()).map(({ name }) => name)")


@pytest.mark.long
def test_browser_without_such_files_says_how_to_do_it_by_hand(browser: Browser, url: str) -> None:
    with open_profile(browser, url) as learner:
        learner.context.add_init_script("delete self.showDirectoryPicker;")
        page = learner.visit()
        expect(page.locator(".tb-record")).to_contain_text(SAYS["file_by_hand"])
        expect(find_part(page)).to_have_count(0)


@pytest.mark.long
def test_right_to_left_all_of_it_has_room(browser: Browser, hebrew_site: Path, serve: Callable[[Path], str]) -> None:
    with open_profile(browser, serve(hebrew_site), viewport={"width": 320, "height": 780}) as learner:
        learner.context.add_init_script(PICKERS)
        page = learner.visit()
        page.locator("[data-does=folder]").press("Enter")
        expect(page.locator(".tb-record-file [aria-live]")).to_contain_text("✓ Zuletzt gespeichert: jetzt.")
        page.evaluate("localStorage.setItem('leave', 'prompt')")
        page.reload()
        expect(page.get_by_role("button", name="Erlauben")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


# What has no place any more, without a page


SUPERSEDED = """
import { leaveSuperseded } from "./record/superseded";
const rename = (item) => (item === "old" ? "new" : item);
output = input.map((events) => leaveSuperseded(events, Date.parse("2026-12-01T00:00:00Z"), rename).map(({ id }) => id));
"""


def say(name: str, item: str, day: int, **what: object) -> Event:
    return make_event(name, item, f"2026-11-{day:02}T10:00:00.000+01:00", **what)


def draft(name: str, item: str, day: int, value: str = "w", kind: str = "draft") -> Event:
    return say(name, item, day, **{"is": kind, "key": "k", "value": value, "held": False})


def note(name: str, day: int) -> Event:
    return say(name, "m", day, **{"is": "note", "mark": "x", "text": "t", "private": True})


STANDING: dict[str, tuple[list[Event], list[str]]] = {
    "the last of a question": ([draft("b", "i", 2), draft("a", "i", 1), draft("c", "j", 1)], ["b", "c"]),
    "by the name of today": ([draft("a", "old", 1), draft("b", "new", 2, kind="choice")], ["b"]),
    "words that were taken out": ([draft("a", "i", 1), draft("b", "i", 2, "")], ["b"]),
    "an answer": (
        [
            draft("a", "i", 1),
            say("b", "i", 2, **{"is": "answer", "right": True}),
            say("c", "i", 3, **{"is": "answer", "right": False}),
        ],
        ["b", "c"],
    ),
    "the last note": ([note("a", 1), note("b", 2)], ["b"]),
    "no note of what was removed": (
        [note("a", 1), say("b", "m", 2, **{"is": "remove", "mark": "x"}), note("c", 3)],
        ["b"],
    ),
    "before a day that has not come": (
        [draft("a", "i", 1), draft("b", "i", 1) | {"at": "2031-11-01T10:00:00.000+01:00"}],
        ["a", "b"],
    ),
    "grades": ([FIRST, FIRST | {"id": "again"}], ["first", "again"]),
}


def test_only_what_no_later_event_took_the_place_of_stays() -> None:
    left = run_typescript(SUPERSEDED, [events for events, _ in STANDING.values()])
    assert dict(zip(STANDING, left, strict=True)) == {name: ids for name, (_, ids) in STANDING.items()}
