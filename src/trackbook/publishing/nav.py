"""What the theme's navigation shows: one track at a time, addresses relative to the site's root."""

from itertools import count

from trackbook.model import Module, Track
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
from trackbook.publishing.edition import Edition
from trackbook.publishing.views import View, view_phases

_HEADER = {
    "frame.map": MAP,
    "glossary.title": GLOSSARY,
    "cheatsheets.title": CHEATSHEETS,
    "review.title": REVIEW,
    "progress.title": PROGRESS,
}


def build_nav(edition: Edition) -> View:
    plain = [
        {"title": page.title, "url": address(locate_source(edition.course, page.path))}
        for page in edition.course.plain
        if page.path != "docs/index.md" and not page.meta.get("unlisted")
    ]
    header = [{"title": edition.say(key), "url": address(uri)} for key, uri in _HEADER.items()]
    tracks = [*map(_view_track, edition.course.tracks)]
    return {"nav": tracks, "plain": plain, "header": header, "contents": address(CONTENTS)}


def _view_track(track: Track) -> View:
    numbers = count(1)

    def view_module(module: Module) -> View:
        url = address(lesson_uri(module)) if module.pages else None
        return {"id": module.id, "key": module.key, "title": module.title, "number": next(numbers), "url": url}

    phases = view_phases(track, view_module)
    url = address(track_uri(track))
    return {"id": track.id, "number": track.number, "title": track.title, "url": url, "phases": phases}
