"""Parts of a page that are made already, and the signs that stand for them in its text."""

import re
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.util import ETX, STX

BLOCK = re.compile(rf"{STX}tb-block:(\d+){ETX}")
_COMMENTS = re.compile(r"\s*(?:<!--.*?-->\s*)+", re.DOTALL)
INLINE = re.compile(rf"{STX}tb-inline:(\d+){ETX}")


@dataclass(frozen=True, slots=True)
class Filling:
    """Blocks of text that go into an element."""

    holder: Element
    blocks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """An element and what goes into it or into others below it; without an element, what goes where it stands.

    A `hidden` paragraph is one of a tight list, which has no `<p>` around it.
    """

    element: Element | None
    fillings: tuple[Filling, ...] = ()
    blocks: tuple[str, ...] = ()
    hidden: bool = False


class Pieces:
    """All of one page. `environment` holds what its definitions say, `titles` its headings with their texts."""

    def __init__(self, md: Markdown) -> None:
        self._md = md
        self.clear()

    def clear(self) -> None:
        """Begin another page."""
        self.environment: dict[str, Any] = {}
        self.blocks: list[Block] = []
        self.inline: list[Element] = []
        self.titles: list[tuple[Element, str]] = []

    def add_block(self, block: Block) -> str:
        """The sign that stands for it, a block of text by itself."""
        self.blocks.append(block)
        return f"{STX}tb-block:{len(self.blocks) - 1}{ETX}"

    def add_inline(self, element: Element) -> str:
        """The sign that stands for it in a text."""
        self.inline.append(element)
        return f"{STX}tb-inline:{len(self.inline) - 1}{ETX}"

    def add_html(self, html: str) -> str:
        """The sign that Python-Markdown replaces by it at the end; a comment is for authors, and gets none."""
        return "" if _COMMENTS.fullmatch(html) else str(self._md.htmlStash.store(html))
