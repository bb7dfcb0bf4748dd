"""Makes a page: published Markdown → HTML → the page around it → the last touch. Every step is kept by what goes in."""

import json
import posixpath
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files

from trackbook.hashing import fingerprint, hash_parts
from trackbook.language import Language
from trackbook.mkdocs_plugin.course_page import CoursePage, read_meta
from trackbook.mkdocs_plugin.finishing import Finished, finish_page
from trackbook.mkdocs_plugin.frame import Frame
from trackbook.mkdocs_plugin.made_pages import MadePage, Pages, keep_pages, measure_content, recall_pages
from trackbook.mkdocs_plugin.markdown_pages import PageRenderer, Rendered, answer_file
from trackbook.mkdocs_plugin.own_templates import looks_beyond
from trackbook.mkdocs_plugin.recall import Ask, Asked, Recall, encode, note
from trackbook.mkdocs_plugin.resources import list_named
from trackbook.mkdocs_plugin.search_records import make_record_body
from trackbook.mkdocs_plugin.settings import are_known, describe_extensions, describe_settings, is_alone, is_plain
from trackbook.mkdocs_plugin.spare import Spare
from trackbook.mkdocs_plugin.theme import find_theme
from trackbook.publishing import SitePage, SiteSource
from trackbook.store import Store


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
        self._renderings, self._pages = Recall(store, Rendered), Recall(store, MadePage)
        self._renderer = PageRenderer(config)
        self._pictures: dict[str, str] = {}
        self.made: Pages = {}
        self.others: Mapping[str, Callable[[], object]] = {}
        """Files of the site that take long to make, by uri: what they are made of is kept."""
        self.spare: Spare | None = None
        """The site that the new one is built into, if any."""
        theme = find_theme()
        self.settings = hash_parts(fingerprint(), describe_settings(config, theme))
        self._extensions = hash_parts(
            fingerprint(), describe_extensions(config), repr(config.validation), str(config.use_directory_urls)
        )
        alone = is_alone(config, plugin) and is_plain(config)
        self.whole = alone and are_known(config) and not looks_beyond(config, theme)
        """Whether nobody else has a hand in the pages, so that a page is known by what goes into it."""
        self.same = True
        """Whether it makes what it is asked for: false in a process that was set up in another way."""
        self._frame = Frame(config, language)

    @property
    def state(self) -> str:
        """Names the site, so that two processes or builds can tell whether they make the same; empty when unknown."""
        digest, site = self.site.course.digest, self.site
        told = (
            self.settings,
            self._extensions,
            digest,
            site.site,
            str(site.decks),
            repr(sorted(self.dates.items())),
            self._frame.state,
        )
        return hash_parts("site", *told) if digest else ""

    @property
    def environment(self) -> Environment:
        """That of the templates."""
        return self._frame.environment

    def follow(self, site: SiteSource, dates: Mapping[str, str]) -> None:
        """Make pages of another state of the same course. Its files are the same."""
        self.site, self.dates = site, dates
        self._pictures, self.made = {}, {}
        self._frame = Frame(self.config, self.language, self._frame.environment)

    def recall_all(self) -> None:
        """Take up what is known of the site's pages since an earlier build."""
        self.made |= recall_pages(self.store, self._key, self._names, self.ask)

    def keep_all(self) -> None:
        keep_pages(self.store, self._key, self._names, self.made)

    def make(self, uri: str) -> tuple[Asked, MadePage]:
        """The page at a uri, which is among the site's pages, and what was asked for it."""
        page, body, key = self._name(uri)
        return self._pages.find(key, self.ask) or self._make(page, body, key)[:2]

    def render(self, page: CoursePage, text: str, ask: Ask | None = None) -> Rendered:
        """The page's HTML of this Markdown."""
        ask = ask or self.ask
        key = hash_parts("rendered", self._extensions, page.file.src_uri, text)
        if self.whole and (found := self._renderings.find(key, ask)):
            return found[1]
        asked: Asked = {}
        rendered = self._renderer.render(page.file, self.files, text, note(ask, asked))
        if self.whole:
            self.store.put(key, encode(asked, rendered))
        return rendered

    def finish(self, html: str, url: str, ask: Ask | None = None) -> Finished:
        """The last touch on the HTML of the page at this address."""

        def read_file(address: str) -> bytes | None:
            path = posixpath.normpath(posixpath.join(url, address))
            (ask or self.ask)(f"picture {path}")
            return self._read_picture(path)

        return finish_page(html, self.language.say, read_file)

    def recall(self, uri: str) -> MadePage:
        """What is known of the page at a uri."""
        if uri not in self.made:
            self.made[uri] = self.make(uri)
        return self.made[uri][1]

    def recall_html(self, uri: str) -> str:
        """The page at a uri as it is published."""
        return self.read(self.recall(uri).html) or self._make(*self._name(uri))[2]

    def publish(self, page: CoursePage) -> str:
        """The page as the host is to write it: nothing, where it is there already."""
        uri = page.file.src_uri
        kept = self.spare and self.spare.keep(Path(page.file.abs_dest_path), self.recall(uri).measured)
        return "" if kept else self.recall_html(uri)

    def recall_words(self, uri: str) -> str:
        """What search is to find of a page, if anything."""
        return self.read(self.recall(uri).words or "") or self._make(*self._name(uri))[3]

    def read(self, name: str) -> str | None:
        """A text of a page by the name that `MadePage` gives it; None when it is lost. Threads may ask for it."""
        kept = self.store.get(name)
        return kept.decode("utf-8", "surrogatepass") if kept is not None else None

    def ask(self, question: str) -> str:
        kind, _, path = question.partition(" ")
        if kind == "file":
            return answer_file(self.files, path)
        if path not in self._pictures:
            found = self._read_picture(path)
            self._pictures[path] = "" if found is None else hash_parts(found)
        return self._pictures[path]

    @property
    def _key(self) -> str:
        return hash_parts("pages", self.settings, self._extensions)

    @property
    def _names(self) -> dict[str, str]:
        """For each page a name for all that goes into it but the answers to what it asks; empty when unknown."""
        return {uri: self._name_quickly(uri, page) for uri, page in self.site.pages.items()}

    def _name_quickly(self, uri: str, page: SitePage) -> str:
        name = self.site.name(uri)
        frame = self._frame.describe(str(page.meta.get("track", "")))
        return hash_parts(name, self.dates[uri], frame) if name else ""

    def _name(self, uri: str) -> tuple[CoursePage, str, str]:
        """The page at a uri, its Markdown, and a name for all that goes into it but the answers to what it asks."""
        page = self._page(uri)
        page.meta, body = read_meta(page.published), page.published.body
        shown = json.dumps([page.meta, page.canonical_url, page.update_date])
        frame = self._frame.describe(str(page.meta.get("track", "")))
        return page, body, hash_parts("page", self.settings, self._extensions, uri, shown, body, frame)

    def _make(self, page: CoursePage, body: str, key: str) -> tuple[Asked, MadePage, str, str]:
        """What was asked for the page, what is known of it, its HTML, and its words."""
        asked: Asked = {}
        ask = note(self.ask, asked)
        rendered = self.render(page, body, ask)
        with page.shown(body, rendered, self.files):
            finished = self.finish(self._frame.render(page), page.file.url, ask)
        named = list_named(f"{page.file.url.removeprefix('./')}index.html", finished.html, finished.tree)
        words, brief = make_record_body(finished.tree), replace(rendered, content="", toc=[])
        measured = measure_content(finished.html.encode("utf-8", "xmlcharrefreplace"))  # as the host writes it
        names = self._keep(finished.html), self._keep(words) if words else None
        made = MadePage(brief, finished.lost, named, *names, measured)
        self.store.put(key, encode(asked, made))
        return asked, made, finished.html, words or ""

    def _keep(self, text: str) -> str:
        """Put a text into the store under a name that only it has."""
        name = hash_parts("text", text)
        self.store.put(name, text.encode("utf-8", "surrogatepass"))
        return name

    def _read_picture(self, address: str) -> bytes | None:
        """What is at an address of the site, which is no page."""
        file = self.files.get_file_from_path(unquote(address))
        return file.content_bytes if file and not file.is_documentation_page() else None

    def _page(self, uri: str) -> CoursePage:
        file = self.files.get_file_from_path(uri)
        assert file is not None and isinstance(file.page, CoursePage)
        return file.page
