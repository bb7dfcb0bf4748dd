"""A browser, a server for one folder, and the built assets: what every test in a browser needs."""

import functools
import http.server
import json
import os
import shutil
import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, ViewportSize, sync_playwright

from trackbook.built_site.printing import find_chromium
from trackbook.cache.store import Store
from trackbook.model import Course
from trackbook.site.theme import ScriptTexts
from trackbook.site.widget_assets import recall_assets, register_elements
from trackbook.widgets import load_site_language, load_widgets

ROOT = Path(__file__).parents[2]
ASSETS = ROOT / "overrides" / "assets"
SIZE: ViewportSize = {"width": 1280, "height": 720}
"""Of a tab whose test names none."""


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (its parent's name)
        del format, args


class Server(http.server.ThreadingHTTPServer):
    request_queue_size = 128  # a browser asks for much at once


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium, else the one that Playwright installed. In CI its absence is a failure."""
    with sync_playwright() as playwright:
        path = find_chromium(playwright.chromium)
        if path is None:
            message = (
                "no Chromium: install the system's (`apt-get install chromium`) or run `playwright install chromium`"
            )
            (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(message)
        with playwright.chromium.launch(executable_path=path, args=["--no-sandbox"]) as chromium:
            yield chromium


@pytest.fixture(scope="session")
def manifest() -> dict[str, Any]:
    path = ASSETS / "manifest.json"
    assert path.is_file(), "the browser code is not built: run `python src/trackbook/browser/build_hook.py`"
    built: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return built


@pytest.fixture(scope="session")
def assets(tmp_path_factory: pytest.TempPathFactory, manifest: dict[str, Any]) -> tuple[Path, dict[str, Any]]:
    """The theme's assets with those of our course's own widgets, in one folder, and the manifest of both."""
    folder = tmp_path_factory.mktemp("assets")
    shutil.copytree(ASSETS, folder, dirs_exist_ok=True)
    own = recall_assets([widget for widget in load_widgets(ROOT).values() if widget.root], manifest["api"][0], Store())
    name, content = register_elements((ASSETS / Path(manifest["scripts"][0]).name).read_bytes(), own)
    for file, written in {**own.files, name: content}.items():
        (folder / file).write_bytes(written)
    sheets = {widget: [f"assets/{sheet}"] for widget, sheet in own.sheets.items()}
    return folder, {**manifest, "scripts": [f"assets/{name}"], "widgets": {**manifest["widgets"], **sheets}}


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[[Path], str]]:
    """Serves a folder on this machine, on a free port of its own, and returns its address."""
    servers: list[Server] = []

    @functools.cache
    def start(folder: Path) -> str:
        handler = functools.partial(QuietHandler, directory=str(folder))
        server = Server(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}/"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


class Tabs:
    """Tabs of a browser by the options of their profiles, each lent to one test at a time as good as fresh.

    A tab that has shown a page shows the next of the same site at a fifth of what a new profile costs. A test that
    leaves something behind but storage, routes, media or a size closes its tab.
    """

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._free: dict[str, list[Page]] = {}

    def lend(self, url: str, options: Mapping[str, Any]) -> Page:
        """An empty tab, in a profile of its own that keeps nothing of the address's site."""
        free = self._free.setdefault(repr(sorted(options.items())), [])
        page = free.pop() if free else self._browser.new_context(**options).new_page()
        origin = "{0.scheme}://{0.netloc}".format(urlsplit(url))
        devtools = page.context.new_cdp_session(page)
        devtools.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "all"})
        devtools.detach()
        return page

    def take_back(self, page: Page, options: Mapping[str, Any]) -> None:
        for other in page.context.pages:
            if other is not page:
                other.close()
        if page.is_closed():
            page.context.close()
            return
        page.unroute_all()
        page.evaluate("try { sessionStorage.clear() } catch { /* forbidden, so empty */ }")
        page.goto("about:blank")
        page.emulate_media(media="null", color_scheme=options.get("color_scheme", "light"))
        if size := options.get("viewport", SIZE):
            page.set_viewport_size(size)
        self._free[repr(sorted(options.items()))].append(page)

    def close(self) -> None:
        for page in (page for free in self._free.values() for page in free):
            page.context.close()


@pytest.fixture(scope="module")
def tabs(browser: Browser) -> Iterator[Tabs]:
    tabs = Tabs(browser)
    yield tabs
    tabs.close()


@pytest.fixture
def open_page(tabs: Tabs) -> Iterator[Callable[..., Page]]:
    """Opens an address in a profile that knows nothing of it; the test fails on any error that the page reports."""
    errors: list[str] = []
    lent: list[tuple[Page, dict[str, Any]]] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type == "error":
            errors.append(f"{message.text} {message.location}")

    def note(error: Error) -> None:
        errors.append(str(error))

    def visit(url: str, **options: Any) -> Page:
        page = tabs.lend(url, options)
        lent.append((page, options))
        page.on("pageerror", note)
        page.on("console", hear)
        page.goto(url)
        return page

    yield visit
    for page, options in lent:
        page.remove_listener("pageerror", note)
        page.remove_listener("console", hear)
        tabs.take_back(page, options)
    assert errors == []


@pytest.fixture(scope="session")
def write_article(
    tmp_path_factory: pytest.TempPathFactory, assets: tuple[Path, dict[str, Any]]
) -> Callable[[str], Path]:
    """Writes a lesson with the given article, all assets and data of our course; returns its folder."""
    built, manifest = assets
    language = load_site_language(Course(widgets=load_widgets(ROOT)))

    def write(article: str) -> Path:
        folder = tmp_path_factory.mktemp("page")
        (folder / "assets").symlink_to(built)
        shutil.copytree(ROOT / "lessons" / "data", folder / "lessons" / "data")
        (folder / "review").mkdir()
        (folder / "review" / "names.json").write_text('{"mark": "page", "items": {}, "modules": {}}')
        sheets = [*manifest["styles"], *manifest["pages"]["lesson"], *manifest["pages"]["widgets"]]
        sheets += [sheet for sheets in manifest["widgets"].values() for sheet in sheets]
        styles = "".join(f'<link rel="stylesheet" href="{sheet}">' for sheet in sheets)
        scripts = "".join(f'<script type="module" src="{script}"></script>' for script in manifest["scripts"])
        texts = ScriptTexts(language)(article)
        (folder / "index.html").write_text(
            f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Page</title>'
            f'<meta name="viewport" content="width=device-width, initial-scale=1">'
            f'<link rel="icon" href="data:,">{styles}{scripts}</head><body data-md-color-scheme="default">'
            f'<main><article class="md-content__inner md-typeset">{article}</article></main>'
            f'<script type="application/json" id="tb-texts">{texts}</script></body></html>',
            encoding="utf-8",
        )
        return folder

    return write
