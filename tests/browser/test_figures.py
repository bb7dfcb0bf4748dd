"""Figures on a phone: each is seen whole and can be read there, and those of a lesson say which they are."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

ROOT = Path(__file__).parents[2]
PHONE = {"width": 390, "height": 844}
SMALLEST, HEADER = 12, 60
"""Pixels of the smallest type that one can read, and of what lies above a page."""
PAGES = sorted(
    path.with_suffix("").relative_to(ROOT / "lessons").as_posix()
    for path in (ROOT / "lessons").glob("*/*/*.md")
    if "\n![" in path.read_text("utf-8")
) + sorted(
    f"{path.parent.name}/{path.stem}/cheatsheet"
    for path in (ROOT / "cheatsheets").glob("*/*.md")
    if "\n![" in path.read_text("utf-8")
)
MEASURE = """() => [...document.querySelectorAll("article figure")]
  .filter((figure) => !figure.closest(".tb-widget") && figure.querySelector(".tb-drawing, img"))
  .map((figure) => {
    const picture = figure.querySelector(".tb-drawing, img");
    const box = picture.getBoundingClientRect();
    const scale = picture.viewBox?.baseVal.width ? box.width / picture.viewBox.baseVal.width : 1;
    const texts = [...picture.querySelectorAll("text, tspan")].filter((text) => text.textContent.trim());
    return {
      name: picture.getAttribute("aria-label") || picture.getAttribute("alt"),
      width: box.width,
      height: box.height,
      frame: figure.getBoundingClientRect().width,
      type: Math.min(...texts.map((text) => parseFloat(getComputedStyle(text).fontSize) * scale), 99),
      caption: figure.querySelector("figcaption")?.textContent.trim() ?? "",
    };
  })"""


@pytest.mark.parametrize("address", PAGES)
def test_figures_are_whole_on_a_phone(
    open_page: Callable[..., Page], serve: Callable[[Path], str], site: Path, address: str
) -> None:
    page = open_page(f"{serve(site)}{address}/", viewport=PHONE)
    page.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true; })")
    figures = page.evaluate(MEASURE)
    assert figures
    for number, figure in enumerate(figures, start=1):
        assert figure["width"] <= figure["frame"], figure["name"]
        assert figure["height"] <= PHONE["height"] - HEADER, figure["name"]
        assert figure["type"] >= SMALLEST, figure["name"]
        if address.endswith("/lesson"):
            assert figure["caption"].startswith(f"Figure {number}. "), figure["name"]
