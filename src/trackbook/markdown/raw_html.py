"""Raw HTML in Markdown: the elements that it opens, where their attributes stand, and the links among these."""

import re
from collections.abc import Iterable, Iterator
from html import unescape
from html.parser import HTMLParser
from itertools import accumulate

from markdown_it.token import Token

from trackbook.markdown.places import ContentPlaces
from trackbook.model import Attribute, Element, Link, Source

_OPENS = re.compile(r"<[a-zA-Z]")
_NAME = re.compile(r"<([a-zA-Z][^\s/>]*)")
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>][^\s>]*)))?""")

_ADDRESSES = {
    **dict.fromkeys(("a", "area"), ("href",)),
    **dict.fromkeys(("img", "audio", "source", "track", "iframe", "embed"), ("src",)),
    **{"video": ("src", "poster"), "object": ("data",)},
    **dict.fromkeys(("image", "use"), ("href", "xlink:href")),
    **dict.fromkeys(("body", "table", "tr", "td", "th"), ("background",)),
    **{"input": ("src", "formaction"), "button": ("formaction",), "link": ("href",), "script": ("src",)},
}
"""The attributes that hold an address, by element."""
_IMAGES = {("img", "src"), ("video", "poster")}
_CANDIDATE = re.compile(r"[\s,]*(\S*[^\s,])(?:\s[^,]*)?")
"""One of the addresses of a `srcset`, with what says when it is for."""


def read_html(token: Token, places: ContentPlaces, line: int) -> list[Element]:
    """The elements of the block that a token is, which begins in `line`; `places` finds their attributes."""
    if token.type != "inline":
        html = token.content if token.type == "html_block" else token.info
        return [_place(element, 0, places) for element in list_elements(html, line)]
    found: list[Element] = []
    for child in token.children or ():
        if child.type == "html_inline":
            start = int(child.meta.get("start", 0))
            pieces = list_elements(child.content, line + token.content.count("\n", 0, start))
            found += [_place(element, start, places) for element in pieces]
    return found


def list_html_links(elements: Iterable[Element], path: str, block_end: int) -> Iterator[Link]:
    """The addresses among the attributes of elements; the block around them has ended at `block_end`."""
    for element in elements:
        for address in _list_own(element):
            source, image = Source(path, address.line), (element.tag, address.name) in _IMAGES
            yield Link(address.value.strip(), "", "", source, image, address.span, block_end, raw=True)


def list_addresses(html: str) -> Iterator[Attribute]:
    """The attributes that hold an address, with the spans of their values in the HTML."""
    for element in list_elements(html):
        yield from _list_own(element)


def _list_own(element: Element) -> Iterator[Attribute]:
    """Each attribute of an element that holds an address; one of a `srcset` for each."""
    for name in _ADDRESSES.get(element.tag, ()):
        if address := element.get(name):
            yield address
    if element.tag in ("img", "source") and (several := element.get("srcset")):
        first = several.span[0] if several.span else 0
        for found in _CANDIDATE.finditer(several.value):
            span = (first + found.start(1), first + found.end(1)) if several.span else None
            yield several._replace(value=found[1], span=span)


def _place(element: Element, start: int, places: ContentPlaces) -> Element:
    """The element with the places of its attributes in the page; `start` is its own in the block."""

    def place(attribute: Attribute) -> Attribute:
        first, last = attribute.span or (0, 0)
        return attribute._replace(span=places.place((start + first, start + last)))

    return element._replace(attributes=tuple(map(place, element.attributes)))


def list_elements(html: str, first_line: int = 1) -> list[Element]:
    """Every element that a piece of HTML opens, in order; the text of scripts, styles and comments holds none.

    Lines count from `first_line`; spans of values are offsets in `html`.
    """
    if not _OPENS.search(html):
        return []
    if "<!--" in html:  # as browsers read it, and each sign in its place
        html = html.replace("<!-->", "     ").replace("<!--->", "      ").replace("--!>", "--> ")
    reader = _Reader(html, first_line)
    html = html[: html.rfind(">") + 1]  # what follows is no whole tag, and takes the square of its length to find out
    reader.feed(html if html.rfind("<!--") <= html.rfind("-->") else f"{html}-->")  # it takes an open comment for text
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
