"""The gates that say the same on every machine, over the built site. `scripts/audit` prints all of them as a table."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from tests.browser.gates.gate import GATES
from tests.browser.gates.host import serve_site
from tests.browser.gates.pages import PAGES
from tests.browser.gates.paper import count_pages, find_faults
from tests.browser.gates.site import BuiltSite
from tests.browser.gates.weight import WITH_FONTS, WITHOUT_FONTS, weigh_lesson
from tests.runs import with_long

STEADY = {name: gate for name, gate in GATES.items() if gate.steady}
PAGE_BY_PAGE = [(gate, page) for gate in STEADY for page in PAGES if STEADY[gate].by_page]
SHORT_PAGES = {name: PAGES[name] for name in ("home", "attention lesson", "practice")}
"""The frame on each width with all that opens, and questions to answer."""
SHORT = {
    "axe": ("home", "practice"),
    "tab-walk": ("home", "practice"),
    "layout-shift": ("attention lesson",),
    "without-script": ("attention lesson",),
}


@pytest.fixture(scope="module")
def built_site(site: Path, browser: Browser) -> Iterator[BuiltSite]:
    with serve_site(site) as address:
        yield BuiltSite(site, address, browser)


@pytest.mark.parametrize(("gate", "page"), with_long(PAGE_BY_PAGE, lambda one: one[1] in SHORT[one[0]]))
def test_page_holds(built_site: BuiltSite, gate: str, page: str) -> None:
    assert GATES[gate].measure(built_site, {page: PAGES[page]}).breaches == []


@pytest.mark.parametrize("gate", with_long((gate for gate in STEADY if not STEADY[gate].by_page), "validity".__eq__))
def test_site_holds(built_site: BuiltSite, gate: str) -> None:
    assert GATES[gate].measure(built_site, PAGES).breaches == []


@pytest.mark.parametrize("gate", with_long(["policy", "third-party"], "third-party".__eq__))
def test_some_pages_hold(built_site: BuiltSite, gate: str) -> None:
    assert GATES[gate].measure(built_site, SHORT_PAGES).breaches == []


def test_lesson_is_light(built_site: BuiltSite) -> None:
    without_fonts, with_fonts = weigh_lesson(built_site, PAGES["attention lesson"])
    assert without_fonts <= WITHOUT_FONTS
    assert with_fonts <= WITH_FONTS


def test_lesson_is_clean_on_paper(built_site: BuiltSite) -> None:
    assert find_faults(built_site, "attention lesson") == []


def test_cheatsheet_takes_one_page(built_site: BuiltSite) -> None:
    assert set(count_pages(built_site, PAGES["cheatsheet"].removesuffix("/")).values()) == {1}
