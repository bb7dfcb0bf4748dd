"""Files that browsers look for at the site's root: icons, the description of the site as an app, its worker."""

import json
from collections.abc import Mapping
from functools import partial

from trackbook.cache.digest import fingerprint, hash_parts
from trackbook.cache.store import Store
from trackbook.publishing import SiteSource
from trackbook.publishing.addresses import locate_manifest
from trackbook.site.files import File
from trackbook.site.pictures.icons import ICONS, draw_icon
from trackbook.site.theme import find_theme

PAPER = "#fcfbf8"


def list_root_files(source: SiteSource, name: str, store: Store, *, serving: bool) -> Mapping[str, File]:
    """The files of the site with this name, by path.

    While an author writes, nothing can be kept, and a worker of an earlier build ends itself.
    """
    worker = "farewell-worker.js" if serving else "service-worker.js"
    course = source.course
    written = [track for track in course.tracks if any(module.pages for module in track.modules)]
    return {
        **{icon: partial(_recall_icon, store, icon) for icon in ICONS},
        "manifest.webmanifest": partial(describe_app, name, course.language, course.direction),
        "robots.txt": partial(welcome_robots, source.site),
        "service-worker.js": find_theme() / "assets" / worker,
        **{locate_manifest(track.id): lambda: b"null" for track in written if serving},
    }


def _recall_icon(store: Store, name: str) -> bytes:
    return store.recall(hash_parts("icon", fingerprint(), name), partial(draw_icon, name))


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
