"""The parser, whose rules also note where things stand."""

import re
from collections.abc import Callable
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from trackbook.markdown.formula_rules import formula_plugin

_SIGN = re.compile(r"[\n$\\`~*_\[\]!^<&]")
"""With these begin the inline rules: a text without any is plain."""
_PLAIN = ("text", "newline", "emphasis", "strikethrough")


@cache
def load_parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"]).use(footnote_plugin)
    parser.use(formula_plugin)
    ruler = parser.inline.ruler
    for rule in [rule for rule in ruler.__rules__ if rule.name not in _PLAIN]:
        ruler.at(rule.name, _noting(rule.fn))
    parser.core.ruler.at("inline", _parse_inline)
    return parser


def _parse_inline(state: StateCore) -> None:
    """The parser's own step, which does not look closely at plain texts: they are most."""
    for token in state.tokens:
        if token.type == "inline" and _SIGN.search(token.content):
            token.children = token.children or []
            state.md.inline.parse(token.content, state.md, state.env, token.children)
        elif token.type == "inline":
            token.children = [Token("text", "", 0, content=token.content)] if token.content else []


def _noting(rule: Callable[[StateInline, bool], bool]) -> Callable[[StateInline, bool], bool]:
    """The rule, which also notes what part of a block's content it took, and where the address of a link stands."""

    def noted(state: StateInline, silent: bool) -> bool:
        start, before = state.pos, len(state.tokens)
        if not rule(state, silent):
            return False
        if not silent and len(state.tokens) > before:
            state.env.setdefault("taken", {}).setdefault(state.src, []).append((start, state.pos))
            opening = next((token for token in state.tokens[before:] if token.type in ("link_open", "image")), None)
            if opening and state.src[start] in "[!":  # an autolink has no address of its own
                opening.meta["start"] = start
                if span := _address_span(state, start + (opening.type == "image")):
                    opening.meta["span"] = span
        return True

    return noted


def _address_span(state: StateInline, bracket: int) -> tuple[int, int] | None:
    helpers = state.md.helpers
    end = helpers.parseLinkLabel(state, bracket, False)
    if end < 0 or state.src[end + 1 : end + 2] != "(":
        return None
    position = end + 2
    while state.src[position : position + 1].isspace():
        position += 1
    found = helpers.parseLinkDestination(state.src, position, state.posMax)
    if not found.ok:
        return None
    inside = state.src[position : position + 1] == "<"
    return (position + inside, found.pos - inside)
