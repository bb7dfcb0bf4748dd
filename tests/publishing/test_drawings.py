"""Drawings are published without what does more than draw; all others stay as they are, byte for byte."""

from typing import Any

import pytest
import yaml
from tests.conftest import TESTS

from trackbook.publishing.drawings import clean_drawing
from trackbook.reading.drawings import find_activity

CASES = yaml.safe_load((TESTS / "cases" / "drawings.yml").read_text("utf-8"))
HEAD = b"<?xml version='1.0' encoding='utf-8'?>\n"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_drawing_is_published(case: dict[str, Any]) -> None:
    before = case["before"].encode()
    cleaned = clean_drawing(before)
    if "after" in case:
        assert cleaned.removeprefix(HEAD).decode() == case["after"]
        assert find_activity("a.svg", cleaned) == []
        assert clean_drawing(cleaned) == cleaned
    else:
        assert cleaned == before


def test_entities_that_unfold_without_end_are_not_published() -> None:
    nested = "".join(f'<!ENTITY e{at} "{f"&e{at - 1};" * 10}">' for at in range(1, 12))
    bomb = f'<!DOCTYPE svg [<!ENTITY e0 "x">{nested}]><svg xmlns="http://www.w3.org/2000/svg">&e11;</svg>'
    assert len(clean_drawing(bomb.encode())) < 100
