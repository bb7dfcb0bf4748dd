"""Text as it comes from files, and what is left of it where only prose counts."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trackbook.markdown import blank_all_but_prose, prose
from trackbook.reading.files import Content, decode_text


@pytest.mark.parametrize("data", [b"a\rb\r\nc\n", b"\xef\xbb\xbfa\nb\nc\n", b"a\nb\rc\r"])
def test_line_ends_are_those_of_unix(data: bytes) -> None:
    assert decode_text(Content("x.md", data)) == ("a\nb\nc\n", [])


def test_spaces_outlast_what_is_no_prose() -> None:
    assert blank_all_but_prose("# A b\n\nWords.\n\n- é\n") == "\0 \0 \0\n\nWords.\n\n\0 é\n"


@given(text=st.text(st.sampled_from("a1 \t\n\r\x0b\x1c\x1f\x85é\N{NO-BREAK SPACE}\N{IDEOGRAPHIC SPACE}😀")))
def test_every_sign_but_spaces_is_blanked(text: str) -> None:
    assert prose._blank(text) == re.sub(r"\S", "\0", text)
