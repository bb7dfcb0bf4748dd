"""What a built page needs beside itself: read from its HTML, and from the styles it loads."""

import posixpath
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser

_LOADED = "link:is([rel~=stylesheet], [rel~=icon], [rel=apple-touch-icon], [rel=manifest], [rel~=preload])"
_USING = f"[src], [srcset], [poster], object[data], use[href], image[href], {_LOADED}"
_NAMES = ("src", "poster", "data", "href")
_DATA = re.compile(r"""data-(?<=\sdata-)[\w-]+=["']([^"'\s<>]+\.[a-z0-9]{2,5})["']""")
"""A widget that fetches a file names it in an attribute of its own. (A pattern that begins with letters is fast.)"""
_URL = re.compile(r"""(?:url\(\s*|@import\s+)["']?([^"')\s;]+)""")


class Resources:
    """What pages of a site need. Each page and each style is looked into once."""

    def __init__(self, site: Path, files: Collection[str], named: Mapping[str, Collection[str]]) -> None:
        """`files` are the paths of all files of the site; what a page names beyond them is not the site's.

        `named` is what `list_named` found in pages, by their paths; others are read.
        """
        self._site, self._files, self._named = site, files, named
        self._list_styled = cache(self._read_style)

    def list_needed(self, page: str) -> set[str]:
        """The site's files that the page (its own path below `site`) needs, those that its styles need included."""
        named = self._named.get(page)
        if named is None:
            named = list_named(page, (self._site / page).read_text("utf-8"))
        found = {path for path in named if path in self._files and not path.endswith(".html")}
        return found.union(*(self._list_styled(path) for path in found if path.endswith(".css")))

    def _read_style(self, style: str) -> set[str]:
        addresses = _URL.findall((self._site / style).read_text("utf-8"))
        return {path for path in _resolve(style, addresses) if path in self._files}


def list_named(page: str, html: str, parsed: LexborHTMLParser | None = None) -> list[str]:
    """The files that the page at this path names, as paths below the site, whether or not they are there."""
    return sorted(set(_resolve(page, _list_addresses(html, parsed or LexborHTMLParser(html)))))


def list_fetched(page: str, html: str) -> set[str]:
    """Of these the ones that widgets fetch."""
    return set(_resolve(page, _DATA.findall(html)))


def _list_addresses(html: str, parsed: LexborHTMLParser) -> Iterator[str]:
    for node in parsed.css(_USING):
        attributes = node.attributes
        yield from filter(None, (attributes.get(name) for name in _NAMES))
        yield from (choice.split()[0] for choice in (attributes.get("srcset") or "").split(",") if choice.strip())
    yield from _DATA.findall(html)


def _resolve(page: str, addresses: Iterable[str]) -> Iterator[str]:
    folder = posixpath.dirname(page)
    for address in addresses:
        parts = urlsplit(address)
        if not parts.scheme and not parts.netloc and parts.path:
            yield posixpath.normpath(posixpath.join("/", folder, unquote(parts.path))).lstrip("/")
