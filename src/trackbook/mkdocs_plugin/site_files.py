"""The files of a site: the published pages, the theme's in use, and when each page last changed."""

from collections.abc import Callable, Mapping
from functools import partial
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
    pages = site.course.pages
    written = {uri: pages[path].updated or commits.get(path, UNKNOWN) for uri, path in site.sources.items()}
    newest = max(written.values(), default=UNKNOWN)
    return {uri: written.get(uri, newest) for uri in site.pages}


def is_replaced(file: File, config: MkDocsConfig) -> bool:
    inside = file.src_dir is not None and Path(file.src_dir) == Path(config.docs_dir)
    return inside or file.src_uri.startswith(_UNPUBLISHED) or file.src_uri.endswith(".min.css.map")


class WrittenFile(File):
    """A file whose content is written when someone reads it."""

    write: Callable[[], str | bytes]
    _given: str | bytes | None = None

    @property
    def _content(self) -> str | bytes | None:
        return self.write() if self._given is None else self._given

    @_content.setter
    def _content(self, content: str | bytes | None) -> None:
        self._given = content


def make_file(config: MkDocsConfig, uri: str, write: Callable[[], str | bytes]) -> File:
    """A file that `write` writes when someone reads it."""
    file = WrittenFile.generated(config, uri, content="")
    assert isinstance(file, WrittenFile)
    file.write, file._given = write, None
    return file


def make_files(now: Callable[[], SiteSource], site: SiteSource, config: MkDocsConfig, root: Path) -> list[File]:
    """The files of `site`; what stands in them is that of the site as it is `now`, whenever they are read."""
    pages = [make_file(config, uri, partial(_write_page, now, uri)) for uri in site.pages]
    copies = [File.generated(config, uri, abs_src_path=str(root / path)) for uri, path in site.copies.items()]
    texts = [make_file(config, uri, partial(_write_text, now, uri)) for uri in site.texts]
    return [*pages, *copies, *texts]


def _write_page(now: Callable[[], SiteSource], uri: str) -> str:
    return now().pages[uri].text


def _write_text(now: Callable[[], SiteSource], uri: str) -> str:
    return now().texts[uri]
