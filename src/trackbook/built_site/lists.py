"""Files of a built site that list others: manifests, sitemaps, feeds, style sheets."""

import json
from collections.abc import Callable, Iterator
from fnmatch import fnmatchcase
from typing import cast
from xml.etree import ElementTree

from trackbook.built_site.html import list_styles
from trackbook.built_site.site import Reference, SiteFile

_ADDRESSES = ("loc", "link", "comments")
_NAMED = ("src", "url", "start_url", "home_page_url", "feed_url", "image", "favicon", "icon")


def read_list(path: str, read_text: Callable[[str], str]) -> SiteFile | None:
    """What the file refers to, when it is a list of a kind that is known."""
    kinds = (read for pattern, read in _READERS.items() if fnmatchcase(path, pattern))
    if (read := next(kinds, None)) is None:
        return None
    try:
        return read(path, read_text(path))
    except json.JSONDecodeError as error:
        return SiteFile(path, trouble=error.lineno)
    except ElementTree.ParseError as error:
        return SiteFile(path, trouble=error.position[0])
    except RecursionError:
        return SiteFile(path, trouble=1)


def _read_styles(path: str, text: str) -> SiteFile:
    return SiteFile(path, tuple(dict.fromkeys(list_styles(text))))


def _read_xml(path: str, text: str) -> SiteFile:
    """A sitemap (https://www.sitemaps.org/protocol.html), an Atom or an RSS feed; of other XML nothing is known."""
    root = ElementTree.fromstring(text)
    if _local(root.tag) not in ("urlset", "sitemapindex", "rss", "feed", "RDF"):
        return SiteFile(path)
    entries = [
        address
        for element in root.iter()
        for address in (
            (element.text or "") if _local(element.tag) in _ADDRESSES else "",
            element.get("href", ""),
            element.get("url", ""),
        )
        if address.strip()
    ]
    return _make_list(path, entries)


def _read_robots(path: str, text: str) -> SiteFile:
    lines = (line.partition(":") for line in text.splitlines())
    return _make_list(path, [value.strip() for name, _, value in lines if name.strip().lower() == "sitemap"])


def _read_manifest(path: str, text: str) -> SiteFile:
    """A web app manifest (https://www.w3.org/TR/appmanifest/) or a JSON feed (https://www.jsonfeed.org/)."""
    return _make_list(path, list(_list_named(json.loads(text))))


def _read_offline_list(path: str, text: str) -> SiteFile:
    """What the service worker keeps of a track: addresses relative to the site's root."""
    data = cast(object, json.loads(text))
    files = data.get("files") if isinstance(data, dict) else None
    return _make_list(path, list(files) if isinstance(files, dict) else [], base="../")


def _list_named(value: object) -> Iterator[str]:
    """The addresses in JSON, by the names that they have there."""
    if isinstance(value, list):
        for one in value:
            yield from _list_named(one)
    elif isinstance(value, dict):
        for name, one in value.items():
            if name in _NAMED and isinstance(one, str):
                yield one
            else:
                yield from _list_named(one)


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _make_list(path: str, addresses: list[str], base: str = "") -> SiteFile:
    return SiteFile(path, tuple(Reference("entry", "", address) for address in dict.fromkeys(addresses)), base)


_READERS: dict[str, Callable[[str, str], SiteFile]] = {
    "*.css": _read_styles,
    "offline/*.json": _read_offline_list,
    "*.xml": _read_xml,
    "*.rss": _read_xml,
    "*.atom": _read_xml,
    "*.webmanifest": _read_manifest,
    "manifest.json": _read_manifest,
    "feed.json": _read_manifest,
    "robots.txt": _read_robots,
}
