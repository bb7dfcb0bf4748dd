"""The page about reading without a network: shown too in the place of a page that a browser does not keep."""

from functools import partial

from trackbook.language.words import load_language
from trackbook.model import Course
from trackbook.publishing.addresses import OFFLINE
from trackbook.publishing.cards import view_track
from trackbook.publishing.site_source import SitePage, Slots
from trackbook.publishing.templates import render_part


def publish_offline(course: Course) -> SitePage:
    say = load_language(course.language).say
    title = say("offline.title")
    meta = {
        "title": title,
        "description": say("offline.lede"),
        "html_title": title,
        "kind": "offline",
        "unlisted": True,
    }
    return SitePage(OFFLINE, partial(_write, course, title), meta)


def _write(course: Course, title: str, slots: Slots) -> str:
    tracks = [view_track(track, OFFLINE) for track in course.tracks if any(module.pages for module in track.modules)]
    return f"# {title}\n\n{slots.add(render_part('offline', course.language, tracks=tracks))}\n"
