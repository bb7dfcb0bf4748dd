"""What search can find: an entry a page, and one a concept, so that a definition is a result of its own."""

from collections.abc import Iterable, Iterator, Mapping

from trackbook.language.words import Language, load_language
from trackbook.model import Concept, Course
from trackbook.publishing.addresses import GLOSSARY, address
from trackbook.publishing.outlook import Outlook
from trackbook.publishing.search_entry import SearchEntry, SearchGroup
from trackbook.publishing.site_source import SitePage

_KNOWN_BY_CONCEPTS = ("lesson", "cheatsheet")
"""Kinds of pages that are also known by the names of the concepts which their module teaches."""
_LABELED = ("overview", "lesson", "practice", "cheatsheet", "track")
"""Kinds of pages that a reader has a word for; the others are just pages."""


def list_search_entries(
    course: Course, outlooks: Mapping[str, Outlook], pages: Iterable[SitePage]
) -> Iterator[SearchEntry]:
    for page in sorted(pages, key=lambda page: page.uri):
        if not page.meta.get("unlisted"):
            yield _enter_page(course, page, outlooks)
    for concept in course.concepts.values():
        yield _enter_concept(course, concept, outlooks)


def _enter_page(course: Course, page: SitePage, outlooks: Mapping[str, Outlook]) -> SearchEntry:
    """A page that the generator made lists what other pages say: only its description counts."""
    language = load_language(course.language)
    kind, track = str(page.meta["kind"]), str(page.meta.get("track", ""))
    outlook = outlooks.get(f"{track}/{page.meta.get('module')}")
    known = outlook.module.teaches if outlook and kind in _KNOWN_BY_CONCEPTS else ()
    return SearchEntry(
        address=address(page.uri),
        title=str(page.meta["title"]),
        kind=kind,
        label=language.say(f"kind.{kind if kind in _LABELED else 'page'}"),
        group=_group_module(outlook, language) if outlook else _group_track(course, track, language),
        names=tuple(concept.name for concept in known),
        text=None if page.source else str(page.meta.get("description", "")),
    )


def _enter_concept(course: Course, concept: Concept, outlooks: Mapping[str, Outlook]) -> SearchEntry:
    language = load_language(course.language)
    outlook = outlooks.get(concept.taught_in or "")
    return SearchEntry(
        address=address(GLOSSARY) + f"#{concept.id}",
        title=concept.name,
        kind="concept",
        label=language.say("kind.concept"),
        group=_group_module(outlook, language) if outlook else _group_track(course, concept.track, language),
        names=concept.match,
        text=concept.definition,
    )


def _group_module(outlook: Outlook, language: Language) -> SearchGroup:
    place = language.say("place.track_lesson", track=outlook.track.number, number=outlook.number)
    return SearchGroup(outlook.module.key, outlook.module.title, place, outlook.track.number)


def _group_track(course: Course, track_id: str, language: Language) -> SearchGroup:
    track = course.track(track_id)
    if track is None:
        return SearchGroup("", language.say("frame.pages"))
    return SearchGroup(track.id, track.title, language.say("place.track", number=track.number), track.number)
