"""What a text says, block by block, without what is no language: code, formulas, images, addresses. And its tables."""

from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from trackbook.markdown.inline import BREAKS, heading_text
from trackbook.model import STAND_IN, Definition, Passage, PassageKind, Source, Table

_BLOCKS: dict[str, PassageKind] = {"heading_open": "heading", "th_open": "cell", "td_open": "cell"}
_INSIDE: dict[str, PassageKind] = {"footnote": "note", "blockquote": "quote", "list_item": "item"}
_AROUND = tuple(_INSIDE)


def list_passages(tokens: Sequence[Token], first_line: int) -> Iterator[Passage]:
    depth = dict.fromkeys(_INSIDE, 0)
    for index, token in enumerate(tokens):
        if token.nesting:
            if token.type.startswith(_AROUND):
                for name in _INSIDE:
                    depth[name] += token.nesting if token.type.startswith(name) else 0
        elif token.type == "inline" and token.map and (text := _passage_text(token.children or ())).strip():
            around: PassageKind = next((kind for name, kind in _INSIDE.items() if depth[name]), "paragraph")
            kind = _BLOCKS.get(tokens[index - 1].type, around)
            yield Passage(kind, text, first_line + token.map[0])


def list_definitions(tokens: Sequence[Token], path: str, first_line: int) -> Iterator[Definition]:
    """Every item of a list that begins with a term in bold and a colon after it."""
    for item, token in zip(tokens, tokens[2:], strict=False):
        if item.type == "list_item_open" and item.map and token.type == "inline":
            children = [child for child in token.children or () if child.content or child.type != "text"]
            close = next((at for at, child in enumerate(children) if child.type == "strong_close"), 0)
            if close and children[0].type == "strong_open" and children[close + 1 : close + 2]:
                term = " ".join(heading_text(children[1:close]).split())
                if children[close + 1].content.startswith(":"):
                    first, end = item.map
                    yield Definition(term, Source(path, first_line + first), first_line + end - 1)


def list_tables(tokens: Sequence[Token], path: str, first_line: int) -> Iterator[Table]:
    """Tables, by the heads of their columns."""
    header: list[str] = []
    for index, token in enumerate(tokens):
        if token.type == "th_open":
            header.append(tokens[index + 1].content.strip())
        elif token.type == "thead_open":
            header, line = [], token.map[0] if token.map else 0
        elif token.type == "thead_close":
            yield Table(tuple(header), Source(path, first_line + line))


def _passage_text(children: Sequence[Token]) -> str:
    parts, bare = [], False
    for token in children:
        if token.type in ("text", "text_special"):
            parts += [token.content] * (not bare)
        elif token.type in BREAKS:
            parts.append("\n")
        elif token.type == "link_open":
            bare = token.info == "auto"
            parts += [STAND_IN] * bare
        elif token.type == "link_close":
            bare = False
        elif token.type in ("code_inline", "image") or token.type.startswith("math"):
            parts.append(STAND_IN)
    return "".join(parts)
