"""The parser, whose rules also note where things stand."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from trackbook.markdown.footnotes import note_definitions
from trackbook.markdown.formula_rules import formula_plugin

_Rule = Callable[[StateInline, bool], bool]
_RULES = {
    "\\": ("math_inline", "escape"),
    "$": ("math_inline",),
    "`": ("backticks",),
    "[": ("link", "footnote_ref"),
    "!": ("image",),
    "^": ("footnote_inline",),
    "<": ("autolink", "html_inline"),
    "&": ("entity",),
}
"""The inline rules by the sign with which they begin, but for those of plain text."""
_PLAIN = ("text", "newline", "emphasis", "strikethrough")
_SIGN = re.compile(rf"[{re.escape(''.join(_RULES))}\n*_~\]]")
"""A text without any of these is plain."""
_NORMAL = re.compile(r"(?:https://[a-z0-9-]{1,60}(?:\.[a-z0-9-]{1,60}){1,3}/)?[\w./-]+(?:#[\w-]+)?", re.ASCII)
"""An address that stays as it is."""


@cache
def load_parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"]).use(footnote_plugin)
    parser.use(formula_plugin)
    parser.core.ruler.before("footnote_tail", "footnote_definitions", note_definitions)
    ruler = parser.inline.ruler
    known = {rule.name: rule.fn for rule in ruler.__rules__}
    ruler.at("escape", _noting({sign: [known[name] for name in names] for sign, names in _RULES.items()}))
    ruler.enableOnly([*_PLAIN, "escape"])
    parser.core.ruler.at("normalize", _normalize)
    parser.core.ruler.at("inline", _parse_inline)
    normalize = parser.normalizeLink
    parser.normalizeLink = lambda url: url if _NORMAL.fullmatch(url) else normalize(url)  # type: ignore[method-assign]
    return parser


def _normalize(state: StateCore) -> None:
    """The parser's own step, without regular expressions."""
    state.src = state.src.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")


def _parse_inline(state: StateCore) -> None:
    """The parser's own step, which does not look closely at plain texts: they are most."""
    for token in state.tokens:
        if token.type == "inline" and _SIGN.search(token.content):
            token.children = token.children or []
            state.md.inline.parse(token.content, state.md, state.env, token.children)
        elif token.type == "inline":
            token.children = [Token("text", "", 0, content=token.content)] if token.content else []


def _noting(rules: Mapping[str, Sequence[_Rule]]) -> _Rule:
    """The rules as one, which also notes what part of a block's content it took, and where a link's address stands."""

    def noted(state: StateInline, silent: bool) -> bool:
        start, before = state.pos, len(state.tokens)
        for rule in rules.get(state.src[start], ()):
            if rule(state, silent):
                break
        else:
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
