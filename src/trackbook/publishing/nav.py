"""What the theme's navigation shows: one track at a time, addresses relative to the site's root."""

from trackbook.language.words import load_language
from trackbook.model import Course, Track
from trackbook.publishing.addresses import (
    CHEATSHEETS,
    CONTENTS,
    GLOSSARY,
    MAP,
    PROGRESS,
    REVIEW,
    address,
    lesson_uri,
    locate_source,
    track_uri,
)
from trackbook.publishing.cards import View


def build_nav(course: Course) -> View:
    plain: list[View] = [
        {"title": page.title, "url": address(locate_source(course, page.path))}
        for page in course.plain
        if page.path != "docs/index.md" and not page.meta.get("unlisted")
    ]
    say = load_language(course.language).say
    header: list[View] = [
        {"title": say("frame.map"), "url": address(MAP)},
        {"title": say("glossary.title"), "url": address(GLOSSARY)},
        {"title": say("cheatsheets.title"), "url": address(CHEATSHEETS)},
        {"title": say("review.title"), "url": address(REVIEW)},
        {"title": say("progress.title"), "url": address(PROGRESS)},
    ]
    tracks = list(map(_view_track, course.tracks))
    return {"nav": tracks, "plain": plain, "header": header, "contents": address(CONTENTS)}


def _view_track(track: Track) -> View:
    number = 0
    phases: list[View] = []
    for phase in track.phases:
        lessons: list[View] = []
        for module in phase.modules:
            number += 1
            url = address(lesson_uri(module)) if module.pages else None
            lessons.append({"id": module.id, "key": module.key, "title": module.title, "number": number, "url": url})
        phases.append({"title": phase.title, "lessons": lessons})
    url = address(track_uri(track))
    return {"id": track.id, "number": track.number, "title": track.title, "url": url, "phases": phases}
