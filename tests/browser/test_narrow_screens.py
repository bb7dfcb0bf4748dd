"""No page is wider than its screen, nothing on it is cut off: ours on the narrowest phone, one from right to left."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page
from tests.browser.screen import list_breaches

Open = Callable[..., Page]
Serve = Callable[[Path], str]


def list_addresses(site: Path) -> Iterator[str]:
    for path in sorted(site.rglob("*.html")):
        if 'http-equiv="refresh"' not in path.read_text("utf-8"):
            yield path.relative_to(site).as_posix().removesuffix("index.html")


@pytest.mark.parametrize(("course", "width"), [("site", 320), ("hebrew_site", 390), ("hebrew_site", 1280)])
def test_nothing_runs_off_the_screen(
    request: pytest.FixtureRequest, serve: Serve, open_page: Open, course: str, width: int
) -> None:
    site: Path = request.getfixturevalue(course)
    url = serve(site)
    page = open_page(url, viewport={"width": width, "height": 800})
    found = {}
    for address in list_addresses(site):
        page.goto(url + address)
        if breaches := list_breaches(page):
            found[address] = breaches
    assert found == {}
