"""Nothing jumps under whoever flings through a module on a phone a quarter as fast, with nothing of it kept yet."""

from collections.abc import Mapping
from typing import cast

from tests.browser.gates.layout_shift import LIMIT, OBSERVE
from tests.browser.gates.pages import PHONE
from tests.browser.gates.site import BuiltSite, Result, list_module_pages

KINDS = ("lesson", "practice", "cheatsheet")
SLOWER = 4
TIMES = 3
# Two and a half screens at a time, down and up again, while widgets come.
FLING = """
async (times) => {
  const rest = (long) => new Promise((done) => setTimeout(done, long));
  const go = async (top) => { scrollTo({ top, behavior: "instant" }); await rest(100); };
  const step = innerHeight * 2.5;
  const end = () => document.documentElement.scrollHeight;
  for (let time = 0; time < times; time += 1) {
    for (let top = 0; top < end(); top += step) await go(top);
    for (let top = end(); top > 0; top -= step) await go(top);
    await go(0);
    await rest(300);
  }
}
"""


def measure(site: BuiltSite, _pages: Mapping[str, str]) -> Result:
    """The shifts of every page together, which are never less than the CLS of its worst window."""
    pages = [page for kind in KINDS for page in list_module_pages(site, kind)]
    shifts = {page: fling_through(site, page) for page in pages}
    totals = {page: sum(value for value, _ in moved) for page, moved in shifts.items()}
    breaches = [
        f"{page}: {total:.3f}: {'; '.join(f'{value:.4f} {who}' for value, who in shifts[page])}"
        for page, total in totals.items()
        if total > LIMIT
    ]
    return Result(f"{max(totals.values()):.4f} at most, in {len(totals)} pages", breaches)


def fling_through(site: BuiltSite, path: str) -> list[tuple[float, str]]:
    context = site.browser.new_context(viewport={"width": PHONE, "height": 844}, is_mobile=True, has_touch=True)
    try:
        context.add_init_script(OBSERVE)
        page = context.new_page()
        context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        page.goto(site.address + path, wait_until="commit")
        page.locator("footer").first.wait_for(state="attached")
        page.evaluate(FLING, TIMES)
        page.wait_for_load_state("networkidle")
        return cast(list[tuple[float, str]], page.evaluate("window.tbShifts"))
    finally:
        context.close()
