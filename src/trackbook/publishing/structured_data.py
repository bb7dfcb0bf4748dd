"""schema.org descriptions of the course and its parts, for search engines and catalogues (https://schema.org/Course)."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial

from trackbook.language.timing import module_minutes
from trackbook.model import Concept, Track
from trackbook.publishing.addresses import locate, track_uri
from trackbook.publishing.edition import Edition, Position
from trackbook.publishing.site_source import SitePage, Slots

Data = dict[str, object]
Locate = Callable[[str], str]
"""Makes the address of a uri for the page that is described."""


def describe_page(edition: Edition, page: SitePage) -> SitePage:
    """The page with its description at the end, and the way to it, if it is one of a module, a track or the course."""

    def write(slots: Slots) -> str:
        scripts = [slots.add(_script(data)) for data in _list_data(edition, page)]
        return "\n\n".join([page.write(slots).rstrip("\n"), *scripts]) + "\n"

    return replace(page, write=write)


def _list_data(edition: Edition, page: SitePage) -> Iterator[Data]:
    url = partial(locate, edition.site, page.uri)
    kind, name = str(page.meta["kind"]), str(page.meta.get("track"))
    way = [(edition.course.title, "index.md")]
    if position := edition.positions.get(f"{name}/{page.meta.get('module')}"):
        yield _describe_module(edition, position, kind, url)
        way.append((edition.name_track(position.track), track_uri(position.track)))
        way.append((position.module.title, f"{position.module.key}/index.md"))
        if kind != "overview":
            way.append((edition.say(f"kind.{kind}"), page.uri))
        yield _list_way(way, url)
    elif track := edition.course.track(name):
        yield _describe_track(edition, track, url)
        yield _list_way([*way, (edition.name_track(track), track_uri(track))], url)
    elif kind == "home":
        tracks = [_refer(track, url) for track in edition.course.tracks]
        yield _begin(edition, "Course", edition.course.title, edition.course.summary) | {"hasPart": tracks}


def _list_way(steps: list[tuple[str, str]], url: Locate) -> Data:
    """The steps from the home page to this one (https://schema.org/BreadcrumbList)."""
    items = [
        {"@type": "ListItem", "position": number, "name": name, "item": url(uri)}
        for number, (name, uri) in enumerate(steps, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def _describe_track(edition: Edition, track: Track, url: Locate) -> Data:
    course = edition.course
    lessons = [
        {"@type": "LearningResource", "name": module.title, "position": number, "url": url(f"{module.key}/index.md")}
        for number, module in enumerate(track.modules, 1)
        if module.pages
    ]
    return _begin(edition, "Course", track.title, track.summary) | {
        "isPartOf": {"@type": "Course", "name": course.title},
        "hasPart": lessons,
        "coursePrerequisites": [other.title for need in track.builds_on if (other := course.track(need.concept))],
    }


def _describe_module(edition: Edition, position: Position, kind: str, url: Locate) -> Data:
    module, track = position.module, position.track
    source = {"@type": "CreativeWork", "name": module.credit.title, "url": module.credit.url} if module.credit else {}
    return _begin(edition, "LearningResource", module.title, module.summary) | {
        "learningResourceType": kind,
        "position": position.number,
        "timeRequired": f"PT{module_minutes(module)}M",
        "teaches": list(map(_define, module.teaches)),
        "competencyRequired": list(map(_define, edition.list_needed(module))),
        "isPartOf": _refer(track, url),
        "isBasedOn": _without_empty(source),
    }


def _begin(edition: Edition, kind: str, name: str, description: str) -> Data:
    return {"@type": kind, "name": name, "description": description, "inLanguage": edition.course.language}


def _refer(track: Track, url: Locate) -> Data:
    return {"@type": "Course", "name": track.title, "url": url(track_uri(track))}


def _define(concept: Concept) -> Data:
    return {"@type": "DefinedTerm", "name": concept.name, "description": concept.definition}


def _without_empty(data: Mapping[str, object]) -> Data:
    return {key: value for key, value in data.items() if value}


def _script(data: Data) -> str:
    """A data block; `<` is escaped so that no text in it can end it."""
    body = json.dumps({"@context": "https://schema.org", **_without_empty(data)}, ensure_ascii=False)
    return f'<script type="application/ld+json">{body.replace("<", chr(92) + "u003c")}</script>'
