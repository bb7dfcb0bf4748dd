"""Ids: what learners' records, redirects and inbound links hang on."""

import re
from collections.abc import Iterable, Iterator, Mapping

from trackbook.checks.check import check, met_while_reading
from trackbook.model import OWN_WIDGETS, Course, Finding, Page, Source, is_slug, suggest_slug

RESERVED = (
    *("assets", "certificate", "cheatsheets", "contents", "data", "glossary", "map", "offline", "progress", "review"),
    *("search", "whats-new"),
)
"""First parts of addresses that the site needs for itself."""
_WRITTEN = re.compile(r"feed\.xml|llms\.txt|(review|search)/.*")
"""Files that the site writes."""


@check
def id_is_well_formed(course: Course) -> Iterator[Finding]:
    """Ids are short slugs: lower-case letters, digits and single hyphens, at most 80.

    They stand in addresses, records and file names for years, on systems that treat case and accents differently.
    """
    yield from met_while_reading(course, "id-is-well-formed")
    for module in course.modules:
        for former in module.was:
            track, _, name = former.concept.partition("/")
            if not (is_slug(track) and is_slug(name)):
                likely = f"{module.track}/{suggest_slug(former.concept)}"
                hint = f'write the former address as track/module, such as "{likely}"'
                yield Finding(former.source, f'"{former.concept}" under `was:` is not a former module.', hint)


@check
def id_is_unique(course: Course) -> Iterator[Finding]:
    """Track ids are unique in the course, module ids in a track, item ids in a module and among a page's anchors.

    Two things under one id would share a learner's progress and overwrite each other's page.
    """
    yield from _find_doubles("track", ((track.id, track.source) for track in course.tracks))
    for track in course.tracks:
        yield from _find_doubles("module", ((module.id, module.source) for module in track.modules))
    for module in course.modules:
        fences = [fence for fence in module.fences if fence.data is not None]
        decks = [(str(getattr(fence.data, "id", "")), fence.source) for fence in fences if len(fence.items) != 1]
        named = [(name, source) for name, source in decks if name]  # what is nothing to practise may have none
        yield from _find_doubles("item", [*((item.id, item.source) for item in module.items), *named])
        for page in module.pages.values():
            yield from _find_taken_anchors(page)


@check
def former_id_is_free(course: Course) -> Iterator[Finding]:
    """What an item lists under `was:` is the id of no item of its module today, and no other item's former id.

    Else what a learner did with one item would count for another.
    """
    for module in course.modules:
        taken = {item.id: item for item in reversed(list(module.items))}
        for item in module.items:
            for former in item.was:
                if former in taken:
                    place = taken[former].source
                    message = f'"{former}" under `was:` of "{item.id}" is also at {place.path}:{place.line}.'
                    yield Finding(item.source, message, "keep it where learners met it first, and remove it here")
                taken.setdefault(former, item)


@check
def address_is_free(course: Course) -> Iterator[Finding]:
    """No track, former address or page of `docs/` takes an address that something else has.

    One of the two would silently overwrite the other.
    """
    current = {module.key: module for module in course.modules}
    former: dict[str, Source] = {}
    for track in course.tracks:
        if track.id in RESERVED:
            message = f'the site itself uses the address "/{track.id}/".'
            yield Finding(track.source, message, "give the track another id")
        if f"lessons/{track.id}" == OWN_WIDGETS:
            message = f'"{OWN_WIDGETS}/" is for widgets of the course\'s own, not for a track.'
            yield Finding(track.source, message, "give the track another id")
    for module in course.modules:
        for was in module.was:
            if was.concept == module.key:  # renamed back
                continue
            taken = current[was.concept].source if was.concept in current else former.get(was.concept)
            if taken and taken != was.source:  # a module listed twice: id-is-unique says so
                place = f"{taken.path}:{taken.line}"
                message = f'"{was.concept}" is also at {place}; an address can lead to one module only.'
                yield Finding(was.source, message, "remove it from `was:`")
            former[was.concept] = was.source
    yield from _find_files_in_place(course)
    yield from _find_pages_in_place(course, former)


def _find_files_in_place(course: Course) -> Iterator[Finding]:
    """Those that go where another one goes, or where the site writes one of its own."""
    places: dict[str, str] = {}
    for path in sorted(course.files):
        top, _, rest = path.partition("/")
        if path.endswith((".md", ".yml")):
            continue
        place = path if top == "cheatsheets" else rest
        if place in places:
            message = f'"{path}" goes to the address that "{places[place]}" has.'
            yield Finding(Source(path), message, "rename one of the two files")
        elif _WRITTEN.fullmatch(place):
            yield Finding(Source(path), f'the site itself writes "{place}".', "rename the file or its folder")
        places[place] = path


def _find_pages_in_place(course: Course, former: Mapping[str, Source]) -> Iterator[Finding]:
    """Pages of `docs/` that go where something else goes."""
    tracks = {track.id for track in course.tracks}
    places: dict[str, str] = {}
    for page in course.plain:
        place = re.sub(r"(^|/)(index|README)$", "", page.path.removeprefix("docs/").removesuffix(".md"))
        first = place.partition("/")[0]
        known = places.setdefault(place, page.path)
        if first in tracks or first in RESERVED:
            message = f'the course itself uses the address "/{first}/".'
            yield Finding(Source(page.path), message, "rename the page or its folder")
        elif known != page.path:
            message = f'"{page.path}" goes to the address that "{known}" has.'
            yield Finding(Source(page.path), message, "rename one of the two pages")
        elif was := former.get(place.removesuffix("/lesson").removesuffix("/practice")):
            message = f'"{page.path}" goes to an address that leads on by `was:` at {was.path}:{was.line}.'
            yield Finding(Source(page.path), message, "rename the page or its folder, or remove the address there")


def _find_taken_anchors(page: Page) -> Iterator[Finding]:
    headings = {heading.anchor: heading for heading in page.headings}
    for fence in page.fences:
        name = str(getattr(fence.data, "id", ""))
        if name in headings:
            message = f'"{name}" is also the anchor of the heading "{headings[name].text}" on this page.'
            yield Finding(fence.source, message, f"give the {fence.language} another id")


def _find_doubles(noun: str, named: Iterable[tuple[str, Source]]) -> Iterator[Finding]:
    first: dict[str, Source] = {}
    for name, source in named:
        if name in first:
            message = f'the {noun} id "{name}" is also at {first[name].path}:{first[name].line}.'
            yield Finding(source, message, "give one of them another id")
        first.setdefault(name, source)
