"""Files that browsers look for at the site's root: icons, the description of the site as an app, its worker."""

import json
from collections.abc import Mapping
from functools import partial

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from trackbook.hashing import fingerprint, hash_parts
from trackbook.mkdocs_plugin.icons import ICONS, draw_icon
from trackbook.mkdocs_plugin.theme import find_theme
from trackbook.model import Track
from trackbook.publishing import SiteSource
from trackbook.publishing.addresses import locate_manifest
from trackbook.store import Store

PAPER = "#fcfbf8"


def add_root_files(files: Files, site: SiteSource, config: MkDocsConfig, store: Store, *, serving: bool) -> None:
    """Add what `files` lack of these: an author's own icon goes before ours.

    While an author writes, nothing can be kept, and a worker of an earlier build ends itself.
    """
    worker = "farewell-worker.js" if serving else "service-worker.js"
    extra = config.extra["trackbook"]
    made: Mapping[str, bytes] = {
        **{name: store.recall(hash_parts("icon", fingerprint(), name), partial(draw_icon, name)) for name in ICONS},
        "manifest.webmanifest": describe_app(config.site_name, extra["language"], extra["direction"]).encode(),
        "robots.txt": welcome_robots(config.site_url or "").encode(),
        "service-worker.js": (find_theme() / "assets" / worker).read_bytes(),
        **(
            {locate_manifest(track.id): b"null" for track in site.course.tracks if _is_written(track)}
            if serving
            else {}
        ),
    }
    for uri, content in made.items():
        if files.get_file_from_path(uri) is None:
            files.append(File.generated(config, uri, content=content))


def _is_written(track: Track) -> bool:
    """Whether it has a page beside its own."""
    return any(module.pages for module in track.modules)


def welcome_robots(site_url: str) -> str:
    """The robots.txt (RFC 9309): everyone may read everything, and where the site has an address there is a list."""
    sitemap = f"\nSitemap: {site_url}sitemap.xml\n" if site_url else ""
    return f"User-agent: *\nAllow: /\n{sitemap}"


def describe_app(name: str, language: str, direction: str) -> str:
    """The web app manifest (https://www.w3.org/TR/appmanifest/), for a site that is put among a device's apps."""
    icons = [
        {"src": "favicon.svg", "sizes": "any", "type": "image/svg+xml"},
        {"src": "icon-192.png", "sizes": "192x192", "type": "image/png"},
        {"src": "icon-512.png", "sizes": "512x512", "type": "image/png"},
        {"src": "icon-maskable-512.png", "sizes": "512x512", "type": "image/png", "purpose": "maskable"},
    ]
    app = {
        "name": name,
        "short_name": name if len(name) <= 12 else name.split(maxsplit=1)[0],
        "lang": language,
        "dir": direction,
        "start_url": "./",
        "scope": "./",
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": PAPER,
        "icons": icons,
    }
    return json.dumps(app, ensure_ascii=False, indent=2) + "\n"
