"""The server of `trackbook serve`, before any site: what it answers, whom it tells, and how it ends."""

import http.client
import json
import threading
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from tests.serving.live_site import SCRIPT, Folder, answering, ask
from tests.serving.server import PATIENCE, wait_until

from trackbook.formats.as_json import format_json
from trackbook.issue import CourseError, Issue
from trackbook.language.words import load_language
from trackbook.model import Source
from trackbook.serving.app import App
from trackbook.serving.server import listen
from trackbook.serving.site import Report, guess_type

PAGE = "<!doctype html><title>Page</title><body><!-- </body> -->Text</body></html>"
ERROR = Issue("link-lands", Source("lessons/a/b/lesson.md", 3), "it <b>leads</b> to nothing", "mend it")
ADVICE = Issue("alt", Source("lessons/course.yml", 1), "say more", level="advice")
REPORT = Report((ERROR, ADVICE), {"a/b/lesson/": "lessons/a/b/lesson.md"}, frozenset({"lessons/a/b/lesson.md"}))


@pytest.fixture
def site(tmp_path: Path) -> Folder:
    (tmp_path / "secret.txt").write_text("secret", "utf-8")
    made = Folder(tmp_path / "site")
    made.report = REPORT
    for name in ("index.html", "a/b/lesson/index.html", "404.html"):
        made.write(name, PAGE)
    made.write("style.css", "b {} </body>")
    return made


@pytest.fixture
def app(site: Folder) -> App:
    return App(site, SCRIPT, "/course/")


@pytest.mark.parametrize(
    ("path", "status", "location"),
    [
        ("/course/", 200, None),
        ("/course/a/b/lesson/", 200, None),
        ("/course/a/b/lesson/index.html", 200, None),
        ("/course/a/b/lesson", 302, "/course/a/b/lesson/?q=1"),
        ("/course", 302, "/course/?q=1"),
        ("/", 302, "/course/?q=1"),
        ("/course/a/b/", 404, None),
        ("/course/nothing", 404, None),
        ("/course/style.css/", 404, None),
        ("/a/b/lesson/", 404, None),
        ("/courses", 404, None),
    ],
)
def test_site_stands_below_its_mount_path(app: App, path: str, status: int, location: str | None) -> None:
    said, headers, body = ask(app, path, "q=1")
    assert (said, headers.get("Location")) == (status, location)
    assert ("Text" in body) is (status != 302)


@pytest.mark.parametrize(
    "path",
    [
        "../secret.txt",
        "a/../../secret.txt",
        "a/../index.html",
        "./index.html",
        "..",
        "..\\secret.txt",
        "a//b/lesson/",
        "{root}/secret.txt",
        "index.html\0",
        "\udcff",
    ],
)
def test_no_path_leads_out_of_the_site(app: App, site: Folder, tmp_path: Path, path: str) -> None:
    path = path.replace("{root}", str(tmp_path))
    raw = b"/course/".decode("latin-1") + path.encode("utf-8", "surrogateescape").decode("latin-1")
    said: list[Any] = []
    environ = {"PATH_INFO": raw, "QUERY_STRING": "", "REQUEST_METHOD": "GET"}
    body = b"".join(app(environ, lambda *given: said.extend(given) or (lambda _: None)))  # type: ignore[func-returns-value]
    assert said[0] == "404 Not Found"
    assert b"secret" not in body
    assert {asked.replace("\ufffd", "").strip("/") for asked in site.asked} <= {"404.html", ""}


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("index.html", "text/html; charset=utf-8"),
        ("assets/main.1.js", "text/javascript; charset=utf-8"),
        ("llms.txt", "text/plain; charset=utf-8"),
        ("sitemap.xml", "application/xml; charset=utf-8"),
        ("sitemap.xml.gz", "application/gzip"),
        ("manifest.webmanifest", "application/manifest+json; charset=utf-8"),
        ("dot.svg", "image/svg+xml; charset=utf-8"),
        ("pagefind/wasm.en.pagefind", "application/octet-stream"),
        ("pagefind/pagefind.en_1.pf_meta", "application/octet-stream"),
        ("x.wasm", "application/wasm"),
        ("font.woff2", "font/woff2"),
        ("track.apkg", "application/octet-stream"),
        ("LICENSE", "application/octet-stream"),
    ],
)
def test_files_have_the_type_that_their_name_asks_for(name: str, kind: str) -> None:
    assert guess_type(name).replace("text/xml", "application/xml") == kind


def test_a_file_is_sent_once_for_as_long_as_it_stays(app: App, site: Folder) -> None:
    _, headers, body = ask(app, "/course/style.css")
    assert (body, headers["Content-Length"], headers["Cache-Control"]) == ("b {} </body>", "12", "no-cache")
    tag = headers["ETag"]
    status, again, nothing = ask(app, "/course/style.css", HTTP_IF_NONE_MATCH=f'"other", {tag}')
    assert (status, again["ETag"], nothing) == (304, tag, "")
    site.write("style.css", "b {} </BODY>")
    status, changed, body = ask(app, "/course/style.css", HTTP_IF_NONE_MATCH=tag)
    assert (status, body) == (200, "b {} </BODY>")
    assert changed["ETag"] != tag
    gone = ask(app, "/course/gone")[1]["ETag"]
    assert ask(app, "/course/gone", HTTP_IF_NONE_MATCH=gone)[0] == 404


def test_head_says_what_get_would_and_nothing_else_is_understood(app: App) -> None:
    status, headers, body = ask(app, "/course/", method="HEAD")
    assert (status, headers, body) == (*ask(app, "/course/")[:2], "")
    assert ask(app, "/course/", method="POST")[0] == 405


def test_endpoint_tells_what_check_prints(app: App) -> None:
    status, headers, body = ask(app, "/_trackbook/issues.json")
    assert (status, headers["Cache-Control"], body) == (200, "no-cache", format_json([ERROR, ADVICE]))


@pytest.mark.parametrize(
    "address", ["/course/a/b/lesson/", "/course/a/b/lesson/index.html", "%2Fcourse%2Fa%2Fb%2Flesson%2F"]
)
def test_endpoint_tells_a_page_its_own_issues(app: App, address: str) -> None:
    told = json.loads(ask(app, "/_trackbook/issues.json", f"page={address}")[2])
    assert (told["source"], told["kept"]) == ("lessons/a/b/lesson.md", True)
    assert [issue["code"] for issue in told["here"]] == ["link-lands"]
    assert [issue["code"] for issue in told["elsewhere"]] == ["alt"]
    now = json.loads(ask(app, "/_trackbook/page.json", f"page={address}")[2])
    assert f'data-page="{now["page"]}" data-status="{now["status"]}"' in ask(app, "/course/a/b/lesson/")[2]


def test_a_page_is_named_before_the_course_is_checked(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app, "_report", lambda: pytest.fail("it waits for checks"))
    assert json.loads(ask(app, "/_trackbook/page.json", "page=/course/")[2])["status"] == 200


def test_endpoint_tells_when_a_page_is_another_one(app: App, site: Folder) -> None:
    def find() -> tuple[str, int]:
        told = json.loads(ask(app, "/_trackbook/page.json", "page=/course/a/b/lesson/")[2])
        return told["page"], told["status"]

    first = find()
    site.write("index.html", "another page")
    assert find() == first
    site.write("a/b/lesson/index.html", PAGE.replace("Text", "New"))
    second = find()
    assert second[0] != first[0]
    (site.root / "a/b/lesson/index.html").unlink()
    assert find()[1] == 404


def test_overlay_stands_at_the_end_of_html_and_nowhere_else(app: App, site: Folder) -> None:
    site.language = load_language("de")
    _, headers, body = ask(app, "/course/")
    before, _, after = body.partition("Text")
    assert before + after[after.index("</body>") :] == PAGE.replace("Text", "")
    assert after.startswith('<script type="application/json" id="tb-overlay-texts"')
    assert "Auf dieser Seite" in after and 'src="/_trackbook/overlay.js"></script></body>' in after
    assert headers["Content-Length"] == str(len(body.encode()))
    assert ask(app, "/course/nothing")[2].count("tb-overlay-texts") == 1
    assert ask(app, "/course/style.css")[2] == "b {} </body>"
    assert ask(app, "/_trackbook/overlay.js")[2] == SCRIPT.decode()


def test_a_site_that_can_not_follow_stays_and_says_so(app: App, site: Folder) -> None:
    def fail() -> None:
        raise SystemExit("no <template>")

    site.on_refresh = fail
    app.refresh(None)
    told = json.loads(ask(app, "/_trackbook/issues.json", "page=/course/")[2])
    assert told["kept"] is True
    assert told["elsewhere"][0]["message"] == "the site can't be built: no <template>"
    assert ask(app, "/course/")[0] == 200
    site.on_refresh = lambda: None
    app.refresh(None)
    assert "site-is-built" not in ask(app, "/_trackbook/issues.json")[2]


def test_a_page_that_can_not_be_made_says_so(
    app: App, site: Folder, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(path: str) -> None:
        raise ValueError(f"<{path}>")

    monkeypatch.setattr(site, "answer", fail)
    status, _, body = ask(app, "/course/a/")
    assert status == 500 and "&lt;a/&gt;" in body and 'data-status="500"' in body
    told = json.loads(ask(app, "/_trackbook/issues.json", "page=/course/a/")[2])
    assert told["kept"] is True
    assert told["elsewhere"][0]["message"] == "the site can't be built: <a/>"
    assert json.loads(ask(app, "/_trackbook/page.json", "page=/course/a/")[2]) == {"page": "", "status": 500}
    assert caplog.messages == ["<a/>"]


def read_event(stream: Iterator[bytes]) -> Any:
    return next(json.loads(line[6:]) for line in stream if line.startswith(b"data: "))


def test_every_open_page_hears_of_a_change_and_all_ends_with_the_server(site: Folder, tmp_path: Path) -> None:
    threads = set(threading.enumerate())
    with answering(site, tmp_path) as (app, address):
        streams = [urllib.request.urlopen(f"{address}_trackbook/events", timeout=PATIENCE) for _ in range(3)]
        for stream in streams:
            assert stream.headers["Content-Type"] == "text/event-stream"
            assert stream.readline().startswith(b"retry: ")
        streams.pop().close()
        app.refresh({"lessons/a/dot.svg", "lessons/a/lesson.md", "lessons/course.yml"})
        assert [read_event(stream) for stream in streams] == [["dot.svg"]] * 2
        site.write("index.html", "changed on disk")
        assert [read_event(stream) for stream in streams] == [["index.html"]] * 2
        assert site.told[0] is None and site.told[-1] == {"site/index.html"}
    assert [stream.read().strip() for stream in streams] == [b""] * 2
    for stream in streams:
        stream.close()
    wait_until(lambda: set(threading.enumerate()) <= threads)
    assert app.events._streams == set()


def test_two_servers_take_two_ports() -> None:
    with listen("127.0.0.1", [0]) as first, listen("127.0.0.1", [first.server_port, 0]) as second:
        assert first.server_port != second.server_port
        taken = [first.server_port, second.server_port]
        with pytest.raises(CourseError) as refused:
            listen("127.0.0.1", taken)
    said = f"no port from {taken[0]} to {taken[1]} is free at 127.0.0.1: name one with --port"
    assert str(refused.value) == said


def test_many_ask_at_once_and_some_leave_early(site: Folder, tmp_path: Path) -> None:
    site.write("big.bin", "x" * 5_000_000)
    with answering(site, tmp_path) as (_, address):
        host = urlsplit(address).netloc
        for _ in range(20):
            leaving = http.client.HTTPConnection(host, timeout=PATIENCE)
            leaving.request("GET", "/big.bin")
            leaving.close()
        got: list[int] = []

        def get() -> None:
            with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
                got.append(answer.status)

        threads = [threading.Thread(target=get) for _ in range(40)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert got == [200] * 40
