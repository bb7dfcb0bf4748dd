"""What is raw on a page is found, and our own courses show nothing raw."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.conftest import TESTS
from tests.fuzz.cases import Case, make_case
from tests.fuzz.showing import find_dangers, find_raw, render_pages

from trackbook.reading import read_course
from trackbook.widgets import load_widgets

CASES = yaml.safe_load((TESTS / "cases" / "shown_raw.yml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["html"])
def test_raw_pieces_are_found(case: dict[str, Any]) -> None:
    assert sorted(piece for _, piece, _ in find_raw(case["html"])) == sorted(case.get("raw", []))
    assert sorted(find_dangers(case["html"])) == sorted(case.get("danger", []))


@pytest.mark.parametrize("base", ["sample", "hebrew"])
def test_a_sound_course_shows_nothing_raw(base: str, tmp_path: Path) -> None:
    make_case(Case(base, (), "show"), tmp_path)
    pages = dict(render_pages(read_course(tmp_path, load_widgets(tmp_path)), tmp_path))
    assert len(pages) > 20
    assert [(name, raw) for name, html in pages.items() for raw in (*find_raw(html), *find_dangers(html))] == []
