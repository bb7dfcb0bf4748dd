"""What the site needs of a host, and no more: Markdown extensions, templates, and the theme's files."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from trackbook.cache.store import Store
from trackbook.site.frame import Frame
from trackbook.site.markdown import PageRenderer, TextRenderer


@dataclass(frozen=True, slots=True)
class PageView:
    """A page as templates see it. `date` is the day on which it last changed."""

    uri: str
    meta: Mapping[str, Any]
    date: str
    markdown: str = ""
    content: str = ""
    toc: tuple[dict[str, Any], ...] = ()


class Host(Protocol):
    """A site generator, opened for one course.

    `name` is the site's, `url` its address or empty, `digest` names all of the settings and templates that a page
    depends on, and is empty where that is not known; `markdown_digest` is the same of a page's HTML alone.
    """

    root: Path
    site_dir: Path
    name: str
    url: str
    digest: str
    markdown_digest: str
    theme_dirs: list[Path]
    templates: Collection[str]
    """Pages that are none of the course's, such as `404.html`."""
    strict_anchors: int
    """The level of `logging` at which a link to an anchor that is not there is told."""

    def make_text_renderer(self, store: Store | None = None, *, mathml: bool = True) -> TextRenderer:
        """Makes HTML of the texts in widgets."""

    def make_page_renderer(self) -> PageRenderer:
        """Makes HTML of the Markdown of pages."""

    def render_page(self, page: PageView, frame: Frame) -> str:
        """The document around a page's content."""

    def render_template(self, name: str, pages: Collection[PageView], frame: Frame) -> str:
        """One of `templates`."""

    def list_theme_files(self) -> Mapping[str, Path]:
        """The theme's files that pages may load, by their paths in the site."""

    @property
    def watched(self) -> Collection[Path]:
        """What the site is made of, beside the course: settings and templates."""


class OtherPagesError(Exception):
    """A template shows other pages than its own: such a site can't be made page by page."""
