"""Parts of files: a browser that plays a video asks for them, and jumps by them."""

from pathlib import Path

import pytest
from tests.serving.live_site import SCRIPT, Folder, ask

from trackbook.serving.app import App

TEXT = "0123456789"


@pytest.fixture
def app(tmp_path: Path) -> App:
    site = Folder(tmp_path / "site")
    for name in ("clip.mp4", "404.html", "none.mp4"):
        site.write(name, "" if name == "none.mp4" else TEXT)
    return App(site, SCRIPT, "/")


@pytest.mark.parametrize(
    ("asked", "status", "body", "told"),
    [
        ("bytes=0-", 206, TEXT, "bytes 0-9/10"),
        ("bytes=2-4", 206, "234", "bytes 2-4/10"),
        ("bytes=9-9", 206, "9", "bytes 9-9/10"),
        ("bytes=8-99", 206, "89", "bytes 8-9/10"),
        ("bytes=-3", 206, "789", "bytes 7-9/10"),
        ("bytes=-99", 206, TEXT, "bytes 0-9/10"),
        ("bytes=10-", 416, "", "bytes */10"),
        ("bytes=-0", 416, "", "bytes */10"),
        ("bytes=4-2", 200, TEXT, None),
        ("bytes=-", 200, TEXT, None),
        ("bytes=0-1,3-4", 200, TEXT, None),
        ("seconds=0-1", 200, TEXT, None),
    ],
)
def test_part_that_is_asked_for(app: App, asked: str, status: int, body: str, told: str | None) -> None:
    said = ask(app, "/clip.mp4", HTTP_RANGE=asked)
    assert (said[0], said[2], said[1].get("Content-Range")) == (status, body, told)
    assert said[1]["Content-Length"] == str(len(body))
    assert said[1]["Accept-Ranges"] == "bytes"


def test_head_tells_of_the_part_alone(app: App) -> None:
    status, headers, body = ask(app, "/clip.mp4", method="HEAD", HTTP_RANGE="bytes=2-4")
    assert (status, headers["Content-Length"], body) == (206, "3", "")


def test_a_part_of_another_state_is_given_whole(app: App) -> None:
    tag = ask(app, "/clip.mp4")[1]["ETag"]
    assert ask(app, "/clip.mp4", HTTP_RANGE="bytes=2-4", HTTP_IF_RANGE=tag)[2] == "234"
    assert ask(app, "/clip.mp4", HTTP_RANGE="bytes=2-4", HTTP_IF_RANGE='"other"')[::2] == (200, TEXT)


def test_what_is_known_is_not_sent_in_part(app: App) -> None:
    tag = ask(app, "/clip.mp4")[1]["ETag"]
    status, headers, body = ask(app, "/clip.mp4", HTTP_RANGE="bytes=2-4", HTTP_IF_NONE_MATCH=tag)
    assert (status, body, "Content-Range" in headers) == (304, "", False)


def test_what_is_missing_has_no_parts(app: App) -> None:
    assert ask(app, "/gone.mp4", HTTP_RANGE="bytes=2-4")[0] == 404
    assert ask(app, "/none.mp4", HTTP_RANGE="bytes=0-")[0] == 416


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.mp4", "video/mp4"),
        ("a.webm", "video/webm"),
        ("a.m4a", "audio/mp4"),
        ("a.mp3", "audio/mpeg"),
        ("a.wav", "audio/wav"),
        ("a.ogg", "audio/ogg"),
        ("a.vtt", "text/vtt; charset=utf-8"),
        ("a.pdf", "application/pdf"),
    ],
)
def test_type_by_which_a_browser_plays_it(tmp_path: Path, name: str, kind: str) -> None:
    site = Folder(tmp_path / "site")
    site.write(name, TEXT)
    assert ask(App(site, SCRIPT, "/"), f"/{name}")[1]["Content-Type"] == kind
