"""Marks in a text that pages show as it stands are told, and what is only near them is not: cases/plain_texts.yml."""

from typing import Any

import pytest
import yaml
from tests.conftest import TESTS

from trackbook.reading.plain_texts import find_marks
from trackbook.reading.yaml import read_yaml

CASES: dict[str, Any] = yaml.safe_load((TESTS / "cases" / "plain_texts.yml").read_text("utf-8"))


def find(key: str, text: str, *markdown: str) -> list[str]:
    document, _ = read_yaml(yaml.safe_dump({key: text}, allow_unicode=True), "lessons/course.yml")
    return [finding.message for finding in find_marks(document, markdown)]


@pytest.mark.parametrize("case", CASES["told"], ids=lambda case: case["text"])
def test_marks_are_told(case: dict[str, str]) -> None:
    assert find("summary", case["text"]) == [f'"{case["mark"]}" is shown as it stands, since this text is plain.']


@pytest.mark.parametrize("text", CASES["left alone"])
def test_what_is_no_mark_is_left_alone(text: str) -> None:
    assert find("summary", text) == []


def test_only_texts_that_are_plain_are_looked_at() -> None:
    assert find("title", "**x**") != []
    assert find("title", "**x**", "title") == []
    assert find("ask", "**x**") == []
