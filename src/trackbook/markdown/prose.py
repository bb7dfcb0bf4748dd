"""What of a text is prose."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any

from markdown_it.token import Token

from trackbook.markdown.parser import load_parser
from trackbook.markdown.places import ContentPlaces, find_line_starts, split_lines

_WORD = re.compile(r"\S+")
_BLANK = bytes(code if chr(code).isspace() else 0 for code in range(128)) + bytes(128)
_INSIDE = ("blockquote", "footnote", "container", "fenced_container", "html_container", "dl")
_TAG = re.compile(r"<(?P<close>/?)(?!(?:area|br|col|embed|hr|img|input|link|meta|source|track|wbr)\b)[a-z][^>]*>", re.I)
_MARK = re.compile(r"[`$<>\\\[\]{}|~]")
_BEGINS_BLOCK = ("#", ":", "*[", "!!!", "???", "===", "///", "--8<--")


@lru_cache(4096)
def blank_all_but_prose(text: str) -> str:
    """The text with a NUL in the place of every sign that is not prose; what is left keeps its offset.

    Prose is the plain text of paragraphs and of items of lists: no headings, links, code, images, formulas, HTML,
    quotes, tables, notes or widgets. Lines that another parser might read otherwise are no prose either.
    """
    environment: dict[str, Any] = {}
    return find_prose(text, load_parser().parse(text, environment), environment)


def find_prose(text: str, tokens: Sequence[Token], environment: Mapping[str, Any]) -> str:
    """The same of a text that is parsed already, with the parser's environment."""
    lines = split_lines(text)
    starts = find_line_starts(lines)
    prose = list("".join(map(_blank, lines))[: len(text)])
    cursors: dict[int, int] = {}
    unclear = {number for number, line in enumerate(lines) if "\t" in line}  # as wide as what stands before it
    inside = 0
    for index, token in enumerate(tokens):
        inside += token.nesting if token.type.startswith(_INSIDE) else 0
        if token.type == "html_block":
            inside += sum(-1 if tag["close"] else 1 for tag in _TAG.finditer(token.content))
        elif token.type == "fence" and token.level:
            unclear.update(range(*token.map or (0, 0)))
        elif token.type == "inline":
            signs = _blank_taken(token.content, environment.get("taken", {}).get(token.content, ()))
            if _is_unclear(signs) or any(child.type == "html_inline" for child in token.children or ()):
                unclear.update(range(*token.map or (0, 0)))
            elif inside == 0 and tokens[index - 1].type == "paragraph_open":
                places = ContentPlaces(token, text, lines, starts, cursors)
                for (start, place), (end, _) in pairwise([*places.offsets, (len(signs), 0)]):
                    prose[place : place + end - start] = signs[start:end]
    # Parsers differ most in where blocks end that no blank line parts, so what is unclear makes its neighbors so.
    for first, last in _list_chunks(lines) if unclear else ():
        if not unclear.isdisjoint(range(first, last)):
            start, end = starts[first], min(starts[last - 1] + len(lines[last - 1]), len(text))
            prose[start:end] = "\0" * (end - start)
    return "".join(prose)


def _blank(text: str) -> str:
    """A NUL for every sign that is no space."""
    if text.isascii():
        return text.encode().translate(_BLANK).decode()
    return _WORD.sub(lambda word: "\0" * len(word[0]), text)


def _blank_taken(text: str, taken: Collection[tuple[int, int]]) -> str:
    parts, done = [], 0
    for start, end in sorted(taken):  # one may stand inside another
        parts += [text[done:start], "\0" * (end - max(start, done))]
        done = max(end, done)
    return "".join([*parts, text[done:]])


def _is_unclear(text: str) -> bool:
    """Whether other parsers may not read it as prose: marks are left over, or what begins a block in some."""
    return bool(_MARK.search(text)) or any(line.lstrip(" \t").startswith(_BEGINS_BLOCK) for line in text.split("\n"))


def _list_chunks(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The first and the last line but one of every run of lines that are not blank."""
    first = 0
    for number, line in enumerate([*lines, ""]):
        if not line.strip():
            if first < number:
                yield first, number
            first = number + 1
