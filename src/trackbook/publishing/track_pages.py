"""A track's page: its phases as ordered lists, what each lesson needs and gives, and the tracks around it."""

from functools import partial

from trackbook.language.timing import WORDS_PER_MINUTE, module_minutes
from trackbook.model import Course, Phase, Track
from trackbook.publishing.addresses import link, locate_deck, track_uri
from trackbook.publishing.course_map import find_map
from trackbook.publishing.edition import Edition
from trackbook.publishing.site_source import SitePage, Slots
from trackbook.publishing.text import escape_markdown
from trackbook.publishing.views import View, view_concepts, view_lesson, view_track


def publish_track(edition: Edition, track: Track, *, deck: bool = False) -> SitePage:
    """The page of one track; `deck` says that there is a file of its cards for Anki."""
    meta: View = {
        "title": track.title,
        "description": track.summary,
        "html_title": edition.name_track(track),
        "kind": "track",
        "track": track.id,
        "track_number": track.number,
    }
    return SitePage(track_uri(track), partial(_write, edition, track, deck), meta)


def _write(edition: Edition, track: Track, deck: bool, slots: Slots) -> str:
    say, uri = edition.say, track_uri(track)
    parts = [f"# {escape_markdown(edition.name_track(track))}", slots.add(_show_head(edition, track, uri, deck))]
    for number, phase in enumerate(track.phases, 1):
        heading = say("place.phase_title", number=number, title=phase.title)
        parts += [f"## {escape_markdown(heading)}", slots.add(_show_phase(edition, phase, uri))]
    if track.elsewhere and track.teaches:
        parts += [f"## {say('track.assumed')}", slots.add(edition.show("assumed", concepts=track.teaches))]
    before, after = _list_neighbors(edition.course, track)
    if before or after:
        views = {"before": [view_track(t, uri) for t in before], "after": [view_track(t, uri) for t in after]}
        parts += [f"## {say('track.neighbors')}", slots.add(edition.show("neighbors", **views))]
    return "\n\n".join(parts) + "\n"


def _show_head(edition: Edition, track: Track, uri: str, deck: bool) -> str:
    written = [module for module in track.modules if module.pages]
    return edition.show(
        "track_facts",
        track=view_track(track, uri),
        total=len(track.modules),
        written=len(written),
        time=edition.language.say_minutes(sum(map(module_minutes, written))),
        words_a_minute=WORDS_PER_MINUTE,
        credit=track.credit,
        map=link(uri, find_map(edition.course, track)),
        deck=link(uri, locate_deck(track.id)) if deck else "",
    )


def _show_phase(edition: Edition, phase: Phase, uri: str) -> str:
    lessons = [
        {
            **view_lesson(edition.positions[module.key], uri),
            "takes": view_concepts(edition, edition.list_needed(module), uri),
            "gives": view_concepts(edition, module.teaches, uri),
        }
        for module in phase.modules
    ]
    minutes = sum(map(module_minutes, phase.modules))
    return edition.show("phase", lessons=lessons, time=edition.language.say_minutes(minutes) if minutes else "")


def _list_neighbors(course: Course, track: Track) -> tuple[list[Track], list[Track]]:
    wanted = [need.concept for need in track.builds_on]
    before = [other for other in course.tracks if other.id in wanted]
    after = [other for other in course.tracks if track.id in [need.concept for need in other.builds_on]]
    return before, after


def list_tracks(edition: Edition, uri: str) -> str:
    """Every track as a line of stations."""
    tracks = [
        {
            **view_track(track, uri),
            "lessons": [view_lesson(edition.positions[module.key], uri) for module in track.modules],
        }
        for track in edition.course.tracks
    ]
    return edition.show("tracks", tracks=tracks)
