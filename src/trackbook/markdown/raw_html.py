"""Files that raw HTML shows: pictures, videos, sound, frames."""

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

from markdown_it.token import Token

from trackbook.model import Link, Source

_TAG = re.compile(
    r"""<(video|audio|source|track|object|embed|iframe|img)\b"""
    r"""((?:[^<>"']{1,2000}+|"[^"]{0,2000}+"|'[^']{0,2000}+'){0,60}+)>""",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"""\s(?:src|poster|data)\s*=\s*(?:"([^"]+)"|'([^']+)'|([^\s"'>]+))""", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)


class Block(NamedTuple):
    """A block of a text: where it stands in it, the place of its first line, and the line of the text after it."""

    text: str
    start: int
    end: int
    source: Source
    line_after: int


def list_shown(token: Token, block: Block) -> Iterator[Link]:
    """The files that raw HTML in a block shows. An address in the midst of a quote's marks has no span."""
    if token.type == "html_block":
        yield from _list_addresses(block.text[block.start : block.end], block.start, block)
        return
    at = block.start
    for child in token.children or ():
        if child.type == "html_inline" and _TAG.match(child.content):
            found = block.text.find(child.content, at, block.end)
            at = max(at, found + len(child.content)) if found >= 0 else at
            yield from _list_addresses(child.content, found, block)


def _list_addresses(html: str, at: int, block: Block) -> Iterator[Link]:
    """Those in a piece of HTML that stands at an offset of the text, or nowhere in it where that is -1."""
    for tag in _TAG.finditer(_COMMENT.sub(lambda comment: " " * len(comment[0]), html)):
        for address in _ADDRESS.finditer(tag[2]):
            begin, end = (at + tag.start(2) + place for place in address.span(address.lastindex or 0))
            line = block.source.line + (block.text.count("\n", block.start, begin) if at >= 0 else 0)
            yield Link(
                unescape(address[address.lastindex or 0]),
                "",
                "",
                block.source._replace(line=line),
                image=True,
                span=(begin, end) if at >= 0 else None,
                block_end=block.line_after,
                tag=tag[1].lower(),
            )
