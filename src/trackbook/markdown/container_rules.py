"""Containers that Material's authors know, as rules of markdown-it: `!!!`, `???`, `===`, `///` and `<div markdown>`."""

import re

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

_WORDS = r"[\w-]+(?:[ ]+[\w-]+)*"
_INDENTED = re.compile(
    rf"""
    (?:!!![ ]?{_WORDS}(?:[ ]+".*?")?
    |\?\?\?\+?[ ]?(?:(?:{_WORDS}[ ]+)?".*?"|{_WORDS})
    |===[!+]*[ ]+(?:".*?"|'.*?')
    )[ ]*
    """,
    re.VERBOSE,
)
"""A line below which what is indented by four spaces is inside."""
_FENCED = re.compile(r"(?P<mark>/{3,})[ ]*(?P<name>[\w-]+)[ ]*(?:\|[ ]*.*?)?[ ]*")
_OPTION = re.compile(r"[\w-]+:(?:\s|$)")
_OPEN = re.compile(
    r"""<(?P<tag>[a-z][a-z0-9-]*)
    (?P<attributes>(?:\s+[^\s"'<>/=]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+))?)*)\s*>""",
    re.IGNORECASE | re.VERBOSE,
)
_IS_MARKDOWN = re.compile(r"\smarkdown(?:\s*=\s*[\"']?(?P<as>\w+))?(?=[\s\"'>]|$)", re.IGNORECASE)
_TEXT_ALONE = re.compile(r"address|dd|dt|legend|li|p|summary|td|th|h[1-6]", re.IGNORECASE)
"""Elements in which `markdown` means inline text."""
_ABBREVIATION = re.compile(r"\*\[[^\]]+\]:.*")
_BREAKS_OFF: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}


def container_plugin(parser: MarkdownIt) -> None:
    """For `MarkdownIt.use`. What is inside comes as tokens of its own, between two of the container."""
    parser.block.ruler.before("fence", "indented_container", _read_indented, _BREAKS_OFF)
    parser.block.ruler.before("fence", "fenced_container", _read_fenced, _BREAKS_OFF)
    parser.block.ruler.before("html_block", "html_container", _read_html, _BREAKS_OFF)
    parser.block.ruler.before("paragraph", "abbreviation", _read_abbreviation, {"alt": ["paragraph"]})


def read_line(state: StateBlock, line: int) -> str:
    """The line without what stands before its text."""
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _read_indented(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    text = read_line(state, start)
    if text[:3] not in ("!!!", "???", "===") or state.is_code_block(start) or not _INDENTED.fullmatch(text):
        return False
    if silent:
        return True
    last = start + 1
    for line in range(start + 1, end):
        if state.isEmpty(line):
            continue
        if state.sCount[line] - state.blkIndent < 4:
            break
        last = line + 1
    inside = state.getLines(start + 1, last, state.blkIndent + 4, False)
    _push(state, "container", text.rstrip(), (start, last), _parse_inside(state, inside, start + 1))
    return True


def _read_fenced(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    text = read_line(state, start)
    opening = None if state.is_code_block(start) else _FENCED.fullmatch(text)
    if not opening:
        return False
    closing = (line for line in range(start + 1, end) if read_line(state, line).rstrip() == opening["mark"])
    last = next(closing, None)
    if last is None:
        return False
    first = start + 1
    while first < last and state.sCount[first] - state.blkIndent >= 4:  # its options
        first += 1
    if first > start + 1 and not _OPTION.match(read_line(state, start + 1)):
        return False
    if silent:
        return True
    inside = state.getLines(first, last, state.blkIndent, False)
    head = "\n".join([text.rstrip(), *state.getLines(start + 1, first, state.blkIndent, False).splitlines()])
    _push(
        state, "fenced_container", head, (start, last + 1), _parse_inside(state, inside, first), markup=opening["mark"]
    )
    return True


def _read_html(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if not read_line(state, start).startswith("<") or state.is_code_block(start):
        return False
    text = state.getLines(start, end, state.blkIndent, False).lstrip(" ")
    opening = _OPEN.match(text)
    wanted = _IS_MARKDOWN.search(opening["attributes"]) if opening else None
    if not opening or not wanted:
        return False
    closing = _find_closing(text, opening)
    if closing is None:
        return False
    if silent:
        return True
    inside, after = text[opening.end() : closing.start()], text[closing.end() :].partition("\n")[0]
    first = start + text.count("\n", 0, opening.end())
    last = start + text.count("\n", 0, closing.end())
    of_text = wanted["as"] == "span" or (wanted["as"] != "block" and _TEXT_ALONE.fullmatch(opening["tag"]) is not None)
    tokens = [_make_text(state, inside, first)] if of_text else _parse_inside(state, inside, first)
    container = _push(state, "html_container", opening[0], (start, last + 1), tokens, markup=closing[0], raw=inside)
    container.tag, container.meta = opening["tag"].lower(), {"of_text": of_text}
    if after.strip():
        state.tokens.extend(_parse_inside(state, after, last))
    return True


def _find_closing(text: str, opening: re.Match[str]) -> re.Match[str] | None:
    depth = 1
    tags = re.compile(rf"<(?P<close>/?){re.escape(opening['tag'])}\b[^<>]*>", re.IGNORECASE)
    for tag in tags.finditer(text, opening.end()):
        depth += -1 if tag["close"] else 1
        if depth == 0:
            return tag
    return None


def _read_abbreviation(state: StateBlock, start: int, _: int, silent: bool) -> bool:
    """`*[HTML]: what it means`, which is no text of the page."""
    text = read_line(state, start)
    if not text.startswith("*[") or state.is_code_block(start) or not _ABBREVIATION.fullmatch(text):
        return False
    if not silent:
        token = state.push("abbreviation", "", 0)
        token.map, token.content = [start, start + 1], text
        state.line = start + 1
    return True


def _push(
    state: StateBlock,
    kind: str,
    head: str,
    lines: tuple[int, int],
    inside: list[Token],
    *,
    markup: str = "",
    raw: str = "",
) -> Token:
    """Add a container: `head` is how its author opens it, `markup` how it ends, `raw` what stands between.

    Returns the token that opens it.
    """
    token = state.push(f"{kind}_open", "div", 1)
    token.info, token.content, token.markup, token.map = head, raw, markup, [*lines]
    state.tokens.extend(inside)
    state.push(f"{kind}_close", "div", -1)
    state.line = lines[1]
    return token


def _make_text(state: StateBlock, text: str, first_line: int) -> Token:
    """The text of a container that holds no blocks."""
    line = first_line + len(text) - len(text.lstrip("\n"))
    content = text.strip()
    lines = [line, line + content.count("\n") + 1]
    return Token("inline", "", 0, map=lines, level=state.level + 1, content=content, children=[], block=True)


def _parse_inside(state: StateBlock, text: str, first_line: int) -> list[Token]:
    """The blocks of a part that begins in this line, with their lines on the page."""
    tokens: list[Token] = []
    known = {*state.env.get("references", {})}
    state.md.block.parse(text, state.md, state.env, tokens)
    for token in tokens:
        token.map = [line + first_line for line in token.map] if token.map else None
        token.level += state.level + 1
    for label, definition in state.env.get("references", {}).items():
        if label not in known:
            definition["map"] = [line + first_line for line in definition["map"]]
    return tokens
