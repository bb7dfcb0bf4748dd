"""What reading finds out in a short way is what the long way says, for any text."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from trackbook.markdown import parse_markdown, parsing
from trackbook.reading import pathological

NEVER = re.compile(r"(?!)")


def join(*pieces: str) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(pieces), max_size=14).map("".join)


PROSE = join(*"ab1 .\n-+=:#>)(!\"'_*[]<\t", "’", "\xa0", "word ") | st.text(max_size=30).map(lambda text: f"a{text}")


@given(PROSE)
@example("a::")
@example("import a")
@example("a)=")
def test_plain_texts_need_no_parser(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        short = parse_markdown(text, "page.md", 3)
        patch.setattr(parsing, "_PLAIN", NEVER)
        assert parse_markdown(text, "page.md", 3) == short


@given(join(*"[](`\n\t ", "- ", "> ", "1. ", "x"))
def test_no_pathological_line_is_overlooked(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        for name, most in (("_DEEPEST", 3), ("_MOST_OPEN", 3), ("_LONGEST_RUN", 4)):
            patch.setattr(pathological, name, most)
        patch.setattr(pathological, "_SUSPECT", re.compile(pathological._SUSPECT.pattern.replace("{50}", "{3}")))
        short = pathological.find_pathological_line(text)
        patch.setattr(pathological, "_SUSPECT", re.compile(""))
        assert pathological.find_pathological_line(text) == short
