"""Marks that open something and never close it, and blocks that came out as something else than what is meant."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from markdown_it.rules_block.table import escapedSplit
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from trackbook.markdown.leftovers import blank_taken
from trackbook.model import Slip

_MATCHED = re.compile(
    r"(?<![=\w])==(?![=\s]).+?(?<![=\s])==(?!=)|(?<!\^)\^\^(?![\^\s]).+?(?<![\^\s])\^\^(?!\^)", re.DOTALL
)
_OTHERS = re.compile(r"(?<![\w=])==(?=\w)|(?<![\w^])\^\^(?=\w)|(?<![\w+])\+\+(?:[a-z]+\+)+[a-z0-9]+\b(?!\+)")
"""What opens in Python-Markdown alone: `==marked==`, `^^put in^^`, `++ctrl+c++`."""
_APART = re.compile(r"(?<!\S)(\*\*|__) (?=[^\n*_]*[^\W\d_]{2})[^\n*_]+ \1(?!\S)")
"""Spaces just inside of the marks, with words between: no power, no product."""
_CODE_LIKE = re.compile(r"\*{1,2}(?:args|kwargs|kw)\b|_{1,2}\w+[_.(\d]|_{1,2}\w+\b(?=\()|\*+[./\\(]")
_BEFORE, _AFTER = "([{\"'“‘„«—–-:,", "([{\"'“‘„«`!$\\"
_OPENING_LINE = re.compile(r"(?:!!!|\?\?\?\+?)[ ]*[\w -]*(?P<title>\".*\")?")
_DASHES = re.compile(r"^[ ]*\|?[ ]*:?-+:?[ ]*\|[ :|-]*$", re.MULTILINE)
_ROWS = re.compile(r"^[ ]*\|[^\n]*\|[ ]*\n[ ]*\|[^\n]*\|[ ]*$", re.MULTILINE)
_QUOTED = re.compile(r"^(?:[ ]*>)+[ ]?")
_SENTENCE = re.compile(
    r"""(?:[*_"“(\[]*[^\W\d_](?:[\w’'/-]|(?<=\w)\.(?=\w))*[*_"”)\]]*(?:\([^()\s]*\))?[,;:.!?]*\s+){2,}[^\n]*[.!?:][*_"”)]*\s*"""
)
_OF_CODE = re.compile(r"[={}<>$\\|#;~]|\w\(|://|^[ ]*[-/]", re.MULTILINE)
_WATCHED = frozenset(("heading_open", "tr_open", "code_block", "container_open"))
"""Blocks that may have come out otherwise than they are meant."""
_LONG_HEADING = 6
"""Words."""


def noting_marks(rule: Any, signs: str) -> Any:
    """The rule for emphasis or for what is struck, which also notes where each of its signs stands."""

    def noted(state: StateInline, silent: bool) -> bool:
        start = state.pos
        if state.src[start] not in signs or not rule(state, silent):
            return False
        if not silent:
            at = state.pos
            for token in reversed(state.tokens):
                if at <= start or token.type != "text":
                    break
                at -= len(token.content)
                token.meta = {"start": at}
        return True

    return noted


def note_unclosed(state: StateInline) -> None:
    """A rule of the parser: the places of the signs that no emphasis came of."""
    for token in state.tokens:
        if token.type == "text" and token.meta and token.content:
            start = token.meta["start"]
            state.env.setdefault("unclosed", {}).setdefault(state.src, []).extend(
                range(start, start + len(token.content))
            )


def list_text_slips(token: Token, environment: Mapping[str, Any], line: int) -> Iterator[Slip]:
    """What is left open in the text of a block, which begins in `line`."""
    text = token.content
    taken = environment.get("taken", {}).get(text, ())
    places = environment.get("unclosed", {}).get(text, ())
    starts = [*_list_unclosed(text, places)] if places else []
    if "==" in text or "^^" in text or "++" in text or (places and _APART.search(text)):
        rest = _MATCHED.sub(lambda found: "\0" * len(found[0]), blank_taken(text, taken))
        starts += [found.start() for pattern in (_OTHERS, _APART) for found in pattern.finditer(rest)]
    for start in sorted({*starts}):
        yield Slip("emphasis", text[start : start + 30].split("\n")[0], line + text.count("\n", 0, start))
    if "|" in text and "\n" in text:
        rest = blank_taken(text, taken)
        if found := _DASHES.search(rest) or _ROWS.search(rest):
            yield Slip("no table", found[0].strip().split("\n")[0], line + text.count("\n", 0, found.start()))


def _list_unclosed(text: str, places: Sequence[int]) -> Iterator[int]:
    """Where marks begin that open something, or that should close it."""
    known = {*places}
    for start in sorted(known):
        sign = text[start]
        if start - 1 in known and text[start - 1] == sign:
            continue
        first, last = start, start
        while first and text[first - 1] == sign:
            first -= 1
        while text[last : last + 1] == sign:
            last += 1
        before, after = text[max(first - 1, 0) : first], text[last : last + 1]
        size = last - first
        opens = (not before or before.isspace() or before in _BEFORE) and (
            after.isalnum() or (after and after in _AFTER)
        )
        closes = (
            sign in "*~"
            and size == 2
            and before
            and not before.isspace()
            and not after.isalnum()
            and before not in "*/\\("
        )
        is_meant = size <= 3 and (opens or closes) and not (sign == "~" and size == 1)
        if (is_meant or sign == "`") and (closes or not _CODE_LIKE.match(text, first)):
            yield first


def list_block_slips(tokens: Sequence[Token], lines: Sequence[str], first_line: int) -> Iterator[Slip]:
    """Blocks that are not what their author means."""
    columns = 0
    for index, token in enumerate(tokens):
        if token.type not in _WATCHED or not token.map:
            continue
        following = tokens[index + 1] if index + 1 < len(tokens) else token
        first, last = token.map
        if token.type == "heading_open" and token.markup in ("-", "="):
            yield from _find_setext(following.content, lines, last, first_line + first)
        elif token.type == "heading_open" and following.type == "inline" and not following.content.strip():
            yield Slip("nameless", lines[first].strip(), first_line + first, "heading")
        elif token.type == "tr_open":
            if following.type == "th_open":
                columns = _count_cells(lines[first])
            elif (
                lines[first].count("|") > columns + 1 - 2 * (lines[first][0] != "|")
                and (cells := _count_cells(lines[first])) > columns
            ):
                yield Slip("cells", lines[first].strip(), first_line + first, f"{cells} {columns}")
        elif token.type == "code_block" and _is_prose(token.content):
            yield Slip("code", token.content.strip().split("\n")[0], first_line + first)
        elif token.type == "container_open" and following.type == "container_close":
            yield from _find_empty(token, lines, last, first_line + first)


def _find_setext(text: str, lines: Sequence[str], last: int, line: int) -> Iterator[Slip]:
    under = lines[last - 1].strip(" >\n")
    below = lines[last].strip() if last < len(lines) else ""
    short = len(under) <= 3 and (bool(below) or len(text.split()) >= _LONG_HEADING or len(under) == 1)
    if "\n" in text or text.endswith((".", ":", ";", ",", "!")) or text.startswith("![") or short:
        yield Slip("setext", text.rsplit("\n", maxsplit=1)[-1], line, under)


def _count_cells(row: str) -> int:
    cells = escapedSplit(_QUOTED.sub("", row).strip())
    return len(cells) - (cells[:1] == [""]) - (cells[-1:] == [""] and len(cells) > 1)


def _is_prose(text: str) -> bool:
    if "](" in text or re.search(r"(?<!\S)\*\*\w[^*\n]*\*\*", text):
        return True
    return bool(_SENTENCE.match(text.strip())) and not _OF_CODE.search(text)


def _find_empty(token: Token, lines: Sequence[str], last: int, line: int) -> Iterator[Slip]:
    """A callout, fold or tab below which nothing is indented."""
    head = _OPENING_LINE.match(token.info)
    below = last < len(lines) and bool(lines[last].strip(" >\n"))
    if below or not head or not head["title"] or token.info.startswith("???"):
        yield Slip("empty", token.info, line)
