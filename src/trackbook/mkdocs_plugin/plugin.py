"""The plugin `trackbook`: hooks only, each a few lines."""

import logging
from collections.abc import Callable, Mapping, Sequence
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

from trackbook.checks import check_course
from trackbook.issue import CourseError, Issue, count_issues, format_text
from trackbook.language import PAGE_KINDS, Language, load_language
from trackbook.mkdocs_plugin.course_page import CoursePage, MadeTemplate
from trackbook.mkdocs_plugin.decks import add_decks
from trackbook.mkdocs_plugin.finishing import POLICY
from trackbook.mkdocs_plugin.material import add_material
from trackbook.mkdocs_plugin.offline import write_manifests
from trackbook.mkdocs_plugin.page_maker import PageMaker
from trackbook.mkdocs_plugin.page_pool import make_pages
from trackbook.mkdocs_plugin.rendering import make_renderer, set_markdown_options
from trackbook.mkdocs_plugin.root_files import add_root_files
from trackbook.mkdocs_plugin.search import find_last_site, index_site, lend_index
from trackbook.mkdocs_plugin.search_records import read_bodies
from trackbook.mkdocs_plugin.site_files import date_pages, is_replaced, make_files
from trackbook.mkdocs_plugin.social_cards import add_cards
from trackbook.mkdocs_plugin.theme import find_theme, read_manifest
from trackbook.model import Course
from trackbook.publishing import SiteSource, publish_course
from trackbook.publishing.addresses import address
from trackbook.reading import CourseReader
from trackbook.reading.dates import UNKNOWN, read_commit_dates
from trackbook.reading.files import SOURCE_FOLDERS
from trackbook.store import Store
from trackbook.widgets import load_widgets

log = logging.getLogger("mkdocs.plugins.trackbook")


class Options(base.Config):  # type: ignore[no-untyped-call]
    """The plugin has no options yet: the course says everything."""


class TrackbookPlugin(BasePlugin[Options]):  # type: ignore[no-untyped-call]
    """Puts the published course in the place of the files of `docs_dir`."""

    dates: Mapping[str, str] = {}
    """The day each page last changed, by its uri."""
    progress: Callable[[int, int], None] | None = None
    """Told of each finished page: how many are done, and how many there are."""
    read: Callable[[Path], tuple[Course, Sequence[Issue]]] | None = None
    """The course in a folder, and its issues, where it is not to be read here."""
    store: Store | None = None
    """What was made before: that of the course, where none is given."""
    maker: PageMaker
    _commits: Mapping[str, str] = {}
    _done = 0
    _serving = False
    _course: Course
    _site: SiteSource

    @property
    def language(self) -> Language:
        """That of the course."""
        return self._language

    @property
    def sources(self) -> Mapping[str, str]:
        """The authors' files by the addresses of the pages that were made from them, as people read addresses."""
        return {unquote(address(uri)): path for uri, path in self._site.sources.items()}

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """A served page carries no policy: the host writes its script for reloading into it."""
        del dirty
        self._serving = command == "serve"
        self.read = None  # the host may use one plugin for several sites

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
        self.store = self.store or Store(_root(config) / ".cache" / "trackbook" / "store.db")
        config.extra["trackbook"] = {**assets}
        config.extra["trackbook"] |= {"policy": "" if self._serving else POLICY, "unknown_date": UNKNOWN}
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        site = self._publish(config)
        config.extra["trackbook"] |= site.nav
        kept = [file for file in files if not is_replaced(file, config)]
        self._site = site
        made = Files([*kept, *make_files(lambda: self._site, site, config, _root(config))])
        config.extra["trackbook"]["material"] = add_material(made, config)
        if not self._serving:  # so that saving stays quick
            add_decks(made, self._course, config, _root(config), self.store)
        add_root_files(made, site, config, serving=self._serving)
        if not self._serving and config.site_url:
            add_cards(made, site.cards, config, self.store)
        config.nav = list(site.pages)
        self._commits = read_commit_dates(_root(config))
        self.dates = date_pages(site, self._commits)
        self.maker = PageMaker(
            config, made, site, self.dates, language=self._language, store=self.store or Store(), plugin=self
        )
        for uri in site.pages:
            file = made.get_file_from_path(uri)
            assert file is not None
            CoursePage(file, config, self.maker)
        return made

    def follow(self, course: Course, config: MkDocsConfig) -> None:
        """Take up another state of the course, whose site has the same files."""
        site = publish_course(course, self.maker.site.render, config.site_url or "", decks=not self._serving)
        config.extra["trackbook"] |= site.nav
        self._course, self._site = course, site
        self.dates = date_pages(site, self._commits)
        self.maker.follow(site, self.dates)

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> None:
        del nav, config, files
        if self.maker.whole:
            make_pages(self.maker)

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        del config
        self._done += 1
        if self.progress:
            self.progress(self._done, len(self.dates))
        if isinstance(page, CoursePage) and self.maker.whole:
            self._tell_lost(page.file.url, self.maker.recall_brief(page).lost)
            return output
        return self._finish(output, page.file.url)

    def on_post_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:
        del config
        return self._finish(output_content, "") if template_name.endswith(".html") else output_content

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        del config, files
        env.globals["say"] = self._language.say_html
        if self.maker.whole:
            env.template_class = MadeTemplate
        return env

    def on_shutdown(self) -> None:
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
            else:
                words, named = self._list_pages(folder)
                write_manifests(folder, self._site, self.dates, config.extra["trackbook"]["files"], named)
                index_site(folder, self._site.search, self._language, words, self._cache(config))
        except CourseError as error:
            if config.strict:
                raise PluginError(str(error)) from None
            log.warning("%s", error)

    def _list_pages(self, folder: Path) -> tuple[dict[str, str | None], dict[str, Sequence[str]]]:
        """What search finds of each page, by its address, and which files it names, by its path in the site."""
        if not self.maker.whole:
            return read_bodies(folder, self._site.search), {}
        words: dict[str, str | None] = {}
        named: dict[str, Sequence[str]] = {}
        for uri in self._site.pages:
            made = self.maker.recall_page(uri)[1]
            words[address(uri)], named[f"{unquote(address(uri))}index.html"] = made.words, made.named
        return words, named

    def _cache(self, config: MkDocsConfig) -> Path | None:
        kept = self.store and self.store.path
        return _root(config) / ".cache" / "trackbook" / "search" if kept else None

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

    def _read(self, root: Path) -> tuple[Course, Sequence[Issue]]:
        course = CourseReader(root, load_widgets(), self.store).read()
        return course, check_course(course, self.store)

    def _publish(self, config: MkDocsConfig) -> SiteSource:
        try:
            course, issues = self.read(_root(config)) if self.read else self._read(_root(config))
            _report(issues)
            if config.strict and any(issue.level == "error" for issue in issues):
                raise PluginError(f"{count_issues(issues)}: the site was not built.")
            language = self._language = load_language(course.language)
            config.extra["trackbook"] |= {
                "language": language.code,
                "locale": language.name_with_country(),
                "direction": course.direction,
                "script_texts": {kind: language.list_script_texts(kind) for kind in ("", *PAGE_KINDS)},
            }
            self._course = course
            config.site_description = config.site_description or course.summary
            render = make_renderer(config, store=self.store)
            return publish_course(course, render, config.site_url or "", decks=not self._serving)
        except CourseError as error:
            raise PluginError(str(error)) from None


def _report(issues: Sequence[Issue]) -> None:
    for issue in issues:
        log.log(logging.WARNING if issue.level == "error" else logging.DEBUG, "%s", format_text(issue))
    advice = [issue for issue in issues if issue.level == "advice"]
    if advice:
        log.info("%s; `trackbook check` shows it.", count_issues(advice).removeprefix("no errors, "))


def _root(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path or "mkdocs.yml").resolve().parent
