"""Which cards of a module ask the same in other words."""

import pytest

from trackbook.model import Concept, Source
from trackbook.publishing.siblings import list_siblings

CASES = {
    "a definition and a question about it alone": (["What is a gate?", "concept#gates"], [(0, 1)]),
    "a question that names two concepts": (["What do gates do to fading memory?", "concept#gates"], []),
    "a question that names none": (["What is left?", "concept#gates"], []),
    "two questions about one concept": (["What is a gate?", "Why a gate?", "concept#gates"], [(0, 2), (1, 2)]),
    "a card and its reverse": (["What is left?", "What is left?-reverse", "concept#gates"], [(0, 1)]),
    "a concept without its card here": (["What is a gate?"], []),
}


@pytest.mark.parametrize("case", CASES)
def test_siblings(case: str) -> None:
    names, pairs = CASES[case]
    source = Source("lessons/course.yml", 1)
    concepts = [
        Concept("gates", "gates", "What lets through.", "track", source, match=("gate",)),
        Concept("fading-memory", "fading memory", "What is lost.", "track", source),
    ]
    assert [*list_siblings({name: name for name in names}, concepts)] == pairs
