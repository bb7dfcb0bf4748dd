"""What of a text is prose."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any

from markdown_it.token import Token

from trackbook.markdown.parser import load_parser
from trackbook.markdown.places import ContentPlaces, find_line_starts

_WORD = re.compile(r"\S+")
_INSIDE = ("blockquote", "footnote")
_TAG = re.compile(r"<(?P<close>/?)(?!(?:area|br|col|embed|hr|img|input|link|meta|source|track|wbr)\b)[a-z][^>]*>", re.I)
_READ_OTHERWISE = re.compile(r"[`$<>\\\[\]{}|~]|^[ \t]*(?:#|:|\*\[|!!!|\?\?\?|===|///|--8<--)", re.M)
"""What other parsers may read as something else than prose: marks left over, and what begins a block in some."""


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
    lines = [line + "\n" for line in text.split("\n")]
    starts = find_line_starts(lines)
    kept = list(_WORD.sub(lambda word: "\0" * len(word[0]), text))
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
            places = ContentPlaces(token, lines, starts, cursors)
            signs = _blank_taken(token, environment.get("taken", {}).get(token.content, ()))
            if _READ_OTHERWISE.search("".join(signs)) or any(
                child.type == "html_inline" for child in token.children or ()
            ):
                unclear.update(range(*token.map or (0, 0)))
            elif inside == 0 and tokens[index - 1].type == "paragraph_open":
                for (start, place), (end, _) in pairwise([*places.offsets, (len(signs), 0)]):
                    kept[place : place + end - start] = signs[start:end]
    # Parsers differ most in where blocks end that no blank line parts, so what is unclear makes its neighbors so.
    for first, last in _list_chunks(lines):
        if not unclear.isdisjoint(range(first, last)):
            start, end = starts[first], min(starts[last - 1] + len(lines[last - 1]), len(text))
            kept[start:end] = "\0" * (end - start)
    return "".join(kept)


def _blank_taken(token: Token, taken: Iterable[tuple[int, int]]) -> list[str]:
    signs = list(token.content)
    for start, end in taken:
        signs[start:end] = "\0" * (end - start)
    return signs


def _list_chunks(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The first and the last line but one of every run of lines that are not blank."""
    first = 0
    for number, line in enumerate([*lines, ""]):
        if not line.strip():
            if first < number:
                yield first, number
            first = number + 1
