"""A sharded index in a browser: one search over all of it, and light."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.browser.test_search import ASK_INDEX, LESSON, search

from trackbook.cache.store import Store
from trackbook.language.words import load_language
from trackbook.publishing import publish_course
from trackbook.reading import read_course
from trackbook.site.search import index as search_index
from trackbook.site.search.index import index_site
from trackbook.site.search.records import read_bodies
from trackbook.widgets import load_widgets

Open = Callable[..., Page]
Serve = Callable[[Path], str]
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def sharded(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sharded") / "site"
    shutil.copytree(site, folder)
    entries = publish_course(read_course(ROOT, load_widgets(ROOT)), lambda text: text).search
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search_index, "_ENTRIES", 40)
        index_site(folder, entries, load_language("en"), read_bodies(folder, entries), store=Store())
    assert len(list(folder.glob("search/*/pagefind-entry.json"))) > 1
    return folder


def test_shards_answer_as_one_index_does(open_page: Open, serve: Serve, site: Path, sharded: Path) -> None:
    whole, parts = open_page(serve(site) + LESSON), open_page(serve(sharded) + LESSON)
    for query in ("attention", "hidden state"):
        first = [search(page, query).locator(".tb-search-page").first for page in (whole, parts)]
        for link in first:
            expect(link).to_be_visible()
        assert first[0].get_attribute("href") == first[1].get_attribute("href")
        found = [sorted(page.evaluate(ASK_INDEX, f'"{query}"')) for page in (whole, parts)]
        assert found[0] == found[1]
        for page in (whole, parts):
            page.keyboard.press("Escape")


def test_code_and_program_come_once(open_page: Open, serve: Serve, sharded: Path) -> None:
    page = open_page(serve(sharded) + LESSON)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    expect(search(page, "attention").locator(".tb-search-page").first).to_be_visible()
    assert sum("wasm" in url for url in asked) == 1
    assert sum(url.split("?")[0].endswith("pagefind.js") for url in asked) == 1
    assert sum("pagefind-entry.json" in url for url in asked) == 1 + len(list(sharded.glob("search/[0-9]*")))
