"""A browser, a server for one folder, and the built assets: what every test in a browser needs."""

import functools
import http.server
import json
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from trackbook.language import load_language
from trackbook.mkdocs_plugin.environment import ScriptTexts
from trackbook.site_checks.printing import find_chromium

ROOT = Path(__file__).parents[2]
ASSETS = ROOT / "overrides" / "assets"


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
def serve() -> Iterator[Callable[[Path], str]]:
    """Serves a folder on this machine, on a free port, and returns its address."""
    servers: list[Server] = []

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


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens an address in a fresh context; the test fails on any error that the page reports."""
    contexts = []
    errors: list[str] = []

    def visit(url: str, **options: Any) -> Page:
        context = browser.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        page.goto(url)
        return page

    yield visit
    for context in contexts:
        context.close()
    assert errors == []


@pytest.fixture(scope="session")
def write_article(tmp_path_factory: pytest.TempPathFactory, manifest: dict[str, Any]) -> Callable[[str], Path]:
    """Writes a lesson with the given article, the theme's assets and our course's data; returns its folder."""

    def write(article: str) -> Path:
        folder = tmp_path_factory.mktemp("page")
        (folder / "assets").symlink_to(ASSETS)
        shutil.copytree(ROOT / "lessons" / "data", folder / "lessons" / "data")
        sheets = [*manifest["styles"], *manifest["pages"]["lesson"], *manifest["pages"]["widgets"]]
        sheets += [sheet for sheets in manifest["widgets"].values() for sheet in sheets]
        styles = "".join(f'<link rel="stylesheet" href="{sheet}">' for sheet in sheets)
        scripts = "".join(f'<script type="module" src="{script}"></script>' for script in manifest["scripts"])
        texts = ScriptTexts(load_language("en"))(article)
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
