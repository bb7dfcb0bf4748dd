"""What counts as prose, where its sentences end, and how hard they are."""

import time
from importlib.metadata import PackageNotFoundError
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pyphen import Pyphen
from tests.conftest import TESTS

from trackbook.checks import check_course
from trackbook.language.prose import count_syllables, flatten_words, grade_sentences, list_sentences
from trackbook.markdown import parse_markdown
from trackbook.model import STAND_IN, Course, Page, Passage
from trackbook.reading import spelling
from trackbook.reading.spelling import read_misspellings

CASES: list[dict[str, Any]] = yaml.safe_load(
    (TESTS / "cases" / "sentences.yml").read_text("utf-8").replace("␦", STAND_IN)
)
PAGE = """\
# A *title* with `code`

First [linked](x.md) words with $x$ and `code`,
![a picture](x.svg) and <https://example.org/>.[^note]

[^note]: A note.

- An item,
  > a quote in it.

  A second part.

> [!NOTE]
> A callout.

| Head | $x$ |
| --- | --- |
| Cell | `code` |

```python
# no prose
```

$$x$$

<p>no prose</p>
"""


def write(text: str) -> Passage:
    return Passage("paragraph", text, 1)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:20])
def test_sentences_of_a_passage(case: dict[str, Any]) -> None:
    found = [[one.line, len(one.words), one.text] for one in list_sentences(write(case["text"]))]
    assert found == case["sentences"]


def test_passages_of_a_page() -> None:
    passages = [(passage.kind, passage.text, passage.line) for passage in parse_markdown(PAGE, "x.md").passages]
    assert passages == [
        ("heading", f"A title with {STAND_IN}", 1),
        ("paragraph", f"First linked words with {STAND_IN} and {STAND_IN},\n{STAND_IN} and {STAND_IN}.", 3),
        ("item", "An item,", 8),
        ("quote", "a quote in it.", 9),
        ("item", "A second part.", 11),
        ("quote", "[!NOTE]\nA callout.", 13),
        ("cell", "Head", 16),
        ("cell", STAND_IN, 16),
        ("cell", "Cell", 18),
        ("cell", STAND_IN, 18),
        ("note", "A note.", 6),
    ]


def test_definitions_of_a_page() -> None:
    nothing = "- **Not:** one\n- **Nor** this: no\n- *Nor*: this\n"
    text = f"- **Two *words***: what\n  it is,\n  in lines.\n{nothing}1. **$d_k$**: one"
    found = [(one.term, one.source.line, one.last_line) for one in parse_markdown(text, "x.md", 11).definitions]
    assert found == [("Two words", 11, 13), ("d_k", 17, 17)]


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("cat", 1),
        ("memory", 3),
        ("network", 2),
        ("recurrence", 3),
        ("representation", 5),
        ("Positions", 3),
        ("memory" * 9999, 13),
    ],
)
def test_syllables(word: str, count: int) -> None:
    assert count_syllables(word) == count


def test_grade_is_the_formula_of_1975() -> None:
    """8 words in two sentences, with 14 syllables."""
    sentences = list(list_sentences(write("The network has memory. The network has memory.")))
    assert grade_sentences(sentences) == pytest.approx(0.39 * 4 + 11.8 * 14 / 8 - 15.59)
    assert grade_sentences([]) == 0


def test_spelling_rests_without_its_list(monkeypatch: pytest.MonkeyPatch) -> None:
    def find_nothing(name: str) -> None:
        raise PackageNotFoundError(name)

    assert (read_misspellings()["teh"], read_misspellings()["aache"]) == ("the", "cache, ache")
    monkeypatch.setattr(spelling, "distribution", find_nothing)
    read_misspellings.cache_clear()
    assert read_misspellings() == {}
    read_misspellings.cache_clear()


def test_quote_is_one_line() -> None:
    (sentence,) = list_sentences(write(f"It\nis {STAND_IN} and " + "so on and " * 20))
    assert sentence.quote(20) == '"It is … and so on …"'


def test_flattened_words() -> None:
    assert flatten_words("**Key–Value**,  the\n`KV` Cache!") == "key value the kv cache"


@pytest.mark.parametrize(
    "text",
    ["A. " * 100_000, "." * 400_000, ". " * 200_000, "a" * 400_000, "Teh " * 20_000, ":" * 400_000 + " Teh"],
)
def test_hostile_prose_is_read_in_time(text: str) -> None:
    page = Page("docs/x.md", "plain", text, passages=(write(text),))
    begin = time.process_time()
    check_course(Course(plain=(page,), misspellings={"teh": "the"}))
    assert time.process_time() - begin < 10


WORDS = st.text(st.sampled_from("abcdefghijklmnopqrstuvwxyzäßİ'’-1A"), max_size=50)


@given(word=WORDS | st.sampled_from(["Parallelization", "recurrence", "associate", "project", "present", "table"]))
def test_syllables_are_where_pyphen_hyphenates(word: str) -> None:
    hyphens = Pyphen(lang="en_US").positions(word.lower()[:40]) if len(word) > 4 else []
    assert count_syllables(word) == len(hyphens) + 1
