"""Raw HTML in Markdown: the elements that it opens, and where their attributes stand."""

import re
from html import unescape
from html.parser import HTMLParser
from itertools import accumulate

from trackbook.model import Attribute, Element

_OPENS = re.compile(r"<[a-zA-Z]")
_NAME = re.compile(r"<([a-zA-Z][^\s/>]*)")
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>][^\s>]*)))?""")


def list_elements(html: str, first_line: int = 1) -> list[Element]:
    """Every element that a piece of HTML opens, in order; the text of scripts, styles and comments holds none.

    Lines count from `first_line`; spans of values are offsets in `html`.
    """
    if not _OPENS.search(html):
        return []
    reader = _Reader(html, first_line)
    reader.feed(html)
    reader.close()
    return reader.elements


class _Reader(HTMLParser):
    """Notes every tag that opens an element, with its place."""

    def __init__(self, html: str, first_line: int) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self._first_line = first_line
        self._starts = [0, *accumulate(len(line) + 1 for line in html.split("\n"))]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs  # they don't say where they stand
        line, column = self.getpos()
        written = self.get_starttag_text() or f"<{tag}>"
        start, line = self._starts[line - 1] + column, self._first_line + line - 1
        name = _NAME.match(written)
        found = _ATTRIBUTE.finditer(written, name.end() if name else 0)
        attributes = (_read_attribute(match, written, line, start) for match in found)
        self.elements.append(Element(name[1] if name else tag, tuple(attributes), line))


def _read_attribute(match: re.Match[str], tag: str, line: int, start: int) -> Attribute:
    """The attribute that was found in a tag, which begins in `line` at the offset `start`."""
    group = next((number for number in (2, 3, 4) if match[number] is not None), 1)
    value = match[group] if group > 1 else ""
    first, last = match.span(group) if group > 1 else (match.end(), match.end())
    line += tag.count("\n", 0, match.start())
    return Attribute(match[1].lower(), unescape(value), line, (start + first, start + last))
