"""What pages tell of a learner's record: each count in every place that tells it, and all that a learner sees of it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial

from playwright.sync_api import Page, expect
from tests.browser.learner import wait_until_ready

_TICKED = ".tb-is-done"
_STATE = """async (ids) => {
  const text = (node) => node.innerText.replace(/\\s+/g, " ").trim();
  const fields = (one) => [...one.querySelectorAll("input, select, textarea")];
  const values = (one) => fields(one).map((field) => [field.checked, field.value]);
  const widgets = ids.map((id) => document.getElementById(id)).map((one) => [one.id, text(one), values(one)]);
  const marks = [...document.querySelectorAll(".tb-mine-card, .tb-mine-mark")].map((one) => [text(one), one.ariaLabel]);
  const painted = ["tb-mine", "tb-mine-changed"].map((name) => [...(CSS.highlights.get(name) ?? [])].map(String));
  const others = [...document.querySelectorAll(".tb-missed, tb-done")].map(text);
  return JSON.stringify({ widgets, marks, painted, others }, undefined, 1);
}"""

_TEXT = """() => {
  document.querySelector(".tb-evict")?.remove(); // what this browser may do is no part of the record
  return document.querySelector("article").innerText;
}"""


@dataclass(frozen=True)
class Counts:
    """What is to be told: modules that are done; questions that are missed, by their pages; marks, by their modules.

    On pages with `reworded` questions these are open again, while lists of what was missed have them still.
    """

    done: frozenset[str] = frozenset()
    missed: Mapping[str, int] = field(default_factory=dict)
    reworded: frozenset[str] = frozenset()
    marks: Mapping[str, int] = field(default_factory=dict)


def expect_counts(page: Page, url: str, modules: list[str], counts: Counts) -> int:
    """All places tell the same, the pages of these modules as well. Returns how many cards are due, as each says."""
    due = _expect_due_on_review(page, url)
    _expect_on_home(page, url, counts, due)
    tracks = dict.fromkeys(map(_name_track, [*modules, *sorted(counts.done)]))
    left = {track: _expect_on_track(page, url, track, counts) for track in tracks}
    _open(page, url + "map/", due)
    for place in (".tb-in-words li", ".tb-narrow .tb-stop", ".tb-wide .tb-stop"):
        expect(page.locator(f"{place}{_TICKED}")).to_have_count(len(counts.done))
    _open(page, url + "certificate/", due)
    expect(page.locator(f"tb-certificate li{_TICKED}")).to_have_count(len(counts.done))
    _expect_on_progress(page, url, counts, due, left)
    for module in modules:
        for kind in ("practice", "lesson"):
            _open(page, f"{url}{module}/{kind}/", due)
            ticks = sum(_name_track(one) == _name_track(module) for one in counts.done)
            expect(page.locator(f".tb-nav .md-nav__item li{_TICKED}, .tb-nav ol li{_TICKED}")).to_have_count(ticks)
            missed = ".tb-missed li" if kind == "lesson" else "tb-practice [data-right='false']"
            told = 0 if f"{module}/{kind}" in counts.reworded else counts.missed.get(f"{module}/{kind}", 0)
            expect(page.locator(missed)).to_have_count(told)
        expect(page.locator("[data-mark]")).to_have_count(counts.marks.get(module, 0))
    return due


def _expect_due_on_review(page: Page, url: str) -> int:
    page.goto(url + "review/")
    wait_until_ready(page)
    ahead = page.locator(".tb-ahead td").all_inner_texts()
    due = int(ahead[0]) if ahead else 0
    _expect_pill(page, due)
    stage = page.locator(".tb-stage")
    if due:
        expect(stage.locator("b")).to_have_text(
            re.compile(rf"^{due} cards? (is|are) due today(, about \d+ minutes?)?$")
        )
        expect(stage.locator(".tb-main")).to_have_text(re.compile(rf"^Review {due} cards?$"))
    else:
        expect(stage).not_to_contain_text("due today")
    return due


def _expect_on_home(page: Page, url: str, counts: Counts, due: int) -> None:
    _open(page, url, due)
    expect(page.locator("tb-home .tb-due")).to_have_text(
        re.compile(rf"^{due} cards? to review" if due else r"^(Nothing|$)")
    )
    expect(page.locator(f".tb-stations li{_TICKED}")).to_have_count(len(counts.done))
    told = [re.match(r"(\d+) of", text) for text in page.locator(".tb-tally").all_inner_texts()]
    assert sum(int(one[1]) for one in told if one) == len(counts.done)


def _expect_on_track(page: Page, url: str, track: str, counts: Counts) -> str:
    """Returns the time that is left, as the page says it; "" where nobody has begun."""
    _open(page, f"{url}{track}/", due=None)
    done = sum(_name_track(module) == track for module in counts.done)
    expect(page.locator(f"tb-onward .tb-bar {_TICKED}")).to_have_count(done)
    expect(page.locator(f".tb-lesson{_TICKED}")).to_have_count(done)
    tally = page.locator("tb-onward .tb-tally")
    if done:
        expect(tally).to_contain_text(f"{done} of ")
    left = re.search(r"(\S+( h| min)( \d+ min)?) left", tally.inner_text())
    return left[1] if left else ""


def _expect_on_progress(page: Page, url: str, counts: Counts, due: int, left: Mapping[str, str]) -> None:
    _open(page, url + "progress/", due)
    expect(page.locator("tb-progress > .tb-due")).to_contain_text(f"{due} card" if due else "No card is due")
    for track, time in left.items():
        section = page.locator(f"section[data-track-id={track}]")
        done = sum(_name_track(module) == track for module in counts.done)
        tail = f" · {time} left" if time else ""
        told = re.compile(rf"^{done} of .*{tail}")
        expect(section.locator(".tb-track-progress")).to_contain_text(told)
        expect(section.locator(f".tb-bar {_TICKED}")).to_have_count(done)
        expect(section.locator(f"li{_TICKED}")).to_have_count(done)
    missed = sum(counts.missed.values())
    part = page.locator("section.tb-missed")
    expect(part.locator("> ul > li")).to_have_count(missed)
    again = part.get_by_role("button", name=re.compile(r"^Answer "))
    expect(again).to_have_text([re.compile(rf"\b{missed}\b" if missed > 1 else "again")] if missed else [])
    expect(page.locator("tb-marks li")).to_have_count(sum(counts.marks.values()))


def _open(page: Page, address: str, due: int | None) -> None:
    page.goto(address)
    wait_until_ready(page)
    widget = page.locator("tb-home, tb-onward")
    if widget.count():
        expect(widget).to_have_attribute("data-ready", "")
    if due is not None:
        _expect_pill(page, due)


def _expect_pill(page: Page, due: int) -> None:
    for frame in (".tb-site", ".tb-nav"):
        if page.locator(f"{frame} a[href$='review/'], {frame} a[href='./']").count():
            expect(page.locator(f"{frame} .tb-count")).to_have_text([str(due)] if due else [])


def _name_track(module: str) -> str:
    return module.partition("/")[0]


Shown = Mapping[str, str]


def read_pages(page: Page, url: str, answered: Mapping[str, list[str]], like: Shown | None = None) -> Shown:
    """What stands on each page in the widgets of these ids, in marks and at the end; as soon as it is `like` that."""
    shown = {}
    for address, ids in answered.items():
        _open(page, url + address, due=None)
        for name in ids:
            page.locator(f"#{name}").scroll_into_view_if_needed()
            expect(page.locator(f"#{name} > *").first).to_have_attribute("data-ready", "")
        shown[address] = _settle(page, partial(page.evaluate, _STATE, ids), like)
    return shown


def read_overall(page: Page, url: str, addresses: list[str], like: Shown | None = None) -> Shown:
    """What pages that tell of the record as a whole say; as soon as it is `like` that."""
    shown = {}
    for address in addresses:
        _open(page, url + address, due=None)
        shown[address] = _settle(page, partial(page.evaluate, _TEXT), like)
    return shown


def _settle(page: Page, read: Callable[[], str], like: Shown | None) -> str:
    for _ in range(50 if like else 0):
        if like and (text := read()) in like.values():
            return text
        page.wait_for_timeout(100)
    page.wait_for_load_state("networkidle")
    return read()
