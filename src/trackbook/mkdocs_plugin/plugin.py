"""The plugin `trackbook`: hooks only, each a few lines."""

import logging
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from jinja2 import Environment
from mkdocs.config import base
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from trackbook.collecting import relax
from trackbook.issue import CourseError
from trackbook.language import Language, load_language
from trackbook.mkdocs_plugin.course_page import CoursePage, MadeTemplate
from trackbook.mkdocs_plugin.decks import plan_decks
from trackbook.mkdocs_plugin.environment import equip
from trackbook.mkdocs_plugin.finishing import POLICY
from trackbook.mkdocs_plugin.indexing import Indexing
from trackbook.mkdocs_plugin.inherited import list_settings_files
from trackbook.mkdocs_plugin.judging import read_judged
from trackbook.mkdocs_plugin.made_pages import MadePage
from trackbook.mkdocs_plugin.material import add_material
from trackbook.mkdocs_plugin.offline import write_manifests
from trackbook.mkdocs_plugin.own_icons import list_folders, take_up_icons
from trackbook.mkdocs_plugin.page_maker import PageMaker
from trackbook.mkdocs_plugin.page_pool import make_pages
from trackbook.mkdocs_plugin.rendering import make_renderer, set_markdown_options
from trackbook.mkdocs_plugin.root_files import add_root_files
from trackbook.mkdocs_plugin.search import FOLDER as SEARCH
from trackbook.mkdocs_plugin.search import find_last_site, lend_index
from trackbook.mkdocs_plugin.site_files import date_pages, is_replaced, make_file, make_files
from trackbook.mkdocs_plugin.social_cards import add_cards
from trackbook.mkdocs_plugin.spare import Spare
from trackbook.mkdocs_plugin.theme import find_theme, read_manifest
from trackbook.model import Course
from trackbook.publishing import SiteSource, publish_course
from trackbook.publishing.addresses import address
from trackbook.reading.dates import UNKNOWN, read_commit_dates
from trackbook.reading.files import SOURCE_FOLDERS
from trackbook.store import Store

log = logging.getLogger("mkdocs.plugins.trackbook")


class Options(base.Config):  # type: ignore[no-untyped-call]
    """The plugin has no options yet: the course says everything."""


class TrackbookPlugin(BasePlugin[Options]):  # type: ignore[no-untyped-call]
    """Puts the published course in the place of the files of `docs_dir`."""

    progress: Callable[[int, int], None] | None = None
    """Told of each finished page: how many are done, and how many there are."""
    read: Callable[[Path], Course] | None = None
    """The course in a folder, where it is not to be read and checked here."""
    spare: Spare | None = None
    """A site to build into, if any."""
    store: Store | None = None
    """What was made before: that of the course, where none is given."""
    maker: PageMaker
    _commits: Mapping[str, str] = {}
    _indexing: Indexing | None = None
    _done = 0
    _serving = False

    @property
    def language(self) -> Language:
        """That of the course."""
        return self._language

    @property
    def _kept(self) -> Store:
        self.store = self.store or Store()
        return self.store

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """A served page carries no policy: the host writes its script for reloading into it."""
        del dirty
        self._serving = command == "serve"
        self.read = None  # the host may use one plugin for several sites
        relax()

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        try:
            theme = find_theme()
            assets = read_manifest(theme)
        except CourseError as error:
            raise PluginError(str(error)) from None
        dirs, own = config.theme.dirs, config.theme.custom_dir
        if str(theme) not in dirs:
            dirs.insert(dirs.index(own) + 1 if own in dirs else 0, str(theme))
        if not config.use_directory_urls:
            raise PluginError(
                "mkdocs.yml: Trackbook needs `use_directory_urls: true`; remove the line that turns it off."
            )
        if not config.site_url:
            config.theme.static_templates.discard("sitemap.xml")
        set_markdown_options(config)
        take_up_icons(config)
        config.watch += [*map(str, list_settings_files(config)), *list_folders(config)]
        self.store = self.store or Store(_root(config) / ".cache" / "trackbook" / "store.db")
        config.extra["trackbook"] = {**assets}
        config.extra["trackbook"] |= {"policy": "" if self._serving else POLICY, "unknown_date": UNKNOWN}
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        site = self._publish(config)
        config.extra["trackbook"] |= site.nav
        kept = [file for file in files if not is_replaced(file, config)]
        made = Files([*kept, *make_files(lambda: self.maker.site, site, config, _root(config))])
        config.extra["trackbook"]["material"] = add_material(made, config, self._kept)
        decks: Mapping[str, Callable[[], bytes]] = {}
        if not self._serving:  # so that saving stays quick
            decks = plan_decks(site.course, config, _root(config), self.store)
            for uri, pack in decks.items():
                made.append(make_file(config, uri, pack))
        add_root_files(made, site, config, self._kept, serving=self._serving)
        if not self._serving and config.site_url:
            add_cards(made, site.cards, config, self.store)
        config.nav = list(site.pages)
        self._commits = read_commit_dates(_root(config))
        dates = date_pages(site, self._commits)
        self.maker = PageMaker(config, made, site, dates, language=self._language, store=self._kept, plugin=self)
        self.maker.spare = self.spare
        self.maker.others = {**{uri: partial(site.texts.__getitem__, uri) for uri in site.texts}, **decks}
        for uri in site.pages:
            file = made.get_file_from_path(uri)
            assert file is not None
            CoursePage(file, config, self.maker)
        return made

    def follow(self, course: Course, config: MkDocsConfig) -> None:
        """Take up another state of the course, whose site has the same files."""
        site = self.maker.site.follow(course)
        config.extra["trackbook"] |= site.nav
        self.maker.follow(site, date_pages(site, self._commits))

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> None:
        del nav
        if self.spare:
            wanted = {file.dest_uri for file in files if file.inclusion.is_included()}  # type: ignore[no-untyped-call]
            self.spare.take_up(Path(config.site_dir), wanted, apart=SEARCH)
        if self.maker.whole:
            make_pages(self.maker)
            if not self._serving:  # while the host writes the pages
                self._begin_indexing(config)

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        del config
        self._done += 1
        if self.progress:
            self.progress(self._done, len(self.maker.dates))
        if isinstance(page, CoursePage) and self.maker.whole:
            self._tell_lost(page.file.url, self.maker.recall(page.file.src_uri).lost)
            return output
        return self._finish(output, page.file.url)

    def on_post_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:
        del config
        return self._finish(output_content, "") if template_name.endswith(".html") else output_content

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        del files
        equip(env, config, self._language)
        if self.maker.whole:
            env.template_class = MadeTemplate
        return env

    def on_shutdown(self) -> None:
        self.spare = None
        if self._indexing:
            self._indexing.end()
            self._indexing = None
        if self.store:
            self.store.flush()
            self.store.close()
            self.store = None  # the host may use the plugin again, for another course

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """A built site is indexed; a served one borrows the index of the last built one, so that saving stays quick."""
        folder = Path(config.site_dir)
        try:
            if self._serving:
                lend_index(find_last_site(config), folder, self._language)
                return
            maker, files = self.maker, config.extra["trackbook"]["files"]
            write_manifests(folder, maker.site, maker.dates, files, self._list_made())
            (self._indexing or self._begin_indexing(config)).finish()
        except CourseError as error:
            if config.strict:
                raise PluginError(str(error)) from None
            log.warning("%s", error)

    def _begin_indexing(self, config: MkDocsConfig) -> Indexing:
        cache = _root(config) / ".cache" / "trackbook" / "search" if self._kept.path else None
        self._indexing = Indexing(self.maker, cache)
        return self._indexing

    def _list_made(self) -> dict[str, MadePage]:
        """What is known of each page, by its path in the site."""
        uris = self.maker.site.pages if self.maker.whole else ()
        return {f"{unquote(address(uri))}index.html": self.maker.recall(uri) for uri in uris}

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
        root = _root(config)
        for folder in SOURCE_FOLDERS:
            if (root / folder).is_dir():
                server.watch(str(root / folder), builder)
        return server

    def _finish(self, html: str, address: str) -> str:
        finished = self.maker.finish(html, address)
        self._tell_lost(address, finished.lost)
        return finished.html

    @staticmethod
    def _tell_lost(address: str, lost: Sequence[str]) -> None:
        for what in lost:
            log.warning("%s: %s was left out: the site's security policy forbids it.", address, what)

    def _publish(self, config: MkDocsConfig) -> SiteSource:
        try:
            root = _root(config)
            course = self.read(root) if self.read else read_judged(root, self._kept, strict=config.strict)
            language = self._language = load_language(course.language)
            config.extra["trackbook"] |= {
                "language": language.code,
                "locale": language.name_with_country(),
                "direction": course.direction,
            }
            config.site_description = config.site_description or course.summary
            render = make_renderer(config, store=self.store)
            return publish_course(
                course, render, config.site_url or "", decks=not self._serving, named=not self._serving
            )
        except CourseError as error:
            raise PluginError(str(error)) from None


def _root(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path or "mkdocs.yml").resolve().parent
