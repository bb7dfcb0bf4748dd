"""Nothing of what a hostile course holds runs, asks another host or leads away, with and without the policy."""

import contextlib
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from tests.browser.hostile import list_pages, opening, search, walk
from tests.conftest import copy_hebrew
from tests.hostile_fields import ALL, attack_course
from tests.serving.server import serving

from trackbook.cache.store import Store
from trackbook.issue import CourseError
from trackbook.mkdocs_plugin.build import open_host
from trackbook.site import build
from trackbook.site import site as sites

pytestmark = pytest.mark.filterwarnings("ignore:Field contained")  # genanki, of elements that it does not know
ROUNDS = 3
"""In so many rounds of the long run each fragment stands in each text."""


def choose(turn: int, rounds: int, text: int) -> str:
    """What a text holds in a round: the fragments of a group in its own order, since some swallow what comes after."""
    group = ALL[(text + turn) % rounds :: rounds]
    first = text * 7 % len(group)
    return "".join(f" {fragment}" for fragment in group[first:] + group[:first])


def choose_one(text: int) -> str:
    return f" {ALL[text % len(ALL)]}"


Make = Callable[[Callable[[int], str]], Path]


@pytest.fixture
def make_hostile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Make:
    """Makes a course with such texts, and its site as it would be if nobody had checked it."""

    def make(attack: Callable[[int], str]) -> Path:
        root = tmp_path / "course"
        copy_hebrew(root)
        attack_course(root, attack)
        with monkeypatch.context() as patch, contextlib.suppress(CourseError):
            patch.setattr(sites, "check_course", lambda *_: [])
            build.write_site(open_host(root), partial(open_host, root), None, root / "site", Store())
        return root

    return make


@pytest.mark.long
@pytest.mark.parametrize("turn", range(ROUNDS))
def test_nothing_runs_on_a_built_site_whose_policy_is_removed(
    turn: int, make_hostile: Make, browser: Browser, serve: Callable[[Path], str]
) -> None:
    site = make_hostile(partial(choose, turn, ROUNDS)) / "site"
    address = serve(site)
    with opening(browser, address, policy=False) as (tabs, seen):
        walk(tabs, seen, [address + page for page in list_pages(site)])
        assert search(tabs[0], seen, address) > 0
    assert "\n".join(seen) == ""


@pytest.mark.long
def test_nothing_runs_on_a_built_site(make_hostile: Make, browser: Browser, serve: Callable[[Path], str]) -> None:
    site = make_hostile(partial(choose, 0, 1)) / "site"
    address = serve(site)
    with opening(browser, address, policy=True) as (tabs, seen):
        walk(tabs, seen, [address + page for page in list_pages(site)])
    assert "\n".join(seen) == ""


@pytest.mark.long
@pytest.mark.parametrize("policy", [True, False])
def test_nothing_runs_on_a_served_site(policy: bool, make_hostile: Make, browser: Browser) -> None:
    """One text holds one fragment there, since the server makes each page anew and checks the course besides."""
    root = make_hostile(choose_one)
    with serving(root) as server, opening(browser, server.address, policy=policy) as (tabs, seen):
        walk(tabs, seen, [server.address + page for page in list_pages(root / "site")])
    assert "\n".join(seen) == ""
