"""Links in a page's Markdown: from the files that they name to where these stand on the site."""

import logging
import posixpath
import re
from collections.abc import Callable
from html import escape
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor

from trackbook.markdown import list_addresses, parse_markdown, replace_links
from trackbook.publishing.addresses import link

Message = tuple[int, str]
"""A level of `logging`, and what was said."""
_NAMES = re.compile(r"<[a-z][^<>]*\b(?:href|src|srcset|poster|data|background|formaction)\s*=", re.IGNORECASE)
Exists = Callable[[str], bool]
"""Whether a page or a file of the course stands at a uri."""


def lead_html_on(text: str, uri: str, exists: Exists) -> str:
    """The Markdown of the page at `uri`, whose raw HTML names addresses: for a host that leads on its links alone."""
    if not _NAMES.search(text):
        return text
    links = LinkTreeprocessor(Markdown(), uri, exists)
    found = [each for each in parse_markdown(text, uri).links if each.raw]
    return replace_links(text, found, lambda each: (escape(links.lead_on(each.href)), None))


class LinkTreeprocessor(Treeprocessor):
    """Makes addresses of the uris that links and pictures of the page at `uri` name."""

    def __init__(self, md: Markdown, uri: str, exists: Exists) -> None:
        super().__init__(md)
        self._uri, self._exists = uri, exists
        self.to_anchors: list[tuple[str, str, str]] = []
        self.messages: list[Message] = []

    def run(self, root: Element) -> None:
        for element in root.iter():
            for name in ("href", "src"):
                if (name, element.tag) in (("href", "a"), ("src", "img")) and (href := element.get(name)):
                    element.set(name, self.lead_on(href))
        pieces = self.md.htmlStash.rawHtmlBlocks
        pieces[:] = [
            self._lead_on_in(html) if isinstance(html, str) and _NAMES.search(html) else html for html in pieces
        ]

    def _lead_on_in(self, html: str) -> str:
        """Raw HTML, whose elements name files as links do."""
        parts, done = [], 0
        for address in list_addresses(html):
            if address.span and address.value:
                start, end = address.span
                parts += [html[done:start], escape(self.lead_on(address.value))]
                done = end
        return "".join([*parts, html[done:]])

    def lead_on(self, href: str) -> str:
        """The address on the site of what a page names."""
        parts = urlsplit(href)
        if parts.scheme or parts.netloc or not (parts.path or parts.fragment) or "\x02" in href:
            return href
        folder = "" if href.startswith("/") else posixpath.dirname(self._uri)
        there = posixpath.normpath(posixpath.join(folder, unquote(parts.path).lstrip("/"))) if parts.path else self._uri
        if not self._exists(there):
            self.messages.append((logging.WARNING, f'{self._uri}: "{href}" leads to nothing on the site.'))
            return href
        if parts.fragment:
            self.to_anchors.append((there, parts.fragment, href))
        if not parts.path:
            return href
        return parts._replace(path=link(self._uri, there)).geturl()
