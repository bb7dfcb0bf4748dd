"""schema.org descriptions of the course and its parts, for search engines and catalogues (https://schema.org/Course)."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from trackbook.language.timing import module_minutes
from trackbook.language.words import load_language
from trackbook.model import Course, Track
from trackbook.publishing.addresses import locate, track_uri
from trackbook.publishing.outlook import Outlook, list_teachers
from trackbook.publishing.site_source import SitePage, Slots

Data = dict[str, object]


@dataclass(frozen=True, slots=True)
class Place:
    """A page to be described: its uri, and the site's address where that is known."""

    uri: str
    site: str

    def url(self, there: str) -> str:
        return locate(self.site, self.uri, there)


def describe_page(course: Course, outlooks: Mapping[str, Outlook], page: SitePage, site: str) -> SitePage:
    """The page with its description at the end, and the way to it, if it is one of a module, a track or the course."""

    def write(slots: Slots) -> str:
        data = _list_data(course, outlooks, page, Place(page.uri, site))
        scripts = [slots.add(_script(part)) for part in data]
        return "\n\n".join([page.write(slots).rstrip("\n"), *scripts]) + "\n"

    return replace(page, write=write)


def _list_data(course: Course, outlooks: Mapping[str, Outlook], page: SitePage, place: Place) -> Iterator[Data]:
    track = course.track(str(page.meta.get("track")))
    outlook = outlooks.get(f"{page.meta.get('track')}/{page.meta.get('module')}")
    if outlook:
        kind = str(page.meta["kind"])
        yield _describe_module(course, outlook, kind, place)
        yield _list_way(course, outlook.track, place, outlook, kind)
    elif track:
        yield _describe_track(course, track, place)
        yield _list_way(course, track, place)
    elif page.meta["kind"] == "home":
        yield _describe_course(course, place)


def _list_way(course: Course, track: Track, place: Place, outlook: Outlook | None = None, kind: str = "") -> Data:
    """The steps from the home page to this one (https://schema.org/BreadcrumbList)."""
    say = load_language(course.language).say
    steps = [
        (course.title, "index.md"),
        (say("place.track_title", number=track.number, title=track.title), track_uri(track)),
    ]
    if outlook:
        steps.append((outlook.module.title, f"{outlook.module.key}/index.md"))
    if outlook and kind != "overview":
        steps.append((say(f"kind.{kind}"), place.uri))
    items = [
        {"@type": "ListItem", "position": number, "name": name, "item": place.url(uri)}
        for number, (name, uri) in enumerate(steps, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def _describe_course(course: Course, place: Place) -> Data:
    parts = [{"@type": "Course", "name": track.title, "url": place.url(track_uri(track))} for track in course.tracks]
    return {
        "@type": "Course",
        "name": course.title,
        "description": course.summary,
        "inLanguage": course.language,
        "hasPart": parts,
    }


def _describe_track(course: Course, track: Track, place: Place) -> Data:
    lessons = [
        {
            "@type": "LearningResource",
            "name": module.title,
            "position": number,
            "url": place.url(f"{module.key}/index.md"),
        }
        for number, module in enumerate(track.modules, 1)
        if module.pages
    ]
    needed = [before.title for need in track.builds_on if (before := course.track(need.concept))]
    data: Data = {"@type": "Course", "name": track.title, "description": track.summary, "inLanguage": course.language}
    data |= {"isPartOf": {"@type": "Course", "name": course.title}, "hasPart": lessons}
    if needed:
        data["coursePrerequisites"] = needed
    return data


def _describe_module(course: Course, outlook: Outlook, kind: str, place: Place) -> Data:
    module = outlook.module
    data: Data = {
        "@type": "LearningResource",
        "name": module.title,
        "description": module.summary,
        "inLanguage": course.language,
        "learningResourceType": kind,
        "position": outlook.number,
        "timeRequired": f"PT{module_minutes(module)}M",
        "teaches": [_term(concept.name, concept.definition) for concept in module.teaches],
        "competencyRequired": [_term(concept.name, concept.definition) for concept in list_teachers(course, module)],
        "isPartOf": {"@type": "Course", "name": outlook.track.title, "url": place.url(track_uri(outlook.track))},
    }
    if module.credit:
        data["isBasedOn"] = _without_empty(
            {"@type": "CreativeWork", "name": module.credit.title, "url": module.credit.url}
        )
    return data


def _term(name: str, definition: str) -> Data:
    return {"@type": "DefinedTerm", "name": name, "description": definition}


def _without_empty(data: Mapping[str, object]) -> Data:
    return {key: value for key, value in data.items() if value not in ("", [], None)}


def _script(data: Data) -> str:
    """A data block; `<` is escaped so that no text in it can end it."""
    body = json.dumps({"@context": "https://schema.org", **_without_empty(data)}, ensure_ascii=False)
    return f'<script type="application/ld+json">{body.replace("<", chr(92) + "u003c")}</script>'
