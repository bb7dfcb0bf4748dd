"""What the course owes learners as a whole: practice for each objective, right answers anywhere, the field's words."""

import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.course_data import ROOT

MODULES = sorted(path.parent for path in (ROOT / "lessons").glob("*/*/overview.md"))
OPEN, ITEM = ("exercise", "explain"), re.compile(r"^```(quiz|predict|exercise|explain|worked)\n(.*?)^```", re.M | re.S)
WORDS = {
    "the-deep-learning-era": ["parameter", "ReLU", "overfitting", "epoch", "dropout", "GPU", "top-5"],
    "recurrence": ["vector", "backpropagation through time", "gradient clipping"],
    "attention-in-brief": ["self-attention", "fine-tuning"],
    "embeddings": ["cosine similarity", "matrix multiplication"],
    "query-key-value": ["logit", "standard deviation"],
    "transformer-block": ["residual connection"],
}


@cache
def read_items(module: Path) -> list[tuple[str, dict[str, Any]]]:
    text = "".join((module / page).read_text("utf-8") for page in ("lesson.md", "practice.md"))
    return [(kind, yaml.safe_load(body)) for kind, body in ITEM.findall(text)]


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.name)
def test_each_objective_has_two_items_and_an_open_one(module: Path) -> None:
    objectives = yaml.safe_load((module / "overview.md").read_text("utf-8").split("---")[1])["objectives"]
    items, open_ones = Counter[str](), Counter[str]()
    for kind, item in read_items(module):
        practised = item.get("practises", [])
        for name in [practised] if isinstance(practised, str) else practised:
            items[name] += 1
            open_ones[name] += kind in OPEN
    assert {name for name in objectives if items[name] < 2 or not open_ones[name]} == set()


@pytest.mark.parametrize("choices", [3, 4])
def test_right_answers_stand_anywhere(choices: int) -> None:
    """Over the whole course, each position has its share of them: half of it at least, and not half as much again."""
    found = Counter(
        places[0]
        for module in MODULES
        for kind, item in read_items(module)
        if kind == "quiz" and len(item.get("choices", [])) == choices
        if len(places := [at for at, choice in enumerate(item["choices"]) if choice.get("right")]) == 1
    )
    share = found.total() / choices
    assert all(share / 2 <= found[place] <= share * 1.5 for place in range(choices)), found


@pytest.mark.parametrize(("module", "word"), [(module, word) for module, words in WORDS.items() for word in words])
def test_word_of_the_field_is_introduced_once(module: str, word: str) -> None:
    """In bold or as a promise, in the lesson where it belongs, and it is used after that."""
    lessons = {path.parent.name: path.read_text("utf-8") for path in (ROOT / "lessons").glob("*/*/lesson.md")}
    bold = re.compile(rf"(\*\*|\[){re.escape(word)}s?( error| unit)?(\*\*|\]\(\S+ \"promise)", re.IGNORECASE)
    assert [name for name, text in lessons.items() if bold.search(text)] == [module]
    pages = [path.read_text("utf-8") for folder in ("lessons", "cheatsheets") for path in (ROOT / folder).rglob("*.md")]
    assert sum(bool(re.search(rf"\b{re.escape(word)}", page, re.IGNORECASE)) for page in pages) > 1
