"""The parser, whose rules also note where things stand, and are only tried where they may match."""

import re
from collections.abc import Callable
from functools import cache, lru_cache

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin

_BlockRule = Callable[[StateBlock, int, int, bool], bool]
_PLAIN = ("text", "newline", "emphasis", "strikethrough")
_SIGNS = {
    "newline": "\n",
    "math_inline": "$",
    "escape": "\\",
    "backticks": "`",
    "strikethrough": "~",
    "emphasis": "*_",
    "link": "[",
    "image": "!",
    "footnote_inline": "^",
    "footnote_ref": "[",
    "autolink": "<",
    "html_inline": "<",
    "entity": "&",
}
"""By the name of a rule, the signs of which one stands where it matches."""
_BLOCK_SIGNS = {
    "math_block": "$",
    "fence": "`~",
    "blockquote": ">",
    "hr": "*-_",
    "list": "*+-0123456789",
    "footnote_def": "[",
    "reference": "[",
    "html_block": "<",
    "heading": "#",
}
"""The same for the signs with which a line begins; any other rule may match at any line."""
_SIGN = re.compile(rf"[{re.escape(''.join(_SIGNS.values()))}\]]")
"""What ends plain text: such a sign, or the end of a link's text."""

_MOST_LINKS = 10_000
_NORMAL = re.compile(
    r"(?:https?://[a-z0-9-]{1,60}(?:\.[a-z0-9-]{1,60}){1,3}/)?[\w.-]+(?:/[\w.-]+)*/?(?:#[\w-]+)?", re.ASCII
)
"""An address, relative or of a usual host, that stays as it is."""

_cached_parser: list[MarkdownIt] = []


def load_parser() -> MarkdownIt:
    if not _cached_parser:
        parser = MarkdownIt("commonmark").enable(["table", "strikethrough"]).use(footnote_plugin)
        parser.use(dollarmath_plugin, allow_space=False, allow_digits=False)
        ruler = parser.inline.ruler
        for rule in [rule for rule in ruler.__rules__ if rule.name in ("link", "image")]:
            ruler.at(rule.name, _placing(rule.fn, rule.name))
        for rule in [rule for rule in ruler.__rules__ if rule.name not in _PLAIN]:
            ruler.at(rule.name, _noting(rule.fn))
        _hasten(parser)
        _cached_parser.append(parser)
    return _cached_parser[0]


def _hasten(parser: MarkdownIt) -> None:
    """Let the parser try, at each sign, only the rules that begin with it, and none where there is no sign at all."""
    ruler, by_sign = parser.inline.ruler, dict[str, list[Callable[[StateInline, bool], bool]]]()
    for rule in ruler.__rules__:
        for sign in _SIGNS[rule.name] if rule.enabled and rule.name != "text" else ():
            by_sign.setdefault(sign, []).append(rule.fn)

    def try_rules(state: StateInline, silent: bool) -> bool:
        for rule in by_sign.get(state.src[state.pos], ()):  # noqa: SIM110 (half the time of `any`)
            if rule(state, silent):
                return True
        return False

    def parse_inline(state: StateCore) -> None:
        for token in state.tokens:
            if token.type == "inline":
                token.children = token.children or []
                if _SIGN.search(token.content):
                    parser.inline.parse(token.content, parser, state.env, token.children)
                elif token.content:
                    token.children.append(Token("text", "", 0, content=token.content))

    def normalize(state: StateCore) -> None:
        state.src = state.src.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")

    _hasten_blocks(parser)
    ruler.at("newline", try_rules)
    ruler.enableOnly(["text", "newline"])
    parser.inline.terminator_re = _SIGN
    parser.core.ruler.at("inline", parse_inline)
    parser.core.ruler.at("normalize", normalize)
    normalize_link = lru_cache(_MOST_LINKS)(parser.normalizeLink)
    parser.normalizeLink = lambda url: url if _NORMAL.fullmatch(url) else normalize_link(url)  # type: ignore[method-assign]


def _hasten_blocks(parser: MarkdownIt) -> None:
    ruler = parser.block.ruler

    @cache
    def list_rules(chain: str) -> list[_BlockRule]:
        rules = [rule for rule in ruler.__rules__ if rule.enabled and (not chain or chain in rule.alt)]
        signs = "".join(_BLOCK_SIGNS.values())
        by_sign = {sign: [rule.fn for rule in rules if sign in _BLOCK_SIGNS.get(rule.name, sign)] for sign in signs}
        anywhere = [rule.fn for rule in rules if rule.name not in _BLOCK_SIGNS]

        def try_rules(state: StateBlock, line: int, end: int, silent: bool) -> bool:
            start = state.bMarks[line] + state.tShift[line]
            for rule in by_sign.get(state.src[start : start + 1], anywhere):  # noqa: SIM110
                if rule(state, line, end, silent):
                    return True
            return False

        return [try_rules]

    ruler.getRules = list_rules  # type: ignore[method-assign]


def _placing(rule: Callable[[StateInline, bool], bool], name: str) -> Callable[[StateInline, bool], bool]:
    """The rule, which also notes on its token where in the text the address stands."""

    def placed(state: StateInline, silent: bool) -> bool:
        start, before = state.pos, len(state.tokens)
        if not rule(state, silent):
            return False
        if not silent:
            opening = "image" if name == "image" else "link_open"
            token = next(token for token in state.tokens[before:] if token.type == opening)
            token.meta["start"] = start
            if (span := _address_span(state, start + (name == "image"))) is not None:
                token.meta["span"] = span
        return True

    return placed


def _noting(rule: Callable[[StateInline, bool], bool]) -> Callable[[StateInline, bool], bool]:
    """The rule, which also notes in the environment what part of a block's content it took."""

    def noted(state: StateInline, silent: bool) -> bool:
        start, before = state.pos, len(state.tokens)
        if not rule(state, silent):
            return False
        if not silent and len(state.tokens) > before:
            state.env.setdefault("taken", {}).setdefault(state.src, []).append((start, state.pos))
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
