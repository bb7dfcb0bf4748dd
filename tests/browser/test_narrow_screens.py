"""No page is wider than its screen, nothing on it is cut off: ours on the narrowest phone, one from right to left."""

from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

import pytest
from playwright.sync_api import Page
from tests.browser.screen import list_breaches
from tests.runs import with_long

Open = Callable[..., Page]
Serve = Callable[[Path], str]


def list_addresses(site: Path) -> Iterator[str]:
    for path in sorted(site.rglob("*.html")):
        if 'http-equiv="refresh"' not in path.read_text("utf-8"):
            yield path.relative_to(site).as_posix().removesuffix("index.html")


@pytest.fixture(
    params=[("site", 320), ("hebrew_site", 390), ("hebrew_site", 1280)], ids=lambda one: f"{one[0]}-{one[1]}"
)
def view(request: pytest.FixtureRequest) -> tuple[Path, int]:
    """A site, and the width of the screen that it is seen on."""
    course, width = request.param
    return request.getfixturevalue(course), width


@pytest.mark.parametrize("every", with_long([8, 1], (8).__eq__))
def test_nothing_runs_off_the_screen(view: tuple[Path, int], serve: Serve, open_page: Open, every: int) -> None:
    """In the short run on every eighth page."""
    site, width = view
    url = serve(site)
    page = open_page(url, viewport={"width": width, "height": 800})
    found = {}
    for address in islice(list_addresses(site), 0, None, every):
        page.goto(url + address)
        if breaches := list_breaches(page):
            found[address] = breaches
    assert found == {}
