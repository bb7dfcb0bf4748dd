"""The cards of a course: one case a file, each with what its change makes of the sample's cards."""

from collections import Counter
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

import pytest
import yaml
from tests.conftest import TESTS, Change, write_case

from trackbook.publishing.deck import Card, count_cards, list_cards
from trackbook.reading import read_course
from trackbook.widgets import load_widgets

CASES = sorted((TESTS / "cases" / "deck").glob("*.yml"))


def view(card: Card) -> dict[str, object]:
    shown = {field.name: getattr(card, field.name) for field in fields(card)}
    shown |= {"module": card.module.key, "source": f"{card.source.path}:{card.source.line}"}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in shown.items() if value}


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_cards(path: Path, make_course: Callable[[Change], Path], update: bool) -> None:
    case = yaml.safe_load(path.read_text("utf-8"))
    course = read_course(make_course(case["change"]), load_widgets())
    cards = [view(card) for card in list_cards(course)]
    assert {module.key: count_cards(module) for module in course.modules if count_cards(module)} == Counter(
        card["module"] for card in cards
    )
    if update:
        write_case(path, {**case, "cards": cards})
        return
    assert cards == case["cards"]
