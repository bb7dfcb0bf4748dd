"""The parser that tries inline rules only at their signs reads what the parser of the library reads."""

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.gfm_autolink import gfm_autolink_plugin
from tests.conftest import ROOT

from trackbook.markdown.container_rules import container_plugin
from trackbook.markdown.formula_rules import formula_plugin
from trackbook.markdown.parser import _PLAIN, _RULES, load_parser, use_definition_lists

PIECES = [
    *"*_`~[]()!<>&#|\\$^:-+=\n1a",
    "\n\n",
    "    ",
    "---",
    "```",
    "$$",
    "[^1]",
    "](",
    "1. ",
    "- ",
    "> ",
    "<b>",
    "&amp;",
    "https://a.bc",
    "www.d.ef",
    "g@h.ij",
    "!!! note",
    '=== "a"',
    "<div markdown>",
    "</div>",
    ": ",
    "~k~",
]


def make_plain_parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"strikethrough_single_tilde": True}).enable(["table", "strikethrough"])
    parser.use(footnote_plugin, inline=False).use(use_definition_lists).use(formula_plugin).use(container_plugin)
    return parser.use(gfm_autolink_plugin)


def read(parser: MarkdownIt, text: str) -> list[object]:
    """The tokens, without what ours notes on them."""
    tokens = parser.parse(text)
    for token in [*tokens, *(child for block in tokens for child in block.children or ())]:
        token.meta = {name: value for name, value in token.meta.items() if name not in ("start", "span")}
    return [token.as_dict() for token in tokens]


@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_the_same_tokens(text: str) -> None:
    assert read(load_parser(), text) == read(make_plain_parser(), text)


def test_the_same_tokens_of_our_pages() -> None:
    pages = [path for folder in ("lessons", "cheatsheets", "docs") for path in (ROOT / folder).rglob("*.md")]
    assert len(pages) > 50
    for path in pages:
        text = path.read_text("utf-8")
        assert read(load_parser(), text) == read(make_plain_parser(), text), path


def test_every_inline_rule_is_tried_at_some_sign() -> None:
    """One that the table doesn't know would never be tried."""
    listed = {name for names in _RULES.values() for name in names}
    rules = make_plain_parser().inline.ruler.__rules__
    assert {rule.name for rule in rules if rule.enabled} == {*listed, *_PLAIN}
