"""What each track needs to be read without a network: a manifest a track, made when the whole site is there."""

import hashlib
import json
import os
import posixpath
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from urllib.parse import quote

from selectolax.lexbor import LexborHTMLParser

from trackbook.publishing import SiteSource
from trackbook.publishing.addresses import CARDS, DECK, NAMES, address, locate_manifest
from trackbook.reading.dates import UNKNOWN
from trackbook.site.offline.resources import Resources
from trackbook.site.page import MadePage, measure_content
from trackbook.site.search.index import FOLDER


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file as a browser asks for it: its address below the site's root, SHA-256 and bytes."""

    address: str
    hash: str
    size: int


def write_manifests(
    folder: Path,
    site: SiteSource,
    dates: Mapping[str, str],
    assets: Iterable[str],
    made: Mapping[str, MadePage] = MappingProxyType({}),
) -> None:
    """Write `offline/<track>.json` into the built site, for each track with a page beside its own.

    `dates` are the days that pages changed, by uri; `assets` the theme's files that any page may load later; `made`
    what is known of built pages, by their paths: the others are read.
    """
    found = (file.relative_to(folder).as_posix() for file in _walk(folder))
    files = {name for name in found if not name.startswith(f"{FOLDER}/")}  # the index may not be there yet
    resources = Resources(folder, files, {path: page.named for path, page in made.items()})
    core = {*_list_needed(resources, _list_shared(site), files), *filter(_is_loaded, assets), NAMES, DECK}
    moved, cards = _list_moved(site), _list_cards(files)
    measured = {path: _describe(path, *page.measured) for path, page in made.items()}
    measured |= {path: _measure(folder, path) for path in sorted((core & files) - measured.keys())}
    for track, uris in list_tracks(site).items():
        own = [*uris, *(path for uri in uris for path in moved[address(uri)])]
        paths = core | set(cards[track]) | _list_needed(resources, own, files)
        kept = [measured.get(path) or _measure(folder, path) for path in sorted(paths & files)]
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


def _list_moved(site: SiteSource) -> Mapping[str, Sequence[str]]:
    """Pages at former addresses, by the address they lead to: bookmarks open without a network too."""
    moved = defaultdict(list)
    for path in site.texts:
        link = LexborHTMLParser(site.texts[path]).css_first("body a[href]") if path.endswith("/index.html") else None
        if link is not None:
            target = posixpath.join(posixpath.dirname(path), link.attributes["href"] or "")
            moved[f"{posixpath.normpath(target)}/"].append(path)
    return moved


def _list_cards(files: Iterable[str]) -> Mapping[str, Sequence[str]]:
    """The files with what stands on cards, by their tracks."""
    cards = defaultdict(list)
    for path in files:
        if path.startswith(CARDS):
            cards[path.removeprefix(CARDS).partition("/")[0]].append(path)
    return cards


def _list_needed(resources: Resources, uris: Iterable[str], files: Collection[str]) -> set[str]:
    pages = {path for path in map(_locate_page, uris) if path in files}
    return pages.union(*map(resources.list_needed, pages))


def _walk(folder: Path) -> Iterator[Path]:
    return (Path(place) / name for place, _, names in os.walk(folder) for name in names)


def _locate_page(uri: str) -> str:
    return f"{address(uri)}index.html" if uri.endswith(".md") else uri


def _measure(folder: Path, path: str) -> KeptFile:
    return _describe(path, *measure_content((folder / path).read_bytes()))


def _describe(path: str, digest: str, size: int) -> KeptFile:
    """A host may lead from index.html to the folder, and a redirect is not kept."""
    page = path == "index.html" or path.endswith("/index.html")
    return KeptFile(quote(path.removesuffix("index.html") if page else path), digest, size)


def _find_newest(dates: Iterable[str]) -> str | None:
    newest = max(dates, default=UNKNOWN)
    return None if newest == UNKNOWN else newest
