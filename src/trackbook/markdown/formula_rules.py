"""Formulas as rules of markdown-it."""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

from trackbook.markdown.container_rules import read_line
from trackbook.markdown.formulas import find_formulas

_BLOCK = re.compile(
    r"""
    (?:\$\$(?P<dollar>(?:\\.|[^\\$]|\$(?!\$))+)\$\$
    |\\\[(?P<square>(?:\\[^\]]|[^\\])+?)\\\]
    |(?P<begin>\\begin\{(?P<kind>[a-z]+\*?)\}(?:\\.|[^\\])+?\\end\{(?P=kind)\})
    )[ \t]*$
    """,
    re.DOTALL | re.VERBOSE | re.MULTILINE,
)
_OPENING = re.compile(r"\$\$|\\\[|\\begin\{[a-z]+\*?\}")
_ESCAPED = re.compile(r"\\[^\]]", re.DOTALL)
_FEW = 32
"""Lines that most formulas do with."""
_SIGNS = ("$", "\\")
"""A formula begins with one of these."""


def formula_plugin(parser: MarkdownIt) -> None:
    """For `MarkdownIt.use`."""
    parser.inline.ruler.before("escape", "math_inline", _read_inline)
    parser.block.ruler.before("fence", "math_block", _read_block, {"alt": ["paragraph", "reference"]})


def _read_inline(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] not in _SIGNS:
        return False
    known = state.env.setdefault("formulas", {})
    if state.src not in known:
        known[state.src] = find_formulas(state.src)
    span = next((span for span in known[state.src][0] if span.start == state.pos), None)
    if span is None:
        return False
    if not silent:
        token = state.push("math_inline", "math", 0)
        token.content, token.markup = span.latex, state.src[span.start : span.end]
    state.pos = span.end
    return True


def _read_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A formula on lines of its own, down to the line that ends it; a blank line ends it too."""
    text = read_line(state, start)
    if text[:1] not in _SIGNS or state.is_code_block(start):
        return False
    opening = _OPENING.match(text)
    found = _find_block(state, start, end, opening[0]) if opening else None
    if not found:
        return False
    if not silent:
        state.line = start + found[0].count("\n") + 1
        token = state.push("math_block", "math", 0)
        token.map, token.markup = [start, state.line], "$$"
        token.content = found["dollar"] or found["square"] or found["begin"]
    return True


def _find_block(state: StateBlock, start: int, end: int, opening: str) -> re.Match[str] | None:
    """The formula that begins here; a few lines are looked at first, of thousands that may all begin one."""
    searched = state.env.setdefault("without_end", {})
    first, last = searched.get((state.src, opening), (0, 0))
    if first <= start < last:
        return None  # what had no end from an earlier line has none from here
    last, most = start + 1, _FEW
    while True:
        while last < min(end, start + most) and not state.isEmpty(last) and state.sCount[last] >= state.blkIndent:
            last += 1
        text = state.getLines(start, last, state.blkIndent, False).lstrip(" ")
        found = _BLOCK.match(text)
        if found or _ends_within_a_line(text, opening):
            return found
        if last < start + most:
            searched[state.src, opening] = (start, last)
            return None
        most *= 2


def _ends_within_a_line(text: str, opening: str) -> bool:
    """Whether signs that would end the formula stand in it, and something behind them: it is none then."""
    inside = _ESCAPED.sub(" ", text.removeprefix(opening))
    return (opening == "$$" and "$$" in inside) or (opening == r"\[" and r"\]" in inside)
