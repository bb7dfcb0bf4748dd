"""The files of a site: the published pages, the theme's in use, and when each page last changed."""

import posixpath
from collections.abc import Mapping
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File

from trackbook.publishing import SiteSource
from trackbook.reading.dates import UNKNOWN

_UNPUBLISHED = (
    *("styles/", "sitemap.xml", "assets/manifest.json", "assets/service-worker.js", "assets/farewell-worker.js"),
    *("assets/overlay.js", "assets/card-", "assets/javascripts/", "assets/stylesheets/", "assets/images/favicon.png"),
)
"""Theme files that assets are made from, that only the build reads, that stand elsewhere, or that no page uses."""


def date_pages(site: SiteSource, commits: Mapping[str, str]) -> Mapping[str, str]:
    """A page's own `updated:`, else its source's last commit; what is generated is as new as the newest page."""
    written = {
        uri: str(page.meta.get("updated") or commits.get(page.source, UNKNOWN))
        for uri, page in site.pages.items()
        if page.source
    }
    newest = max(written.values(), default=UNKNOWN)
    return {uri: written.get(uri, newest) for uri in site.pages}


def is_replaced(file: File, config: MkDocsConfig) -> bool:
    inside = file.src_dir is not None and Path(file.src_dir) == Path(config.docs_dir)
    return inside or file.src_uri.startswith(_UNPUBLISHED) or file.src_uri.endswith(".min.css.map")


def read_file(files: Mapping[str, File], page: str, address: str) -> bytes | None:
    """The file at an address that the page at another uses, if the site has it."""
    found = files.get(posixpath.normpath(posixpath.join(page, address)))
    return found.content_bytes if found else None


def make_files(site: SiteSource, config: MkDocsConfig, root: Path) -> list[File]:
    pages = [File.generated(config, uri, content=page.text) for uri, page in site.pages.items()]
    copies = [File.generated(config, uri, abs_src_path=str(root / path)) for uri, path in site.copies.items()]
    texts = [File.generated(config, uri, content=text) for uri, text in site.texts.items()]
    return [*pages, *copies, *texts]
