"""What a built page needs beside itself: read from its HTML, and from the styles it loads."""

import posixpath
import re
from collections.abc import Collection, Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser

_LOADED = "link:is([rel~=stylesheet], [rel~=icon], [rel=apple-touch-icon], [rel=manifest], [rel~=preload])"
_USING = f"[src], [srcset], [poster], object[data], use[href], image[href], {_LOADED}"
_NAMES = ("src", "poster", "data", "href")
_DATA = re.compile(r"""\sdata-[\w-]+=["']([^"'\s<>]+\.[a-z0-9]{2,5})["']""")
"""A widget that fetches a file names it in an attribute of its own."""
_URL = re.compile(r"""(?:url\(\s*|@import\s+)["']?([^"')\s;]+)""")


def list_resources(site: Path, page: str, files: Collection[str]) -> set[str]:
    """The site's files that the page (its own path below `site`) needs, those that its styles need included.

    `files` are the paths of all files of the site; what a page names beyond them is not the site's.
    """
    html = (site / page).read_text("utf-8")
    found = {path for path in _resolve(page, _list_addresses(html)) if path in files and not path.endswith(".html")}
    for style in [path for path in found if path.endswith(".css")]:
        addresses = _URL.findall((site / style).read_text("utf-8"))
        found |= {path for path in _resolve(style, addresses) if path in files}
    return found


def _list_addresses(html: str) -> Iterator[str]:
    for node in LexborHTMLParser(html).css(_USING):
        yield from filter(None, (node.attributes.get(name) for name in _NAMES))
        yield from (choice.split()[0] for choice in (node.attributes.get("srcset") or "").split(",") if choice.strip())
    yield from _DATA.findall(html)


def _resolve(page: str, addresses: Collection[str] | Iterator[str]) -> Iterator[str]:
    for address in addresses:
        parts = urlsplit(address)
        if not parts.scheme and not parts.netloc and parts.path:
            yield posixpath.normpath(posixpath.join("/", posixpath.dirname(page), unquote(parts.path))).lstrip("/")
