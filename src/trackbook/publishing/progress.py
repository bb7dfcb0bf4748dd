"""The page of what a learner has done: every module as a segment of its track, and the record itself to take along."""

from collections.abc import Iterator, Mapping
from functools import partial

from trackbook.language.words import load_language
from trackbook.model import Course, Track
from trackbook.publishing.addresses import PROGRESS, REVIEW, lesson_uri, link
from trackbook.publishing.cards import View, view_track
from trackbook.publishing.outlook import Outlook
from trackbook.publishing.site_source import SitePage, Slots
from trackbook.publishing.templates import render_part


def publish_progress(course: Course, outlooks: Mapping[str, Outlook]) -> SitePage:
    say = load_language(course.language).say
    title = say("progress.title")
    meta = {"title": title, "description": say("progress.lede"), "html_title": title, "kind": "progress"}
    return SitePage(PROGRESS, partial(_write, course, outlooks, title), meta)


def _write(course: Course, outlooks: Mapping[str, Outlook], title: str, slots: Slots) -> str:
    tracks = [
        {**view_track(track, PROGRESS), "phases": list(_view_phases(track, outlooks))}
        for track in course.tracks
        if any(module.pages for module in track.modules)
    ]
    part = render_part("progress", course.language, tracks=tracks, review=link(PROGRESS, REVIEW))
    return f"# {title}\n\n{slots.add(part)}\n"


def _view_phases(track: Track, outlooks: Mapping[str, Outlook]) -> Iterator[View]:
    for phase in filter(lambda phase: phase.modules, track.phases):
        lessons = [
            {
                "key": module.key,
                "number": outlooks[module.key].number,
                "title": module.title,
                "url": link(PROGRESS, lesson_uri(module)) if module.pages else None,
            }
            for module in phase.modules
        ]
        yield {"title": phase.title, "lessons": lessons}
