"""What a page is made of, told from its HTML: blocks with what is around them, their text and its markup."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from selectolax.lexbor import LexborHTMLParser, LexborNode

_AROUND = {"ul", "ol", "li", "blockquote", "table", "thead", "tbody", "tr", "dl", "details", "section", "figure"}
_BLOCKS = sorted(_AROUND | {"p", "div", "pre", "hr", "th", "td", "dt", "dd", "summary", "figcaption"})
_BLOCKS += [f"h{level}" for level in range(1, 7)]
_MARKS = {"em", "strong", "del", "code", "a", "sub", "sup", "mark", "kbd", "img", "br", "input"}
_NAMES = {"markdown-alert": "callout", "admonition": "callout", "footnotes": "notes", "footnote": "notes"}
"""What the classes of containers mean."""
_QUOTES = str.maketrans("“”‘’–—…", "\"\"''--.")


@dataclass(frozen=True, slots=True)
class Block:
    """`around` are containers with the number of each among its siblings, `text` has marks for inline markup."""

    around: tuple[str, ...]
    kind: str
    text: str


def list_blocks(html: str) -> list[Block]:
    """The blocks of an HTML text in reading order."""
    body = LexborHTMLParser(f"<body>{html.strip()}").body  # an element that is never closed would hold the end of it
    assert body
    return [*_walk(body, ())]


def list_anchors(html: str) -> list[str]:
    """The ids of its headings."""
    headings = LexborHTMLParser(html).css("h1, h2, h3, h4, h5, h6")
    return [node.attributes.get("id") or "" for node in headings]


def _walk(node: LexborNode, around: tuple[str, ...], counts: dict[str, int] | None = None) -> Iterator[Block]:
    counts = {} if counts is None else counts
    run: list[str] = []

    def flush() -> Iterator[Block]:
        text = " ".join("".join(run).translate(_QUOTES).split())
        run.clear()
        if text:
            yield Block(around, "text", text)

    for child in node.iter(include_text=True):
        if _is_block(child):
            yield from flush()
            yield from _walk_block(child, around, counts)
        else:
            run.append(_write(child))
    yield from flush()


def _walk_block(node: LexborNode, around: tuple[str, ...], counts: dict[str, int]) -> Iterator[Block]:
    tag, classes = node.tag or "", (node.attributes.get("class") or "").split()
    if tag == "pre":
        code = node.css_first("code")
        found = re.search(
            r"language-([\w#.+-]*)", " ".join(str(one.attributes.get("class")) for one in (node, code or node))
        )
        yield Block(around, f"code {found[1] if found else ''}", node.text().rstrip("\n"))
    elif tag == "hr":
        if "footnotes-sep" not in classes and "footnote" not in (
            node.parent.attributes.get("class") or "" if node.parent else ""
        ):
            yield Block(around, "hr", "")
    elif re.fullmatch(r"h[1-6]|th|td|dt|dd|summary|figcaption", tag):
        kind = tag if tag[0] in "ht" else "text"
        inner = [*_walk(node, around)]
        yield from (Block(block.around, kind if block.kind == "text" else block.kind, block.text) for block in inner)
        if not inner:
            yield Block(around, kind, "")
    elif tag in _AROUND or not _NAMES.keys().isdisjoint(classes):
        name = next((_NAMES[one] for one in classes if one in _NAMES), tag)
        counts[name] = counts.get(name, 0) + 1
        start = f" from {node.attributes['start']}" if tag == "ol" and node.attributes.get("start") else ""
        inner = [*_walk(node, (*around, f"{name} {counts[name]}{start}"))]
        yield from inner
        if not inner and tag in ("li", "blockquote"):
            yield Block((*around, f"{name} {counts[name]}"), "empty", "")
    else:
        yield from _walk(node, around, counts)


def _is_block(node: LexborNode) -> bool:
    """Whether it is no part of a line, or has blocks inside, as an element of somebody's own that is never closed."""
    return (node.tag or "-")[0] != "-" and (node.tag in _BLOCKS or node.css_first(", ".join(_BLOCKS)) is not None)


def _write(node: LexborNode) -> str:
    """Inline HTML with marks of one form for all parsers."""
    tag = "del" if node.tag == "s" else node.tag or ""
    if tag == "-text":
        return node.text_content or ""
    if tag in ("-comment", "_comment", "script", "style"):
        return ""
    attributes, classes = node.attributes, (node.attributes.get("class") or "").split()
    if {"headerlink", "footnote-backref"} & {*classes}:
        return ""
    if (tag == "sup" and (attributes.get("id") or "").startswith("fnref")) or "footnote-ref" in classes:
        return "[^]"
    inside = "".join(_write(child) for child in node.iter(include_text=True))
    if tag not in _MARKS:
        return inside
    told = [unquote(attributes.get(name) or "").rstrip("/") for name in ("href", "src", "alt") if attributes.get(name)]
    return f"⟨{' '.join([tag, *told])}|{inside}⟩"
