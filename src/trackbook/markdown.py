"""The one file that parses Markdown: text to headings, links, fences and formulas, each with its line."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin

from trackbook.model import Fence, Formula, Heading, Link, Source

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_DEFINITION = re.compile(r"\]:\s*(?:<(?P<inside>[^>\n]*)>|(?P<plain>\S+))")
_TITLE = re.compile(r"""\A(?P<close>>?)\s+("[^"]*"|'[^']*'|\([^)]*\))""")
_BREAKS = ("softbreak", "hardbreak")
_PLAIN = ("text", "newline", "emphasis", "strikethrough")
_INSIDE = ("blockquote", "footnote")
_TAG = re.compile(r"<(?P<close>/?)(?!(?:area|br|col|embed|hr|img|input|link|meta|source|track|wbr)\b)[a-z][^>]*>", re.I)
_READ_OTHERWISE = re.compile(r"[`$<>\\\[\]{}|~]|^[ \t]*(?:#|:|\*\[|!!!|\?\?\?|===|///|--8<--)", re.M)
"""What other parsers may read as something else than prose: marks left over, and what begins a block in some."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """What one Markdown text holds, in reading order."""

    headings: tuple[Heading, ...]
    links: tuple[Link, ...]
    fences: tuple[Fence, ...]
    formulas: tuple[Formula, ...]
    words: int


def parse_markdown(text: str, path: str, first_line: int = 1) -> Parsed:
    """Everything in `text` that the rest asks about. Lines count from `first_line`; spans are offsets in `text`."""
    environment: dict[str, Any] = {}
    tokens = _parser().parse(text, environment)
    lines = [line + "\n" for line in text.split("\n")]
    starts = _line_starts(lines)
    headings: list[Heading] = []
    links: list[Link] = []
    fences: list[Fence] = []
    formulas: list[Formula] = []
    words = 0
    anchors: dict[str, int] = {}
    cursors: dict[int, int] = {}
    block_end = inside_note = 0
    for index, token in enumerate(tokens):
        inside_note += token.nesting if token.type.startswith("footnote") else 0
        line = token.map[0] if token.map else 0
        if token.level == 0 and token.map:
            block_end = token.map[1]
        source = Source(path, first_line + line)
        if token.type == "fence":
            language = token.info.split()[0] if token.info.strip() else ""
            end = token.map[1] if token.map else line + 1
            fences.append(Fence(language, token.content, source, (line, end), nested=token.level > 0))
        elif token.type == "math_block":
            formulas.append(Formula(token.content.strip(), True, source))
        elif token.type == "inline":
            children = token.children or []
            words += 0 if inside_note else len(_WORD.findall(_plain_text(children)))  # a note is read by choice
            formulas.extend(_inline_formulas(children, source))
            places = _ContentPlaces(token, lines, starts, cursors)
            links.extend(_inline_links(children, source, places, block_end))
            opening = tokens[index - 1]
            if opening.type == "heading_open":
                title = " ".join(_heading_text(children).split())
                headings.append(Heading(int(opening.tag[1]), title, _next_anchor(title, anchors), source))
    links += _definition_links(environment.get("references", {}), text, starts, path, first_line)
    return Parsed(tuple(headings), tuple(links), tuple(fences), tuple(formulas), words)


def replace_links(text: str, links: Sequence[Link], rewrite: Callable[[Link], tuple[str, str | None]]) -> str:
    """The same Markdown with each link's address, and its title where one is given, as `rewrite` says."""
    spans = {link.span: link for link in links if link.span}
    for (start, end), link in sorted(spans.items(), reverse=True):
        address, title = rewrite(link)
        rest = text[end:]
        if title is not None:
            quoted = title.replace('"', "&quot;")
            rest = _TITLE.sub(lambda found, quoted=quoted: f'{found["close"]} "{quoted}"', rest, count=1)  # type: ignore[misc]
        text = text[:start] + address + rest
    return text


def blank_all_but_prose(text: str) -> str:
    """The text with a NUL in the place of every sign that is not prose; what is left keeps its offset.

    Prose is the plain text of paragraphs and of items of lists: no headings, links, code, images, formulas, HTML,
    quotes, tables, notes or widgets. Lines that another parser might read otherwise are no prose either.
    """
    environment: dict[str, Any] = {}
    tokens = _parser().parse(text, environment)
    lines = [line + "\n" for line in text.split("\n")]
    starts = _line_starts(lines)
    kept = [sign if sign.isspace() else "\0" for sign in text]
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
            places = _ContentPlaces(token, lines, starts, cursors)
            signs = _blank_taken(token, environment.get("taken", {}).get(token.content, ()))
            if _READ_OTHERWISE.search("".join(signs)) or any(
                child.type == "html_inline" for child in token.children or ()
            ):
                unclear.update(range(*token.map or (0, 0)))
            elif inside == 0 and tokens[index - 1].type == "paragraph_open":
                for offset, sign in enumerate(signs):
                    if (place := places.place((offset, offset + 1))) is not None:
                        kept[place[0]] = sign
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


def slug(text: str) -> str:
    """The anchor that GitHub gives a heading: lower case, marks dropped, spaces as hyphens."""
    kept = re.sub(r"[^\w\- ]", "", unicodedata.normalize("NFC", text).strip().lower())
    return kept.replace(" ", "-")


def slugify(text: str, separator: str) -> str:
    """`slug` in the form that Python-Markdown's `toc` extension calls."""
    del separator
    return slug(text)


_cached_parser: list[MarkdownIt] = []


def _parser() -> MarkdownIt:
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


class _ContentPlaces:
    """Maps an offset in an inline token's content, whose indentation is gone, to an offset in the page's text."""

    def __init__(self, token: Token, lines: list[str], starts: list[int], cursors: dict[int, int]) -> None:
        self.offsets: list[tuple[int, int]] = []  # (offset in content, offset in text) of each line's begin
        first = token.map[0] if token.map else 0
        content_offset = 0
        for number, part in enumerate(token.content.split("\n")):
            line = first + number
            if line < len(lines):
                column = lines[line].find(part.strip(), cursors.get(line, 0))
                if column >= 0:
                    lead = len(part) - len(part.lstrip())
                    self.offsets.append((content_offset, starts[line] + column - lead))
                    cursors[line] = column + len(part.strip())
            content_offset += len(part) + 1

    def place(self, span: tuple[int, int] | None) -> tuple[int, int] | None:
        if span is None:
            return None
        begins = [pair for pair in self.offsets if pair[0] <= span[0]]
        if not begins:
            return None
        content, text = begins[-1]
        return (span[0] - content + text, span[1] - content + text)


def _inline_links(children: Sequence[Token], source: Source, places: _ContentPlaces, block_end: int) -> Iterator[Link]:
    line = source.line
    for index, token in enumerate(children):
        if token.type in _BREAKS:
            line += 1
        elif token.type in ("link_open", "image"):
            image = token.type == "image"
            href = str(token.attrs["src" if image else "href"])
            text = token.content if image else _plain_text(_until_close(children, index))
            span = places.place(token.meta.get("span"))
            if "span" in token.meta:  # a reference link takes its address from its definition
                yield Link(
                    href, text, str(token.attrs.get("title", "")), replace(source, line=line), image, span, block_end
                )
            if image and token.children:
                line += sum(child.type in _BREAKS for child in token.children)


def _until_close(children: Sequence[Token], index: int) -> Sequence[Token]:
    end = next((i for i in range(index, len(children)) if children[i].type == "link_close"), len(children))
    return children[index + 1 : end]


def _inline_formulas(children: Sequence[Token], source: Source) -> Iterator[Formula]:
    line = source.line
    for token in children:
        if token.type in _BREAKS:
            line += 1
        elif token.type.startswith("math_inline"):
            yield Formula(token.content, token.type == "math_inline_double", replace(source, line=line))


def _plain_text(children: Sequence[Token]) -> str:
    parts = []
    for token in children:
        if token.type in ("text", "code_inline", "text_special", "image"):
            parts.append(token.content)
        elif token.type in _BREAKS:
            parts.append(" ")
    return "".join(parts)


def _heading_text(children: Sequence[Token]) -> str:
    """A heading's text as anchors are made of it: formulas count, images do not."""
    kept = [token for token in children if token.type != "image"]
    return "".join(token.content if token.type.startswith("math") else _plain_text([token]) for token in kept)


def _definition_links(
    definitions: Mapping[str, Any], text: str, starts: Sequence[int], path: str, first_line: int
) -> Iterator[Link]:
    """A link for each definition that reference links take their address from."""
    for label, definition in definitions.items():
        first, end = definition["map"]
        found = _DEFINITION.search(text, starts[first], starts[end] if end < len(starts) else len(text))
        group = "inside" if found and found["inside"] is not None else "plain"
        span = found.span(group) if found else None
        source = Source(path, first_line + first)
        yield Link(str(definition["href"]), label.lower(), str(definition.get("title") or ""), source, False, span, end)


def _next_anchor(title: str, anchors: dict[str, int]) -> str:
    """The heading's anchor; a repeated one gets `_1`, `_2`, … as Python-Markdown numbers them."""
    anchor = slug(title)
    count = anchors.get(anchor, 0)
    anchors[anchor] = count + 1
    return f"{anchor}_{count}" if count else anchor


def _line_starts(lines: Sequence[str]) -> list[int]:
    starts, offset = [], 0
    for line in lines:
        starts.append(offset)
        offset += len(line)
    return starts
