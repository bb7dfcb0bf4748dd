"""External links: each file in cases/external is what a server answers, and what the author is told then."""

import asyncio
import errno
import json
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import trustme
import yaml
from click.testing import CliRunner, Result
from tests.conftest import TESTS, Change, write_case
from tests.external.web import Script, Web
from tests.runs import with_long

from trackbook import external
from trackbook.cli import main
from trackbook.cli.external import show_progress
from trackbook.external import public
from trackbook.external.anchors import find_missing
from trackbook.external.public import is_public

CASES = sorted((TESTS / "cases" / "external").glob("*.yml"))
NOW = 1_700_000_000  # 2023-11-14T22:13:20Z
MakeCourse = Callable[[Change], Path]
FINE = [{"status": 200}]


@pytest.fixture(autouse=True)
def _no_other_loop() -> Iterator[None]:
    """A browser that tests before these opened leaves its loop running in this thread."""
    other = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    yield
    asyncio._set_running_loop(other)


@pytest.fixture
def serve() -> Iterator[Callable[..., Web]]:
    webs = []

    def start(script: Script, tls: ssl.SSLContext | None = None) -> Web:
        webs.append(Web({"/book": FINE, **script}, tls).__enter__())
        return webs[-1]

    yield start
    for web in webs:
        web.__exit__()


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[float]]:
    """How long the checker wanted to wait: nobody waits here, and it is another time than on the servers."""
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(float(seconds))

    set_manners(monkeypatch, sleep=sleep, now=lambda: NOW)
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    yield slept
    monkeypatch.delenv("TZ")
    time.tzset()


def set_manners(monkeypatch: pytest.MonkeyPatch, **changed: Any) -> None:
    monkeypatch.setattr(external, "Manners", partial(external.Manners, **changed))


def write_course(make_course: MakeCourse, web: Web, text: str) -> Path:
    return make_course(
        {
            "lessons/course.yml": {"https://example.org/book": f"{web.address}/book"},
            "lessons/first/alpha/lesson.md": {"Because": f"{text.replace('SERVER', web.address)}\n\nBecause"},
        }
    )


def ask(root: Path, *words: str, private: bool = True) -> Result:
    allow = ["--allow-private"] if private else []
    result = CliRunner().invoke(main, ["check", "--external", *allow, *words, "--course", str(root)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def load_case(path: Path) -> dict[str, Any]:
    case: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    return case


@pytest.mark.parametrize(
    "path", with_long(CASES, lambda path: path.stem != "never-answers"), ids=lambda path: path.stem
)
def test_answer_gives_its_message(
    path: Path,
    *,
    make_course: MakeCourse,
    serve: Callable[..., Web],
    pauses: list[float],
    update: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    case = load_case(path)
    if manners := case.get("manners"):
        set_manners(monkeypatch, **manners)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER) if case.get("tls") else None
    if tls:
        trustme.CA().issue_cert("127.0.0.1").configure_cert(tls)
    web = serve(case["serves"], tls)
    root = write_course(make_course, web, case["text"])
    if tls:
        (root / "lessons/course.yml").write_text(
            (root / "lessons/course.yml").read_text("utf-8").replace(f"{web.address}/book", serve({}).address + "/book")
        )
    result = ask(root, private=case.get("private", True))
    said = result.output.replace(web.address, "SERVER")
    log = [line for line in web.log if "/book" not in line]
    if update:
        write_case(path, {**case, "asks": log, "pauses": pauses, "says": said})
        return
    assert said == case["says"]
    assert log == case["asks"]
    assert pauses == case["pauses"]
    assert not result.exit_code


def test_credit_is_asked_and_reported_where_it_stands(
    make_course: MakeCourse, serve: Callable[..., Web], pauses: list[float]
) -> None:
    root = write_course(make_course, serve({}), "")
    overview = root / "lessons/first/alpha/overview.md"
    overview.write_text(
        f'---\nsource: {{title: A book, url: "http://[::1#a"}}\n{overview.read_text("utf-8")[4:]}', "utf-8"
    )
    said = ask(root).output
    assert said.startswith(
        'lessons/first/alpha/overview.md:2:25: external-link-answers: "http://[::1#a" gives no answer'
    )
    assert not pauses


def test_second_run_within_the_lifetime_asks_nothing(
    make_course: MakeCourse, serve: Callable[..., Web], pauses: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    web = serve(
        {"/page": [{"status": 200, "body": "<i id=a>"}], "/moved": [{"status": 301, "headers": {"Location": "/page"}}]}
    )
    root = write_course(make_course, web, "[a](SERVER/page#a), [b](SERVER/page#b), [c](SERVER/moved), [d](SERVER/gone)")
    first, asked = ask(root).output, len(web.log)
    assert ask(root).output == first
    assert len(web.log) == asked
    set_manners(monkeypatch, now=lambda: NOW + 3600)
    assert ask(root).output == first
    assert web.log[asked:] == ["HEAD /gone", "GET /gone"]  # what failed is soon asked again
    set_manners(monkeypatch, now=lambda: NOW + 2 * 86_400)
    web.log.clear()
    ask(root, "--days", "1")
    assert {"HEAD /book", "GET /page", "HEAD /moved"} <= set(web.log)
    assert not pauses


def test_another_fragment_asks_again(make_course: MakeCourse, serve: Callable[..., Web], pauses: list[float]) -> None:
    web = serve({"/page": [{"status": 200, "body": "<i id=a>"}]})
    root = write_course(make_course, web, "[a](SERVER/page)")
    ask(root)
    lesson = root / "lessons/first/alpha/lesson.md"
    lesson.write_text(lesson.read_text("utf-8").replace("/page", "/page#b"), "utf-8")
    assert "external-fragment-lands" in ask(root).output
    assert [line for line in web.log if "/page" in line] == ["HEAD /page", "GET /page"]
    assert not pauses


@pytest.mark.parametrize(
    "spoiled", [b"{", b"\xff\x00", b"[]", b'{"http://x": {"answer": {"status": "many"}, "at": 0}}', b"[" * 9000]
)
def test_spoiled_cache_is_made_anew(
    spoiled: bytes, make_course: MakeCourse, serve: Callable[..., Web], pauses: list[float]
) -> None:
    web = serve({"/page": FINE})
    root = write_course(make_course, web, "[a](SERVER/page)")
    cache = root / ".cache/trackbook/external-private.json"
    cache.parent.mkdir(parents=True)
    cache.write_bytes(spoiled)
    assert ask(root).output == "no errors, no pieces of advice in 2 external addresses.\n"
    assert len(json.loads(cache.read_bytes())) == 2
    assert [path.name for path in cache.parent.iterdir()] == [cache.name]
    assert not pauses


def test_folder_that_cannot_be_written_keeps_nothing_back(
    make_course: MakeCourse, serve: Callable[..., Web], pauses: list[float]
) -> None:
    root = write_course(make_course, serve({}), "[a](SERVER/page)")
    (root / ".cache").write_text("a file where a folder should be", "utf-8")
    assert '/page" answers 404' in ask(root).output
    assert not pauses


def test_private_answers_are_not_believed_without_the_option(
    make_course: MakeCourse, serve: Callable[..., Web], pauses: list[float]
) -> None:
    root = write_course(make_course, serve({"/page": FINE}), "[a](SERVER/page)")
    assert ask(root).output.startswith("no errors")
    assert "external-link-is-public" in ask(root, private=False).output
    assert not pauses


def test_fail_and_json_and_markdown(make_course: MakeCourse, serve: Callable[..., Web], pauses: list[float]) -> None:
    web = serve({"/page": [{"status": 301, "headers": {"Location": "/book"}}]})
    root = write_course(make_course, web, "[a](SERVER/page), [b](SERVER/gone)")
    assert ask(root).exit_code == 0
    assert ask(root, "--fail").exit_code == 1
    told = ask(root, "--markdown").output.replace(web.address, "SERVER").splitlines()
    assert told[0].startswith(
        '- `lessons/first/alpha/lesson.md:14` external-link-answers: `` "SERVER/gone" answers 404'
    )
    assert told[1].startswith('- `lessons/first/alpha/lesson.md:14` external-link-has-not-moved: `` "SERVER/page" has')
    assert {issue["code"] for issue in json.loads(ask(root, "--json").output)["issues"]} == {
        "external-link-answers",
        "external-link-has-not-moved",
    }
    lesson = root / "lessons/first/alpha/lesson.md"
    allowed = lesson.read_text("utf-8").replace(
        "---\n", "---\nallow: {external-link-answers: It comes back in May.}\n", 1
    )
    lesson.write_text(allowed, "utf-8")
    assert ask(root, "--fail").exit_code == 0
    assert not pauses


def test_options_of_external_want_it(make_course: MakeCourse) -> None:
    result = CliRunner().invoke(main, ["check", "--fail", "--course", str(make_course({}))])
    assert result.output == "Error: --fail and --allow-private are about links that lead out: add --external\n"


def test_agent_names_the_program_and_the_course(
    make_course: MakeCourse, serve: Callable[..., Web], pauses: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SITE_URL", "https://example.org/course/")
    web = serve({})
    ask(write_course(make_course, web, ""))
    (agent,) = web.agents
    assert agent.startswith("Trackbook/") and "+https://example.org/course/" in agent
    assert not pauses


def test_without_a_network_nothing_is_said_about_links(
    make_course: MakeCourse, serve: Callable[..., Web], pauses: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_network(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    root = write_course(make_course, serve({}), " ".join(f"[a](http://{n}.example/)" for n in range(5)))
    outline = root / "lessons/course.yml"
    outline.write_text(outline.read_text("utf-8").replace("http://127.0.0.1", "http://here.example"), "utf-8")
    monkeypatch.setattr(socket, "getaddrinfo", no_network)
    result = ask(root, private=False)
    assert result.output == "Error: none of 6 addresses gave an answer: is this machine on the network?\n"
    assert result.exit_code == 1
    assert not (root / ".cache").exists()
    assert not pauses


AGAIN = socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")
UNKNOWN = socket.gaierror(socket.EAI_NONAME, "Name or service not known")
NO_NETWORK = OSError(errno.ENETUNREACH, "Network is unreachable")


@pytest.mark.parametrize(
    ("hosts", "look_up", "connect", "said"),
    [
        (["a.example"], AGAIN, None, "none of 2 addresses gave an answer"),
        (["127.0.0.1", "a.example"], AGAIN, None, "none of 2 addresses gave an answer"),
        (["here.example/more"], None, NO_NETWORK, "none of 2 addresses gave an answer"),
        ([], AGAIN, None, "not even the one address gave an answer"),
        (["a.example", "b.example"], UNKNOWN, None, "none of 3 addresses gave an answer"),
    ],
)
def test_without_a_network_few_addresses_are_not_blamed(
    hosts: list[str],
    look_up: OSError | None,
    connect: OSError | None,
    said: str,
    *,
    make_course: MakeCourse,
    pauses: list[float],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    root = lead_out(make_course, hosts)
    lose_network(monkeypatch, look_up, connect)
    result = ask(root, private=False)
    assert result.output == f"Error: {said}: is this machine on the network?\n"
    assert result.exit_code == 1
    assert not (root / ".cache").exists()
    assert set(pauses) <= {1, 2}


def test_with_a_network_an_unknown_host_is_told(
    make_course: MakeCourse, pauses: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = lead_out(make_course, ["here.example/other"])
    lose_network(monkeypatch, UNKNOWN, None)
    result = ask(root, private=False)
    assert 'external-link-answers: "http://here.example/other" gives no answer: there is no host' in result.output
    assert result.exit_code == 0
    assert not pauses


def lead_out(make_course: MakeCourse, hosts: list[str]) -> Path:
    """A course with a credit at `here.example`, and a link to each of the hosts."""
    links = " ".join(f"[{host}](http://{host})" for host in hosts)
    return make_course(
        {
            "lessons/course.yml": {"https://example.org/book": "http://here.example/book"},
            "lessons/first/alpha/lesson.md": {"Because": f"{links}\n\nBecause"},
        }
    )


def lose_network(monkeypatch: pytest.MonkeyPatch, look_up: OSError | None, connect: OSError | None) -> None:
    def find(host: str, port: int, *_: object, **__: object) -> list[tuple[Any, ...]]:
        if look_up and host != "127.0.0.1":
            raise look_up
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("1.1.1.1", port))]

    def open_none(_: object) -> None:
        raise connect or AssertionError("nobody is to be asked")

    monkeypatch.setattr(socket, "getaddrinfo", find)
    monkeypatch.setattr(public, "open_socket", open_none)


PUBLIC = "1.1.1.1 8.8.8.8 2606:4700:4700::1111 ::ffff:8.8.8.8 64:ff9b::808:808"
PRIVATE = """
    0.0.0.0 10.0.0.1 100.64.0.1 127.0.0.1 127.9.9.9 169.254.169.254 172.16.0.1 192.168.1.1 192.0.2.1 198.18.0.1
    224.0.0.1 240.0.0.1 255.255.255.255 :: ::1 ::ffff:127.0.0.1 ::ffff:169.254.169.254 ::127.0.0.1 64:ff9b::7f00:1
    64:ff9b:1::1 2002:7f00:1:: 2001::1 2001:db8::1 fc00::1 fd12::1 fe80::1 fe80::1%eth0 fec0::1 ff02::1
"""


def test_public_addresses() -> None:
    assert [address for address in PUBLIC.split() if not is_public(address)] == []
    assert [address for address in PRIVATE.split() if is_public(address)] == []


def test_redirect_into_a_private_network_is_not_followed(
    make_course: MakeCourse, serve: Callable[..., Web], pauses: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    web = serve({})
    web.script["/page"] = [{"status": 302, "headers": {"Location": f"http://127.0.0.2:{web.server_port}/secret"}}]
    monkeypatch.setattr(public, "is_public", lambda address: address == "127.0.0.1")
    said = ask(write_course(make_course, web, "[a](SERVER/page)"), private=False).output
    assert 'leads to "127.0.0.2", which stands at no public address' in said
    assert sorted(web.log) == ["HEAD /book", "HEAD /page"]
    assert not pauses


def test_host_is_judged_by_the_addresses_that_are_connected_to(
    make_course: MakeCourse, serve: Callable[..., Web], pauses: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that gives another address at each look is asked once, and no connection is made to what isn't public."""
    web = serve({})
    seen: list[str] = []
    connected: list[object] = []

    def look_up(host: str, port: int, *_: object, **__: object) -> list[tuple[Any, ...]]:
        seen.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in ("127.0.0.1", "10.0.0.7")]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr(public, "open_socket", connected.append)
    said = ask(write_course(make_course, web, "[a](http://büro.example/)"), private=False).output
    assert 'leads to "xn--bro-hoa.example", which stands at no public address' in said
    assert seen == ["xn--bro-hoa.example"]
    assert connected == [] and web.log == []
    assert not pauses


@pytest.mark.parametrize(
    ("fragment", "lands"),
    [
        ("costs", True),
        ("cost", False),
        ("named", True),
        ("gr%C3%BC%C3%9Fe", True),
        ("readme", True),
        ("TOP", True),
        (":~:text=any%20words", True),
        ("costs:~:text=any", True),
        ("cost:~:text=any", False),
        ("/route", True),
        ("!hash", True),
        ("page=3", True),
        ("L10-L20", True),
        ("Costs", False),
        ("viewport", False),
    ],
)
def test_fragment_lands_where_a_browser_would_go(fragment: str, lands: bool) -> None:
    html = '<h2 id="costs">C</h2><a name=named></a><p id="grüße"><p id="user-content-readme"><p id name=viewport>'
    assert (find_missing([fragment], html) == frozenset()) is lands


def test_interrupt_keeps_what_was_learned(make_course: MakeCourse, serve: Callable[..., Web]) -> None:
    held = {"/held": [{"never": True}], "/held-too": [{"never": True}]}
    web = serve(held)
    root = write_course(make_course, web, "[a](SERVER/held), [b](SERVER/gone), [c](SERVER/held-too), [d](SERVER/last)")
    command = [sys.executable, "-m", "trackbook", "check", "--external", "--allow-private", "--course", str(root)]
    hear = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)  # a shell's jobs in the background are deaf to it
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, **pipes, text=True, preexec_fn=hear) as process:  # type: ignore[call-overload]  # noqa: PLW1509
        assert web.wait_for("HEAD /held-too", 60)
        process.send_signal(signal.SIGINT)
        said, trouble = process.communicate(timeout=60)
    assert '/gone" answers 404' in said
    assert said.endswith("1 error, no pieces of advice in 5 external addresses; 4 not asked.\n")
    assert trouble == ""
    assert process.returncode == 130
    assert "HEAD /last" not in web.log  # two requests at a time are enough for one host
    assert list(json.loads((root / ".cache/trackbook/external-private.json").read_text("utf-8"))) == [
        f"{web.address}/gone"
    ]


def test_without_the_extra_one_line_says_what_to_install(
    make_course: MakeCourse, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in sys.modules if name.startswith("trackbook.external")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "aiohttp", None)
    said = ask(make_course({})).output
    assert said == "Error: --external wants aiohttp, which is not installed: pip install 'trackbook[external]'\n"


def test_bar_shows_on_a_terminal_alone(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    with show_progress(2) as step:
        step()
    assert capfd.readouterr().err == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with show_progress(2) as step:
        step()
        step()
    assert "100%" in capfd.readouterr().err
