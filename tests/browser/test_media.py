"""Recordings, documents and what lies elsewhere, as learners and authors meet them: built and served."""

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser, ConsoleMessage, Page, Response, Route, expect
from tests.browser.gates.axe import find_violations
from tests.browser.gates.policy import read_page
from tests.browser.test_offline import Host
from tests.conftest import SAMPLE
from tests.media import record_video, write_media
from tests.runs import with_long
from tests.serving.server import serving

from trackbook.cli import main
from trackbook.mkdocs_plugin.build import build_site

SHOWN = """
![Colors, one after the other](clip.webm)

![A tone](tone.wav)

![One page about it](sheet.pdf)

![A disc](small.png)

Here is HTML:

<video controls id="raw" width="200">
<source src="clip.webm" type="video/webm">
<track src="clip.vtt" kind="captions" srclang="en" label="English">
</video>

<img src="small.png" width="60" alt="A smaller disc">

```embed
id: talk
url: https://www.youtube.com/watch?v=eMlx5fFNoYc
title: A talk about attention
picture: clip.png
transcript: What is said.
```

```embed
url: https://tube.example.org/w/aBcDeFgHiJkLmNoPqRsTuV
title: A talk without a picture
```
"""
FAR = """() => {
  for (const [tag, src] of [
    ["video", "https://far.example.org/far.mp4"],
    ["iframe", "https://far.example.org/"],
    ["iframe", "https://www.youtube-nocookie.com/embed/eMlx5fFNoYc"],
  ])
    document.querySelector("article").append(Object.assign(document.createElement(tag), { src, preload: "auto" }));
}"""
"""Of another page's embed, too."""
LESSON = "first/alpha/lesson/"
PLAYER = "https://www.youtube-nocookie.com/embed/eMlx5fFNoYc?autoplay=1"
WIDTHS = with_long([390, 1280], (390).__eq__)


@dataclass
class Visit:
    """A page, what was asked of other hosts, and what its console reported."""

    page: Page
    asked: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def answer(self, route: Route) -> None:
        self.asked.append(route.request.url)
        route.fulfill(status=200, content_type="text/html", body="<!doctype html><title>Player</title><p>It plays.")

    def hear(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append(message.text)


@pytest.fixture(scope="module")
def course(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("media") / "course"
    shutil.copytree(SAMPLE, root)
    write_media(root / "lessons/first/alpha", record_video(browser))
    lesson = root / "lessons/first/alpha/lesson.md"
    lesson.write_text(lesson.read_text("utf-8").replace("## Why", f"{SHOWN}\n## Why"), "utf-8")
    build_site(root)
    return root


@pytest.fixture(scope="module")
def built(course: Path, serve: Callable[[Path], str]) -> str:
    return serve(course / "site")


@pytest.fixture(scope="module")
def served(course: Path) -> Iterator[str]:
    with serving(course) as server:
        yield server.address


@pytest.fixture(params=["built", "served"])
def address(request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue(request.param))


@contextmanager
def visiting(browser: Browser, url: str, width: int = 1280, **options: Any) -> Iterator[Visit]:
    context = browser.new_context(viewport={"width": width, "height": 900}, reduced_motion="reduce", **options)
    visit = Visit(context.new_page())
    context.route(re.compile("^https:"), visit.answer)
    visit.page.on("console", visit.hear)
    visit.page.goto(url)
    yield visit
    context.close()


def wake(page: Page) -> None:
    """Elements start when they come near the screen."""
    for embed in page.locator("tb-embed").all():
        embed.scroll_into_view_if_needed()
    expect(page.locator("tb-embed[data-ready]")).to_have_count(2)


@pytest.mark.parametrize("width", [390, 1280])
def test_everything_local_plays_and_nobody_else_is_asked(browser: Browser, address: str, width: int) -> None:
    with visiting(browser, address + LESSON, width) as visit:
        page = visit.page
        for video in page.locator("video").all():
            video.evaluate("(one) => { one.muted = true; return one.play(); }")
            page.wait_for_function("(one) => one.currentTime > 0", arg=video.element_handle())
            assert video.evaluate("(one) => [one.videoWidth, one.videoHeight]") == [320, 180]
            video.evaluate("(one) => { one.textTracks[0].mode = 'showing'; }")
            page.wait_for_function("(one) => one.textTracks[0].cues?.length === 1", arg=video.element_handle())
        audio = page.locator("audio")
        audio.evaluate("(one) => { one.muted = true; return one.play(); }")
        page.wait_for_function("(one) => one.duration === 4", arg=audio.element_handle())
        assert audio.locator("xpath=..").get_by_role("link", name="A tone").is_visible()
        wake(page)
        assert (visit.asked, visit.errors) == ([], [])


def test_a_document_is_shown_where_there_is_room(browser: Browser, address: str) -> None:
    with visiting(browser, address + LESSON) as visit:
        document = visit.page.get_by_label("One page about it")
        document.scroll_into_view_if_needed()
        expect(document).to_be_visible()
        for _ in range(100):
            if any(frame.url.endswith("/sheet.pdf") for frame in visit.page.frames):
                break
            visit.page.wait_for_timeout(50)
        assert any(frame.url.endswith("/sheet.pdf") for frame in visit.page.frames)
        assert visit.errors == []
    with visiting(browser, address + LESSON, 390) as visit:
        expect(visit.page.get_by_label("One page about it")).to_be_hidden()
        expect(visit.page.get_by_role("link", name="One page about it")).to_be_visible()


@pytest.mark.parametrize("width", WIDTHS)
def test_embed_asks_its_one_host_after_a_click(browser: Browser, address: str, width: int) -> None:
    with visiting(browser, address + LESSON, width) as visit:
        page = visit.page
        wake(page)
        widget = page.locator("#talk")
        expect(widget).to_contain_text("Plays at www.youtube-nocookie.com. Nothing is loaded from there before you")
        expect(widget.get_by_text("To be seen at")).to_be_hidden()
        assert visit.asked == []
        widget.get_by_role("button", name="Play").press("Enter")
        frame = widget.locator("iframe")
        expect(frame.content_frame.get_by_text("It plays.")).to_be_visible()
        expect(frame).to_be_focused()
        assert frame.get_attribute("title") == "A talk about attention"
        assert "allow-top-navigation" not in (frame.get_attribute("sandbox") or "allow-top-navigation")
        assert frame.get_attribute("referrerpolicy") == "strict-origin"
        assert (visit.asked, visit.errors) == ([PLAYER], [])
        box = frame.bounding_box()
        assert box
        assert abs(box["width"] * 9 / 16 - box["height"]) < 2


def test_what_is_blocked_once_published_is_blocked_while_one_writes(browser: Browser, address: str) -> None:
    """An embed of one page opens no host to another page."""
    with visiting(browser, address + "first/beta/lesson/") as visit:
        visit.page.evaluate(FAR)
        for _ in range(100):
            blocked = {*re.findall(r"'(https://[^']*)'", "\n".join(visit.errors))}  # served, two policies tell of each
            if len(blocked) == 3:
                break
            visit.page.wait_for_timeout(50)
        assert [error for error in visit.errors if "Content Security Policy" not in error] == []
        assert (visit.asked, len(blocked)) == ([], 3)


def test_a_recording_can_be_sought_while_one_writes(browser: Browser, served: str) -> None:
    with visiting(browser, served) as visit:
        parts: list[int] = []

        def note(answer: Response) -> None:
            if answer.url.endswith("tone.wav"):
                parts.append(answer.status)

        visit.page.on("response", note)
        visit.page.goto(served + LESSON)
        audio = visit.page.locator("audio").element_handle()
        visit.page.wait_for_function("(one) => one.readyState > 0", arg=audio)
        audio.evaluate("(one) => { one.currentTime = 3; }")
        visit.page.wait_for_function("(one) => !one.seeking && one.readyState > 1", arg=audio)
        assert audio.evaluate("(one) => one.currentTime") == 3
        assert audio.evaluate("(one) => one.seekable.length && one.seekable.end(0)") == 4
        assert set(parts) == {206}


@pytest.mark.parametrize("width", with_long([320, 390, 1280], (390).__eq__))
def test_axe_finds_nothing(browser: Browser, built: str, width: int) -> None:
    with visiting(browser, built + LESSON, width, bypass_csp=True) as visit:
        wake(visit.page)
        visit.page.get_by_role("button", name="Play").first.click()
        assert find_violations(visit.page, f"media, {width} px") == []


@pytest.mark.parametrize("width", with_long([320, 390, 1280], (320).__eq__))
def test_nothing_is_wider_than_the_screen(browser: Browser, built: str, width: int) -> None:
    with visiting(browser, built + LESSON, width) as visit:
        wake(visit.page)
        visit.page.get_by_role("button", name="Play").last.click()
        assert visit.page.evaluate("document.documentElement.scrollWidth") <= width


def test_without_script_there_are_players_and_links(browser: Browser, built: str) -> None:
    with visiting(browser, built + LESSON, java_script_enabled=False) as visit:
        page = visit.page
        assert page.locator("video[controls], audio[controls]").count() == 3
        expect(page.get_by_role("link", name="A talk about attention")).to_be_visible()
        expect(page.locator("#talk img")).to_be_visible()
        expect(page.get_by_text("To be seen at www.youtube.com, not here.")).to_be_visible()
        expect(page.get_by_text("Nothing is loaded from there").first).to_be_hidden()
        assert page.get_by_role("button", name="Play").count() == 0
        assert visit.asked == []


def test_paper_says_where_it_stands(browser: Browser, built: str) -> None:
    with visiting(browser, built + LESSON) as visit:
        page = visit.page
        wake(page)
        page.emulate_media(media="print")
        expect(page.locator("audio")).to_be_hidden()
        expect(page.locator("object")).to_be_hidden()
        expect(page.locator("video[poster]")).to_be_visible()
        expect(page.locator("#raw")).to_be_hidden()
        expect(page.get_by_text("At tone.wav")).to_be_visible()
        expect(page.get_by_text("At https://www.youtube.com/watch?v=eMlx5fFNoYc")).to_be_visible()
        expect(page.get_by_role("button", name="Play").first).to_be_hidden()


@pytest.mark.parametrize("width", WIDTHS)
def test_pictures_have_the_size_that_they_have_or_are_given(browser: Browser, address: str, width: int) -> None:
    with visiting(browser, address + LESSON, width) as visit:
        for name, wide in (("A disc", 120), ("A smaller disc", 60)):
            box = visit.page.get_by_role("img", name=name, exact=True).bounding_box()
            assert box
            assert (box["width"], box["height"]) == (wide, wide * 2 / 3)
        raw = visit.page.locator("#raw").bounding_box()
        assert raw
        assert raw["width"] == 200


def test_moved_in_the_page_an_embed_shows_its_picture_again(browser: Browser, built: str) -> None:
    with visiting(browser, built + LESSON) as visit:
        wake(visit.page)
        widget = visit.page.locator("#talk")
        widget.get_by_role("button", name="Play").click()
        visit.page.evaluate("document.querySelector('article').append(document.querySelector('#talk'))")
        expect(widget.locator("iframe")).to_have_count(0)
        expect(widget.locator("img")).to_be_visible()
        expect(widget.get_by_role("button", name="Play")).to_have_count(1)


def test_the_built_site_is_in_order(course: Path) -> None:
    said = CliRunner().invoke(main, ["check", "--site", str(course / "site")]).output
    assert said.startswith("no errors")
    for page in (LESSON, "first/beta/lesson/", ""):
        assert list(read_page(course / "site" / page / "index.html", page)) == []


def test_a_kept_recording_plays_and_is_sought_without_a_network(browser: Browser, course: Path, tmp_path: Path) -> None:
    copy = tmp_path / "published"
    shutil.copytree(course / "site", copy)
    host = Host(copy)
    context = browser.new_context()
    try:
        page = context.new_page()
        page.goto(host.url("first/"))
        page.get_by_role("button", name="Keep this track offline").press("Enter")
        expect(page.locator("tb-offline [role=status]")).to_contain_text("Kept on your device", timeout=20_000)
        host.mode = "down"
        context.set_offline(True)
        context.new_cdp_session(page).send("Network.clearBrowserCache")  # which may hold it by luck
        page.goto(host.url(LESSON))
        audio = page.locator("audio").element_handle()
        page.wait_for_function("(one) => one.duration === 4", arg=audio)
        audio.evaluate("(one) => { one.currentTime = 3; }")
        page.wait_for_function("(one) => !one.seeking && one.readyState > 1", arg=audio)
        assert audio.evaluate("(one) => one.currentTime") == 3
    finally:
        context.close()
        host.close()
