"""What reading finds out in a short way is what the long way says, for any text."""

import re

import pytest
import yaml as pyyaml
from hypothesis import given, settings
from hypothesis import strategies as st

from trackbook.markdown import parse_markdown, parsing, words
from trackbook.reading import tangles, yaml

NEVER = re.compile(r"(?!)")
EXAMPLES = settings(derandomize=True, deadline=None, max_examples=300)


def join(*pieces: str) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(pieces), max_size=14).map("".join)


PROSE = join(*"ab1 .\n-+=:#>)(!\"'_*[]<\t", "’", "\xa0", "word ") | st.text(max_size=30).map(lambda text: f"a{text}")
STRUCTURES = join(
    *"\n -[{?&*'~", "- ", "a: ", "b: ", "1: ", "x", "[1, 2]", "{a, b}", "!!set ", "<<: ", "&a ", "*a", "\x85"
)


@EXAMPLES
@given(join(*"ab1 '-_.\né’") | st.text(max_size=30))
def test_words_are_counted_as_they_are_found(text: str) -> None:
    assert words.count_words(text) == len(words._WORD.findall(text))


@EXAMPLES
@given(PROSE)
def test_plain_texts_need_no_parser(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        short = parse_markdown(text, "page.md", 3)
        patch.setattr(parsing, "_PLAIN", NEVER)
        assert parse_markdown(text, "page.md", 3) == short


@EXAMPLES
@given(STRUCTURES | join("-\n", "a:\n", " ", "  ", "- ", "[", "{"))
def test_no_depth_is_overlooked(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yaml, "_DEEPEST", 5)
        try:
            deep = yaml._find_depth(text) is not None
        except pyyaml.YAMLError:
            return
        assert yaml._may_be_deep(text) or not deep


@EXAMPLES
@given(STRUCTURES | join(*"ab:\n ", "- ", "a: ", "true", "2026-01-01", "2026-13-01", "1e3", "~", "{", "}", "? "))
def test_values_are_the_same_in_the_short_way(text: str) -> None:
    def refuse(*_: object) -> None:
        raise LookupError

    with pytest.MonkeyPatch.context() as patch:
        document, findings = yaml.read_yaml(text, "page.md")
        patch.setattr(yaml._Constructor, "construct_plain", refuse)
        other, others = yaml.read_yaml(text, "page.md")
        assert (repr(other.value), others) == (repr(document.value), findings)


@EXAMPLES
@given(join(*"[](`\n\t ", "- ", "> ", "1. ", "x"))
def test_no_tangle_is_overlooked(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        for name, most in (("_DEEPEST", 3), ("_MOST_OPEN", 3), ("_LONGEST_RUN", 4)):
            patch.setattr(tangles, name, most)
        patch.setattr(tangles, "_SUSPECT", re.compile(tangles._SUSPECT.pattern.replace("{50}", "{3}")))
        short = tangles.find_tangle(text)
        patch.setattr(tangles, "_SUSPECT", re.compile(""))
        assert tangles.find_tangle(text) == short
