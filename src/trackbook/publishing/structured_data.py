"""schema.org descriptions of the course and its parts, for search engines and catalogues (https://schema.org/Course)."""

import json
from collections.abc import Mapping

from trackbook.model import Course, Track
from trackbook.publishing.addresses import link, track_uri
from trackbook.publishing.outlook import Outlook, list_teachers

Data = dict[str, object]


def describe_course(course: Course, here: str) -> str:
    parts = [{"@type": "Course", "name": track.title, "url": link(here, track_uri(track))} for track in course.tracks]
    return _script(
        {
            "@type": "Course",
            "name": course.title,
            "description": course.summary,
            "inLanguage": course.language,
            "hasPart": parts,
        }
    )


def describe_track(course: Course, track: Track, here: str) -> str:
    lessons = [
        {
            "@type": "LearningResource",
            "name": module.title,
            "position": number,
            "url": link(here, f"{module.key}/index.md"),
        }
        for number, module in enumerate(track.modules, 1)
        if module.pages
    ]
    needed = [before.title for need in track.builds_on if (before := course.track(need.concept))]
    data: Data = {"@type": "Course", "name": track.title, "description": track.summary, "inLanguage": course.language}
    data |= {"isPartOf": {"@type": "Course", "name": course.title}, "hasPart": lessons}
    if needed:
        data["coursePrerequisites"] = needed
    return _script(data)


def describe_module(course: Course, outlook: Outlook, kind: str, here: str) -> str:
    module = outlook.module
    data: Data = {
        "@type": "LearningResource",
        "name": module.title,
        "description": module.summary,
        "inLanguage": course.language,
        "learningResourceType": kind,
        "position": outlook.number,
        "timeRequired": f"PT{module.minutes}M",
        "teaches": [_term(concept.name, concept.definition) for concept in module.teaches],
        "competencyRequired": [_term(concept.name, concept.definition) for concept in list_teachers(course, module)],
        "isPartOf": {"@type": "Course", "name": outlook.track.title, "url": link(here, track_uri(outlook.track))},
    }
    if module.credit:
        data["isBasedOn"] = _without_empty(
            {"@type": "CreativeWork", "name": module.credit.title, "url": module.credit.url}
        )
    return _script(data)


def _term(name: str, definition: str) -> Data:
    return {"@type": "DefinedTerm", "name": name, "description": definition}


def _without_empty(data: Mapping[str, object]) -> Data:
    return {key: value for key, value in data.items() if value not in ("", [], None)}


def _script(data: Data) -> str:
    """A data block; `<` is escaped so that no text in it can end it."""
    body = json.dumps({"@context": "https://schema.org", **_without_empty(data)}, ensure_ascii=False)
    return f'<script type="application/ld+json">{body.replace("<", chr(92) + "u003c")}</script>'
