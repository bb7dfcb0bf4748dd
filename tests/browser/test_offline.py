"""Reading offline: what is kept opens without a network, is renewed with one, and never holds anything broken."""

import functools
import http.server
import json
import shutil
import threading
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from tests.browser.learner import BEGIN
from tests.browser.test_search import search
from tests.runs import with_long

BASE = "/course/"
TRACK = "deep-learning/"
LESSON = "deep-learning/recurrence/lesson/"
PRACTICE = "deep-learning/recurrence/practice/"
Mode = Literal["well", "down", "errors", "missing", "portal"]


class Host:
    """A site at a sub-path of its origin, on one port whatever becomes of it."""

    def __init__(self, site: Path) -> None:
        self.site, self.mode, self.asked = site, "well", list[str]()
        self.down_after: int | None = None
        self.held, self.released = "", threading.Event()
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, self))
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    mode: Mode

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"

    def url(self, address: str) -> str:
        return self.origin + BASE + address

    def close(self) -> None:
        self.released.set()
        self.server.shutdown()
        self.server.server_close()


class Handler(http.server.SimpleHTTPRequestHandler):
    def __init__(self, host: Host, *args: Any) -> None:
        self.host = host
        super().__init__(*args, directory=str(host.site))

    def do_GET(self) -> None:
        address = self.path.partition("?")[0].removeprefix(BASE)
        self.host.asked.append(address)
        if self.host.held and address == self.host.held:
            self.host.released.wait()
        if self.host.down_after is not None and len(self.host.asked) > self.host.down_after:
            self.host.mode = "down"
        if self.host.mode == "down":
            self.close_connection = True
            self.connection.close()
        elif self.host.mode == "errors":
            self.send_error(500)
        elif self.host.mode == "missing":
            self.send_error(404)
        elif self.host.mode == "portal":
            self.answer(b"<!doctype html><title>Sign in</title><h1>Sign in to this network</h1>")
        elif not self.path.startswith(BASE):
            self.send_error(404)
        else:
            self.path = "/" + self.path.removeprefix(BASE)
            super().do_GET()

    def end_headers(self) -> None:
        """As many hosts have it, pages are fresh for a while; assets never, so that it shows who asks for them."""
        self.send_header("Cache-Control", "no-store" if "/assets/" in self.path else "max-age=600")
        super().end_headers()

    def answer(self, html: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(html)))
        self.end_headers()
        self.wfile.write(html)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (its parent's name)
        del format, args


@pytest.fixture(autouse=True)
def patience() -> Iterator[None]:
    """A worker starts anew for almost every step here, and a busy machine takes its time over it."""
    expect.set_options(timeout=20_000)
    yield
    expect.set_options(timeout=5_000)


@pytest.fixture
def host(site: Path, tmp_path: Path) -> Iterator[Host]:
    copy = tmp_path / "published"
    shutil.copytree(site, copy)
    host = Host(copy)
    yield host
    host.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context()
    yield context
    context.close()


def keep(context: BrowserContext, host: Host, track: str = TRACK) -> Page:
    """Keeps the track by keyboard."""
    page = context.new_page()
    page.goto(host.url(track))
    page.get_by_role("button", name="Keep this track offline").press("Enter")
    expect(page.locator("tb-offline [role=status]")).to_contain_text("Kept on your device")
    return page


def read_manifest(host: Host, track: str = "deep-learning") -> dict[str, Any]:
    manifest: dict[str, Any] = json.loads((host.site / f"offline/{track}.json").read_text("utf-8"))
    return manifest


def locate(host: Host, address: str) -> Path:
    return host.site / (address + "index.html" if address.endswith("/") or not address else address)


def publish(host: Host, track: str = "deep-learning") -> None:
    """Writes the manifest anew, from the files that are there."""
    old = read_manifest(host, track)
    contents = {
        address: locate(host, address).read_bytes() for address in old["files"] if locate(host, address).is_file()
    }
    files = {address: [sha256(content).hexdigest(), len(content)] for address, content in contents.items()}
    version = sha256(json.dumps(files).encode()).hexdigest()[:16]
    (host.site / f"offline/{track}.json").write_text(json.dumps({**old, "version": version, "files": files}), "utf-8")


def cut_off(context: BrowserContext, host: Host) -> None:
    """Both ends of the network: a browser that knows of it, and a worker that only gets no answer."""
    host.mode = "down"
    context.set_offline(True)


def list_stored(page: Page) -> list[str]:
    """The addresses of all that is stored in this browser for the origin."""
    stored: list[str] = page.evaluate(
        "async () => (await Promise.all((await caches.keys()).map(async (name) =>"
        " (await (await caches.open(name)).keys()).map((request) => `${name} ${request.url}`)))).flat()"
    )
    return stored


def list_kept_files(page: Page) -> set[str]:
    """Their hashes, by which they are stored."""
    return {url.rpartition("/")[2].partition(".")[0] for url in list_stored(page) if "/offline/kept/" in url}


def list_hashes(host: Host, track: str = "deep-learning") -> set[str]:
    return {entry[0] for entry in read_manifest(host, track)["files"].values()}


def list_loaded(page: Page) -> set[str]:
    """The addresses of what the page asked for on its own behalf."""
    script = f"performance.getEntries().map(({{ name }}) => name.split('{BASE}')[1])"
    return set(page.evaluate(script))


def count_workers(page: Page) -> int:
    count: int = page.evaluate("async () => (await navigator.serviceWorker.getRegistrations()).length")
    return count


def wait_until(page: Page, claim: Callable[[], bool]) -> None:
    for _ in range(200):
        if claim():
            return
        page.wait_for_timeout(100)
    pytest.fail("it never came to hold")


@pytest.mark.long
def test_kept_track_opens_without_a_network(context: BrowserContext, host: Host) -> None:
    page = keep(context, host)
    cut_off(context, host)
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    pages = [address for address in read_manifest(host)["files"] if address.endswith("/") or not address]
    assert {"", TRACK, LESSON, "glossary/", "cheatsheets/"} <= set(pages)
    assert len([address for address in pages if address.startswith(TRACK)]) == 17
    for address in pages:
        answer = page.goto(host.url(address))
        assert answer, address
        assert answer.status == 200, address
        expect(page.get_by_role("heading", level=1).first).to_be_visible()
        assert page.evaluate("[...document.images].filter((image) => !image.naturalWidth).map(({ src }) => src)") == []
        assert page.evaluate("[...document.styleSheets].every((sheet) => sheet.cssRules.length > 0)"), address
    assert errors == []


def test_widget_answers_without_a_network(context: BrowserContext, host: Host) -> None:
    page = keep(context, host)
    cut_off(context, host)
    page.goto(host.url(PRACTICE) + "?from=elsewhere#end")
    quiz = page.locator("tb-quiz").first
    quiz.scroll_into_view_if_needed()
    quiz.get_by_role("button", name="Check").click()
    expect(quiz.get_by_role("status")).to_have_text("Choose an answer first.")
    quiz.get_by_role("radio").first.check()
    quiz.get_by_role("button", name="Check").click()
    expect(page.locator("tb-practice")).to_contain_text("1 of 8 answered")


def test_names_are_searched_without_a_network(context: BrowserContext, host: Host) -> None:
    page = keep(context, host)
    cut_off(context, host)
    page.goto(host.url(LESSON))
    dialog = search(page, "convolutoin")
    told = dialog.locator(".tb-search-said")
    expect(told).to_contain_text("are searched: Track 1, Track 2, Track 3, Track 4.")
    expect(dialog.locator(".tb-search-elsewhere")).to_contain_text("With a network, Track 5 and the whole text")
    expect(told).to_contain_text("Showing convolution.")
    dialog.get_by_role("link", name="Convolution: one small pattern, everywhere").first.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Convolution: one small pattern, everywhere")


def test_reviews_go_on_without_a_network(context: BrowserContext, host: Host) -> None:
    page = keep(context, host)
    page.goto(host.url(LESSON))
    page.get_by_role("button", name="Mark this lesson as done").press("Enter")
    expect(page.locator("tb-done")).to_contain_text("Done today.")
    cut_off(context, host)
    page.goto(host.url("review/"))
    page.locator(BEGIN).press("Enter")
    expect(page.locator(".tb-front")).to_be_focused()
    page.keyboard.press("Space")
    page.keyboard.press("3")
    expect(page.locator(".tb-review-bar")).to_contain_text("9 cards left")


def test_page_that_is_not_kept_says_so_and_leads_on(context: BrowserContext, host: Host) -> None:
    page = keep(context, host)
    cut_off(context, host)
    answer = page.goto(host.url("transformers/tokens/lesson/"))
    assert answer
    assert answer.status == 503
    expect(page.get_by_text("There is no network, and this page is not kept")).to_be_visible()
    expect(page.locator("tb-offline[data-track-id=transformers]")).to_contain_text("Not kept on this device.")
    # The network coming back at that very moment would load the page again: not any more.
    page.evaluate("addEventListener('click', () => setTimeout(() => dispatchEvent(new Event('online'))))")
    page.get_by_role("link", name="Track 4: Deep learning, a survey").last.click()
    expect(page).to_have_url(host.url(TRACK))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Deep learning, a survey")


def test_without_keeping_there_is_no_worker_and_nothing_stored(context: BrowserContext, host: Host) -> None:
    page = context.new_page()
    page.goto(host.url(TRACK))
    expect(page.get_by_role("button", name="Keep this track offline")).to_be_visible()
    page.goto(host.url("offline/"))
    expect(page.get_by_role("button", name="Keep this track offline").first).to_be_visible()
    assert count_workers(page) == 0
    assert page.evaluate("caches.keys()") == []
    assert "service-worker.js" not in host.asked


@pytest.mark.parametrize("width", with_long([390, 1280], (390).__eq__))
@pytest.mark.parametrize("address", with_long([TRACK, "offline/"], TRACK.__eq__))
def test_offer_moves_nothing_when_it_comes(browser: Browser, host: Host, address: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 1400})
    page.goto(host.url(address))
    expect(page.get_by_role("button", name="Keep this track offline").first).to_be_visible()
    shift = page.evaluate(
        "() => new Promise((tell) => new PerformanceObserver((list, observer) => { observer.disconnect();"
        " tell(list.getEntries().reduce((sum, { value }) => sum + value, 0)); })"
        ".observe({ type: 'layout-shift', buffered: true }) || setTimeout(tell, 500, 0))"
    )
    page.close()
    assert shift <= 0.01


@pytest.mark.parametrize("script", [True, False])
def test_on_paper_and_without_script_nothing_is_offered(browser: Browser, host: Host, script: bool) -> None:
    page = browser.new_page(java_script_enabled=script)
    page.goto(host.url(TRACK))
    if script:
        expect(page.get_by_role("button", name="Keep this track offline")).to_be_visible()
        page.emulate_media(media="print")
    expect(page.locator("tb-offline")).to_have_css("display", "none")
    page.close()


@pytest.mark.long
def test_page_that_comes_in_the_middle_of_it_shows_how_far_it_is(context: BrowserContext, host: Host) -> None:
    page = context.new_page()
    page.goto(host.url(TRACK))
    host.held = LESSON
    page.get_by_role("button", name="Keep this track offline").click()
    total = len(read_manifest(host)["files"])
    progress = f"{total - 1} of {total} files"
    expect(page.get_by_text(progress)).to_be_visible()
    expect(page.get_by_role("progressbar", name="This track is being kept on your device.")).to_have_js_property(
        "value", total - 1
    )
    other = context.new_page()
    other.goto(host.url("offline/"))
    expect(other.get_by_text(progress)).to_be_visible()
    host.released.set()
    expect(page.locator("tb-offline [role=status]")).to_contain_text("Kept on your device")
    expect(other.locator("tb-offline [role=status]").first).to_contain_text("Kept on your device")


def test_stopping_leaves_nothing(context: BrowserContext, host: Host) -> None:
    page = context.new_page()
    page.goto(host.url(TRACK))
    host.held = LESSON
    page.get_by_role("button", name="Keep this track offline").click()
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_role("button", name="Keep this track offline")).to_be_visible()
    assert list_stored(page) == []
    assert count_workers(page) == 0


def test_new_version_is_taken_up_at_the_next_visit(context: BrowserContext, host: Host) -> None:
    page = keep(context, host)
    style = next(path for path in host.site.glob("assets/trackbook-style-*.css"))
    newer = style.with_name("trackbook-style-NEWSTYLE.css")
    style.rename(newer)
    newer.write_text(newer.read_text("utf-8") + ".tb-newer{color:red}", "utf-8")
    for path in host.site.rglob("*.html"):
        path.write_text(path.read_text("utf-8").replace(style.name, newer.name), "utf-8")
    lesson = locate(host, LESSON)
    lesson.write_text(lesson.read_text("utf-8").replace("</h1>", " (second edition)</h1>"), "utf-8")
    shutil.rmtree(host.site / "deep-learning/convolution/practice")
    manifest = read_manifest(host)
    manifest["files"][f"assets/{newer.name}"] = manifest["files"].pop(f"assets/{style.name}")
    (host.site / "offline/deep-learning.json").write_text(json.dumps(manifest), "utf-8")
    publish(host)

    host.asked.clear()
    page.goto(host.url(LESSON))  # any page of the site will do
    expect(page.get_by_role("heading", level=1)).to_contain_text("second edition")
    wait_until(page, lambda: list_kept_files(page) == list_hashes(host))
    unchanged = {address for address in host.asked if address.endswith((".woff2", ".js"))}
    assert unchanged - {"service-worker.js"} <= list_loaded(page)

    cut_off(context, host)
    page.goto(host.url(LESSON))
    expect(page.get_by_role("heading", level=1)).to_contain_text("second edition")
    assert page.evaluate("[...document.styleSheets].some(({ href }) => href.endsWith('NEWSTYLE.css'))")
    gone = page.goto(host.url("deep-learning/convolution/practice/"))
    assert gone
    assert gone.status == 503


@pytest.mark.long
def test_page_tells_of_a_new_version(context: BrowserContext, host: Host) -> None:
    page = keep(context, host)
    lesson = locate(host, LESSON)
    lesson.write_text(lesson.read_text("utf-8").replace("</h1>", " (second edition)</h1>"), "utf-8")
    publish(host)
    host.held = LESSON
    page.goto(host.url(TRACK))
    status = page.locator("tb-offline [role=status]")
    expect(status).to_have_text("A newer version of this track is on its way to your device.")
    host.released.set()
    expect(status).to_contain_text("The newest version is kept on your device")


@pytest.mark.long
def test_track_that_is_no_more_is_not_kept_for_ever(context: BrowserContext, host: Host) -> None:
    page = keep(context, host)
    (host.site / "offline/deep-learning.json").unlink()
    page.goto(host.url("glossary/"))
    wait_until(page, lambda: count_workers(page) == 0)
    assert page.evaluate("caches.keys()") == []


def test_interrupted_keeping_goes_on_at_the_next_visit(context: BrowserContext, host: Host) -> None:
    page = context.new_page()
    page.goto(host.url(TRACK))
    expect(page.get_by_role("button", name="Keep this track offline")).to_be_visible()
    host.asked.clear()
    host.down_after = 15
    page.get_by_role("button", name="Keep this track offline").click()
    expect(page.locator("tb-offline [role=status]")).to_contain_text("The network does not answer.")
    expect(page.get_by_role("button", name="Try again")).to_be_visible()
    stored = list_kept_files(page)
    assert stored
    assert stored < list_hashes(host)
    page.close()

    host.down_after, host.mode = None, "well"
    host.asked.clear()
    page = context.new_page()
    page.goto(host.url(TRACK))
    expect(page.locator("tb-offline [role=status]")).to_contain_text("Kept on your device")
    files = read_manifest(host)["files"]
    again = {address for address in host.asked if address in files and files[address][0] in stored}
    assert again <= list_loaded(page)
    assert list_kept_files(page) == list_hashes(host)


@pytest.mark.parametrize("mode", with_long(["errors", "portal"], "portal".__eq__))
def test_broken_answers_are_not_kept(context: BrowserContext, host: Host, mode: Mode) -> None:
    page = context.new_page()
    page.goto(host.url(TRACK))
    button = page.get_by_role("button", name="Keep this track offline")
    expect(button).to_be_visible()
    page.evaluate("navigator.serviceWorker.register('../service-worker.js', { updateViaCache: 'none' })")
    host.mode = mode
    button.click()
    expect(page.locator("tb-offline [role=status]")).to_contain_text("does not fit the others")
    assert list_stored(page) == []
    assert count_workers(page) == 0


@pytest.mark.parametrize("mode", with_long(["errors", "missing", "portal"], "errors".__eq__))
def test_broken_answers_do_not_touch_what_is_kept(context: BrowserContext, host: Host, mode: Mode) -> None:
    page = keep(context, host)
    before = sorted(list_stored(page))
    host.mode = mode
    icon = "fetch('../favicon.svg', { cache: 'reload' }).then((answer) => answer.headers.get('content-type'))"
    assert page.evaluate(icon) == "image/svg+xml"  # the kept one
    page.goto(host.url(LESSON))
    page.wait_for_timeout(500)
    cut_off(context, host)
    page.goto(host.url(LESSON))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Recurrence")
    assert sorted(list_stored(page)) == before


def test_file_that_does_not_fit_its_hash_is_not_kept(context: BrowserContext, host: Host) -> None:
    page = keep(context, host)
    before = sorted(list_stored(page))
    lesson = locate(host, LESSON)
    lesson.write_text(lesson.read_text("utf-8").replace("</h1>", " (second edition)</h1>"), "utf-8")
    publish(host)
    lesson.write_text(lesson.read_text("utf-8").replace("second", "third"), "utf-8")
    page.goto(host.url(TRACK))
    expect(page.locator("tb-offline [role=status]")).to_contain_text("What you kept before is still there.")
    wait_until(page, lambda: sorted(list_stored(page)) == before)


def test_removing_leaves_nothing(context: BrowserContext, host: Host) -> None:
    page = keep(context, host)
    page.get_by_role("button", name="Remove from this device").press("Enter")
    expect(page.get_by_role("button", name="Keep this track offline")).to_be_visible()
    expect(page.locator("tb-offline [role=status]")).to_be_focused()
    assert page.evaluate("caches.keys()") == []
    assert count_workers(page) == 0


@pytest.mark.long
def test_two_tracks_share_their_files_and_go_one_by_one(context: BrowserContext, host: Host) -> None:
    page = keep(context, host)
    keep(context, host, "transformers/").close()
    assert list_kept_files(page) == list_hashes(host) | list_hashes(host, "transformers")
    page.get_by_role("button", name="Remove from this device").click()
    expect(page.get_by_role("button", name="Keep this track offline")).to_be_visible()
    assert count_workers(page) == 1
    cut_off(context, host)
    page.goto(host.url("transformers/tokens/lesson/"))
    expect(page.get_by_role("heading", level=1)).to_be_visible()


@pytest.mark.long
def test_full_device_is_told_and_keeps_what_it_has(context: BrowserContext, host: Host) -> None:
    page = keep(context, host)
    before = sorted(list_stored(page))
    devtools = context.new_cdp_session(page)
    devtools.send("Storage.overrideQuotaForOrigin", {"origin": host.origin, "quotaSize": 1_200_000})
    page.goto(host.url("transformers/"))
    page.get_by_role("button", name="Keep this track offline").click()
    expect(page.locator("tb-offline [role=status]")).to_contain_text("This device has no room for the whole track.")
    assert sorted(list_stored(page)) == before


@pytest.mark.long
def test_slow_network_gives_way_to_the_kept_page(context: BrowserContext, host: Host) -> None:
    page = keep(context, host)
    host.held = LESSON
    host.asked.clear()
    page.goto(host.url(LESSON))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Recurrence")
    assert not host.released.is_set()
    page.wait_for_load_state("networkidle")
    assert not [address for address in host.asked if address.startswith("assets/")]  # their names tell their contents


def test_served_site_takes_an_old_worker_away(context: BrowserContext, host: Host, farewell: bytes) -> None:
    page = keep(context, host)
    (host.site / "service-worker.js").write_bytes(farewell)
    page.goto(host.url(LESSON))
    wait_until(page, lambda: count_workers(page) == 0)
    assert page.evaluate("caches.keys()") == []


@pytest.fixture
def farewell(manifest: dict[str, Any]) -> bytes:
    assert "assets/farewell-worker.js" in manifest["workers"]
    return (Path(__file__).parents[2] / "overrides/assets/farewell-worker.js").read_bytes()


@pytest.mark.parametrize(
    "trouble", with_long(["delete Navigator.prototype.serviceWorker", "FORBIDDEN"], "FORBIDDEN".__eq__)
)
def test_browser_that_is_not_able_is_not_asked(host: Host, browser: Browser, trouble: str) -> None:
    forbidden = "Object.defineProperty(self, 'caches', { get() { throw new DOMException('no', 'SecurityError'); } })"
    context = browser.new_context()
    context.add_init_script(forbidden if trouble == "FORBIDDEN" else trouble)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(host.url(TRACK), wait_until="networkidle")
    expect(page.locator("tb-offline")).to_be_hidden()
    expect(page.locator("tb-offline")).to_have_css("display", "none")
    page.goto(host.url("offline/"))
    expect(page.locator("tb-offline").first).to_have_text(
        "This browser keeps nothing here. It may be a private window."
    )
    assert errors == []
    context.close()
