"""Nothing of what a hostile course holds runs, asks another host or leads away, with and without the policy."""

import contextlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import chain
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page, Request, Route
from tests.conftest import copy_hebrew
from tests.hostile_fields import FRAGMENTS, attack_course, fill
from tests.runs import with_long

from trackbook.cache.store import Store
from trackbook.issue import CourseError
from trackbook.mkdocs_plugin.build import open_host
from trackbook.site import build
from trackbook.site import site as sites

ALL = [fill(fragment, number) for number, fragment in enumerate(chain(*FRAGMENTS.values()))]
EACH = 12
"""Fragments that a text holds at once in the long run."""
ROUNDS = -(-len(ALL) // EACH)
WAIT = 150
"""Milliseconds that a page has for what it wants to do."""
TURNS = 20
"""How often every button of the page of reviews is pressed: so often each card is seen, and turned."""
STIR = """() => {
  addEventListener("click", event => event.preventDefault(), true);
  addEventListener("submit", event => event.preventDefault(), true);
  const found = [];
  for (const fold of document.querySelectorAll("details")) fold.open = true;
  for (const node of document.querySelectorAll("article *, header *, nav *")) {
    for (const { name } of node.attributes) if (name.startsWith("on")) found.push(`${name} of ${node.outerHTML}`);
    for (const way of [node.href?.baseVal ?? node.href, node.getAttribute("xlink:href"), node.action, node.formAction])
      if (typeof way === "string" && way && !/^(https?|mailto):/.test(new URL(way, location.href).href))
        found.push(node.outerHTML);
    for (const kind of ["pointerenter", "mouseover", "focus"]) node.dispatchEvent(new Event(kind, { bubbles: true }));
    if (!node.closest("tb-embed")) node.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
  }
  return found;
}"""


def list_rounds() -> list[object]:
    """One fragment a text; in the long run each fragment in each text."""
    return with_long(range(-1, ROUNDS), (-1).__eq__)


def choose(turn: int, text: int) -> str:
    if turn < 0:
        return f" {ALL[text % len(ALL)]}"
    start = (text + turn) * EACH
    return "".join(f" {ALL[(start + at) % len(ALL)]}" for at in range(EACH))


@pytest.fixture
def hostile_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[int], Path]:
    """Makes the course of a round, and its site as it would be if nobody had checked it."""

    def make(turn: int) -> Path:
        copy_hebrew(tmp_path / "course")
        attack_course(tmp_path / "course", partial(choose, turn))
        return build_hostile(tmp_path / "course", monkeypatch)

    return make


def build_hostile(root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sites, "check_course", lambda *_: [])
    with contextlib.suppress(CourseError):
        build.write_site(open_host(root), partial(open_host, root), None, root / "site", Store())
    return root / "site"


@contextmanager
def opening(browser: Browser, origin: str, *, policy: bool) -> Iterator[tuple[Page, list[str]]]:
    """A tab, and what was seen in it that should not be."""
    seen: list[str] = []
    context = browser.new_context(bypass_csp=not policy, service_workers="block")
    context.expose_binding("hit", lambda source, number: seen.append(f"ran: {ALL[number]} in {source['page'].url}"))

    def judge(route: Route, request: Request) -> None:
        if request.url.startswith((origin, "data:image/", "blob:", "chrome")):
            route.continue_()
            return
        seen.append(f"asked: {request.url} by {request.frame.url}")
        route.abort()

    context.route("**", judge)
    page = context.new_page()
    yield page, seen
    context.close()


def visit(page: Page, seen: list[str], address: str) -> None:
    page.goto(address, wait_until="load")
    try:
        seen += [f"holds: {what[:300]} in {address}" for what in page.evaluate(STIR)]
    except Error as error:
        seen.append(f"led away: {error.message} from {address}")
    page.wait_for_timeout(WAIT)
    for _ in range(TURNS if "/review/" in address else 0):
        page.evaluate("document.querySelectorAll('article button').forEach(button => button.click())")
        page.wait_for_timeout(WAIT)
    if page.url.partition("#")[0] != address:
        seen.append(f"led away: {page.url} from {address}")


def list_pages(site: Path) -> list[str]:
    """Without those that lead on to a new address."""
    pages = (path for path in site.rglob("index.html") if "<article" in path.read_text("utf-8"))
    return sorted(path.parent.relative_to(site).as_posix() for path in pages)


@pytest.mark.filterwarnings("ignore:Field contained")  # genanki, of elements that it does not know
@pytest.mark.parametrize("policy", with_long([False, True], (False).__eq__))
@pytest.mark.parametrize("turn", list_rounds())
def test_nothing_runs_on_a_built_site(
    turn: int, policy: bool, hostile_site: Callable[[int], Path], browser: Browser, serve: Callable[[Path], str]
) -> None:
    site = hostile_site(turn)
    address = serve(site)
    with opening(browser, address, policy=policy) as (page, seen):
        for place in list_pages(site):
            visit(page, seen, address if place == "." else f"{address}{place}/")
    assert "\n".join(seen) == ""
