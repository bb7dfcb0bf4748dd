"""The whole course to the sources of its site."""

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property, partial

from trackbook.cache.digest import hash_parts
from trackbook.model import Course
from trackbook.publishing.addresses import locate_source
from trackbook.publishing.contents import publish_contents
from trackbook.publishing.course_map import publish_map
from trackbook.publishing.deck import Card, has_cards, list_cards
from trackbook.publishing.glossary import publish_cheatsheets, publish_glossary
from trackbook.publishing.lazy import Lazy
from trackbook.publishing.llms import write_llms
from trackbook.publishing.module_pages import publish_page
from trackbook.publishing.nav import build_nav
from trackbook.publishing.offline_page import publish_offline
from trackbook.publishing.outlook import Outlook, survey
from trackbook.publishing.plain_pages import publish_plain
from trackbook.publishing.progress import publish_progress
from trackbook.publishing.redirects import publish_redirects
from trackbook.publishing.review import publish_cards, publish_review
from trackbook.publishing.search import list_search_entries
from trackbook.publishing.search_entry import SearchEntry
from trackbook.publishing.site_source import SitePage
from trackbook.publishing.social import SocialCard
from trackbook.publishing.social import list_cards as list_social_cards
from trackbook.publishing.structured_data import describe_page
from trackbook.publishing.text import Render
from trackbook.publishing.track_pages import publish_track
from trackbook.publishing.widget_files import publish_widget_files
from trackbook.reading.outline import OUTLINE
from trackbook.reading.record import RECORD


@dataclass(frozen=True)
class SiteSource:
    """What a site generator needs, and no more; each part is made when it is asked for.

    `render` makes HTML of Markdown, for the texts in widgets; `site` is the site's address, if known. `decks` says
    that the site has a file for Anki for each track with cards, so that the track's page offers it.
    """

    course: Course
    render: Render
    site: str = ""
    decks: bool = False

    @cached_property
    def pages(self) -> Mapping[str, SitePage]:
        """Every page by its uri, in the order of those."""
        return Lazy(sorted({*self._uris.values(), *self._others}), self._publish, keeping=True)

    @cached_property
    def sources(self) -> Mapping[str, str]:
        """The author's file of every page that was made from one, by the page's uri."""
        return {uri: path for path, uri in self._uris.items()}

    @cached_property
    def copies(self) -> Mapping[str, str]:
        """Files of the course by the uri they go to."""
        return {locate_source(self.course, path): path for path in sorted(self.course.files) if _is_copied(path)}

    @cached_property
    def texts(self) -> Mapping[str, str]:
        """Files that are no pages, by their uris."""
        makers: dict[str, Callable[[], str]] = {
            **dict(publish_redirects(self.course)),
            **dict(publish_cards(self.course, self._outlooks, lambda: self._cards, self.render)),
            **dict(publish_widget_files(self.course)),
            "llms.txt": partial(write_llms, self.course, self.site),
        }
        return Lazy(makers, lambda uri: makers[uri]())

    @cached_property
    def nav(self) -> Mapping[str, object]:
        """For the theme."""
        return build_nav(self.course)

    @cached_property
    def search(self) -> tuple[SearchEntry, ...]:
        return tuple(list_search_entries(self.course, self._outlooks, self.pages.values()))

    @cached_property
    def cards(self) -> Mapping[str, SocialCard]:
        return list_social_cards(self.course)

    def name(self, uri: str) -> str:
        """Names all that the page at a uri is made from, but for `render`; empty where that is not known."""
        page = self.course.pages.get(self.sources.get(uri, ""))
        own = "" if page is None else self.course.digest if page.kind == "plain" else page.digest
        return hash_parts(self._common, uri, own) if self.course.shown and (own or page is None) else ""

    @cached_property
    def _uris(self) -> Mapping[str, str]:
        """Those of the pages that authors wrote, by their paths."""
        return {path: locate_source(self.course, path) for path in self.course.pages}

    @cached_property
    def _common(self) -> str:
        return hash_parts(self.course.shown, self.site, *sorted(self._offered))

    @cached_property
    def _offered(self) -> Set[str]:
        """Tracks that have a file for Anki."""
        return {module.track for module in self.course.modules if has_cards(module)} if self.decks else set()

    @cached_property
    def _cards(self) -> Sequence[Card]:
        return list_cards(self.course)

    @cached_property
    def _outlooks(self) -> Mapping[str, Outlook]:
        return survey(self.course)

    def _publish(self, uri: str) -> SitePage:
        path = self.sources.get(uri, "")
        if module := self.course.owners.get(path):
            outlook = self._outlooks[module.key]
            page = publish_page(self.course, outlook, self._outlooks, self.course.pages[path], self.render)
        else:
            page = self._others[uri]
        return describe_page(self.course, self._outlooks, page, self.site)

    @cached_property
    def _others(self) -> Mapping[str, SitePage]:
        """Pages of no module, by their uris."""
        return {page.uri: page for page in self._list_others()}

    def _list_others(self) -> Iterator[SitePage]:
        course, outlooks = self.course, self._outlooks
        others = [publish_track(course, track, outlooks, deck=track.id in self._offered) for track in course.tracks]
        others += [publish_glossary(course, outlooks), publish_cheatsheets(course, outlooks), publish_offline(course)]
        others += [
            publish_review(course),
            publish_progress(course, outlooks),
            *publish_map(course, outlooks, self.render),
        ]
        others += [publish_plain(self.course, page, outlooks, self.render) for page in self.course.plain]
        yield from others
        yield publish_contents(course, outlooks, others)


def publish_course(course: Course, render: Render, site: str = "", *, decks: bool = False) -> SiteSource:
    """The site's sources. A course with errors is published as far as it goes."""
    return SiteSource(course, render, site, decks)


def _is_copied(path: str) -> bool:
    return not path.endswith(".md") and path not in (OUTLINE, RECORD)
