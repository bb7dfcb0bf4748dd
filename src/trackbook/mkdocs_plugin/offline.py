"""What each track needs to be read without a network: a manifest a track, made when the whole site is there."""

import hashlib
import json
import posixpath
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from selectolax.lexbor import LexborHTMLParser

from trackbook.mkdocs_plugin.resources import list_resources
from trackbook.publishing import SiteSource
from trackbook.publishing.addresses import CARDS, DECK, NAMES, address, locate_manifest
from trackbook.reading.dates import UNKNOWN


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file as a browser asks for it: its address below the site's root, SHA-256 and bytes."""

    address: str
    hash: str
    size: int


def write_manifests(folder: Path, site: SiteSource, dates: Mapping[str, str], assets: Iterable[str]) -> None:
    """Write `offline/<track>.json` into the built site, for each track with a page beside its own.

    `dates` are the days that pages changed, by uri; `assets` the theme's files that any page may load later.
    """
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    shared = _list_shared(site)
    core = {*_list_needed(folder, shared, files), *filter(_is_loaded, assets), NAMES, DECK}
    for track, uris in list_tracks(site).items():
        own = [*uris, *_list_moved(site, set(map(address, uris)))]
        cards = {path for path in files if path.startswith(f"{CARDS}{track}/")}
        paths = core | cards | _list_needed(folder, own, files)
        kept = [_measure(folder, path) for path in sorted(paths & files)]
        page = site.pages[uris[0]]
        manifest = {
            "title": str(page.meta["html_title"]),
            "updated": _find_newest(dates[uri] for uri in uris),
            "bytes": sum(file.size for file in kept),
            "files": {file.address: [file.hash, file.size] for file in kept},
        }
        version = hashlib.sha256(json.dumps(manifest).encode()).hexdigest()[:16]
        path = folder / locate_manifest(track)
        path.parent.mkdir(exist_ok=True)
        text = json.dumps({"version": version, **manifest}, ensure_ascii=False, separators=(",", ":"))
        path.write_text(text, encoding="utf-8")


def list_tracks(site: SiteSource) -> dict[str, list[str]]:
    """The uris of each track's pages, its own first; tracks with nothing written are left out."""
    tracks: dict[str, list[str]] = {}
    for uri, page in site.pages.items():
        if track := page.meta.get("track"):
            tracks.setdefault(str(track), []).append(uri)
    for uris in tracks.values():
        uris.sort(key=lambda uri: site.pages[uri].meta["kind"] != "track")
    return {track: uris for track, uris in tracks.items() if len(uris) > 1}


def _is_loaded(asset: str) -> bool:
    return asset.endswith((".js", ".css", ".woff2", ".wasm", ".json"))


def _list_shared(site: SiteSource) -> list[str]:
    """The home page, and the lists that no author wrote: they stand around every track."""
    return [
        uri
        for uri, page in site.pages.items()
        if page.meta.get("kind") == "home" or not (page.source or page.meta.get("track"))
    ]


def _list_moved(site: SiteSource, addresses: set[str]) -> list[str]:
    """Pages at former addresses that lead to one of these: bookmarks open without a network too."""
    moved = []
    for path, html in site.texts.items():
        link = LexborHTMLParser(html).css_first("body a[href]") if path.endswith("/index.html") else None
        target = posixpath.normpath(posixpath.join(posixpath.dirname(path), (link and link.attributes["href"]) or ""))
        if f"{target}/" in addresses:
            moved.append(path)
    return moved


def _list_needed(folder: Path, uris: Iterable[str], files: set[str]) -> set[str]:
    pages = {_locate_page(uri) for uri in uris} & files
    return pages.union(*(list_resources(folder, page, files) for page in pages))


def _locate_page(uri: str) -> str:
    return f"{address(uri)}index.html" if uri.endswith(".md") else uri


def _measure(folder: Path, path: str) -> KeptFile:
    content = (folder / path).read_bytes()
    page = path == "index.html" or path.endswith("/index.html")
    # A host may lead from index.html to the folder, and a redirect is not kept.
    return KeptFile(
        quote(path.removesuffix("index.html") if page else path), hashlib.sha256(content).hexdigest(), len(content)
    )


def _find_newest(dates: Iterable[str]) -> str | None:
    newest = max(dates, default=UNKNOWN)
    return None if newest == UNKNOWN else newest
