"""On paper a lesson is clean (no navigation, no buttons, nothing cut off, answers to read), a cheatsheet one page."""

from collections.abc import Mapping
from typing import cast

from tests.browser.gates.pages import LESSONS, PAGES
from tests.browser.gates.site import BuiltSite, Result

from trackbook.built_site.printing import count_sheets

# What A4 leaves for text between margins of 18 mm, in pixels of 1/96 inch.
PAPER = round((210 - 2 * 18) / 25.4 * 96)
PRINTED = [*LESSONS, "practice"]
LOOK = """() => {
  const shown = (one) => one.checkVisibility({ visibilityProperty: true });
  const name = (one) => `<${one.localName} class="${one.getAttribute("class") ?? ""}">`;
  const stray =
    "header, nav:not(.tb-strip), .tb-tabs, footer, button:not(.tb-term), dialog, [popover], .tb-skip, .headerlink";
  const faults = [...document.querySelectorAll(stray)].filter(shown).map((one) => `${name(one)} is printed`);
  const edge = document.querySelector("main article").getBoundingClientRect().right + 1;
  for (const one of document.querySelectorAll("main article *")) {
    if (!shown(one)) continue;
    const { right, width } = one.getBoundingClientRect();
    if (width > 0 && right > edge) faults.push(`${name(one)} reaches ${Math.round(right - edge)} px over the edge`);
    if (one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflowX !== "visible") {
      faults.push(`${name(one)} is cut off`);
    }
  }
  for (const one of document.querySelectorAll("main details")) {
    const hidden = [...one.children].filter((child) => child.localName !== "summary" && !shown(child));
    if (shown(one) && hidden.length) faults.push(`${name(one)} “${one.textContent.trim().slice(0, 40)}” is closed`);
  }
  return faults;
}"""


def measure(site: BuiltSite, pages: Mapping[str, str]) -> Result:
    breaches: list[str] = []
    for name in [name for name in PRINTED if name in pages]:
        breaches += find_faults(site, name)
    sheets = sorted(
        path.parent.relative_to(site.folder).as_posix() for path in site.folder.glob("*/*/cheatsheet/*.html")
    )
    for sheet in sheets:
        breaches += [
            f"{sheet}: {count} pages of {paper}" for paper, count in count_pages(site, sheet).items() if count != 1
        ]
    return Result(f"{len(breaches)}; {len(sheets)} cheatsheets on one page each", breaches)


def find_faults(site: BuiltSite, name: str) -> list[str]:
    """What is wrong with one page on paper, with script and without."""
    faults: list[str] = []
    for script in (True, False):
        with site.open(PAGES[name], PAPER, java_script_enabled=script) as page:
            page.emulate_media(media="print")
            if script:
                page.evaluate("dispatchEvent(new Event('beforeprint'))")
            how = "" if script else ", without script"
            faults += [f"{name}{how}: {fault}" for fault in cast(list[str], page.evaluate(LOOK))]
    return faults


def count_pages(site: BuiltSite, sheet: str) -> dict[str, int]:
    """How many pages a printed cheatsheet takes, by the paper."""
    with site.open(f"{sheet}/") as page:
        return count_sheets(page)
