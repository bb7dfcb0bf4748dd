"""One Markdown text to everything that the rest asks about."""

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from markdown_it.token import Token

from trackbook.markdown.block_slips import list_block_slips
from trackbook.markdown.folds import follow_folds
from trackbook.markdown.footnotes import list_footnotes
from trackbook.markdown.formulas import is_formula, list_formulas
from trackbook.markdown.inline import count_read, count_words, number_anchors, read_title
from trackbook.markdown.leftovers import has_marks, list_leftovers, names_something
from trackbook.markdown.links import list_definition_links, list_links, list_referred_images
from trackbook.markdown.parser import has_bare_address, load_parser
from trackbook.markdown.passages import list_definitions, list_passages, list_tables
from trackbook.markdown.places import ContentPlaces, find_line_starts, split_lines
from trackbook.markdown.prose import find_prose
from trackbook.markdown.raw_html import list_html_links, read_html
from trackbook.markdown.slips import list_text_slips
from trackbook.markdown.tags import has_tags, list_tag_slips
from trackbook.model import (
    Definition,
    Element,
    Fence,
    Footnote,
    Formula,
    Heading,
    Leftover,
    Link,
    Passage,
    Slip,
    Source,
    Table,
)

_MARKUP = r"""*_`$<>{\[\]\\&~|^\x00-\x1f\x7f-\xa0\u1680\u2000-\u200f\u2028-\u202f\u205f\u3000\ud800-\udfff\ufeff"""
_PLAIN_LINE = rf"[^\W\d_][^{_MARKUP}]*(?<! )"
_PLAIN = re.compile(rf"(?:{_PLAIN_LINE}(?:\n{_PLAIN_LINE})*)?")
"""A paragraph in which nothing can be markup, or nothing at all."""


_HEADING = re.compile(r"h[1-6]")


class Parsed(NamedTuple):
    """What one Markdown text holds, in reading order."""

    headings: tuple[Heading, ...]
    links: tuple[Link, ...]
    fences: tuple[Fence, ...]
    formulas: tuple[Formula, ...]
    tables: tuple[Table, ...]
    passages: tuple[Passage, ...]
    definitions: tuple[Definition, ...]
    words: int
    prose: str = ""
    elements: tuple[Element, ...] = ()
    leftovers: tuple[Leftover, ...] = ()
    footnotes: tuple[Footnote, ...] = ()
    slips: tuple[Slip, ...] = ()


def parse_markdown(text: str, path: str, first_line: int = 1, *, with_prose: bool = False) -> Parsed:
    """Everything in `text` that the rest asks about. Lines count from `first_line`; spans are offsets in `text`.

    `with_prose` also finds what is prose in it, as `blank_all_but_prose` does.
    """
    # Most texts of widgets are plain: no parser has to find out.
    if _PLAIN.fullmatch(text) and not (has_bare_address(text) or has_marks(text) or names_something(text)):
        passages = (Passage("paragraph", text, first_line),) if text else ()
        return Parsed((), (), (), (), (), passages, (), count_words(text), text if with_prose else "")
    environment: dict[str, Any] = {}
    tokens = load_parser().parse(text, environment)
    lines = split_lines(text)
    starts = find_line_starts(lines)
    titles: list[tuple[str, str]] = []
    headings: list[tuple[int, Source]] = []
    links: list[Link] = []
    fences: list[Fence] = []
    formulas: list[Formula] = []
    elements: list[Element] = []
    leftovers: list[Leftover] = []
    slips: list[Slip] = [*list_block_slips(tokens, lines, first_line)]
    cursors: dict[int, int] = {}
    referred: set[str] = set()
    words = block_end = inside_note = inside_fold = 0
    has_html = False
    for index, token in enumerate(tokens):
        inside_note += token.nesting if token.type.startswith("footnote") else 0
        inside_fold = follow_folds(token, inside_fold)
        line = token.map[0] if token.map else 0
        if token.level == 0 and token.map:
            block_end = token.map[1]
        if token.type == "html_container_open":
            has_html = True
            elements += read_html(token, ContentPlaces(token, text, lines, starts, {}), first_line + line)
        if token.type not in ("fence", "math_block", "html_block", "inline"):
            continue
        source = Source(path, first_line + line)
        formulas.extend(list_formulas(token, source, environment))
        leftovers.extend(list_leftovers(token, environment, source.line))
        if token.type in ("html_block", "inline") and "<" in token.content:
            has_html = has_html or token.type == "html_block" or has_tags(token)
            found = read_html(token, ContentPlaces(token, text, lines, starts, {}), source.line)
            elements += found
            links += list_html_links(found, path, block_end)
        if token.type == "fence" and not is_formula(token):
            fences.append(_read_fence(token, source, line, lines))
        elif token.type == "inline":
            children = token.children or []
            slips.extend(list_text_slips(token, environment, source.line))
            words += 0 if inside_note or inside_fold else count_read(children)  # both are read by choice
            places = ContentPlaces(token, text, lines, starts, cursors) if "](" in token.content else None
            links.extend(list_links(token, source, places, block_end))
            referred.update(list_referred_images(token))
            if level := _read_level(tokens[index - 1]):
                titles.append(read_title(children))
                headings.append((level, source))
    links += list_definition_links(environment.get("references", {}), text, starts, path, first_line, images=referred)
    return Parsed(
        tuple(
            Heading(level, title, anchor, source)
            for (level, source), (title, _), anchor in zip(headings, titles, number_anchors(titles), strict=True)
        ),
        tuple(links),
        tuple(fences),
        tuple(formulas),
        tuple(list_tables(tokens, path, first_line)),
        tuple(list_passages(tokens, first_line)),
        tuple(list_definitions(tokens, path, first_line)),
        words,
        find_prose(text, tokens, environment) if with_prose else "",
        tuple(elements),
        tuple(leftovers),
        tuple(list_footnotes(tokens, environment, first_line)) if "[^" in text else (),
        tuple([*slips, *list_tag_slips(tokens, first_line)] if has_html else slips),
    )


def _read_level(opening: Token) -> int:
    """That of the heading which a token opens, be it by `<h2 markdown>`; else 0."""
    of_text = opening.type == "heading_open" or (opening.type == "html_container_open" and opening.meta["of_text"])
    return int(opening.tag[1]) if of_text and _HEADING.fullmatch(opening.tag) else 0


def _read_fence(token: Token, source: Source, line: int, lines: Sequence[str]) -> Fence:
    language = token.info.split()[0] if token.info.strip() else ""
    end = token.map[1] if token.map else line + 1
    closed = token.level > 0 or (end - line > 1 and lines[end - 1].strip().startswith(token.markup))
    return Fence(language, token.content, source, (line, end), nested=token.level > 0, closed=closed)
