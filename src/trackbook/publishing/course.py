"""The whole course to the sources of its site."""

from trackbook.model import Course
from trackbook.publishing.addresses import locate_source
from trackbook.publishing.contents import publish_contents
from trackbook.publishing.course_map import publish_map
from trackbook.publishing.deck import list_cards
from trackbook.publishing.glossary import publish_cheatsheets, publish_glossary
from trackbook.publishing.llms import write_llms
from trackbook.publishing.module_pages import publish_module
from trackbook.publishing.nav import build_nav
from trackbook.publishing.offline_page import publish_offline
from trackbook.publishing.outlook import survey
from trackbook.publishing.plain_pages import publish_plain
from trackbook.publishing.progress import publish_progress
from trackbook.publishing.redirects import publish_redirects
from trackbook.publishing.review import publish_cards, publish_review
from trackbook.publishing.search import list_search_entries
from trackbook.publishing.site_source import SiteSource
from trackbook.publishing.social import list_cards as list_social_cards
from trackbook.publishing.structured_data import describe_page
from trackbook.publishing.text import Render
from trackbook.publishing.track_pages import publish_track
from trackbook.publishing.widget_files import publish_widget_files
from trackbook.reading.outline import OUTLINE
from trackbook.reading.record import RECORD


def publish_course(course: Course, render: Render, site: str = "", *, decks: bool = False) -> SiteSource:
    """The site's sources. `render` makes HTML of Markdown, for the texts in widgets; `site` is its address, if known.

    `decks` says that the site has a file for Anki for each track with cards, so that the track's page offers it.
    A course with errors is published as far as it goes: what is missing is left out.
    """
    outlooks = survey(course)
    pages = [page for outlook in outlooks.values() for page in publish_module(course, outlook, outlooks, render)]
    offered = {card.module.track for card in list_cards(course)} if decks else set()
    pages += [publish_track(course, track, outlooks, deck=track.id in offered) for track in course.tracks]
    pages += [publish_glossary(course, outlooks), publish_cheatsheets(course, outlooks), publish_offline(course)]
    pages += [publish_review(course), publish_progress(course, outlooks)]
    pages += [*publish_map(course, outlooks), *(publish_plain(course, page, outlooks, render) for page in course.plain)]
    pages.append(publish_contents(course, outlooks, pages))
    pages = [describe_page(course, outlooks, page, site) for page in pages]
    copies = {locate_source(course, path): path for path in sorted(course.files) if _is_copied(path)}
    return SiteSource(
        pages={page.uri: page for page in sorted(pages, key=lambda page: page.uri)},
        copies=copies,
        texts={
            **dict(publish_redirects(course)),
            **dict(publish_cards(course, outlooks, render)),
            **dict(publish_widget_files(course)),
            "llms.txt": write_llms(course, site),
        },
        nav=build_nav(course),
        search=tuple(list_search_entries(course, outlooks, pages)),
        cards=list_social_cards(course),
    )


def _is_copied(path: str) -> bool:
    return not path.endswith(".md") and path not in (OUTLINE, RECORD)
