"""What hastens the parser changes nothing of what it gives."""

from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from tests.conftest import SAMPLE

from trackbook.markdown import parser

SIGNS = list("\n\\`~*_[]!<>&$^()#:-+={}%@|\" '\t\r\0\N{NO-BREAK SPACE}é1a")
PIECES = [
    *(
        "[a](b c)",
        "[a](<b>)",
        "![a[b](c)](d)",
        "[^1]",
        "\n[^1]: a\n",
        "^[a *b*]",
        "[x]",
        "\n\n[x]: y\n",
        "<b>",
        "<!-- a",
    ),
    *(
        "<a@b.c>",
        "<https://a.b>",
        "&amp;",
        "&#1;",
        "\\\\",
        "\\\n",
        "  \n",
        "``a``",
        "$a$",
        "$$\na\n$$",
        "~~a~~",
        "**a**",
    ),
    *("\n# ", "\n* * *\n", "\n__ _\n", "\n===\n", "\n+ ", "\n2. ", "\n1) ", "\n    ", "\n<div>\n"),
    *(
        "\n- ",
        "\n\n",
        "\n> ",
        "\n| a | b |\n| - | - |\n| c ",
        "\n```\n",
        "\n~~~\n",
        "words of a text",
        "[" * 120,
        "*" * 120,
    ),
]


def make(*, hastened: bool) -> MarkdownIt:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parser, "_cached_parser", [])
        if not hastened:
            patch.setattr(parser, "_hasten", lambda _: None)
        return parser.load_parser()


QUICK, SLOW = make(hastened=True), make(hastened=False)


def parse(markdown: MarkdownIt, text: str) -> tuple[list[Any], dict[str, Any]]:
    environment: dict[str, Any] = {}
    return [token.as_dict() for token in markdown.parse(text, environment)], environment.get("taken", {})


@settings(derandomize=True, deadline=None, max_examples=600)
@given(text=st.lists(st.sampled_from([*SIGNS, *PIECES]), max_size=25).map("".join))
@example(text="[a](b) " * 3)
def test_the_same_tokens(text: str) -> None:
    assert parse(QUICK, text) == parse(SLOW, text)


@pytest.mark.parametrize("path", sorted(SAMPLE.rglob("*.md")), ids=lambda path: path.relative_to(SAMPLE).as_posix())
def test_the_same_tokens_of_the_sample(path: Any) -> None:
    text = path.read_text("utf-8")
    assert parse(QUICK, text) == parse(SLOW, text)


BLOCKS = [
    "# a",
    "***",
    "> a",
    "- a",
    "2. a",
    "```",
    "~~~\na",
    "$$\na\n$$",
    "<div>\n*a*",
    "[^n]: a",
    "[x]: y",
    "    a",
    "a\n===",
]


@pytest.mark.parametrize("before", ["", "a\n", "a\n\n", "> a\n", "- a\n", "- a\n\n  "])
@pytest.mark.parametrize("block", BLOCKS)
def test_the_same_blocks(before: str, block: str) -> None:
    text = f"{before}{block}\n\n[x] [^n]"
    assert parse(QUICK, text) == parse(SLOW, text)


def test_every_rule_is_known_by_its_signs() -> None:
    """A rule that the library adds would stay silent."""
    names = [rule.name for rule in SLOW.inline.ruler.__rules__ if rule.enabled and rule.name != "text"]
    assert sorted(names) == sorted(parser._SIGNS)


@settings(derandomize=True, deadline=None, max_examples=300)
@given(address=st.from_regex(parser._NORMAL, fullmatch=True))
def test_a_normal_address_stays_as_it_is(address: str) -> None:
    assert MarkdownIt().normalizeLink(address) == address
