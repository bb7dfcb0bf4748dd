"""Formulas as rules of markdown-it, at the places where `pymdownx.arithmatex` sees them."""

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.common.html_blocks import block_names
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from trackbook.markdown.formulas import find_formulas

_BLOCK = re.compile(
    r"""
    (?:\$\$(?P<dollar>(?:\\.|[^\\])+?)\$\$
    |\\\[(?P<square>(?:\\[^\]]|[^\\])+?)\\\]
    |(?P<begin>\\begin\{(?P<kind>[a-z]+\*?)\}(?:\\.|[^\\])+?\\end\{(?P=kind)\})
    )[ ]*
    """,
    re.DOTALL | re.VERBOSE,
)
_SIGNS = ("$", "\\")
"""A formula begins with one of these."""
_LIST_ITEM = re.compile(r"(?:[*+-]|\d+[.)])\s")
_CALLOUT = re.compile(r"\[!\w+\]\s*")
_ALSO = ("pre", "script", "style", "textarea", "canvas", "math", "video", "output", "progress")
_LIKE_HTML = re.compile(rf"\n[ ]*<(?:/?(?:{'|'.join([*block_names, *_ALSO])})\b|[!?])", re.IGNORECASE)
_WRITE_LT = "write `\\lt` in the place of `<` where a line begins: what follows is taken for HTML"


def formula_plugin(parser: MarkdownIt) -> None:
    """For `MarkdownIt.use`."""
    parser.inline.ruler.before("escape", "math_inline", _read_inline)
    parser.block.ruler.before("fence", "math_block", _read_block, {"alt": ["paragraph"]})


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
        state.push("math_inline", "math", 0).content = span.latex
    state.pos = span.end
    return True


def _read_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if _read_line(state, start)[:1] not in _SIGNS:
        return False
    if not (_follows_title(state, start) or (not silent and _stands_apart(state, start))):
        return False
    for last in _list_ends(state, start, end):
        found = _BLOCK.fullmatch(state.getLines(start, last, state.blkIndent, False).lstrip(" "))
        if found and silent:
            return True
        if found:
            token = state.push("math_block", "math", 0)
            token.block, token.map, token.markup = True, [start, last], "$$"
            token.content = found["dollar"] or found["square"] or found["begin"]
            token.meta["remedy"] = _WRITE_LT if _LIKE_HTML.search(token.content) else ""
            state.line = last
            return True
    return False


def _stands_apart(state: StateBlock, start: int) -> bool:
    """Whether a block of Python-Markdown begins here, whose first sign is that of the line."""
    before = state.tokens[-1].type if state.tokens else "hr"
    around = _list_around(state)
    if before.endswith("_open") and before != "blockquote_open":
        return not around or _begins_block(state, around[0])
    depth = sum(token.type == "list_item_open" or token.type.startswith("footnote_ref") for token in around)
    apart = before in ("heading_close", "hr", "blockquote_open") or state.isEmpty(start - 1)
    return apart and state.sCount[start] == 4 * depth


def _list_around(state: StateBlock) -> list[Token]:
    """The lists and notes that are open around it, with their items, up to the innermost quote."""
    around: list[Token] = []
    for token in state.tokens if state.level else ():
        if token.nesting > 0:
            around.append(token)
        elif token.nesting < 0:
            around.pop()
    quotes = [at for at, token in enumerate(around, 1) if token.type == "blockquote_open"]
    return around[quotes[-1] if quotes else 0 :]


def _begins_block(state: StateBlock, around: Token) -> bool:
    """Whether it is no list right below a paragraph, which Python-Markdown takes for more of that."""
    at = next(at for at, token in enumerate(state.tokens) if token is around)
    line = around.map[0] if around.map else 0
    return at == 0 or state.tokens[at - 1].type != "paragraph_close" or state.isEmpty(line - 1)


def _follows_title(state: StateBlock, start: int) -> bool:
    """Whether it is the first of a callout, right below the line that says its kind."""
    last = [token.type for token in state.tokens[-4:]]
    if last[-3:] == ["paragraph_open", "inline", "paragraph_close"]:  # else that line is being read
        last = last[:-3]
    first = last[-1:] == ["blockquote_open"] and state.line >= start - 1
    return first and bool(_CALLOUT.fullmatch(_read_line(state, start - 1)))


def _read_line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _list_ends(state: StateBlock, start: int, end: int) -> Iterator[int]:
    """The line after the block: at the next blank one, else at the first heading in it."""
    heading = 0
    for line in range(start + 1, end):
        text = _read_line(state, line)
        if not text or (state.sCount[line] < state.blkIndent and _LIST_ITEM.match(text)):
            end = line
            break
        heading = heading or line * text.startswith("#")
    yield from (end, heading) if heading else (end,)
