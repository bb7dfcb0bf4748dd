"""What partials and the theme show of the course: plain dicts.

Addresses are right for the page `here` that a partial stands on, and for the theme relative to the site's root.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import count
from typing import cast

from trackbook.model import MODULE_KINDS, Concept, Course, Module, NavEntry, Page, Track
from trackbook.publishing.addresses import (
    CHEATSHEETS,
    CONTENTS,
    GLOSSARY,
    MAP,
    PROGRESS,
    REVIEW,
    address,
    lesson_uri,
    link,
    locate_source,
    track_uri,
)
from trackbook.publishing.edition import Edition, Position

View = dict[str, object]
_HEADER = {
    "frame.map": MAP,
    "glossary.title": GLOSSARY,
    "cheatsheets.title": CHEATSHEETS,
    "review.title": REVIEW,
    "progress.title": PROGRESS,
}


def view_tabs(edition: Edition, module: Module, here: str) -> list[View]:
    """The four pages of a module; `url` is None where one is not written."""
    tabs: list[View] = []
    for kind in MODULE_KINDS:
        page = module.pages.get(kind)
        uri = locate_source(edition.course, page.path) if page else ""
        label = edition.say(f"kind.{kind}")
        tabs.append({"kind": kind, "label": label, "url": link(here, uri) if page else None, "current": uri == here})
    return tabs


def view_concept(edition: Edition, concept: Concept, here: str) -> View:
    """A concept with the lesson that teaches it, or the track that assumes it."""
    position = edition.positions.get(concept.taught_in or "")
    track = position.track if position else edition.course.track(concept.track)
    assert track, concept
    uri = lesson_uri(position.module) if position and position.module.pages else track_uri(track)
    return {
        "id": concept.id,
        "name": concept.name,
        "definition": concept.definition,
        "track": track.number,
        "where": edition.name_lesson(position) if position else edition.say("place.track", number=track.number),
        "lesson": position.module.title if position else track.title,
        "taught_in": concept.taught_in or "",
        "planned": bool(position and not position.module.pages),
        "url": link(here, uri),
        "glossary": link(here, GLOSSARY, concept.id),
    }


def group_needs(needs: Sequence[View]) -> list[list[View]]:
    """Concepts by the lesson that teaches them, or the track that assumes them, in the order of the first of each."""
    groups: dict[object, list[View]] = {}
    for need in needs:
        groups.setdefault(need["where"], []).append(need)
    return [*groups.values()]


def list_deeper(edition: Edition, module: Module) -> list[tuple[Position, list[Concept]]]:
    """The lessons that go deeper, each with the deferred concepts that it teaches."""
    found: dict[str, list[Concept]] = {}
    for deferral in module.defers:
        for left in deferral.concepts:
            concept = edition.course.concepts.get(left.concept)
            if concept and concept.taught_in and concept.track == deferral.track:
                found.setdefault(concept.taught_in, []).append(concept)
    return [(edition.positions[key], concepts) for key, concepts in found.items()]


def list_shorter(edition: Edition, position: Position) -> list[tuple[Position, list[str]]]:
    """The written lessons that defer to this one, each with the names of what it defers: the short tours."""
    mine = {concept.id: concept.name for concept in position.module.teaches}
    deferred = edition.course.deferred
    tours: dict[str, list[str]] = {}
    for _, key, concept in sorted(place for name in mine for place in deferred.get((position.track.id, name), ())):
        tours.setdefault(key, []).append(mine[concept])
    found = ((edition.positions[key], names) for key, names in tours.items())
    return [(tour, names) for tour, names in found if tour.module.pages]


def view_nav(edition: Edition) -> View:
    """One track at a time, the pages of docs/, and the lists of everything; apart from these the pages for authors.

    `authors_url` is where the part for authors begins; empty where there is none.
    """
    course = edition.course
    plain, authors = (_view_part(course, for_authors=part) for part in (False, True))
    header = [{"title": edition.say(key), "url": address(uri)} for key, uri in _HEADER.items()]
    tracks = [*map(_view_track, edition.course.tracks)]
    begin = next(_list_urls(authors), "")
    return {
        "nav": tracks,
        "plain": plain,
        "authors": authors,
        "authors_url": begin,
        "header": header,
        "contents": address(CONTENTS),
    }


def _view_part(course: Course, *, for_authors: bool) -> list[View]:
    """The pages of docs/ for learners or for authors: those that `nav:` lists, else all."""
    listed = [*_view_entries(course, course.settings.nav, for_authors=for_authors)]
    pages = (page for page in course.plain if page.for_authors == for_authors and _is_listed(page))
    return listed or [_view_plain(course, page) for page in pages]


def _list_urls(entries: Iterable[View]) -> Iterator[str]:
    """The addresses of entries, and of those in them."""
    for entry in entries:
        yield from [str(entry["url"])] if "url" in entry else _list_urls(cast(list[View], entry["entries"]))


def _view_entries(course: Course, entries: Sequence[NavEntry], *, for_authors: bool) -> Iterator[View]:
    """What `nav:` lists: pages of docs/ for learners or for authors, addresses, and sections with their own `entries`.

    Addresses of other hosts are for learners.
    """
    for entry in entries:
        page = course.pages.get(entry.page)
        if entry.is_external:
            if not for_authors:
                yield {"title": entry.title or entry.path, "url": entry.path, "external": True}
        elif entry.path and page and page.kind == "plain":
            if page.for_authors == for_authors:
                yield {**_view_plain(course, page), **({"title": entry.title} if entry.title else {})}
        elif inner := [*_view_entries(course, entry.entries, for_authors=for_authors)]:
            yield {"title": entry.title, "entries": inner}


def _view_plain(course: Course, page: Page) -> View:
    return {"title": page.title, "url": address(locate_source(course, page.path))}


def _is_listed(page: Page) -> bool:
    return page.path != "docs/index.md" and not page.meta.get("unlisted")


def _view_track(track: Track) -> View:
    numbers = count(1)

    def view_module(module: Module) -> View:
        url = address(lesson_uri(module)) if module.pages else None
        return {"id": module.id, "key": module.key, "title": module.title, "number": next(numbers), "url": url}

    phases = [{"title": phase.title, "lessons": [*map(view_module, phase.modules)]} for phase in track.phases]
    url = address(track_uri(track))
    return {"id": track.id, "number": track.number, "title": track.title, "url": url, "phases": phases}
