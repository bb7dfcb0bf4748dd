"""The plugin `trackbook`: what a build by MkDocs itself takes, hooks only, each a few lines."""

import logging
import shutil
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment
from mkdocs.config import base
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.utils.yaml import yaml_load

from trackbook.cache.made import find_real
from trackbook.cache.store import open_store
from trackbook.issue import CourseError
from trackbook.mkdocs_plugin.config import find_root, make_loader, set_markdown_options
from trackbook.mkdocs_plugin.host import MkDocsHost, list_watched
from trackbook.mkdocs_plugin.theme import SiteEnvironment, add_theme
from trackbook.model import SETTINGS
from trackbook.publishing.site_source import Draft, SitePage
from trackbook.reading.files import SOURCE_FOLDERS
from trackbook.site.build import refuse_sources
from trackbook.site.links import lead_html_on
from trackbook.site.offline.manifests import write_manifests
from trackbook.site.page import list_anchors
from trackbook.site.search.index import index_site, lend_index
from trackbook.site.search.records import read_bodies
from trackbook.site.settings import hold_settings
from trackbook.site.site import Site, open_site
from trackbook.site.swap import LOCK, replacing
from trackbook.site.theme import DIAGRAMS, equip

log = logging.getLogger("mkdocs.plugins.trackbook")


class Options(base.Config):  # type: ignore[no-untyped-call]
    """The plugin has no options: the course says everything."""


class TrackbookPlugin(BasePlugin[Options]):  # type: ignore[no-untyped-call]
    """Puts the published course in the place of the files of `docs_dir`."""

    site: Site
    _drafts: dict[str, Draft]
    _serving = False
    _drawn = False
    """Whether a page has a diagram."""
    replaces = True
    """Whether what MkDocs builds is to take the place of the last site in one step."""
    _replacing: ExitStack | None = None

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """The policy of a served page says nothing of scripts: MkDocs writes its own, for reloading, into it."""
        del dirty
        self._serving, self.replaces = command == "serve", True  # MkDocs keeps a plugin from one build to the next
        # So MkDocs prints and counts what we say.
        logging.getLogger("trackbook").parent = logging.getLogger("mkdocs")

    @event_priority(100)
    def _refuse_settings(self, config: MkDocsConfig) -> MkDocsConfig:
        """Say what can't be before others trip over it, as they would in a traceback."""
        path = Path(config.config_file_path or "")
        if path.name == SETTINGS and path.is_file():
            try:
                hold_settings(find_root(config))
            except CourseError as error:
                raise PluginError(str(error)) from None
        return config

    @event_priority(-100)  # our extension goes after all others: it looks at the patterns that they bring
    def _set_up(self, config: MkDocsConfig) -> MkDocsConfig:
        if not config.use_directory_urls:
            raise PluginError(
                "mkdocs.yml: Trackbook needs `use_directory_urls: true`; remove the line that turns it off."
            )
        try:
            add_theme(config)
        except CourseError as error:
            raise PluginError(str(error)) from None
        set_markdown_options(config)
        config.watch += map(str, list_watched(find_root(config), config))
        return config

    on_config = CombinedEvent(_refuse_settings, _set_up)

    @event_priority(100)
    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """MkDocs empties the site's folder, of whatever is in it: it gets one of its own for that."""
        if self._serving or not self.replaces:
            return
        root, site, stack = find_root(config), config.site_dir, ExitStack()
        try:
            folder = find_real(Path(site))
            refuse_sources(root, folder)
            new = stack.enter_context(replacing(folder, root / LOCK))
        except CourseError as error:
            raise PluginError(str(error)) from None
        stack.callback(config.__setitem__, "site_dir", site)
        config.site_dir, self._replacing = str(new), stack

    def on_build_error(self, *, error: Exception) -> None:
        if self._replacing:
            stack, self._replacing = self._replacing, None
            stack.__exit__(type(error), error, error.__traceback__)

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        site = self.site = self._open_site(config)
        self._drawn = False
        replaced = (config.docs_dir, *config.theme.dirs)
        kept = [file for file in files if file.src_dir not in replaced]
        self._drafts = {uri: page.draft for uri, page in site.source.pages.items()}
        pages = [self._make_file(config, uri, page) for uri, page in site.source.pages.items()]
        others = [_make_other(config, path, site.files.find(path) or bytes) for path in site.files]
        config.nav = list(site.source.pages)
        config.extra["trackbook"] = site.pages.frame.extra
        config.site_name = site.source.course.title
        config.site_description = config.site_description or site.source.course.summary
        return Files([*kept, *pages, *others])

    def on_page_markdown(self, markdown: str, *, page: Page, **_: object) -> str:
        uri, source = page.file.src_uri, self.site.source
        page.update_date = self.site.dates.get(uri, page.update_date)
        page.edit_url = source.find_edit_url(uri) or None
        return lead_html_on(markdown, uri, lambda there: there in source.pages or there in source.copies)

    def on_page_content(self, html: str, *, page: Page, **_: object) -> str:
        if page.file.generated_by:
            page.meta.pop("git_revision_date_localized", None)  # the day of the build, for what no author wrote
        draft = self._drafts.get(page.file.src_uri)
        if draft is None:
            return html
        filled = draft.fill(html)
        page.present_anchor_ids = list_anchors(filled)
        return filled

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        del files
        environment = SiteEnvironment(config, env)
        equip(environment, self.site.language, shared=False)
        return environment

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        del config
        return self._finish(output, page.file.url)

    def on_post_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:
        del config
        return self._finish(output_content, "") if template_name.endswith(".html") else output_content

    def _complete(self, *, config: MkDocsConfig) -> None:
        """A built site is indexed; a served one borrows the index of the last built one, so that saving stays quick."""
        folder, site = Path(config.site_dir), self.site
        if self._serving:
            lend_index(_find_last_site(config), folder, site.language)
            return
        if not self._drawn:
            shutil.rmtree(folder / DIAGRAMS, ignore_errors=True)
        write_manifests(folder, site, {})
        entries = site.source.search
        try:
            index_site(folder, entries, site.language, read_bodies(folder, entries), store=site.store)
        except CourseError as error:
            if config.strict:
                raise PluginError(str(error)) from None
            log.warning("%s", error)
        site.store.flush()
        site.store.close()

    @event_priority(-100)  # after all that write into the site's folder
    def _replace(self, *, config: MkDocsConfig) -> None:
        del config
        stack, self._replacing = self._replacing, None
        try:
            if stack:
                stack.close()
        except CourseError as error:
            raise PluginError(str(error)) from None

    on_post_build = CombinedEvent(_complete, _replace)

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
        for folder in filter(Path.is_dir, map(partial(Path, find_root(config)), SOURCE_FOLDERS)):
            server.watch(str(folder), builder)
        return server

    def _make_file(self, config: MkDocsConfig, uri: str, page: SitePage) -> File:
        """The page as MkDocs takes it. Other plugins find by it the author's file: when it changed, who wrote it."""
        content = page.head + self._drafts[uri].markdown
        file = File.generated(config, uri, content=content, inclusion=InclusionLevel.INCLUDED)
        if page.source:
            file.abs_src_path, file.generated_by = str(find_root(config) / page.source), None
        return file

    def _open_site(self, config: MkDocsConfig) -> Site:
        root = find_root(config)
        store = open_store(root)
        try:
            return open_site(MkDocsHost(config), store, strict=config.strict, serving=self._serving)
        except CourseError as error:
            raise PluginError(str(error)) from None

    def _finish(self, html: str, address: str) -> str:
        finished = self.site.pages.finish(html, "" if address == "./" else address)
        self._drawn |= DIAGRAMS in finished.html
        for what in finished.lost:
            log.warning("%s: %s was left out: the site's security policy forbids it.", address, what)
        return finished.html


def _find_last_site(config: MkDocsConfig) -> Path:
    """The folder that a build fills: `mkdocs serve` puts one of its own in its place."""
    path = Path(config.config_file_path or "mkdocs.yml").resolve()
    if not path.is_file():  # MkDocs reads what it is told by a pipe
        return path.parent / "site"
    with path.open("rb") as file:
        told = yaml_load(file, make_loader(config))
    return path.parent / str(told.get("site_dir", "site"))


def _make_other(config: MkDocsConfig, uri: str, file: Path | Callable[[], str | bytes]) -> File:
    """A file beside the pages; one on the disk is copied, and never read whole."""
    if isinstance(file, Path):
        return File.generated(config, uri, abs_src_path=str(file), inclusion=InclusionLevel.INCLUDED)
    return File.generated(config, uri, content=file(), inclusion=InclusionLevel.INCLUDED)
