"""The parser, whose rules also note where things stand."""

import re
from collections.abc import Callable, Mapping, MutableMapping, Sequence
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.gfm_autolink import gfm_autolink_plugin

from trackbook.markdown.container_rules import container_plugin, read_line
from trackbook.markdown.footnotes import note_definitions
from trackbook.markdown.formula_rules import formula_plugin
from trackbook.markdown.slips import note_unclosed, noting_marks

_Rule = Callable[[StateInline, bool], bool]
_RULES = {
    "\\": ("math_inline", "escape"),
    "$": ("math_inline",),
    "`": ("backticks",),
    "[": ("link", "footnote_ref"),
    "!": ("image",),
    "<": ("autolink", "html_inline"),
    "&": ("entity",),
    "w": ("gfm_autolink_www",),
    ":": ("gfm_autolink_protocol",),
    "@": ("gfm_autolink_email",),
}
"""The inline rules by the sign with which they begin, but for those of plain text."""
_PLAIN = ("text", "newline", "emphasis", "strikethrough")
_BARE = ("://", "@", "www.", "mailto:", "xmpp:")
"""One stands in every text with an address that becomes a link by itself."""
_SIGN = re.compile(rf"[{re.escape(''.join(set(_RULES) - {*'w:@'}))}\n*_~\]]|{'|'.join(map(re.escape, _BARE))}")
"""A text without any of these is plain."""
_NORMAL = re.compile(r"(?:https://[a-z0-9-]{1,60}(?:\.[a-z0-9-]{1,60}){1,3}/)?[\w./-]+(?:#[\w-]+)?", re.ASCII)
"""An address that stays as it is."""


def has_bare_address(text: str) -> bool:
    """Whether a link may come of an address that nothing marks."""
    return any(map(text.__contains__, _BARE))


@cache
def load_parser(*, bare: bool = False) -> MarkdownIt:
    """The parser of all Markdown. One for inline text with `bare` addresses looks at every `w`, so it is kept apart."""
    parser = MarkdownIt("commonmark", {"strikethrough_single_tilde": True}).enable(["table", "strikethrough"])
    parser.use(footnote_plugin, inline=False).use(use_definition_lists).use(formula_plugin).use(container_plugin)
    rules = _RULES if bare else {sign: names for sign, names in _RULES.items() if sign not in "w:@"}
    if bare:
        parser.use(gfm_autolink_plugin)
    ruler = parser.inline.ruler
    known = {rule.name: rule.fn for rule in ruler.__rules__}
    ruler.at("escape", _noting({sign: [known[name] for name in names] for sign, names in rules.items()}))
    ruler.at("emphasis", noting_marks(known["emphasis"], "*_"))
    ruler.at("strikethrough", noting_marks(known["strikethrough"], "~"))
    parser.inline.ruler2.before("fragments_join", "unclosed", note_unclosed)
    ruler.enableOnly([*_PLAIN, "escape"])
    parser.core.ruler.at("normalize", _normalize)
    parser.core.ruler.at("inline", _parse_inline)
    parser.core.ruler.before("footnote_tail", "footnote_definitions", note_definitions)
    normalize = parser.normalizeLink
    parser.normalizeLink = lambda url: url if _NORMAL.fullmatch(url) else normalize(url)  # type: ignore[method-assign]
    return parser


def parse_blocks(text: str, environment: MutableMapping[str, Any]) -> list[Token]:
    """The blocks of a page, whose inline text is not parsed yet; the environment gets to know its definitions."""
    tokens: list[Token] = []
    parser = load_parser()
    parser.block.parse(_unify_lines(text), parser, environment, tokens)
    return tokens


def parse_inline(text: str, environment: MutableMapping[str, Any]) -> list[Token]:
    """The parts of a text that stands inside a block."""
    if not _SIGN.search(text):
        return [Token("text", "", 0, content=text)] if text else []
    tokens: list[Token] = []
    parser = load_parser(bare=has_bare_address(text))
    parser.inline.parse(text, parser, environment, tokens)
    return tokens


def use_definition_lists(parser: MarkdownIt) -> None:
    """`: what it means` below a term, but not `~ what it means`, which Python-Markdown does not know."""
    parser.use(deflist_plugin)
    rule = next(rule.fn for rule in parser.block.ruler.__rules__ if rule.name == "deflist")

    def read(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        line = start if silent else start + 1
        while line < end and state.isEmpty(line):
            line += 1
        return line < end and read_line(state, line).startswith(":") and rule(state, start, end, silent)

    parser.block.ruler.at("deflist", read, {"alt": ["paragraph", "reference"]})


def _normalize(state: StateCore) -> None:
    """The parser's own step, without regular expressions; signs that Python-Markdown keeps for itself go, too."""
    state.src = _unify_lines(state.src).replace("\2", "\ufffd").replace("\3", "\ufffd")


def _unify_lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")


def _parse_inline(state: StateCore) -> None:
    """The parser's own step, which does not look closely at plain texts: they are most."""
    for token in state.tokens:
        if token.type == "inline":
            token.children = parse_inline(token.content, state.env)


def _noting(rules: Mapping[str, Sequence[_Rule]]) -> _Rule:
    """The rules as one, which also notes what part of a block's content it took, and where a link's address stands."""

    def noted(state: StateInline, silent: bool) -> bool:
        start, before = state.pos, len(state.tokens)
        for rule in rules.get(state.src[start], ()):
            if rule(state, silent):
                break
        else:
            return False
        if not silent and state.src[start] == "`" and len(state.tokens) == before:
            state.env.setdefault("unclosed", {}).setdefault(state.src, []).extend(range(start, state.pos))
        if not silent and len(state.tokens) > before:
            if state.tokens[-1].type == "html_inline":
                state.tokens[-1].meta["start"] = start
            opening = next((token for token in state.tokens[before:] if token.type in ("link_open", "image")), None)
            begin = start
            if opening and state.src[start] in ":@":  # the address began before this sign
                begin = state.pos - len(state.tokens[-2].content)
            state.env.setdefault("taken", {}).setdefault(state.src, []).append((begin, state.pos))
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
