"""MkDocs as a host of the site: it renders Markdown and templates, one page at a time."""

from collections.abc import Collection, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import urlsplit

from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc
from mkdocs.utils import get_relative_url, is_error_template

from trackbook.cache.digest import hash_parts
from trackbook.cache.made import find_real
from trackbook.mkdocs_plugin.config import find_root
from trackbook.mkdocs_plugin.inputs import (
    OF_PAGES,
    hash_markdown,
    hash_settings,
    list_icon_folders,
    list_settings_files,
    list_template_folders,
)
from trackbook.mkdocs_plugin.theme import SiteEnvironment, list_theme_files
from trackbook.reading.files import SOURCE_FOLDERS
from trackbook.site.host import Frame, OtherPagesError, PageView
from trackbook.site.theme import equip


class MkDocsHost:
    """A host (`trackbook.site.host.Host`) by a configuration that has gone through `on_config` of its plugins."""

    trusted = True

    def __init__(self, config: MkDocsConfig) -> None:
        self.config, self.root = config, find_root(config)
        self.site_dir = find_real(Path(config.site_dir))
        self.url = config.site_url or ""
        self.extensions: list[str] = [name for name in config["markdown_extensions"] if name not in OF_PAGES]
        self.options: Mapping[str, dict[str, Any]] = config["mdx_configs"]
        self.theme_dirs = [Path(folder) for folder in config.theme.dirs]
        self.templates: Collection[str] = sorted(config.theme.static_templates)
        self.strict_anchors: int = config.validation.links.anchors
        self.markdown_digest = hash_markdown(config)
        settings = hash_settings(config)
        self.digest = hash_parts(self.markdown_digest, settings) if settings and self.markdown_digest else ""
        self._description = config.site_description
        self._shared = len(list_template_folders(config)) == 1

    def render_page(self, page: PageView, frame: Frame) -> str:
        shown = self._describe(page)
        shown.content, shown.toc, shown.active = page.content, get_toc(list(page.toc)), True  # type: ignore[arg-type]
        self._show(frame)
        context: Any = get_context(_OTHERS, [], self.config, shown) | {"pages": _OTHERS, "build_date_utc": _OTHERS}
        name = str(page.meta.get("template") or "main.html")
        return self._environment.get_template(name).render(context)

    def render_template(self, name: str, pages: Collection[PageView], frame: Frame) -> str:
        base = urlsplit(self.url or "/").path if is_error_template(name) else get_relative_url(".", name)
        self._show(frame)
        files = [self._describe(page).file for page in pages]
        context = get_context(Navigation([], []), files, self.config, base_url=base)
        return self._environment.get_template(name).render(context)

    @property
    def watched(self) -> Collection[Path]:
        return list_watched(self.root, self.config)

    @cached_property
    def theme_files(self) -> Mapping[str, Path]:
        return list_theme_files(self.config)

    @cached_property
    def _environment(self) -> SiteEnvironment:
        return SiteEnvironment(self.config, self.config.theme.get_env())

    def _show(self, frame: Frame) -> None:
        """Let templates find what they show of the site."""
        if self.config.extra.get("trackbook") is frame.extra:
            return
        self.config.extra["trackbook"] = frame.extra
        self.config.site_name = str(frame.extra["name"])
        self.config.site_description = self._description or str(frame.extra["summary"])
        equip(self._environment, frame.language, shared=self._shared)

    def _describe(self, page: PageView) -> Page:
        shown = _Page(None, File.generated(self.config, page.uri, content=""), self.config)
        shown.markdown, shown.meta, shown.update_date = page.markdown, dict(page.meta), page.date
        shown.edit_url = page.edit_url or None
        return shown


def _refuse(*_: object) -> NoReturn:
    raise OtherPagesError("a template shows other pages than its own")


class _Page(Page):
    """A page that stands alone: a template that looks for its neighbors is told that there are other pages."""

    previous_page = next_page = property(_refuse, lambda *_: None)


class _Others:
    """Stands for the other pages. A template that looks at it depends on more than its own page."""

    __getattr__ = __iter__ = __len__ = __str__ = __getitem__ = __bool__ = _refuse


_OTHERS: Any = _Others()


def list_watched(root: Path, config: MkDocsConfig) -> Collection[Path]:
    """What a site is made of: its sources, and what mkdocs.yml names."""
    named = ["mkdocs.yml", *SOURCE_FOLDERS, *config.watch, *map(str, config.hooks), *list_icon_folders(config)]
    settings = map(str, list_settings_files(config))
    return {root / name for name in [*named, config.theme.custom_dir or "mkdocs.yml", *settings]}
