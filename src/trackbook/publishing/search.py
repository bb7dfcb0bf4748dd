"""What search can find: an entry a page, and one a concept, so that a definition is a result of its own."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from trackbook.language.timing import lesson_minutes
from trackbook.model import Concept
from trackbook.publishing.addresses import GLOSSARY, address
from trackbook.publishing.edition import Edition, Position
from trackbook.publishing.site_source import SitePage

_KNOWN_BY_CONCEPTS = ("lesson", "cheatsheet")
"""Kinds of pages that are also known by the names of the concepts which their module teaches."""
_LABELED = ("overview", "lesson", "practice", "cheatsheet", "track")
"""Kinds of pages that a reader has a word for; the others are just pages."""


@dataclass(frozen=True, slots=True)
class SearchGroup:
    """What results stand together under: a module, a track, or (with no key) all other pages."""

    key: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class SearchEntry:
    """Something that search can find, as the index is to show it.

    `label` is a reader's word for its kind, `names` are what it is known by beside its title, `text` is what it says:
    None where the built page says it. `time` is how long it takes, empty where that is not known.
    """

    address: str
    title: str
    kind: str
    label: str
    group: SearchGroup = SearchGroup()
    names: tuple[str, ...] = ()
    text: str | None = None
    time: str = ""


def list_search_entries(edition: Edition, pages: Iterable[SitePage]) -> Iterator[SearchEntry]:
    for page in sorted(pages, key=lambda page: page.uri):
        if not page.meta.get("unlisted"):
            yield _enter_page(edition, page)
    for concept in edition.course.concepts.values():
        yield _enter_concept(edition, concept)


def _enter_page(edition: Edition, page: SitePage) -> SearchEntry:
    """A page that the generator made lists what other pages say: only its description counts."""
    kind, track = str(page.meta["kind"]), str(page.meta.get("track", ""))
    position = edition.positions.get(f"{track}/{page.meta.get('module')}")
    known = position.module.teaches if position and kind in _KNOWN_BY_CONCEPTS else ()
    return SearchEntry(
        address=address(page.uri),
        title=str(page.meta["title"]),
        kind=kind,
        label=edition.say(f"kind.{kind if kind in _LABELED else 'page'}"),
        group=_find_group(edition, position, track),
        names=tuple(concept.name for concept in known),
        text=None if page.source else str(page.meta.get("description", "")),
        time=edition.language.say_minutes(minutes) if (minutes := _count_minutes(position, kind)) else "",
    )


def _count_minutes(position: Position | None, kind: str) -> int:
    """Those of a lesson or its practice, as the pages themselves tell them."""
    if position is None:
        return 0
    return {"lesson": lesson_minutes(position.module), "practice": position.module.practice_minutes}.get(kind, 0)


def _enter_concept(edition: Edition, concept: Concept) -> SearchEntry:
    return SearchEntry(
        address=address(GLOSSARY) + f"#{concept.id}",
        title=concept.name,
        kind="concept",
        label=edition.say("kind.concept"),
        group=_find_group(edition, edition.positions.get(concept.taught_in or ""), concept.track),
        names=concept.match,
        text=concept.definition,
    )


def _find_group(edition: Edition, position: Position | None, track_id: str) -> SearchGroup:
    if position:
        return SearchGroup(position.module.key, edition.name_lesson(position))
    if track := edition.course.track(track_id):
        return SearchGroup(track.id, edition.say("place.track", number=track.number))
    return SearchGroup()
