"""What `trackbook serve` is told of the disk: every change, whatever an editor does, and nothing else."""

import os
import shutil
import time
from collections.abc import Callable, Collection, Iterator
from functools import partial
from pathlib import Path
from threading import Event, Thread, Timer
from typing import Any

import pytest
from tests.serving.live_site import Folder, answering
from tests.serving.server import PATIENCE, wait_until
from watchfiles._rust_notify import RustNotify

from trackbook.serving import watching
from trackbook.serving.watching import watch

LESSON = "lessons/a/lesson.md"
STEP = 100
"""Milliseconds; a crowded machine takes its time between two writes."""
Changes = Iterator[Collection[str] | None]
Start = Callable[..., Changes]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "node_modules" / ".course"  # the way to a course may be any
    for name in (LESSON, "docs/index.md", "mkdocs.yml", ".git/index", "site/index.html"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("", "utf-8")
    return root


@pytest.fixture
def start(root: Path) -> Iterator[Start]:
    """Watches until the test ends, or too long; what came first, None, is taken."""
    stop = Event()
    timer = Timer(PATIENCE, stop.set)
    timer.start()

    def begin(*more: Path, poll: bool = False, step: int = STEP) -> Changes:
        wanted = [root / "lessons", root / "docs", root / "overrides", root / "mkdocs.yml", *more]
        changes = watch(root, lambda: wanted, stop, poll=poll, step=step)
        assert next(changes) is None
        return changes

    yield begin
    timer.cancel()
    stop.set()


def save_in_place(path: Path) -> None:
    path.write_text("new", "utf-8")


def save_by_moving_aside(path: Path) -> None:
    """As Vim does."""
    probe, aside = path.with_name("4913"), path.with_name(f"{path.name}~")
    probe.touch()
    probe.unlink()
    path.rename(aside)
    path.write_text("new", "utf-8")
    aside.unlink()


def save_by_moving_in(path: Path) -> None:
    new = path.with_name(f".{path.name}.swp")
    new.write_text("new", "utf-8")
    new.replace(path)


@pytest.mark.parametrize("save", [save_in_place, save_by_moving_aside, save_by_moving_in])
def test_a_save_is_told_once(root: Path, start: Start, save: Callable[[Path], None]) -> None:
    changes = start()
    for name in (LESSON, "docs/index.md", "mkdocs.yml"):
        save(root / name)
        assert next(changes) == {name}


def test_saves_that_follow_each_other_are_told_once(root: Path, start: Start) -> None:
    changes = start(step=500)
    names = [f"lessons/a/{number}.md" for number in range(50)]

    def save() -> None:
        for name in names:
            time.sleep(0.002)
            (root / name).write_text("", "utf-8")

    writer = Thread(target=save)
    writer.start()
    assert next(changes) == set(names)
    writer.join()


def test_what_no_course_is_made_of_is_not_told(root: Path, start: Start) -> None:
    changes = start()
    unwanted = [
        ".git/index",
        "site/index.html",
        "README.md",
        "lessons/a/#lesson.md#",
        "lessons/a/.#lesson.md",
        "lessons/a/lesson.md~",
        "lessons/a/.lesson.md.swp",
        "lessons/.cache/lesson.md",
        "overrides/node_modules/lesson.md",
    ]
    for name in unwanted:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("new", "utf-8")
    for told in iter(lambda: next(changes), None):  # `overrides` is new, so what it holds is not known
        pytest.fail(f"{told} was told")
    for name in unwanted:
        (root / name).write_text("newer", "utf-8")
    save_in_place(root / LESSON)
    assert next(changes) == {LESSON}


def test_icons_of_a_theme_are_told(root: Path, start: Start) -> None:
    icon = root / "theme/.icons/own/star.svg"
    icon.parent.mkdir(parents=True)
    icon.touch()
    changes = start(root / "theme")
    save_in_place(icon)
    assert next(changes) == {"theme/.icons/own/star.svg"}


def test_folders_come_and_go(root: Path, start: Start) -> None:
    (root / "theme/own").mkdir(parents=True)
    changes = start(root / "theme/own")
    (root / "theme").rename(root / "other")
    assert next(changes) is None
    shutil.rmtree(root / "lessons")
    assert next(changes) is None
    save_in_place(root / "docs/index.md")
    assert next(changes) == {"docs/index.md"}
    (root / LESSON).parent.mkdir(parents=True)
    assert next(changes) is None
    save_in_place(root / LESSON)
    assert next(changes) == {LESSON}
    (root / "lessons").rename(root / "gone")
    assert next(changes) is None
    (root / "gone").rename(root / "lessons")
    assert next(changes) is None
    save_in_place(root / LESSON)
    assert next(changes) == {LESSON}


def test_what_is_gone_may_have_been_a_folder(root: Path, start: Start) -> None:
    changes = start()
    (root / LESSON).unlink()
    assert next(changes) is None


def test_what_changed_while_something_went_is_told_after_it(root: Path, start: Start) -> None:
    (root / "lessons/a/plot.svg").touch()
    changes = start()
    (root / LESSON).unlink()
    (root / "lessons/a/plot.svg").write_text("new", "utf-8")
    assert next(changes) is None
    assert next(changes) == {"lessons/a/plot.svg"}


def test_files_outside_the_course_are_watched_where_it_names_them(tmp_path: Path, start: Start) -> None:
    shared = tmp_path / "shared" / "words.md"
    shared.parent.mkdir()
    changes = start(shared.parent)
    save_in_place(shared)
    assert next(changes) == {shared.resolve().as_posix()}


@pytest.mark.parametrize("save", [save_in_place, save_by_moving_aside, save_by_moving_in])
def test_a_file_outside_the_course_is_told_however_often_it_is_saved(
    tmp_path: Path, start: Start, save: Callable[[Path], None]
) -> None:
    (words := tmp_path / "words.md").touch()
    changes = start(words)
    for _ in range(3):
        save(words)
        assert next(changes) == {words.resolve().as_posix()}


def test_folders_that_links_lead_to_are_watched(root: Path, tmp_path: Path, start: Start) -> None:
    (tmp_path / "shared").mkdir()
    (root / "docs/shared").symlink_to(tmp_path / "shared")
    (root / "docs/circle").symlink_to(root / "docs")
    (root / "docs/itself").symlink_to(root / "docs/itself")
    changes = start()
    save_in_place(tmp_path / "shared/words.md")
    assert next(changes) == {"docs/shared/words.md"}
    save_in_place(root / "docs/index.md")
    assert next(changes) == {"docs/index.md"}


def test_only_folders_of_what_is_wanted_are_watched(root: Path, start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    """Linux watches so many and no more, and a site has more than its course."""
    asked: list[str] = []

    def note(places: list[str], *arguments: Any) -> RustNotify:
        asked.extend(places)
        return RustNotify(places, *arguments)

    monkeypatch.setattr("trackbook.serving.watching.RustNotify", note)
    start()
    trees = [str(root)]
    folders = [str(root / name) for name in ("", "docs", "lessons", "lessons/a")]
    assert asked == (trees if watching._TREES_ARE_TOLD else folders)


def test_a_folder_that_comes_before_the_one_it_is_in_is_watched_is_not_missed(
    root: Path, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    def take_up(*arguments: Any) -> RustNotify:
        (root / "lessons/b").mkdir(exist_ok=True)
        return RustNotify(*arguments)

    monkeypatch.setattr("trackbook.serving.watching.RustNotify", take_up)
    changes = start()
    if not watching._TREES_ARE_TOLD:
        assert next(changes) is None
    save_in_place(root / "lessons/b/lesson.md")
    assert next(changes) == {"lessons/b/lesson.md"}


def test_what_is_watched_follows_the_settings(root: Path, tmp_path: Path) -> None:
    wanted, stop = [root / "lessons"], Event()
    changes = watch(root, lambda: wanted, stop, step=STEP)
    assert next(changes) is None
    save_in_place(root / LESSON)
    assert next(changes) == {LESSON}
    (tmp_path / "shared").mkdir()
    wanted.append(tmp_path / "shared")
    assert next(changes) is None
    save_in_place(tmp_path / "shared" / "words.md")
    assert next(changes) == {(tmp_path / "shared" / "words.md").resolve().as_posix()}
    stop.set()
    assert list(changes) == []


def test_a_course_that_is_reached_by_a_link_is_watched(root: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(root)
    changes = watch(tmp_path / "link", lambda: [tmp_path / "link" / "lessons"], stop := Event(), step=STEP)
    assert next(changes) is None
    save_in_place(root / LESSON)
    assert next(changes) == {LESSON}
    stop.set()


def test_folder_that_goes_while_the_system_is_asked_to_watch_it_is_no_hindrance(
    root: Path, start: Start, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    answers = [FileNotFoundError("it has gone"), FileNotFoundError("one more")]

    def take_up(*arguments: Any) -> RustNotify:
        if answers:
            raise answers.pop()
        return RustNotify(*arguments)

    monkeypatch.setattr("trackbook.serving.watching.RustNotify", take_up)
    changes = start()
    save_in_place(root / LESSON)
    assert next(changes) == {LESSON}
    assert caplog.text == ""


@pytest.mark.parametrize("refused", [False, True])
def test_files_are_looked_at_where_the_system_does_not_tell(
    root: Path, start: Start, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, refused: bool
) -> None:
    def refuse(*arguments: object) -> None:
        assert refused
        assert arguments[-1] is False  # else it keeps to itself what it could not watch
        raise OSError("OS file watch limit reached.")

    monkeypatch.setattr("trackbook.serving.watching.RustNotify", refuse)
    monkeypatch.setattr(watching, "LOOK_SECONDS", 0.01)
    changes = start(poll=not refused)
    assert ("limit reached" in caplog.text) is refused
    (root / "lessons/a/.lesson.md.swp").touch()
    (root / "mkdocs.yml").write_text("one", "utf-8")
    assert next(changes) == {"mkdocs.yml"}
    (root / LESSON).write_text("two", "utf-8")
    assert next(changes) == {LESSON}
    (root / "mkdocs.yml").write_text("three", "utf-8")
    assert next(changes) == {"mkdocs.yml"}
    shutil.rmtree(root / "lessons")
    assert next(changes) is None


def test_folders_that_links_lead_to_are_looked_at(
    root: Path, tmp_path: Path, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "LOOK_SECONDS", 0.01)
    (tmp_path / "shared/deep").mkdir(parents=True)
    (root / "docs/shared").symlink_to(tmp_path / "shared")
    (root / "docs/circle").symlink_to(root / "docs")
    (tmp_path / "shared/back").symlink_to(root / "docs")
    (root / "docs/itself").symlink_to(root / "docs/itself")
    changes = start(poll=True)
    save_by_moving_in(tmp_path / "shared/deep/words.md")
    assert next(changes) == {"docs/shared/deep/words.md"}
    save_by_moving_in(root / "docs/index.md")
    assert next(changes) == {"docs/index.md"}


@pytest.mark.parametrize("save", [save_in_place, save_by_moving_in])
@pytest.mark.parametrize("poll", [True, False])
def test_an_edit_under_the_same_time_and_size_is_told(
    root: Path, start: Start, *, save: Callable[[Path], None], poll: bool
) -> None:
    page = root / LESSON
    page.write_text("old", "utf-8")
    time = page.stat().st_mtime_ns
    changes = start(poll=poll)
    save(page)
    os.utime(page, ns=(time, time))
    assert next(changes) == {LESSON}


def test_what_is_saved_while_the_site_follows_waits_for_one_more_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("trackbook.serving.server.watch", partial(watch, step=STEP))
    site = Folder(tmp_path)
    went_on, begun = Event(), Event()
    with answering(site, tmp_path):

        def hold() -> None:
            begun.set()
            assert went_on.wait(PATIENCE)

        site.on_refresh = hold
        site.write("first.md", "")
        assert begun.wait(PATIENCE)
        names = {f"{number}.md" for number in range(100)}
        for name in names:
            site.write(name, "")
        went_on.set()
        wait_until(lambda: len(site.told) > 2)
        assert site.told == [None, {"first.md"}, names]
