"""A page of the course as the host handles it: it is read and rendered by us."""

import copy
import json
import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Any

from jinja2 import Template
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure import pages as host
from mkdocs.structure.files import File, Files
from mkdocs.structure.toc import get_toc
from mkdocs.utils.meta import get_data

from trackbook.mkdocs_plugin.markdown_pages import Rendered

if TYPE_CHECKING:
    from trackbook.mkdocs_plugin.page_maker import PageMaker
    from trackbook.publishing import SitePage

log = logging.getLogger("mkdocs.plugins.trackbook")

_UNREAD: Mapping[str, object] = {"markdown": None, "_title_from_render": None, "content": None, "toc": [], "meta": {}}
"""What a page of the host's holds before it is read."""


class CoursePage(host.Page):
    """Its file holds no Markdown: publishing writes it when it is asked for."""

    def __init__(self, file: File, config: MkDocsConfig, maker: "PageMaker") -> None:
        self.maker = maker
        super().__init__(None, file, config)

    @property
    def published(self) -> "SitePage":
        return self.maker.site.pages[self.file.src_uri]

    @property
    def update_date(self) -> str:
        return self.maker.dates[self.file.src_uri]

    @update_date.setter
    def update_date(self, day: str) -> None:
        """The host thinks that every page is of today."""

    def _set_canonical_url(self, base: str | None) -> None:
        """It takes the host as long as all else of a page: it is done when someone asks."""
        self._base = base

    @cached_property
    def canonical_url(self) -> str | None:  # type: ignore[override]
        return self._locate("canonical_url")

    @cached_property
    def abs_url(self) -> str | None:  # type: ignore[override]
        return self._locate("abs_url")

    def _locate(self, name: str) -> str | None:
        super()._set_canonical_url(self._base)
        found: str | None = self.__dict__[name]
        return found

    def wait(self, populate: Callable[["CoursePage"], None]) -> None:
        """Be read and rendered, as `populate` does it, when somebody first looks at what comes of that."""
        for name in _UNREAD:
            self.__dict__.pop(name, None)
        self._populate = populate

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            if name not in _UNREAD or "_populate" not in self.__dict__:
                raise AttributeError(f"{type(self).__name__} has no {name}")
            populate = self.__dict__.pop("_populate")
            self.__dict__ |= copy.deepcopy(_UNREAD)
            try:
                populate(self)
            except BaseException:
                self.wait(populate)
                raise
            return self.__dict__[name]

    def read_source(self, config: MkDocsConfig) -> None:
        source = config.plugins.on_page_read_source(page=self, config=config)
        if source is not None:
            self.markdown, self.meta = get_data(source)
            return
        self.meta = read_meta(self.published)
        self.markdown = "" if self.maker.whole else self.published.body

    def render(self, config: MkDocsConfig, files: Files) -> None:
        del config
        made = self.maker
        rendered = made.recall(self.file.src_uri).rendered if made.whole else made.render(self, self.markdown or "")
        self.take(rendered, files)
        for level, message in rendered.messages:
            host.log.log(level, message)

    def take(self, rendered: Rendered, files: Files) -> None:
        """Hold what rendering gave, where the host and templates look for it."""
        self.content, self.toc = rendered.content, get_toc(rendered.toc)  # type: ignore[arg-type]
        self._title_from_render = rendered.title
        self.present_anchor_ids = set(rendered.anchors)
        self.links_to_anchors = {}
        for uri, anchor, url in rendered.links:
            if (to := files.get_file_from_path(uri)) is not None:
                self.links_to_anchors.setdefault(to, {}).setdefault(anchor, url)

    @contextmanager
    def shown(self, text: str, rendered: Rendered, files: Files) -> Iterator[None]:
        """Meanwhile a template finds all that the host would let it see; afterwards it weighs little."""
        self.markdown, self.active = text, True
        self.take(rendered, files)
        try:
            yield
        finally:
            self.markdown = self.content = ""
            self.active = False


class MadeTemplate(Template):
    """A template that shows a page of the course as it was made before the host asked."""

    def render(self, *args: Any, **kwargs: Any) -> str:
        page = dict(*args, **kwargs).get("page")
        if isinstance(page, CoursePage):
            return page.maker.publish(page)
        return super().render(*args, **kwargs)


def read_meta(published: "SitePage") -> dict[str, Any]:
    """The front matter as the host would read it from the page's file."""
    meta: dict[str, Any] = json.loads(json.dumps(dict(published.meta), default=str, skipkeys=True))
    return meta
