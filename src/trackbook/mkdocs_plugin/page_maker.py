"""Makes a page: published Markdown → HTML → the page around it → the last touch. Every step is kept by what goes in."""

import json
import posixpath
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files

from trackbook.hashing import fingerprint, hash_parts
from trackbook.language import Language
from trackbook.mkdocs_plugin.course_page import CoursePage, read_meta
from trackbook.mkdocs_plugin.finishing import finish_page
from trackbook.mkdocs_plugin.frame import Frame
from trackbook.mkdocs_plugin.markdown_pages import PageRenderer, Rendered, answer_file
from trackbook.mkdocs_plugin.recall import Ask, Recall
from trackbook.mkdocs_plugin.resources import list_named
from trackbook.mkdocs_plugin.search_records import make_record_body
from trackbook.mkdocs_plugin.settings import are_known, describe_extensions, describe_settings, is_alone, looks_beyond
from trackbook.mkdocs_plugin.theme import find_theme
from trackbook.publishing import SiteSource
from trackbook.store import Store, pack


@dataclass(frozen=True, slots=True)
class Finished:
    """A page as it is published, what of it the policy forbids and was taken away, and more that is asked of it later.

    `words` are for search, `named` what a browser that keeps the page has to keep beside it.
    """

    html: str
    lost: list[str]
    words: str | None = None
    named: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class MadePage:
    """What became of one page. `rendered` comes without its HTML; `packed` are the entries that were not kept yet."""

    uri: str
    rendered: Rendered
    lost: list[str]
    key: str
    packed: dict[str, bytes]


class PageMaker:
    """Makes the pages of one site. `dates` are the days that they changed, by uri."""

    def __init__(
        self,
        config: MkDocsConfig,
        files: Files,
        site: SiteSource,
        dates: Mapping[str, str],
        *,
        language: Language,
        store: Store,
        plugin: object,
    ) -> None:
        self.config, self.files, self.site, self.dates = config, files, site, dates
        self.language, self.store = language, store
        self._renderings, self._pages = Recall(store, Rendered), Recall(store, Finished)
        self._renderer = PageRenderer(config)
        self._by_url = {file.url: file for file in files}
        self._pictures: dict[str, str] = {}
        self._briefs: dict[str, MadePage] = {}
        theme = find_theme()
        self.settings = hash_parts(fingerprint(), describe_settings(config, theme))
        self._extensions = hash_parts(
            fingerprint(), describe_extensions(config), repr(config.validation), str(config.use_directory_urls)
        )
        self.whole = is_alone(config, plugin) and are_known(config) and not looks_beyond(config, theme)
        """Whether nobody else has a hand in the pages, so that a page is known by what goes into it."""
        self.same = True
        """Whether it makes what it is asked for: false in a process that was set up in another way."""
        self._frame = Frame(config, language)

    @property
    def environment(self) -> Environment:
        """That of the templates."""
        return self._frame.environment

    def follow(self, site: SiteSource, dates: Mapping[str, str]) -> None:
        """Make pages of another state of the same course. Its files are the same."""
        self.site, self.dates = site, dates
        self._pictures, self._briefs = {}, {}
        self._frame = Frame(self.config, self.language, self._frame.environment)

    def make(self, uri: str) -> tuple[MadePage, Finished]:
        """The page at a uri, which is among the site's pages."""
        page = self._page(uri)
        page.meta = read_meta(page.published)
        packed: dict[str, bytes] = {}
        rendered = self.render(page, page.published.body, packed)
        shown = json.dumps([page.meta, rendered.title, rendered.toc, page.canonical_url, page.update_date])
        frame = self._frame.describe(str(page.meta.get("track", "")))
        key = hash_parts("page", self.settings, uri, shown, rendered.content, frame)
        finished = self._pages.find(key, self.ask)
        if finished is None:

            def make(ask: Ask) -> Finished:
                page.take(rendered, self.files)
                html = self._frame.render(page)
                page.content = ""
                return self.finish(html, page.file.url, ask)

            finished, entry = self._pages.make(self.ask, make)
            packed[key] = pack(key, entry)
        return MadePage(uri, replace(rendered, content="", toc=[]), finished.lost, key, packed), finished

    def render(self, page: CoursePage, text: str, packed: dict[str, bytes] | None = None) -> Rendered:
        """The page's HTML of this Markdown. What was not kept yet goes into `packed`, else into the store."""
        uri = page.file.src_uri
        key = hash_parts("rendered", self._extensions, uri, text)
        found = self._renderings.find(key, self.ask) if self.whole else None
        if found is not None:
            return found
        rendered, entry = self._renderings.make(
            self.ask, lambda ask: self._renderer.render(page.file, self.files, text, ask)
        )
        if packed is not None:
            packed[key] = pack(key, entry)
        elif self.whole:
            self.store.put(key, entry)
        return rendered

    def finish(self, html: str, url: str, ask: Ask | None = None) -> Finished:
        """The last touch on the HTML of the page at this address."""

        def read_file(address: str) -> bytes | None:
            path = posixpath.normpath(posixpath.join(url, address))
            (ask or self.ask)(f"picture {path}")
            found = self._by_url.get(path)
            return found.content_bytes if found else None

        html, lost = finish_page(html, self.language.say, read_file)
        if ask is None:
            return Finished(html, lost)
        return Finished(html, lost, make_record_body(html), list_named(f"{url.removeprefix('./')}index.html", html))

    def keep(self, made: MadePage) -> None:
        """Hold what was made of a page, maybe by another process."""
        for key, entry in made.packed.items():
            self.store.put_packed(key, entry)
        self._briefs[made.uri] = replace(made, packed={})

    def recall_brief(self, page: CoursePage) -> MadePage:
        """What is known of the page beside its HTML."""
        return self._recall(page.file.src_uri)

    def recall_page(self, uri: str) -> tuple[MadePage, Finished]:
        made = self._recall(uri)
        finished = self._pages.find(made.key, self.ask)
        return (made, finished) if finished else self.make(uri)  # the store may have lost it

    def ask(self, question: str) -> str:
        kind, _, path = question.partition(" ")
        if kind == "file":
            return answer_file(self.files, path)
        if path not in self._pictures:
            found = self._by_url.get(path)
            self._pictures[path] = hash_parts(found.content_bytes) if found else ""
        return self._pictures[path]

    def _recall(self, uri: str) -> MadePage:
        if uri not in self._briefs:
            self.keep(self.make(uri)[0])
        return self._briefs[uri]

    def _page(self, uri: str) -> CoursePage:
        file = self.files.get_file_from_path(uri)
        assert file is not None and isinstance(file.page, CoursePage)
        return file.page
