"""The gates that say the same on every machine, over the built site. `scripts/audit` prints all of them as a table."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from tests.browser.gates.gate import GATES
from tests.browser.gates.host import serve_site
from tests.browser.gates.pages import PAGES
from tests.browser.gates.site import BuiltSite

STEADY = {name: gate for name, gate in GATES.items() if gate.steady}
PAGE_BY_PAGE = [(gate, page) for gate in STEADY for page in PAGES if STEADY[gate].by_page]


@pytest.fixture(scope="module")
def built_site(site: Path, browser: Browser) -> Iterator[BuiltSite]:
    with serve_site(site) as address:
        yield BuiltSite(site, address, browser)


@pytest.mark.parametrize(("gate", "page"), PAGE_BY_PAGE)
def test_page_holds(built_site: BuiltSite, gate: str, page: str) -> None:
    assert GATES[gate].measure(built_site, {page: PAGES[page]}).breaches == []


@pytest.mark.parametrize("gate", [gate for gate in STEADY if not STEADY[gate].by_page])
def test_site_holds(built_site: BuiltSite, gate: str) -> None:
    assert GATES[gate].measure(built_site, PAGES).breaches == []
