"""The site while an author writes: a page is made when someone asks for it."""

import gc
from collections.abc import Collection
from functools import cached_property
from pathlib import Path
from threading import RLock

from mkdocs.commands import build as host_build
from mkdocs.config.config_options import Hooks
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files, get_files, set_exclusions
from mkdocs.structure.nav import Navigation, get_navigation

from trackbook.language import Language, load_language
from trackbook.mkdocs_plugin.course_page import CoursePage, read_meta
from trackbook.mkdocs_plugin.followable import has_same_files
from trackbook.mkdocs_plugin.host import load_host
from trackbook.mkdocs_plugin.plugin import TrackbookPlugin
from trackbook.mkdocs_plugin.search import FOLDER, describe_loan, find_last_site
from trackbook.mkdocs_plugin.theme import add_theme
from trackbook.model import Course
from trackbook.reading.files import SOURCE_FOLDERS
from trackbook.serving import Answer, Reading, Report, Workbench, guess_type
from trackbook.store import Store


class LiveSite:
    """The site of the course in `root`, which stands at `url`. Its one state is the course as last read."""

    def __init__(self, root: Path, url: str, store: Store | None = None) -> None:
        self.root, self.url, self.store = root, url, store or Store(root / ".cache" / "trackbook" / "store.db")
        self._bench = Workbench(root, self.store)
        self._reads, self._lock, self._judging = RLock(), RLock(), RLock()
        self._reading: Reading | None = None
        self._host: _Host | None = None
        self._is_left = False
        """Whether an earlier host is to be cleared away."""
        self._is_behind = False
        """Whether the host is of settings that are no longer those on disk, because no site can be made with them."""

    @property
    def language(self) -> Language:
        return self._host.plugin.language if self._host else load_language("en")

    @property
    def watched(self) -> Collection[Path]:
        try:
            watched = list_watched(self.root, self._host.config if self._host else load_host(self.root))
        except (Exception, SystemExit):  # hooks may do anything, and what follows the disk must not end by it
            return [self.root]
        return [*watched, self.root] if self._is_behind else watched  # settings may name what is yet to come

    @property
    def report(self) -> Report:
        """Waits until the course is checked."""
        reading, host = self._reading, self._host
        if reading is None or host is None:
            return Report()
        with self._judging:
            report = Report(reading.issues, host.plugin.maker.site.written, reading.kept)
        self.store.flush()
        if self._is_left:
            self._is_left = False
            gc.collect()
        return report

    def answer(self, path: str) -> Answer | None:
        if self._host is None:
            self.refresh()
        with self._lock:
            assert self._host
            content = self._host.read(path)
        name = f"{path}index.html" if not path or path.endswith("/") else path
        return None if content is None else Answer(guess_type(name), content)

    def refresh(self, changed: Collection[str] | None = None) -> None:
        """When it raises, all answers stay as they were."""
        with self._reads:
            reading = self._bench.read(changed)
            with self._lock:
                self._take(reading, changed)

    def _take(self, reading: Reading, changed: Collection[str] | None) -> None:
        before = self._reading
        ours = changed is not None and all(map(_is_source, changed)) and not self._is_behind
        if self._host and before and ours and has_same_files(before.course, reading.course):
            self._host.follow(reading.course)
        else:
            self._is_behind = True
            self._host = _Host(self.root, self.url, reading.course, self.store)
            self._is_behind, self._is_left = False, True
        self._reading = reading


class _Host:
    """MkDocs, set up as for a build, but asked for one page at a time."""

    def __init__(self, root: Path, url: str, course: Course, store: Store) -> None:
        Hooks._load_hook.cache_clear()  # else the host keeps an author's code for as long as its process lives
        config = load_host(root)
        config.site_url = url
        plugin = config.plugins["trackbook"]
        assert isinstance(plugin, TrackbookPlugin)
        self.plugin, plugin.store = plugin, store
        config.plugins.on_startup(command="serve", dirty=False)
        plugin.read = lambda _: course
        self.config: MkDocsConfig = config.plugins.on_config(config)
        files = get_files(self.config)
        add_theme(files, self.config)
        self.files: Files = config.plugins.on_files(files, config=self.config)
        set_exclusions(self.files, self.config)
        self._places = {file.dest_uri: file for file in self.files if file.inclusion.is_in_serve()}  # type: ignore[no-untyped-call]

    def follow(self, course: Course) -> None:
        self.plugin.follow(course, self.config)
        self.__dict__.pop("_others", None)

    def read(self, path: str) -> bytes | None:
        """What stands at a path, or None."""
        if path.startswith(f"{FOLDER}/"):
            return self._lend(path)
        if path in self.config.theme.static_templates:
            return self._render_template(path)
        file = self._places.get(f"{path}index.html" if not path or path.endswith("/") else path)
        if file is None:
            return None
        if not isinstance(file.page, CoursePage):
            return file.content_bytes
        return self._make(file.page).encode("utf-8", "xmlcharrefreplace")

    def _make(self, page: CoursePage) -> str:
        maker = self.plugin.maker
        if maker.whole:
            return maker.recall_html(page.file.src_uri)
        return self._others.make(page)

    @cached_property
    def _others(self) -> "_Others":
        return _Others(self.config, self.files)

    def _render_template(self, name: str) -> bytes:
        if name != "404.html":  # others, such as the sitemap, look at all pages
            for file in self.files:
                if isinstance(file.page, CoursePage):
                    file.page.meta = read_meta(file.page.published)
        environment = self.plugin.maker.environment if self.plugin.maker.whole else self._others.environment
        nav = Navigation([], []) if self.plugin.maker.whole else self._others.nav
        template = environment.get_template(name)
        return host_build._build_template(name, template, self.files, self.config, nav).encode()

    def _lend(self, path: str) -> bytes | None:
        last = find_last_site(self.config)
        if path == f"{FOLDER}/search.json":
            return describe_loan(last, self.plugin.language).encode()
        file = last / path
        return file.read_bytes() if file.is_file() else None


class _Others:
    """A site in whose pages others have a hand: they are asked as in a build, page by page.

    A page is read and rendered when somebody looks at it, such as a template that shows the title of another page.
    """

    def __init__(self, config: MkDocsConfig, files: Files) -> None:
        self._config, self._files = config, files
        self.nav = config.plugins.on_nav(get_navigation(files, config), config=config, files=files)
        self.environment = config.plugins.on_env(config.theme.get_env(), config=config, files=files)
        for file in files:
            if isinstance(file.page, CoursePage):
                file.page.wait(self._populate)

    def make(self, page: CoursePage) -> str:
        config = self._config
        template = self.environment.get_template(page.meta.get("template", "main.html"))
        context = host_build.get_context(self.nav, self._files, config, page)
        page.active = True
        try:
            context = config.plugins.on_page_context(context, page=page, config=config, nav=self.nav)
            output = template.render(context)
        finally:
            page.active = False
        return config.plugins.on_post_page(output, page=page, config=config)

    def _populate(self, page: CoursePage) -> None:
        config, current = self._config, self._config._current_page
        try:
            host_build._populate_page(page, config, self._files)
        finally:
            config._current_page = current


def _is_source(path: str) -> bool:
    return path.startswith(tuple(f"{folder}/" for folder in SOURCE_FOLDERS))


def list_watched(root: Path, config: MkDocsConfig) -> Collection[Path]:
    """What a site is made of: its sources, and what mkdocs.yml names."""
    named: list[str] = ["mkdocs.yml", *SOURCE_FOLDERS, *config.watch, *map(str, config.hooks)]
    return {root / name for name in [*named, config.theme.custom_dir or "mkdocs.yml"]}
