"""Formulas as rules of markdown-it."""

import re
from bisect import bisect_left
from operator import attrgetter

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
_BEGIN = re.compile(r"\\begin\{([a-z]+\*?)\}")
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
    spans = known[state.src][0]
    place = bisect_left(spans, state.pos, key=attrgetter("start"))
    if place == len(spans) or spans[place].start != state.pos:
        return False
    span = spans[place]
    if not silent:
        token = state.push("math_inline", "math", 0)
        token.content, token.markup = span.latex, state.src[span.start : span.end]
    state.pos = span.end
    return True


def _read_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A formula on lines of its own, down to the line that ends it; a blank line ends it too."""
    line = read_line(state, start)
    closing = line[:1] in _SIGNS and _find_closing(line)
    if not closing or state.is_code_block(start):
        return False
    found = _find_formula(state, start, end, closing)
    if not found:
        return False
    if not silent:
        state.line = start + found[0].count("\n") + 1
        token = state.push("math_block", "math", 0)
        token.map, token.markup = [start, state.line], "$$"
        token.content = found["dollar"] or found["square"] or found["begin"]
    return True


def _find_closing(line: str) -> str:
    """What ends the formula that a line opens; empty where it opens none."""
    if line.startswith("$$"):
        return "$$"
    if line.startswith("\\["):
        return "\\]"
    opened = _BEGIN.match(line)
    return f"\\end{{{opened[1]}}}" if opened else ""


def _closes(line: str, closing: str) -> bool:
    """Whether a line ends with `closing`, and no backslash before it takes its meaning."""
    text = line.rstrip(" \t")
    before = text.removesuffix(closing)
    return before != text and (len(before) - len(before.rstrip("\\"))) % 2 == 0


def _find_formula(state: StateBlock, start: int, end: int, closing: str) -> re.Match[str] | None:
    """The formula that begins there, down to the first line that ends with `closing`.

    Where none does, it is noted: else a paragraph of openings would be read to its end from each of its lines.
    """
    unclosed = state.env.setdefault("unclosed formulas", {})
    key = (state.src, closing, end, state.blkIndent)
    if start < unclosed.get(key, 0):
        return None
    last = start
    while last < end and (last == start or (not state.isEmpty(last) and state.sCount[last] >= state.blkIndent)):
        if _closes(read_line(state, last)[2 * (last == start) :], closing):
            text = state.getLines(start, last + 1, state.blkIndent, False).lstrip(" ")
            found = _BLOCK.match(text)
            if found or closing in ("$$", "\\]"):
                return found  # a formula between these does not hold its own sign, so a later line would not end it
        last += 1
    unclosed[key] = last
    return None
