"""What a page would show wrong is told at its line, and what is only near it is left alone: cases/marks.yml."""

from typing import Any

import pytest
import yaml
from tests.conftest import TESTS

from trackbook.checks.check import ON_PAGES, Settings, load_checks
from trackbook.markdown import parse_markdown
from trackbook.model import Page
from trackbook.widgets import load_widgets

FILE = TESTS / "cases" / "marks.yml"
CASES: dict[str, Any] = yaml.safe_load(FILE.read_text("utf-8"))
PARTS = ("headings", "links", "fences", "formulas", "tables", "elements", "leftovers", "footnotes", "slips")


def find(text: str) -> list[str]:
    load_checks()
    parsed = parse_markdown(text, "docs/notes.md")
    page = Page("docs/notes.md", "plain", text, **{part: getattr(parsed, part) for part in PARTS})
    settings = Settings("en", {}, {}, load_widgets())
    found = [
        (each.source.line, code, each.message) for code in CASES["checks"] for each in ON_PAGES[code](page, settings)
    ]
    return [f"{line}: {code}: {message}" for line, code, message in sorted(found)]


@pytest.mark.parametrize("case", CASES["told"], ids=lambda case: repr(case["text"][:40]))
def test_it_is_told(case: dict[str, Any]) -> None:
    assert find(case["text"]) == case["says"]


@pytest.mark.parametrize("text", CASES["left alone"], ids=lambda text: repr(text[:40]))
def test_it_is_left_alone(text: str) -> None:
    assert find(text) == []


def test_golden_messages(update: bool) -> None:
    """`--update` writes them anew."""
    if update:
        told = [{"text": case["text"], "says": find(case["text"])} for case in CASES["told"]]
        text = yaml.safe_dump({**CASES, "told": told}, sort_keys=False, allow_unicode=True, width=160)
        FILE.write_text(text, "utf-8")
