"""Without script every page is whole, and what it says there is also said with script: text, formulas, widgets."""

import re
from collections.abc import Iterator, Mapping
from typing import TypedDict, cast

from playwright.sync_api import Page
from tests.browser.gates.pages import LAPTOP, PHONE
from tests.browser.gates.site import BuiltSite, Result

READ = """() => {
  const article = document.querySelector("main article");
  // A diagram is its source, or what is drawn of that.
  for (const diagram of article.querySelectorAll(".tb-diagram")) diagram.remove();
  const shown = article.innerText;
  const all = (selector, read) => [...article.querySelectorAll(selector)].map(read);
  const formulas = all("math", (math) => math.textContent);
  const pictures = all("img, svg", (one) => one.getAttribute("alt") ?? one.textContent.trim());
  const widgets = all(".tb-widget", ({ id, innerText }) => [id, innerText.trim().length > 0]);
  // A map stands here in two widths, one of them seen; in the margin a note needs no label; a select opens by itself;
  // a step that is switched off does nothing; what invites to touch needs a script, and is marked so; the other side
  // of a glance shows without script by its radio button, and stands in its table.
  const drawn = "script, svg, select, figure:has(svg)";
  const idle = "[popover], tb-offline, .tb-side-note > summary, [data-step][hidden], .tb-scripted";
  const aside = `${drawn}, ${idle}, .tb-glance [class*=tb-side-]`;
  // Numbers that a learner may change stand in fields.
  const readFields = (cell) => [...cell.querySelectorAll("input")].map(({ value }) => value).join();
  const readCell = (cell) => (cell.querySelector("input") ? readFields(cell) : cell.textContent);
  const rows = all("tr:has(input)", (row) => [...row.children].map(readCell).join(""));
  const folds = all("details:not([open])", (fold) => [fold, fold.querySelector(":scope > summary")]);
  const holds = ([fold, summary], one) => fold !== one && fold.contains(one) && !summary?.contains(one);
  const closed = (one) => folds.some((fold) => holds(fold, one));
  const boxless = (one) => getComputedStyle(one).display === "contents"; // what is in it stands for itself
  const isShown = (one) => one.checkVisibility() || boxless(one);
  const isUnseen = (one) => one.textContent.trim() && !isShown(one) && !one.closest(aside) && !closed(one);
  const unseen = [...article.querySelectorAll("*")].filter(isUnseen);
  const topmost = unseen.filter((one) => !unseen.includes(one.parentElement));
  const hidden = topmost.map((one) => one.textContent.trim().slice(0, 80));
  return { shown, held: article.textContent + rows.join(), formulas, pictures, widgets, hidden };
}"""


class Reading(TypedDict):
    """What a page's article shows and holds."""

    shown: str
    held: str
    formulas: list[str]
    pictures: list[str]
    widgets: list[tuple[str, bool]]
    hidden: list[str]


def measure(site: BuiltSite, pages: Mapping[str, str]) -> Result:
    breaches: list[str] = []
    sentences = 0
    for name, path in pages.items():
        for width in (PHONE, LAPTOP):
            without, with_script = read_both(site, path, width)
            sentences += len(list(split_sentences(without["shown"])))
            breaches += [f"{name}, {width} px: {fact}" for fact in compare(without, with_script)]
    return Result(f"{len(breaches)} in {sentences} sentences", breaches)


def read_both(site: BuiltSite, path: str, width: int) -> tuple[Reading, Reading]:
    with site.open(path, width, java_script_enabled=False) as page:
        without = read_page(page)
    with site.open(path, width) as page:
        return without, read_page(page)


def read_page(page: Page) -> Reading:
    return cast(Reading, page.evaluate(READ))


def compare(without: Reading, with_script: Reading) -> Iterator[str]:
    text = squeeze(with_script["shown"]) + squeeze(with_script["held"])
    for sentence in split_sentences(without["shown"]):
        if squeeze(sentence) not in text:
            yield f"only without script: “{sentence}”"
    yield from (f"hidden without script: “{text}”" for text in without["hidden"])
    if without["formulas"] != with_script["formulas"]:
        yield "the formulas differ"
    if not set(without["pictures"]) <= set(with_script["pictures"]):
        yield "pictures are missing with script"
    if [name for name, _ in without["widgets"]] != [name for name, _ in with_script["widgets"]]:
        yield "the widgets differ"
    for reading, which in ((without, "without"), (with_script, "with")):
        yield from (f"widget {name} is empty {which} script" for name, filled in reading["widgets"] if not filled)


def split_sentences(text: str) -> Iterator[str]:
    yield from (part.strip() for part in re.split(r"(?<=[.!?:])\s+|\n", text) if part.strip())


def squeeze(text: str) -> str:
    """Without white space: a browser puts it between blocks, where the text has none."""
    return re.sub(r"\s+", "", text)
