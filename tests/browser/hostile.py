"""A walk through a hostile site in a browser, and what was seen on it that should not be."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, unquote

from playwright.sync_api import Browser, BrowserContext, Error, Page, Request
from tests.hostile_fields import ALL, HOST

WAIT = 200
"""Milliseconds that pages have for what they want to do."""
TABS = 4
"""Pages that are open at once, and wait together: a server that keeps a stream to each answers no more of them."""
TURNS = 16
"""How often every button of the page of reviews is pressed: so often each card is seen, and turned."""
ASKED = ["אחת", "מונח", "שתיים", "hit", "img", "script", "x"]
"""What is searched for: words of the course, and those of what was put into it."""
STIR = """() => {
  addEventListener("click", event => event.preventDefault(), true);
  addEventListener("submit", event => event.preventDefault(), true);
  const found = [];
  for (const fold of document.querySelectorAll("details")) fold.open = true;
  for (const node of document.querySelectorAll("article *, header *, nav *, dialog *, footer *")) {
    for (const { name } of node.attributes) if (name.startsWith("on")) found.push(`${name} of ${node.outerHTML}`);
    for (const way of [node.href?.baseVal ?? node.href, node.getAttribute("xlink:href"), node.action, node.formAction])
      if (typeof way === "string" && way && !/^(https?|mailto):/.test(new URL(way, location.href).href))
        found.push(node.outerHTML);
    for (const kind of ["pointerenter", "mouseover", "focus"]) node.dispatchEvent(new Event(kind, { bubbles: true }));
    if (!node.closest("tb-embed")) node.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
  }
  return found;
}"""
SEARCH = """async words => {
  const wait = time => new Promise(resolve => setTimeout(resolve, time));
  document.querySelectorAll("dialog[open]").forEach(dialog => dialog.close());
  document.dispatchEvent(new KeyboardEvent("keydown", { key: "/", bubbles: true }));
  await wait(300);
  const field = document.querySelector("dialog.tb-search input");
  const results = document.querySelector(".tb-search-body");
  let shown = 0;
  for (const word of words) {
    field.value = word;
    field.dispatchEvent(new Event("input"));
    for (let turn = 0; turn < 40 && (turn < 3 || results.ariaBusy); turn++) await wait(50);
    document.querySelector(".tb-search-more")?.click();
    await wait(100);
    shown += document.querySelectorAll(".tb-search-page").length;
  }
  return shown;
}"""


@contextmanager
def opening(browser: Browser, origin: str, *, policy: bool) -> Iterator[tuple[list[Page], list[str]]]:
    """Tabs of one profile, and what is seen in them."""
    seen: list[str] = []
    context = browser.new_context(
        bypass_csp=not policy, service_workers="block", viewport={"width": 640, "height": 360}
    )
    context.expose_binding("hit", lambda source, number: seen.append(f"ran: {ALL[number]} in {source['page'].url}"))

    def judge(request: Request) -> None:
        if not request.url.startswith((origin, "data:image/", "blob:", "chrome")):
            seen.append(f"asked: {request.url} by {request.frame.url}")

    context.on("request", judge)
    yield [_open_tab(context) for _ in range(TABS)], seen
    context.close()


def _open_tab(context: BrowserContext) -> Page:
    """A tab that asks no other host, whatever it is made to ask for. (A route would have each page load all anew.)"""
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.send("Network.setBlockedURLs", {"urls": [f"*{HOST}*"]})
    return page


def walk(tabs: Sequence[Page], seen: list[str], addresses: Sequence[str]) -> None:
    """Visit all, as many at once as there are tabs."""
    for first in range(0, len(addresses), len(tabs)):
        pairs = list(zip(tabs, addresses[first:], strict=False))
        for page, address in pairs:
            page.goto(address, wait_until="load")
        for page, address in pairs:
            stir(page, seen, address)
        tabs[0].wait_for_timeout(WAIT)
        for page, address in pairs:
            if unquote(page.url.partition("#")[0]) != unquote(address):
                seen.append(f"led away: {page.url} from {address}")


def stir(page: Page, seen: list[str], address: str) -> None:
    """Unfold, hover, click and print whatever is there, until a learner has seen all of the page."""
    try:
        seen += [f"holds: {what[:300]} in {address}" for what in page.evaluate(STIR)]
        page.emulate_media(media="print")
        for _ in range(TURNS if "/review/" in address else 0):
            page.evaluate("document.querySelectorAll('article button').forEach(button => button.click?.())")
            page.wait_for_timeout(WAIT / 2)
            seen += [f"holds: {what[:300]} in {address}" for what in page.evaluate(STIR)]
        page.emulate_media(media="null")
    except Error as error:
        seen.append(f"led away: {error.message} from {address}")


def search(page: Page, seen: list[str], address: str) -> int:
    """How many results were shown of what is asked."""
    page.goto(address, wait_until="load")
    shown: int = page.evaluate(SEARCH, ASKED)
    stir(page, seen, address)
    return shown


def list_pages(site: Path) -> list[str]:
    """The addresses below the site's of all that don't lead on to a new one."""
    pages = (path for path in site.rglob("index.html") if "<article" in path.read_text("utf-8"))
    return sorted(quote(path.relative_to(site).as_posix().removesuffix("index.html")) for path in pages)
