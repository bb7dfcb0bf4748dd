"""Whom the server answers, what protects each answer, and that slow, long and many requests harm nobody."""

import errno
import http.client
import socket
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml
from tests.conftest import TESTS
from tests.serving.live_site import SCRIPT, Folder, answering, ask
from tests.serving.server import PATIENCE, wait_until

from trackbook.serving.app import App
from trackbook.serving.gate import Gate, is_own
from trackbook.serving.head import HeadReader, LargeHeadError
from trackbook.serving.server import Server

HOSTS = yaml.safe_load((TESTS / "cases" / "hosts.yml").read_text("utf-8"))
GUARDS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Cross-Origin-Resource-Policy": "same-origin",
}
Answer = tuple[int, Mapping[str, str], bytes]


@pytest.fixture
def site(tmp_path: Path) -> Folder:
    made = Folder(tmp_path / "site")
    for name, text in {"index.html": "<body>Draft</body>", "a/index.html": "A", "wave.mp4": "x" * 1000}.items():
        made.write(name, text)
    return made


@pytest.fixture
def port(site: Folder, tmp_path: Path) -> Iterator[int]:
    with answering(site, tmp_path) as (_, address):
        yield urlsplit(address).port or 0


def send(port: int, text: str) -> Answer:
    """What the server says to a request as it is written here."""
    with socket.create_connection(("127.0.0.1", port), PATIENCE) as connection:
        connection.sendall(text.replace("\n", "\r\n").encode("latin-1"))
        answer = http.client.HTTPResponse(connection, method=text.partition(" ")[0])
        answer.begin()
        return answer.status, dict(answer.getheaders()), answer.read()


@pytest.mark.parametrize("case", HOSTS, ids=lambda case: f"{case['host']} at {case.get('at', '127.0.0.1')}")
def test_own_names_alone_are_answered(case: Mapping[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "gethostname", lambda: "Desk")
    assert is_own(case["host"].format(port=8000), case.get("at", "127.0.0.1").lower()) is case["answers"]


def test_a_strangers_name_gets_no_draft(port: int) -> None:
    assert send(port, f"GET / HTTP/1.1\nHost: localhost:{port}\n\n")[0] == 200
    assert send(port, "GET / HTTP/1.0\n\n")[0] == 200
    for path in ("/", "/a", "/nothing", "/_trackbook/events", "/_trackbook/issues.json", "/_trackbook/overlay.js"):
        status, headers, body = send(port, f"GET {path} HTTP/1.1\nHost: rebound.example:{port}\n\n")
        assert (status, headers["Content-Type"]) == (421, "text/plain; charset=utf-8")
        assert f'does not answer to the name "rebound.example:{port}"'.encode() in body and b"--host NAME" in body
        assert b"Draft" not in body


def test_it_is_said_to_whom_the_server_answers() -> None:
    def say(host: str) -> str:
        told = Gate(lambda *_: [], host)({"HTTP_HOST": "x.example"}, lambda *_: lambda _: None)
        return b"".join(told).decode()

    assert "It answers to localhost, 127.0.0.1 and [::1], so that" in say("127.0.0.1")
    assert "It answers to localhost, 127.0.0.1 and [::1] and 192.168.1.5, so that" in say("192.168.1.5")
    assert "any address of this machine and the name that it gives itself" in say("0.0.0.0")


def test_two_names_at_once_are_none(port: int) -> None:
    assert send(port, "GET / HTTP/1.1\nHost: localhost\nHost: rebound.example\n\n")[0] == 421
    assert send(port, "GET / HTTP/1.1\n\n")[0] == 400


@pytest.mark.parametrize("path", ["events", "issues.json", "page.json", "overlay.js"])
def test_pages_elsewhere_are_told_nothing(port: int, path: str) -> None:
    asking = f"GET /_trackbook/{path} HTTP/1.1\nHost: localhost:{port}\nOrigin: "
    assert send(port, f"{asking}https://elsewhere.example\n\n")[0] == 403
    assert send(port, f"{asking}null\n\n")[0] == 403
    assert send(port, f"{asking}http://localhost:1\n\n")[0] == 403
    if path != "events":
        assert send(port, f"{asking}http://localhost:{port}\n\n")[0] == 200


REQUESTS = {
    "a page": ("GET / HTTP/1.0\n\n", 200),
    "its head": ("HEAD / HTTP/1.0\n\n", 200),
    "a file": ("GET /wave.mp4 HTTP/1.0\n\n", 200),
    "a part of it": ("GET /wave.mp4 HTTP/1.0\nRange: bytes=10-19\n\n", 206),
    "a part beyond it": ("GET /wave.mp4 HTTP/1.0\nRange: bytes=5000-\n\n", 416),
    "a folder without its slash": ("GET /a HTTP/1.0\n\n", 302),
    "nothing": ("GET /nothing HTTP/1.0\n\n", 404),
    "another method": ("POST / HTTP/1.0\n\n", 405),
    "issues": ("GET /_trackbook/issues.json HTTP/1.0\n\n", 200),
    "another host": ("GET / HTTP/1.0\nHost: x.example\n\n", 421),
    "a name of 5,000 letters": (f"GET /{'a' * 5000} HTTP/1.0\n\n", 414),
    "a name of 300 letters": (f"GET /a/{'a' * 300}/ HTTP/1.0\n\n", 414),
    "a name of 300 bytes": (f"GET /{'%C3%A4' * 150} HTTP/1.0\n\n", 414),
    "2,000 short names": (f"GET {'/a' * 2000} HTTP/1.0\n\n", 414),
    "a line of 70,000 letters": (f"GET /{'a' * 70_000} HTTP/1.0\n\n", 414),
    "an address of 5,000 letters after the question mark": (f"GET /?{'a' * 5000} HTTP/1.0\n\n", 200),
    "no HTTP": ("nonsense nonsense nonsense nonsense\n\n", 400),
    "another HTTP": ("GET / HTTP/9.0\n\n", 505),
    "200 headers": ("GET / HTTP/1.0\n" + "X: 1\n" * 200 + "\n", 431),
    "large headers": ("GET / HTTP/1.0\n" + f"X: {'a' * 1000}\n" * 60 + "\n", 431),
    "a large header": (f"GET / HTTP/1.0\nX: {'a' * 40_000}\n\n", 431),
}


@pytest.mark.parametrize("name", REQUESTS)
def test_every_answer_is_protected(port: int, name: str) -> None:
    request, wanted = REQUESTS[name]
    status, headers, _ = send(port, request)
    assert status == wanted
    assert headers.items() >= GUARDS.items()
    assert "frame-ancestors 'self'" in headers["Content-Security-Policy"]


def test_what_goes_wrong_by_our_fault_is_protected_too(caplog: pytest.LogCaptureFixture) -> None:
    def fail(*_: object) -> list[bytes]:
        raise ValueError("ours")

    status, headers, body = ask(Gate(fail, "127.0.0.1"), "/")  # type: ignore[arg-type]
    assert (status, "ours" in body) == (500, False)
    assert headers.items() >= GUARDS.items()
    assert "ours" in caplog.text


def test_a_name_too_long_for_this_disk_is_not_there(site: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some disks have shorter names than others, and the folder of the course may have a long name itself."""

    def fail(path: str) -> None:
        if path.startswith("long"):
            raise OSError(errno.ENAMETOOLONG, "File name too long")

    monkeypatch.setattr(site, "answer", fail)
    app = App(site, SCRIPT)
    assert ask(app, "/long")[0] == 404
    assert '"status": 404' in ask(app, "/_trackbook/page.json", "page=/long")[2]
    assert '"status": 404' in ask(app, "/_trackbook/page.json", f"page=/{'a' * 5000}")[2]


# Slow clients


class Trickle:
    """A connection that gives one byte every second of a clock that no one waits for."""

    def __init__(self) -> None:
        self.time, self.limits = 0.0, list[float]()

    def settimeout(self, seconds: float) -> None:
        self.limits.append(seconds)

    def recv_into(self, buffer: memoryview) -> int:
        self.time += 1
        buffer[0] = ord("a")
        return 1


def test_a_head_that_trickles_in_is_cut_off() -> None:
    slow = Trickle()
    reader = HeadReader(slow, 10, now=lambda: slow.time)  # type: ignore[arg-type]
    with pytest.raises(TimeoutError):
        reader.readall()
    assert slow.limits == [10, 9, 8, 7, 6, 5, 4, 3, 2, 1]


def test_a_head_has_no_more_than_so_many_bytes() -> None:
    slow = Trickle()
    reader = HeadReader(slow, 100, most=5, now=lambda: slow.time)  # type: ignore[arg-type]
    with pytest.raises(LargeHeadError):
        reader.readall()
    assert slow.time == 5


def test_who_says_little_or_nothing_loses_the_connection(site: Folder) -> None:
    with Server("127.0.0.1", 0, head_seconds=0.1) as server:
        server.set_app(Gate(App(site, SCRIPT), server.host))
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            for begun in (b"", b"GET / HTTP/1.1\r\nHost: localhost\r\nX-"):
                with socket.create_connection(("127.0.0.1", server.server_port), PATIENCE) as connection:
                    connection.sendall(begun)
                    assert connection.recv(1) == b""
            assert send(server.server_port, "GET / HTTP/1.1\nHost: localhost\n\n")[0] == 200
        finally:
            server.shutdown()
            thread.join()


# Out of file descriptors


def test_out_of_descriptors_it_waits_and_recovers(
    site: Folder, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    asked: list[float] = []
    granted = threading.Event()
    accept = socket.socket.accept

    def refuse(self: socket.socket) -> Any:
        asked.append(1)
        if not granted.is_set():
            raise OSError(errno.EMFILE, "Too many open files")
        return accept(self)

    with Server("127.0.0.1", 0) as server:
        pauses: list[float] = []
        pause = threading.Event()

        def wait(seconds: float) -> None:
            pauses.append(seconds)
            if len(pauses) == 3:
                granted.set()
            pause.wait(0.01)

        monkeypatch.setattr("trackbook.serving.server.time.sleep", wait)
        monkeypatch.setattr(socket.socket, "accept", refuse)
        server.set_app(Gate(App(site, SCRIPT), server.host))
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            assert send(server.server_port, "GET / HTTP/1.1\nHost: localhost\n\n")[0] == 200
            wait_until(lambda: len(asked) >= 4)
        finally:
            server.shutdown()
            thread.join()
    assert pauses == [server.full_seconds] * 3
    assert [message for message in caplog.messages if "connections" in message] == [
        "Too many connections are open (Too many open files): others wait."
    ]
