"""The parser, whose rules also note where things stand."""

from collections.abc import Callable

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin

_PLAIN = ("text", "newline", "emphasis", "strikethrough")

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
        _cached_parser.append(parser)
    return _cached_parser[0]


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
