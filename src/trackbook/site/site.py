"""One state of a course as a site: its pages, and all other files, each made when someone asks for it."""

import logging
from collections.abc import Collection, Mapping
from functools import partial

from trackbook.cache.digest import hash_parts
from trackbook.cache.store import Store
from trackbook.model import Course
from trackbook.publishing import SiteSource, publish_course
from trackbook.reading import CourseReader
from trackbook.reading.dates import UNKNOWN, read_commit_dates
from trackbook.site.decks import plan_decks
from trackbook.site.files import File, SiteFiles
from trackbook.site.finish.page import POLICY
from trackbook.site.frame import Frame
from trackbook.site.host import Host
from trackbook.site.material import recall_sheet
from trackbook.site.page import PageMaker
from trackbook.site.pictures.social_cards import draw_cards
from trackbook.site.root_files import list_root_files
from trackbook.site.theme import find_theme, read_manifest
from trackbook.site.widget_assets import add_widgets
from trackbook.widgets import load_site_language, load_widgets


class Site:
    """The site of a course. `commits` are the days on which files were last committed.

    A site that is served while its author writes has no policy (hosts write scripts into its pages), and does without
    what takes long: social cards and decks.
    """

    def __init__(
        self, host: Host, course: Course, store: Store, commits: Mapping[str, str], *, serving: bool = False
    ) -> None:
        self.host, self.store, self.language = host, store, load_site_language(course)
        self.source = publish_course(course, host.make_text_renderer(store), host.url, decks=not serving)
        self.dates = date_pages(self.source, commits)
        sheet = recall_sheet(host.theme_dirs, store)
        theme = find_theme()
        manifest = read_manifest(theme)
        widgets, shown = add_widgets(course, manifest, theme, store)
        pictures, cards = (
            ({}, {}) if serving or not host.url else draw_cards(self.source.cards, host.name, host.url, store)
        )
        self.slow: Mapping[str, File] = {} if serving else plan_decks(host, self.source, store)
        """Files that take long to make."""
        self.files = SiteFiles(
            partial(self._copy_files, host),
            partial(self._list_theme, {*manifest["scripts"]} - {*shown["scripts"]}),
            lambda: {path: partial(bytes, content) for path, content in {**sheet, **pictures, **widgets}.items()},
            self._list_texts,
            lambda: self.slow,
            partial(list_root_files, self.source, host.name, store, serving=serving),
        )
        extra = {
            **shown,
            "policy": "" if serving else POLICY,
            "unknown_date": UNKNOWN,
            "language": self.language.code,
            "locale": self.language.name_with_country(),
            "direction": course.direction,
            "summary": course.summary,
            "material": list(sheet),
            **({"cards": cards} if cards else {}),
            **self.source.nav,
        }
        self.pages = PageMaker(
            host, self.source, self.files, Frame(extra, self.language), self.dates, language=self.language, store=store
        )

    @property
    def state(self) -> str:
        """Names the site, so that two processes can tell whether they make the same; empty where that is not known."""
        host, source = self.host, self.source
        dates = repr(sorted(self.dates.items()))
        told = (host.digest, host.markdown_digest, source.course.digest, source.site, str(source.decks), dates)
        return hash_parts("site", *told, self.pages.frame.digest) if source.course.digest else ""

    def _list_theme(self, unused: Collection[str]) -> Mapping[str, File]:
        return {path: file for path, file in self.host.list_theme_files().items() if path not in unused}

    def _copy_files(self, host: Host) -> Mapping[str, File]:
        return {uri: host.root / path for uri, path in self.source.copies.items()}

    def _list_texts(self) -> Mapping[str, File]:
        return {uri: partial(self.source.texts.__getitem__, uri) for uri in self.source.texts}


def open_site(host: Host, store: Store) -> Site:
    """The site of the course on disk, which is not checked: that was done, in another process."""
    logging.disable()
    course = CourseReader(host.root, load_widgets(host.root), store).read()
    return Site(host, course.without_passages(), store, read_commit_dates(host.root))


def date_pages(source: SiteSource, commits: Mapping[str, str]) -> Mapping[str, str]:
    """A page's own `updated:`, else its source's last commit; what is generated is as new as the newest page."""
    pages = source.course.pages
    written = {uri: pages[path].updated or commits.get(path, UNKNOWN) for uri, path in source.sources.items()}
    newest = max(written.values(), default=UNKNOWN)
    return {uri: written.get(uri, newest) for uri in source.pages}
