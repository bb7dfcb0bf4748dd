"""What learners type into the search, and what comes first: the queries were written down before search was tuned."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Page
from tests.browser.test_search import LESSON, search

Open = Callable[..., Page]
Serve = Callable[[Path], str]
QUERIES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parents[1] / "cases/queries.yml").read_text("utf-8"))
FEWEST = 55

ASK = """async (queries) => {
  const field = document.querySelector("dialog input"), body = document.querySelector(".tb-search-body");
  const found = [];
  for (const query of queries) {
    field.value = query;
    field.dispatchEvent(new Event("input"));
    while (body.ariaBusy) await new Promise((resolve) => setTimeout(resolve, 5));
    const nothing = body.querySelector(".tb-search-none") !== null;
    const parts = [...body.querySelectorAll(".tb-search-said p:not(.tb-search-none)")];
    const said = parts.map((part) => part.textContent);
    const first = body.querySelector(".tb-search-page")?.getAttribute("href");
    found.push({ first: first && new URL(first, location).href, said, nothing });
  }
  return found;
}"""


def judge(case: dict[str, Any], found: dict[str, Any], address: str) -> bool:
    first = (found["first"] or "").removeprefix(address)
    if case.get("nothing"):
        return not first and found["nothing"] and not found["said"]
    right = tuple(f"{what} {case.get('mean')}" for what in ("Showing", "Did you mean"))
    if any(said.startswith(right) for said in found["said"]):
        return not first or first in case["first"]
    return first in case["first"]


def ask_all(page: Page, cases: list[dict[str, Any]], address: str) -> list[tuple[str, dict[str, Any]]]:
    """The queries that went wrong, with what came of them."""
    search(page, "")
    answers = page.evaluate(ASK, [case["ask"] for case in cases])
    pairs = zip(cases, answers, strict=True)
    return [(case["ask"], found) for case, found in pairs if not judge(case, found, address)]


@pytest.mark.long
def test_queries_find_what_is_wanted(open_page: Open, serve: Serve, site: Path) -> None:
    address = serve(site)
    page = open_page(address + LESSON)
    lost = ask_all(page, QUERIES, address)
    assert len(QUERIES) == 60
    assert len(QUERIES) - len(lost) >= FEWEST, lost
