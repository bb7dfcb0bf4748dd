"""A page that opens as a file: its links name files, its scripts are no modules, and nothing on it needs a server."""

import posixpath
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from trackbook.publishing.addresses import OFFLINE
from trackbook.site.page import locate_page

_REFRESH = re.compile(r"(\s*\d+\s*;\s*url\s*=\s*)(.*)", flags=re.IGNORECASE | re.DOTALL)
_OFFLINE = locate_page(OFFLINE).removesuffix("/index.html")
_WITHOUT_USE = "link[rel=manifest], link[rel=preload], link[rel=modulepreload]"
"""A site that is an app needs a server; fonts that are asked for ahead are refused, and come by their style sheet."""


@dataclass(frozen=True, slots=True)
class Scripts:
    """Paths of plain scripts: the one of all pages, and those of the course's own widgets by their tags.

    `modules` are what these stand for; `single` has for other modules the script of each.
    """

    common: str
    elements: Mapping[str, str]
    modules: Collection[str]
    single: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FilePage:
    """A page's HTML, None where nothing had to change, and addresses of modules on it, which browsers will refuse."""

    html: str | None
    modules: list[str]


def open_as_file(path: str, html: str, files: Collection[str], scripts: Scripts) -> FilePage:
    """The page at this path of the site, which has these `files`."""
    page = LexborHTMLParser(html.rstrip())
    changes = [*_leave_out(page, path), *_name_files(page, path, files), *_put_scripts(page, path, scripts)]
    modules = [node.attributes.get("src") or "" for node in page.css("script[type=module]")]
    return FilePage(f"{page.html}\n" if changes else None, modules)


def _leave_out(page: LexborHTMLParser, path: str) -> Iterator[str]:
    """Take away what has no use, with all that leads to the page on reading offline. Yields what went."""
    offers = [node.parent or node for node in page.css("tb-offline")]
    links = [
        _find_line(link) for link in page.css("a[href]") if _locate(path, link.attributes["href"] or "") == _OFFLINE
    ]
    for node in [*page.css(_WITHOUT_USE), *offers, *links]:
        yield node.tag or ""
        node.decompose()


def _find_line(link: LexborNode) -> LexborNode:
    """What holds the link and nothing else, or the link itself."""
    line = link.parent
    return line if line is not None and line.text(strip=True) == link.text(strip=True) else link


def _name_files(page: LexborHTMLParser, path: str, files: Collection[str]) -> Iterator[str]:
    """Where a link leads to a folder, let it name the page in it. Yields each new address."""
    for node in page.css("[href]"):
        if named := _name_file(path, node.attributes["href"] or "", files):
            node.attrs["href"] = named
            yield named
    for node in page.css("meta[http-equiv=refresh]"):
        told = _REFRESH.fullmatch(node.attributes.get("content") or "")
        if told and (named := _name_file(path, told[2], files)):
            node.attrs["content"] = told[1] + named
            yield named


def _name_file(path: str, address: str, files: Collection[str]) -> str | None:
    there = _locate(path, address)
    if there is None or there in files or posixpath.normpath(f"{there}/index.html") not in files:
        return None
    parts = urlsplit(address)
    return parts._replace(path=f"{parts.path.rstrip('/')}/index.html").geturl()


def _put_scripts(page: LexborHTMLParser, path: str, scripts: Scripts) -> Iterator[str]:
    """Plain scripts in the place of ours that are modules. Yields the address of each."""
    for module in page.css("script[type=module][src]"):
        there = _locate(path, module.attributes["src"] or "") or ""
        if there not in scripts.modules and there not in scripts.single:
            continue
        own = [script for tag, script in scripts.elements.items() if page.css_first(tag)]
        for script in [scripts.single[there]] if there in scripts.single else reversed([scripts.common, *own]):
            node = page.create_node("script")
            node.attrs["defer"] = ""
            node.attrs["src"] = quote(posixpath.relpath(script, posixpath.dirname(path) or "."))
            module.insert_after(node)
            yield script
        module.decompose()


def _locate(path: str, address: str) -> str | None:
    """The file or folder of the site that an address leads to from the page at this path; None for any other."""
    try:
        parts = urlsplit(address)
    except ValueError:  # a host in brackets that is none
        return None
    if parts.scheme or parts.netloc or not parts.path:
        return None
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path)))
