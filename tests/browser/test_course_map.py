"""The course map in a browser: in its own type nothing touches, and a stop shows what it is tied to."""

from collections.abc import Callable
from itertools import combinations
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

Open = Callable[..., Page]
NARROW, WIDE = {"width": 320, "height": 800}, {"width": 1280, "height": 800}
ATTENTION = "Track 4, lesson 3: Attention and transformers, in brief"

BOXES = """() => {
  const picture = [...document.querySelectorAll(".tb-chart .tb-scroll svg")].find((svg) => svg.checkVisibility());
  const box = (node) => (({ left, top, right, bottom }) => [left, top, right, bottom])(node.getBoundingClientRect());
  return [picture, ...picture.querySelectorAll(".tb-sign, text:not(.tb-number)")].map(box);
}"""
SHOWN = "(stop) => [...stop.closest('g').querySelectorAll('use')].map((use) => getComputedStyle(use).opacity)"
REST = "(svg) => getComputedStyle(svg.querySelector('.tb-ties')).opacity"


@pytest.fixture(scope="module")
def address(serve: Callable[[Path], str], site: Path) -> str:
    return serve(site) + "map/"


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["narrow", "wide"])
def test_nothing_touches_in_the_type_it_is_set_in(
    open_page: Open, address: str, size: dict[str, int], direction: str
) -> None:
    page = open_page(address, viewport=size)
    page.evaluate("(direction) => { document.documentElement.dir = direction; return document.fonts.ready }", direction)
    picture, *boxes = page.evaluate(BOXES)
    assert len(boxes) > 50
    for left, top, right, bottom in boxes:
        assert picture[0] - 1 <= left
        assert right <= picture[2] + 1
        assert picture[1] - 1 <= top
        assert bottom <= picture[3] + 1
    touching = [
        (one, other)
        for one, other in combinations(boxes, 2)
        if one[0] < other[2] and other[0] < one[2] and one[1] + 3 < other[3] and other[1] + 3 < one[3]
    ]
    assert touching == []


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_stop_in_focus_shows_its_ties(open_page: Open, address: str, script: bool) -> None:
    page = open_page(address, viewport=WIDE, java_script_enabled=script, reduced_motion="reduce")
    stop, picture = page.locator(f'.tb-wide a[aria-label="{ATTENTION}"]'), page.locator(".tb-wide svg")
    assert set(stop.evaluate(SHOWN)) == {"0"}
    assert picture.evaluate(REST) == "1"
    stop.focus()
    assert set(stop.evaluate(SHOWN)) == {"1"}
    assert float(picture.evaluate(REST)) < 0.5


def test_pointer_shows_ties_as_the_keyboard_does(open_page: Open, address: str) -> None:
    page = open_page(address, viewport=WIDE, reduced_motion="reduce")
    stop = page.locator(f'.tb-wide a[aria-label="{ATTENTION}"]')
    stop.locator(".tb-title").hover()
    assert set(stop.evaluate(SHOWN)) == {"1"}


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["narrow", "wide"])
def test_keyboard_meets_each_stop_once_and_leads_to_its_lesson(
    open_page: Open, address: str, size: dict[str, int]
) -> None:
    page = open_page(address, viewport=size)
    page.get_by_role("link", name="Track 1: The mathematics").first.focus()
    met = []
    while page.evaluate("document.activeElement.closest('.tb-chart')"):
        met.append(page.evaluate("document.activeElement.getAttribute('aria-label')"))
        page.keyboard.press("Tab")
    assert len(met) == len(set(met)) == 25
    page.get_by_role("link", name=ATTENTION).first.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Attention and transformers, in brief")
