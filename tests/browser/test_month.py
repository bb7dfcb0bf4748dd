"""A month of a learner: three lessons, a lesson that was edited, reviews, and a record that goes and comes back."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect
from tests.browser.counting import Counts, Shown, expect_counts, read_overall, read_pages
from tests.browser.hands import Hands, Keys, Mouse
from tests.browser.learner import BEGIN, Learner, make_event, make_grade, open_profile, read_events, write_file
from tests.conftest import ROOT, change_files
from tests.runs import with_long

Profile = Callable[[str], AbstractContextManager[Learner]]
ERA, RECURRENCE, ATTENTION = MODULES = [
    f"deep-learning/{name}" for name in ("the-deep-learning-era", "recurrence", "attention-in-brief")
]
START = datetime(2026, 3, 9, 17, 30, tzinfo=UTC)
"""Three weeks later, clocks in Berlin go forward."""
OWN = "Quokkas of 1990 had no machines."
NOTES = {
    "each of them worked on everything that the earlier ones had made": "Zeppelins fold as well.",
    "ride the same growth": "Marzipan of 2014.",
    "newer designs of it": "Xylophones come back.",
}
"""To the first nothing happens, the second is deleted, the third stands elsewhere later."""
FIRST, SECOND, THIRD = NOTES
PLAIN, CHANGED = "twenty-two words make 484.", "positions first exchange information by attention"
SECRETS = [OWN, *NOTES.values()]
ANSWERED = {
    f"{ERA}/lesson/": ["what-was-missing", "which-wait"],
    f"{ERA}/practice/": ["why-not-before", "price-of-width", "two-of-three"],
    f"{ATTENTION}/practice/": ["six-hundred-words"],
    f"{ATTENTION}/lesson/": ["before-you-read", "twice-the-text"],
}
OVERALL = ["", "deep-learning/", "map/", "review/", "certificate/", "progress/"]
LESSON = f"lessons/{ATTENTION}/lesson.md"
GONE, MOVED = "This track began with a network", "One advantage stays with recurrence"
BEGUN = Counts(
    done=frozenset({ERA, RECURRENCE}),
    missed={f"{ERA}/lesson": 1, f"{ERA}/practice": 1, f"{ATTENTION}/practice": 1},
    marks={ERA: 1, ATTENTION: 6},
)
HANDS: dict[str, tuple[Hands, ViewportSize]] = {
    "mouse": (Mouse(), {"width": 1280, "height": 900}),
    "keys": (Keys(), {"width": 390, "height": 844}),
}


@pytest.fixture(scope="module")
def edited_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The next edition of our course: one lesson has a paragraph that was changed, one that is gone and one that moved,
    two headings with new names, of which one keeps its id, and a question has other words.
    """
    root = tmp_path_factory.mktemp("next") / "course"
    for part in ("lessons", "cheatsheets", "docs", "overrides"):
        shutil.copytree(ROOT / part, root / part)
    shutil.copy(ROOT / "mkdocs.yml", root)
    text = (root / LESSON).read_text("utf-8")
    gone, moved = (re.search(rf"{re.escape(begin)}.*?\n\n", text, re.DOTALL) for begin in (GONE, MOVED))
    assert gone and moved
    changes = {
        CHANGED: CHANGED.replace("exchange", "gather"),
        gone[0]: "",
        moved[0]: "",
        "## An analogy, and": f"{moved[0]}## An analogy, and",
        "## What it costs\n": "## The price of attention { #what-it-costs }\n",
        "## Side by side\n": "## One beside the other\n",
    }
    change_files(
        root, {LESSON: changes, f"lessons/{ATTENTION}/practice.md": {"Put six hundred words": "Put 600 words"}}
    )
    command = [sys.executable, "-m", "trackbook", "build", "--course", str(root)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return root / "site"


class Month:
    """What one learner does with one site, on one day after the other."""

    def __init__(self, learner: Learner, hands: Hands) -> None:
        self.learner, self.hands, self.url = learner, hands, learner.url
        self.page = learner.context.new_page()

    def come_back(self, days: int) -> None:
        """Another day, another tab; what the browser keeps of pages for minutes is gone by then."""
        self.go("glossary/")
        self.page.close()
        self.learner.context.clock.set_system_time(START + timedelta(days=days))
        self.page = self.learner.context.new_page()
        devtools = self.learner.context.new_cdp_session(self.page)
        devtools.send("Network.clearBrowserCache")
        devtools.detach()

    def go(self, address: str) -> Page:
        self.page.goto(self.url + address)
        return self.page

    def press(self, name: str | re.Pattern[str]) -> None:
        self.hands.press(self.page.get_by_role("button", name=name, exact=True))

    def answer(self, name: str, choice: int, button: str = "Check") -> None:
        widget = self.reach(name)
        self.hands.choose(widget.get_by_role("radio"), choice)
        if button:
            self.hands.press(widget.get_by_role("button", name=button))
            expect(widget.get_by_role("status").first).not_to_be_empty()

    def write(self, name: str, text: str) -> None:
        widget = self.reach(name)
        self.hands.write(widget.get_by_label("Your answer"), text)
        expect(widget.locator(".tb-kept")).to_contain_text("Kept in this browser")

    def reach(self, name: str) -> Locator:
        widget = self.page.locator(f"#{name}")
        widget.scroll_into_view_if_needed()
        expect(widget.locator("> *").first).to_have_attribute("data-ready", "")
        return widget

    def highlight(self, words: str, note: str = "") -> None:
        before = self.page.locator("[data-mark]").count()
        self.hands.pick_words(self.page, words)
        self.press("Note" if note else "Highlight")
        if note:
            expect(self.page.get_by_role("textbox", name="Note")).to_be_focused()
            self.page.keyboard.type(note)
            self.press("Keep")
        expect(self.page.locator("[data-mark]")).to_have_count(before + 1)

    def bookmark(self, section: str, heading: str) -> None:
        self.go(f"{ATTENTION}/lesson/#{section}").keyboard.press("b")
        expect(self.page.get_by_text(f"Bookmark set: {heading}")).to_be_visible()

    def finish(self, module: str) -> None:
        self.go(f"{module}/lesson/")
        self.hands.press(self.page.locator("tb-done button"))
        expect(self.page.locator("tb-done")).to_have_attribute("data-state", "true")

    def review(self, most: int = 100) -> int:
        """Every fourth card is missed, and the first grade is taken back. Returns how many cards were asked."""
        self.go("review/").locator("tb-review[data-ready]").wait_for()
        self.hands.press(self.page.locator(BEGIN))
        cards, keyboard = self.page.locator(".tb-review-card"), self.page.keyboard
        for turn in range(most):
            self.page.locator(".tb-review-card, .tb-summary").first.wait_for()
            if cards.count() == 0:
                return turn
            self._grade("1" if turn % 4 == 3 else "3")
            if turn == 0:
                keyboard.press("u")
                expect(self.page.get_by_role("button", name="Undo")).to_be_disabled()
                self._grade("4")
        keyboard.press("Escape")
        self.page.locator(".tb-ahead").wait_for()
        return most

    def _grade(self, key: str) -> None:
        card = self.page.locator(".tb-review-card").element_handle()
        self.page.keyboard.press("Space")
        self.page.locator(".tb-grades").wait_for()
        self.page.keyboard.press(key)
        assert card
        card.wait_for_element_state("hidden")

    def export(self, file: Path, with_own_words: bool) -> str:
        box = self.go("progress/").get_by_role("checkbox", name="own words")
        if with_own_words:
            self.hands.press(box) if isinstance(self.hands, Mouse) else box.press("Space")
        with self.page.expect_download() as download:
            self.press("Export")
        download.value.save_as(file)
        return file.read_text("utf-8")

    def bring(self, file: Path, says: str) -> None:
        self.go("progress/").locator("tb-progress[data-ready]").wait_for()
        with self.page.expect_file_chooser() as chooser:
            self.press("Import")
        chooser.value.set_files(file)
        expect(self.page.locator(".tb-record [role=status]")).to_have_text(says)

    def delete_all(self) -> None:
        self.go("progress/")
        self.press("Delete everything")
        self.press("Yes, delete")
        expect(self.page.locator(".tb-record [role=status]")).to_have_text("Everything is deleted.")
        assert read_events(self.page) == []

    def expect(self, counts: Counts, modules: list[str] = MODULES) -> int:
        return expect_counts(self.page, self.url, modules, counts)

    def read_pages(self, like: Shown | None = None) -> Shown:
        return read_pages(self.page, self.url, ANSWERED, like)

    def read_overall(self, like: Shown | None = None) -> Shown:
        return read_overall(self.page, self.url, OVERALL, like)


@pytest.fixture(params=with_long(HANDS, "mouse".__eq__))
def hands(request: pytest.FixtureRequest) -> tuple[Hands, ViewportSize]:
    return HANDS[request.param]


@pytest.fixture
def profile(browser: Browser, hands: tuple[Hands, ViewportSize]) -> Profile:
    def open_one(url: str) -> AbstractContextManager[Learner]:
        size = {"viewport": hands[1], "timezone_id": "Europe/Berlin", "reduced_motion": "reduce"}
        return open_profile(browser, url, accept_downloads=True, **size)

    return open_one


@pytest.fixture
def publish(site: Path, edited_site: Path, tmp_path: Path) -> Callable[[int], Path]:
    """Puts an edition of the course in the place of the last, at the same address."""
    current, following = tmp_path / "current", tmp_path / "following"

    def publish(number: int) -> Path:
        following.symlink_to((site, edited_site)[number - 1])
        return following.replace(current)

    return publish


def test_month(
    publish: Callable[[int], Path],
    serve: Callable[[Path], str],
    profile: Profile,
    hands: tuple[Hands, ViewportSize],
    tmp_path: Path,
) -> None:
    with profile(serve(publish(1))) as learner:
        learner.context.clock.install(time=START)
        month = Month(learner, hands[0])
        assert month.expect(Counts(), modules=[]) == 0  # a lesson that is opened is begun
        learn(month)
        month.come_back(days=3)
        publish(2)
        counts = find_all_again(month)
        counts = review_for_weeks(month, counts)
        take_along(month, counts, profile, tmp_path)


def learn(month: Month) -> None:
    """Lesson 1 to the end, lesson 2 read, lesson 3 begun."""
    month.hands.press(month.go("").locator(".tb-start .tb-loud"))
    month.page.wait_for_url(f"**/{ERA}/lesson/")
    month.answer("what-was-missing", 0, "Commit")
    month.highlight(FIRST, NOTES[FIRST])
    month.answer("which-wait", 1)
    month.hands.press(month.page.get_by_role("navigation", name="Where to go on").get_by_role("link").first)
    month.page.wait_for_url(f"**/{ERA}/practice/")
    month.answer("why-not-before", 1)
    month.answer("price-of-width", 0)
    month.write("two-of-three", OWN)
    month.finish(ERA)
    month.finish(RECURRENCE)
    month.go(f"{ATTENTION}/practice/")
    month.answer("six-hundred-words", 0)
    month.go(f"{ATTENTION}/lesson/")
    month.answer("before-you-read", 3, "Commit")
    month.highlight(CHANGED)
    month.highlight(SECOND, NOTES[SECOND])
    month.highlight(THIRD, NOTES[THIRD])
    month.answer("twice-the-text", 1, "")
    month.highlight(PLAIN)
    month.bookmark("side-by-side", "Side by side")
    month.bookmark("what-it-costs", "What it costs")
    assert month.expect(BEGUN) > 0
    expect(month.go(f"{ATTENTION}/lesson/#what-it-costs").locator("#what-it-costs")).to_be_in_viewport()


def find_all_again(month: Month) -> Counts:
    """The lesson was edited: marks find their place, or say that the text is another."""
    page = month.go("")
    expect(page.get_by_role("heading", name="Attention and transformers, in brief")).to_be_visible()
    expect(page.get_by_text("You stopped at “The price of attention”.")).to_be_visible()
    month.hands.press(page.locator(".tb-start .tb-loud"))
    page.wait_for_url(f"**/{ATTENTION}/lesson/#what-it-costs")
    expect(page.get_by_role("heading", name="The price of attention")).to_be_in_viewport()
    expect(page.locator("[data-mark]")).to_have_count(6)
    painted = [
        page.evaluate("(name) => [...CSS.highlights.get(name)].map(String)", name)
        for name in ("tb-mine", "tb-mine-changed")
    ]
    assert sorted(any(words in one for one in painted[0]) for words in (PLAIN, THIRD)) == [True, True]
    assert len(painted[0]) == 2
    [edited] = painted[1]
    assert CHANGED.replace("exchange", "gather") in " ".join(edited.split())
    changed, lost = "The text has changed since.", "This text is no longer here."
    assert [CHANGED in news for news in read_news(month, changed)] == [True]
    assert [words in news for words, news in zip(("Side by side", SECOND), read_news(month, lost), strict=True)] == [
        True,
        True,
    ]
    take_new_words(month, changed)
    expect(find_marks(page, changed)).to_have_count(0)
    practice = month.go(f"{ATTENTION}/practice/")
    month.reach("six-hundred-words")
    says = "This question has changed since you answered it."
    expect(practice.locator("#six-hundred-words").get_by_role("status").first).to_have_text(says)
    expect(practice.locator("tb-practice [data-right]")).to_have_count(0)  # it is open again
    expect(month.go("progress/").locator("section.tb-missed")).to_contain_text(says)
    counts = replace(BEGUN, reworded=frozenset({f"{ATTENTION}/practice"}))
    assert month.expect(counts) > 0
    return counts


def find_marks(page: Page, says: str) -> Locator:
    """In the margin cards, else marks that say it to who can't see their line."""
    return page.locator(".tb-mine-card", has_text=says).or_(page.locator(f'.tb-mine-mark[aria-label$="{says}"]'))


def read_news(month: Month, says: str) -> list[str]:
    """What each mark says whose text is another now; where there is no margin it is opened for that."""
    texts, sheet = [], month.page.get_by_role("dialog")
    for mark in find_marks(month.page, says).all():
        is_card = mark.get_attribute("role") == "note"
        if not is_card:
            month.hands.press(mark)
        texts.append(" ".join((mark if is_card else sheet).inner_text().split()))
        if not is_card:
            month.page.keyboard.press("Escape")
            expect(sheet).to_be_hidden()
    return texts


def take_new_words(month: Month, says: str) -> None:
    mark = find_marks(month.page, says)
    if mark.get_attribute("role") != "note":
        month.hands.press(mark)
        mark = month.page.get_by_role("dialog")
    month.hands.press(mark.get_by_role("button", name="Use the new words"))
    expect(month.page.get_by_text("Your mark is now at the new words.")).to_be_visible()


def review_for_weeks(month: Month, counts: Counts) -> Counts:
    month.finish(ATTENTION)
    counts = replace(counts, done=frozenset(MODULES))
    first = month.expect(counts)
    assert month.review() > first
    assert month.expect(counts, modules=[]) == 0
    month.come_back(days=4)
    due = month.expect(counts, modules=[])
    assert month.review(most=5) == 5
    assert month.expect(counts, modules=[]) == due - 5
    expect(month.go("progress/").locator(".tb-week")).to_contain_text(f"{first + 5} cards reviewed")
    month.come_back(days=30)
    return answer_again(month, counts)


def answer_again(month: Month, counts: Counts) -> Counts:
    """One of what was missed is answered right, where all of it is listed."""
    page = month.go("progress/")
    month.press("Answer these 3 again")
    quiz = page.locator(".tb-again tb-quiz")
    expect(quiz).to_contain_text("Put 600 words")
    expect(quiz).to_have_attribute("data-ready", "")
    month.hands.choose(quiz.get_by_role("radio"), 2)
    month.hands.press(quiz.get_by_role("button", name="Check"))
    expect(quiz.get_by_role("status").first).to_contain_text("Right")
    for name in ("Next question", "Next question", "To the end", "Back to the list"):
        month.press(name)
    return replace(counts, missed={page: count for page, count in counts.missed.items() if ATTENTION not in page})


def take_along(month: Month, counts: Counts, profile: Profile, folder: Path) -> None:
    """A file without own words, and one with them: deleted and brought back, once and twice, here and elsewhere."""
    due, overall = month.expect(counts), month.read_overall()
    assert due > 0
    plain = month.export(folder / "plain.json", with_own_words=False)
    full = month.export(folder / "full.json", with_own_words=True)
    for secret in SECRETS:
        assert secret in full
        assert secret.split()[0] not in plain
    pages = month.read_pages()
    assert OWN in str(pages)
    month.delete_all()
    assert month.expect(Counts()) == 0
    expect(month.go(f"{ERA}/practice/").locator("#two-of-three").get_by_label("Your answer")).to_have_value("")
    month.delete_all()
    expect(month.go("").locator(".tb-start .tb-loud")).to_contain_text("Start track 4, lesson 1")

    month.bring(folder / "plain.json", f"{len(json.loads(plain)['events'])} new entries were added.")
    without = month.read_overall()
    assert {address for address in OVERALL if without[address] != overall[address]} == {"progress/"}
    assert all(secret not in without["progress/"] for secret in SECRETS)
    month.bring(folder / "plain.json", "All entries of this file were here already.")
    assert month.read_overall(like=without) == without
    month.bring(folder / "full.json", f"{len(SECRETS)} new entries were added.")
    assert month.read_overall(like=overall) == overall
    assert month.read_pages(like=pages) == pages
    assert month.expect(counts) == due

    with profile(month.url) as learner:
        learner.context.clock.install(time=START + timedelta(days=30))
        elsewhere = Month(learner, month.hands)
        elsewhere.bring(folder / "full.json", f"{len(json.loads(full)['events'])} new entries were added.")
        elsewhere.bring(folder / "full.json", "All entries of this file were here already.")
        assert elsewhere.read_overall(like=overall) == overall
        assert elsewhere.read_pages(like=pages) == pages


def test_a_record_of_the_first_form_tells_the_same_everywhere(
    edited_site: Path, serve: Callable[[Path], str], browser: Browser, tmp_path: Path
) -> None:
    """It did not say of which course it is, nor what was answered."""
    at = "2026-03-10T10:00:0{}.000+01:00".format
    events = [
        make_event("place", "", at(1), **{"is": "place", "address": f"{RECURRENCE}/lesson/", "title": "Recurrence"}),
        make_event("done", ERA, at(2), **{"is": "done"}),
        make_event("answer", f"{ERA}#why-not-before", at(3), **{"is": "answer", "right": False}),
        make_grade("grade", f"{ERA}#depth-card", at(4)),
    ]
    file = tmp_path / "old.json"
    file.write_bytes(write_file(events))
    with open_profile(browser, serve(edited_site), timezone_id="Europe/Berlin") as learner:
        learner.context.clock.install(time=START + timedelta(days=30))
        month = Month(learner, Mouse())
        month.bring(file, "4 new entries were added.")
        assert read_events(month.page) == events
        assert month.expect(Counts(done=frozenset({ERA}), missed={f"{ERA}/practice": 1})) > 1
