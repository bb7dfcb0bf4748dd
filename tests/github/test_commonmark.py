"""CommonMark's own examples have the structure that markdown-it-py gives them."""

import pytest
import yaml
from markdown_it import MarkdownIt
from tests.conftest import TESTS
from tests.github.examples import Example, read_examples
from tests.github.rendering import render_ours
from tests.github.structure import list_blocks

_LISTED: dict[str, list[int]] = yaml.safe_load((TESTS / "cases" / "commonmark.yml").read_text("utf-8"))
"""Examples that differ, by the reason."""


@pytest.fixture(scope="module")
def examples() -> list[Example]:
    return read_examples()


def test_all_examples_are_the_same_but_those_that_are_listed_with_a_reason(examples: list[Example]) -> None:
    reference = MarkdownIt("commonmark")
    different = [
        example.number
        for example in examples
        if list_blocks(render_ours(example.markdown, plain=True)) != list_blocks(reference.render(example.markdown))
    ]
    assert different == sorted(number for numbers in _LISTED.values() for number in numbers)


def test_at_least_620_of_652_are_the_same(examples: list[Example]) -> None:
    assert len(examples) == 652
    assert sum(map(len, _LISTED.values())) <= 32
