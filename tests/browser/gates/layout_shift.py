"""Nothing jumps: all layout shifts of a page together, with styles, scripts, images and fonts arriving late in turn.

Nor do widgets of lessons and practice need another room when they wake.
"""

from collections.abc import Mapping
from typing import cast

from tests.browser.gates.host import serve_site
from tests.browser.gates.pages import LAPTOP, LESSONS, PHONE
from tests.browser.gates.site import BuiltSite, Result, settle
from tests.browser.gates.waking import find_jumps

LIMIT = 0.01
# Seconds that the host holds back each kind of file: a slow line and an empty cache, alike each time.
LATE = {".css": 0.1, ".js": 0.3, ".svg": 0.5, ".png": 0.5, ".woff2": 0.7}
OBSERVE = """
window.tbShifts = [];
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) {
    const who = entry.sources.map(({ node }) => (node?.nodeType === 1 ? node : node?.parentElement));
    const names = who.map((one) => (one ? one.localName + [...one.classList].map((name) => "." + name).join("") : "?"));
    window.tbShifts.push([entry.value, names.join(" ")]);
  }
}).observe({ type: "layout-shift", buffered: true });
"""


def measure(site: BuiltSite, pages: Mapping[str, str]) -> Result:
    """The sum of a page's shifts, which is never less than the CLS of its worst window."""
    worst, breaches = 0.0, []
    with serve_site(site.folder, LATE) as address:
        for name, path in pages.items():
            for width in (PHONE, LAPTOP):
                shifts = watch_page(site, address + path, width)
                total = sum(value for value, _ in shifts)
                worst = max(worst, total)
                if total > LIMIT:
                    movers = "; ".join(f"{value:.4f} {who}" for value, who in shifts)
                    breaches.append(f"{name}, {width} px: {total:.3f}: {movers}")
            if name in (*LESSONS, "practice"):
                breaches += [f"{name}, {jump}" for jump in find_jumps(site, path)]
    return Result(f"{worst:.4f} at most", breaches)


def watch_page(site: BuiltSite, url: str, width: int) -> list[tuple[float, str]]:
    context = site.browser.new_context(viewport={"width": width, "height": 844})
    try:
        context.add_init_script(OBSERVE)
        page = context.new_page()
        page.goto(url, wait_until="networkidle")
        settle(page)
        return cast(list[tuple[float, str]], page.evaluate("window.tbShifts"))
    finally:
        context.close()
