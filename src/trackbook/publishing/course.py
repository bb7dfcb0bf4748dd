"""The whole course to the sources of its site."""

from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cache, cached_property, partial
from itertools import chain
from typing import Generic, TypeVar

from trackbook.cache.digest import hash_parts
from trackbook.model import Course
from trackbook.publishing.addresses import FEED, NEWS, address, locate_source
from trackbook.publishing.course_map import publish_map
from trackbook.publishing.deck import count_cards, publish_cards
from trackbook.publishing.edition import Edition, Render
from trackbook.publishing.files import publish_redirects, publish_widget_files, write_llms
from trackbook.publishing.generated_pages import publish_contents, publish_lists
from trackbook.publishing.identity import find_edit_url, view_identity
from trackbook.publishing.module_pages import publish_page
from trackbook.publishing.news import News, list_news, publish_news, write_feed
from trackbook.publishing.plain_pages import publish_plain
from trackbook.publishing.plain_texts import curl_texts
from trackbook.publishing.questions import publish_questions
from trackbook.publishing.search import SearchEntry, list_search_entries
from trackbook.publishing.site_source import SitePage
from trackbook.publishing.social import SocialCard
from trackbook.publishing.social import list_cards as list_social_cards
from trackbook.publishing.structured_data import describe_page
from trackbook.publishing.track_pages import publish_track
from trackbook.publishing.views import view_nav
from trackbook.publishing.vocabulary import publish_vocabulary
from trackbook.reading.dates import Edit
from trackbook.reading.outline import OUTLINE
from trackbook.reading.record import RECORD

Value = TypeVar("Value")


class Lazy(Mapping[str, Value], Generic[Value]):
    """A mapping whose values are made when someone asks: a server shows one page of thousands."""

    def __init__(self, makers: Mapping[str, Callable[[], Value]]) -> None:
        self._makers = makers

    def __getitem__(self, key: str) -> Value:
        return self._makers[key]()

    def __contains__(self, key: object) -> bool:
        return key in self._makers

    def __iter__(self) -> Iterator[str]:
        return iter(self._makers)

    def __len__(self) -> int:
        return len(self._makers)


@dataclass(frozen=True)
class SiteSource:
    """What a site generator needs, and no more; each part is made when it is asked for.

    `render` makes HTML of Markdown, for the texts in widgets; `site` is the site's address, if known. `decks` says
    that the site has a file for Anki for each track with cards, so that the track's page offers it. Of `edits`, the
    newest first, it tells what is new.
    """

    course: Course
    render: Render
    site: str = ""
    decks: bool = False
    edits: tuple[Edit, ...] = ()

    @cached_property
    def pages(self) -> Mapping[str, SitePage]:
        """Every page by its uri, in the order of those."""
        publish = cache(self._publish)  # one for all: each save makes thousands of pages lazy
        return Lazy({uri: partial(publish, uri) for uri in sorted({*self.sources, *self._others})})

    @cached_property
    def sources(self) -> Mapping[str, str]:
        """The author's file of every page that was made from one, by the page's uri."""
        return {locate_source(self.course, path): path for path in self.course.pages}

    @cached_property
    def copies(self) -> Mapping[str, str]:
        """Files of the course by the uri they go to."""
        copied = (path for path in sorted(self.course.files) if not path.endswith(".md"))
        return {locate_source(self.course, path): path for path in copied if path not in (OUTLINE, RECORD)}

    @cached_property
    def texts(self) -> Mapping[str, str]:
        """Files that are no pages, by their uris."""
        edition = self._edition
        about_items = chain(publish_cards(edition), publish_questions(edition))
        data = (about_items, publish_vocabulary(edition), publish_widget_files(edition))
        feed = {FEED: partial(write_feed, edition, self.news)} if self._has_feed else {}
        files = chain(publish_redirects(edition), *data)
        return Lazy({**dict(files), **feed, "llms.txt": partial(write_llms, edition)})

    @cached_property
    def nav(self) -> Mapping[str, object]:
        """For the theme."""
        news = {"news": address(NEWS) if self.news else "", "feed": FEED if self._has_feed else ""}
        return {**view_nav(self._edition), **view_identity(self.course), **news}

    def find_edit_url(self, uri: str) -> str:
        """Where the author's file of a page can be edited; empty where nobody says so, or there is no such file."""
        path = self.sources.get(uri)
        return find_edit_url(self.course.settings, path) if path else ""

    @cached_property
    def news(self) -> tuple[News, ...]:
        return list_news(Edition(self.course), self.edits)

    @property
    def _has_feed(self) -> bool:
        """Its addresses are whole ones."""
        return bool(self.news and self.site)

    @cached_property
    def search(self) -> tuple[SearchEntry, ...]:
        return tuple(list_search_entries(self._edition, self.pages.values()))

    @cached_property
    def cards(self) -> Mapping[str, SocialCard]:
        return list_social_cards(self.course)

    def name(self, uri: str) -> str:
        """Names all that the page at a uri is made from, but for `render`; empty where that is not known."""
        page = self.course.pages.get(self.sources.get(uri, ""))
        own = "" if page is None else self.course.digest if page.kind == "plain" else page.digest
        if uri == NEWS:
            own = hash_parts(self.course.digest, repr(self.edits))
        elif uri == "index.md":
            own = hash_parts(own, self._newest)
        return hash_parts(self._common, uri, own) if self.course.shown and (own or page is None) else ""

    @cached_property
    def _common(self) -> str:
        return hash_parts(self.course.shown, self.site, str(bool(self.news)), *sorted(self._offered))

    @cached_property
    def _offered(self) -> Set[str]:
        """Tracks that have a file for Anki."""
        return {module.track for module in self.course.modules if count_cards(module)} if self.decks else set()

    @cached_property
    def _edition(self) -> Edition:
        return Edition(self.course, self.render, self.site, self._newest)

    @property
    def _newest(self) -> str:
        return self.news[0].day.isoformat() if self.news else ""

    def _publish(self, uri: str) -> SitePage:
        path = self.sources.get(uri, "")
        if module := self.course.owners.get(path):
            page = publish_page(self._edition, self._edition.positions[module.key], self.course.pages[path])
        else:
            page = self._others[uri]
        return describe_page(self._edition, page)

    @cached_property
    def _others(self) -> Mapping[str, SitePage]:
        """Pages of no module, by their uris."""
        edition, course = self._edition, self.course
        others = [
            *(publish_track(edition, track, deck=track.id in self._offered) for track in course.tracks),
            *publish_lists(edition),
            *publish_news(edition, self.news),
            *publish_map(edition),
            *(publish_plain(edition, page) for page in course.plain),
        ]
        return {page.uri: page for page in [*others, publish_contents(edition, others)]}


def publish_course(
    course: Course, render: Render, site: str = "", *, decks: bool = False, edits: tuple[Edit, ...] = ()
) -> SiteSource:
    """The site's sources. A course with errors is published as far as it goes."""
    return SiteSource(curl_texts(course, render), render, site, decks, edits)
