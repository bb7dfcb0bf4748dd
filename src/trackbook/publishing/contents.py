"""The page of everything: where search leads without script."""

from collections.abc import Collection, Iterator, Mapping
from functools import partial

from trackbook.language.words import load_language
from trackbook.model import MODULE_KINDS, Course, Track
from trackbook.publishing.addresses import CONTENTS, lesson_uri, link, locate_source
from trackbook.publishing.cards import View, view_track
from trackbook.publishing.outlook import Outlook
from trackbook.publishing.site_source import SitePage, Slots
from trackbook.publishing.templates import render_part

FEW_TRACKS = 6
"""Tracks up to which the list needs no list of its own."""


def publish_contents(course: Course, outlooks: Mapping[str, Outlook], pages: Collection[SitePage]) -> SitePage:
    """The modules by track and phase, then those of `pages` that belong to no track."""
    say = load_language(course.language).say
    title = say("contents.title")
    meta = {"title": title, "description": say("contents.description"), "html_title": title, "kind": "contents"}
    return SitePage(CONTENTS, partial(_write, course, outlooks, pages, title), meta)


def _write(
    course: Course, outlooks: Mapping[str, Outlook], pages: Collection[SitePage], title: str, slots: Slots
) -> str:
    tracks = [
        {
            **view_track(track, CONTENTS),
            "elsewhere": bool(track.elsewhere) and not track.modules,
            "phases": list(_view_phases(course, track, outlooks)),
        }
        for track in course.tracks
    ]
    others = [
        {"title": page.meta["title"], "url": link(CONTENTS, page.uri)}
        for page in sorted(pages, key=lambda page: page.meta["kind"] != "home")
        if "track" not in page.meta and not page.uri.startswith("map/")
    ]
    jumps = tracks if len(tracks) > FEW_TRACKS else []
    body = render_part("contents", course.language, tracks=tracks, jumps=jumps, pages=others)
    return f"# {title}\n\n{slots.add(body)}\n"


def _view_phases(course: Course, track: Track, outlooks: Mapping[str, Outlook]) -> Iterator[View]:
    for phase in track.phases:
        lessons = [_view_module(course, outlooks[module.key]) for module in phase.modules]
        yield {"title": phase.title, "lessons": lessons}


def _view_module(course: Course, outlook: Outlook) -> View:
    """A module by its lesson, and its other pages; `url` is None while it is planned."""
    say = load_language(course.language).say
    module, first = outlook.module, lesson_uri(outlook.module)
    pages = {kind: locate_source(course, module.pages[kind].path) for kind in MODULE_KINDS if kind in module.pages}
    others = [{"label": say(f"kind.{kind}"), "url": link(CONTENTS, uri)} for kind, uri in pages.items() if uri != first]
    url = link(CONTENTS, first) if module.pages else None
    return {"number": outlook.number, "title": module.title, "url": url, "pages": others}
