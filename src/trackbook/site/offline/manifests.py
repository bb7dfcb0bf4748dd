"""What each track needs to be read without a network: a manifest a track, made when the whole site is there."""

import hashlib
import json
import os
import posixpath
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from urllib.parse import quote

from selectolax.lexbor import LexborHTMLParser

from trackbook.model import name_medium
from trackbook.publishing import SiteSource
from trackbook.publishing.addresses import CARDS, DECK, NAMES, QUESTIONS, WORDS, address, locate_manifest, locate_names
from trackbook.reading.dates import UNKNOWN
from trackbook.site.offline.resources import Resources
from trackbook.site.page import MadePage, locate_page, measure_file
from trackbook.site.search.index import FOLDER
from trackbook.site.site import Site
from trackbook.site.theme import DIAGRAMS

_LOADED = (".js", ".css", ".woff2", ".wasm", ".json")
"""How the theme's files end that any page may load later."""


_MOST_PLAYED = 5_000_000
"""Bytes up to which a recording or a document is kept; a lecture would fill a phone."""


def write_manifests(folder: Path, site: Site, made: Mapping[str, MadePage]) -> None:
    """Write `offline/<track>.json` into the built site, for each track with a page beside its own.

    `made` is what is known of built pages, by their uris: the others are read.
    """
    source, assets = site.source, site.pages.frame.extra["files"]
    built = {locate_page(uri): page for uri, page in made.items()}
    found = (Path(place, name).relative_to(folder) for place, _, names in os.walk(folder) for name in names)
    # The search index may not be there yet.
    files = {path for path in map(Path.as_posix, found) if not path.startswith(f"{FOLDER}/")}
    resources = Resources(folder, files, {path: page.named for path, page in built.items()})

    def list_needed(uris: Iterable[str]) -> set[str]:
        pages = files & {locate_page(uri) if uri.endswith(".md") else uri for uri in uris}
        return pages.union(*map(resources.list_needed, pages))

    @cache
    def measure(path: str) -> tuple[str, int]:
        return built[path].measured if path in built else measure_file(folder / path)

    core = {
        *list_needed(_list_shared(source)),
        *(path for path in assets if path.endswith(_LOADED)),
        NAMES,
        DECK,
        WORDS,
    }
    moved, cards, tracks = _list_moved(source), _list_cards(files), list_tracks(source)
    core |= {locate_names(track.id) for track in source.course.tracks if track.id not in tracks}
    for track, uris in tracks.items():
        paths = (
            core
            | {*cards[track], locate_names(track)}
            | list_needed([*uris, *(path for uri in uris for path in moved[address(uri)])])
        )
        if any(path.startswith(DIAGRAMS) for path in paths):
            paths |= {path for path in files if path.startswith(DIAGRAMS)}
        left = {path: size for path in paths & files if (size := _weigh_played(folder / path)) > _MOST_PLAYED}
        kept = {_describe_address(path): measure(path) for path in sorted((paths & files) - left.keys())}
        newest = max(site.dates[uri] for uri in uris)
        manifest = {
            "title": str(source.pages[uris[0]].meta["html_title"]),
            "updated": None if newest == UNKNOWN else newest,
            "bytes": sum(size for _, size in kept.values()),
            "files": kept,
            **({"without": [len(left), sum(left.values())]} if left else {}),
        }
        version = hashlib.sha256(json.dumps(manifest).encode()).hexdigest()[:16]
        path = folder / locate_manifest(track)
        path.parent.mkdir(exist_ok=True)
        text = json.dumps({"version": version, **manifest}, ensure_ascii=False, separators=(",", ":"))
        path.write_text(text, encoding="utf-8")


def _weigh_played(path: Path) -> int:
    """The bytes of what plays; of all else 0."""
    return path.stat().st_size if name_medium(path.name) else 0


def list_tracks(site: SiteSource) -> dict[str, list[str]]:
    """The uris of each track's pages, its own first; tracks with nothing written are left out."""
    tracks: dict[str, list[str]] = {}
    for uri, page in site.pages.items():
        if track := page.meta.get("track"):
            tracks.setdefault(str(track), []).append(uri)
    for uris in tracks.values():
        uris.sort(key=lambda uri: site.pages[uri].meta["kind"] != "track")
    return {track: uris for track, uris in tracks.items() if len(uris) > 1}


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
    """The files with what stands on cards and in questions, by their tracks."""
    cards = defaultdict(list)
    for path in files:
        if path.startswith((CARDS, QUESTIONS)):
            cards[path.split("/")[2]].append(path)
    return cards


def _describe_address(path: str) -> str:
    """How a browser asks for a file: a host may lead from index.html to the folder, and a redirect is not kept."""
    page = path == "index.html" or path.endswith("/index.html")
    return quote(path.removesuffix("index.html") if page else path)
