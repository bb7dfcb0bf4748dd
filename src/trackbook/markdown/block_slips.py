"""Blocks that came out as something else than what is meant."""

import re
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from textwrap import dedent

from markdown_it.rules_block.table import escapedSplit
from markdown_it.token import Token

from trackbook.model import Slip

_QUOTED = re.compile(r"^(?:[ ]*>)+[ ]?")
_SENTENCE = re.compile(
    r"""(?:[*_"“(\[]*[^\W\d_](?:[\w’'/-]|(?<=\w)\.(?=\w))*[*_"”)\]]*(?:\([^()\s]*\))?[,;:.!?]*\s+){2,}[^\n]*[.!?:][*_"”)]*\s*"""
)
_OF_CODE = re.compile(r"[={}<>$\\|#;~]|\w\(|://|^[ ]*[-/]", re.MULTILINE)
_WATCHED = frozenset(
    ("heading_open", "tr_open", "code_block", "container_open", "fenced_container_open", "blockquote_open")
)
"""Blocks that may have come out otherwise than they are meant."""
_CAPTIONS = frozenset(("caption", "figure-caption", "table-caption"))
"""Blocks between slashes that every course knows."""
_OPTION = r"(?:type:[ ]*[\w-]+[ ]*|attrs:[ ]*(?:\{[^{}\n]*\}[ ]*|(?:\n[ ]+[\w-]+:[^\n]*)+))"
_OPTIONS = re.compile(rf"{_OPTION}(?:\n{_OPTION})?")
"""What they take between their head and their text."""
_OPENING_LINE = re.compile(r"(?:!!!|\?\?\?\+?)[ ]*[\w -]*(?P<title>\".*\")?")
_KINDS = {
    *("note", "abstract", "summary", "tldr", "info", "todo", "tip", "hint", "important", "success", "check", "done"),
    *("question", "help", "faq", "warning", "caution", "attention", "failure", "fail", "missing", "danger", "error"),
    *("bug", "example", "quote", "cite", "seealso", "snippet"),
}
"""What callouts have a look for."""
_NEAR = 0.8
_ALERT = re.compile(r"\[!(?P<kind>[\w-]+)\]")
_META = re.compile(r"[\w-]+:[ ]\S")
_LONG_HEADING = 6
"""Words."""


def list_block_slips(tokens: Sequence[Token], lines: Sequence[str], first_line: int) -> Iterator[Slip]:
    """Blocks that are not what their author means."""
    columns = 0
    for index, token in enumerate(tokens):
        if token.type not in _WATCHED or not token.map:
            continue
        following = tokens[index + 1] if index + 1 < len(tokens) else token
        first, last = token.map
        if token.type == "heading_open" and token.markup in ("-", "="):
            yield from _find_setext(following.content, lines, (first, last), first_line + first)
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
        elif token.type == "container_open":
            yield from _find_misspelt(token.info, token.info.strip("!?+ ").partition('"')[0], first_line + first)
            if following.type == "container_close":
                yield from _find_empty(token, lines, last, first_line + first)
        elif token.type == "blockquote_open" and (alert := _ALERT.search(lines[first])):
            yield from _find_misspelt(alert[0], alert["kind"], first_line + first)
        elif token.type == "fenced_container_open":
            yield from _find_unknown(token.info, first_line + first)


def _find_setext(text: str, lines: Sequence[str], place: tuple[int, int], line: int) -> Iterator[Slip]:
    first, last = place
    under = lines[last - 1].strip(" >\n")
    below = lines[last].strip() if last < len(lines) else ""
    short = len(under) <= 3 and (bool(below) or len(text.split()) >= _LONG_HEADING or len(under) == 1)
    above = next((line for line in reversed(lines[:first]) if line.strip()), "")
    short = short or (above.strip() == "---" and _META.match(text) is not None)  # front matter that is none
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


def _find_unknown(head: str, line: int) -> Iterator[Slip]:
    """A block between slashes of which nothing comes, as its name is unknown or its options are."""
    opening, _, options = head.partition("\n")
    name = opening.strip("/ ").partition("|")[0].strip()
    if name not in _CAPTIONS:
        yield Slip("slashes", opening, line, name)
    elif options and not _OPTIONS.fullmatch(dedent(options).rstrip()):
        yield Slip("options", opening, line, options.strip().split("\n")[0])


def _find_misspelt(head: str, kinds: str, line: int) -> Iterator[Slip]:
    """A callout whose kind is nearly one that has a look; others may be a course's own."""
    names = kinds.lower().split()
    if names and not set(names) & {*_KINDS, *(f"{kind}s" for kind in _KINDS)}:
        for meant in get_close_matches(names[0], sorted(_KINDS), 1, _NEAR):
            yield Slip("kind", head, line, meant)
