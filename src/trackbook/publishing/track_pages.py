"""A track's page: its phases as ordered lists, what each lesson needs and gives, and the tracks around it."""

from collections.abc import Iterator, Mapping
from functools import partial

from trackbook.language.timing import WORDS_PER_MINUTE, module_minutes
from trackbook.language.words import load_language
from trackbook.model import Course, Phase, Track
from trackbook.publishing.addresses import link, locate_deck, track_uri
from trackbook.publishing.cards import View, view_concept, view_credit, view_lesson, view_needs, view_track
from trackbook.publishing.course_map import find_map
from trackbook.publishing.outlook import Outlook
from trackbook.publishing.site_source import SitePage, Slots
from trackbook.publishing.templates import render_part
from trackbook.publishing.text import escape_markdown


def publish_track(course: Course, track: Track, outlooks: Mapping[str, Outlook], *, deck: bool = False) -> SitePage:
    """The page of one track; `deck` says that there is a file of its cards for Anki."""
    say = load_language(course.language).say
    uri = track_uri(track)
    title = say("place.track_title", number=track.number, title=track.title)
    meta: View = {
        "title": track.title,
        "description": track.summary,
        "html_title": title,
        "kind": "track",
        "track": track.id,
        "track_number": track.number,
    }
    return SitePage(uri, partial(_write, course, track, outlooks, title=title, deck=deck), meta)


def _write(
    course: Course, track: Track, outlooks: Mapping[str, Outlook], slots: Slots, *, title: str, deck: bool
) -> str:
    say, uri = load_language(course.language).say, track_uri(track)
    parts = [f"# {escape_markdown(title)}", slots.add(_head(course, track, uri, deck))]
    for number, phase in enumerate(track.phases, 1):
        heading = say("place.phase_title", number=number, title=phase.title)
        parts += [f"## {escape_markdown(heading)}", slots.add(_phase(course, phase, outlooks, uri))]
    if track.elsewhere and track.teaches:
        assumed = [view_concept(concept, outlooks, course, uri) for concept in track.teaches]
        parts += [f"## {say('track.assumed')}", slots.add(render_part("assumed", course.language, concepts=assumed))]
    before, after = _neighbors(course, track)
    if before or after:
        views = {"before": [view_track(t, uri) for t in before], "after": [view_track(t, uri) for t in after]}
        parts += [f"## {say('track.neighbors')}", slots.add(render_part("neighbors", course.language, **views))]
    return "\n\n".join(parts) + "\n"


def _head(course: Course, track: Track, uri: str, deck: bool) -> str:
    language = load_language(course.language)
    say = language.say
    written = [module for module in track.modules if module.pages]
    minutes = sum(map(module_minutes, written))
    facts = []
    if track.modules:
        count = say("track.count", total=len(track.modules), written=len(written))
        facts.append({"label": say("track.lessons"), "text": count})
        facts.append({"label": say("track.time"), "text": language.say_minutes(minutes)})
        facts.append({"label": say("track.speed"), "text": say("track.words_a_minute", number=WORDS_PER_MINUTE)})
    return render_part(
        "track_facts",
        course.language,
        track=view_track(track, uri),
        facts=facts,
        elsewhere={"title": track.elsewhere.title, "url": track.elsewhere.url} if track.elsewhere else None,
        credit=view_credit(track.credit, language),
        map=link(uri, find_map(course, track)),
        deck=link(uri, locate_deck(track.id)) if deck else "",
        keepable=bool(written),
    )


def _phase(course: Course, phase: Phase, outlooks: Mapping[str, Outlook], uri: str) -> str:
    lessons = [
        {
            **view_lesson(outlooks[module.key], uri),
            "takes": view_needs(course, module, outlooks, uri),
            "gives": [view_concept(concept, outlooks, course, uri) for concept in module.teaches],
        }
        for module in phase.modules
    ]
    start = outlooks[phase.modules[0].key].number if phase.modules else 1
    minutes = sum(map(module_minutes, phase.modules))
    time = load_language(course.language).say_minutes(minutes) if minutes else ""
    return render_part("phase", course.language, lessons=lessons, start=start, time=time)


def _neighbors(course: Course, track: Track) -> tuple[list[Track], list[Track]]:
    wanted = [need.concept for need in track.builds_on]
    before = [other for other in course.tracks if other.id in wanted]
    after = [other for other in course.tracks if track.id in [need.concept for need in other.builds_on]]
    return before, after


def list_tracks(course: Course, outlooks: Mapping[str, Outlook], uri: str) -> str:
    """Every track as a line of stations."""

    def lessons(track: Track) -> Iterator[View]:
        return (view_lesson(outlooks[module.key], uri) for module in track.modules)

    tracks = [
        {
            **view_track(track, uri),
            "elsewhere": {"title": track.elsewhere.title, "url": track.elsewhere.url} if track.elsewhere else None,
            "written": sum(bool(module.pages) for module in track.modules),
            "lessons": list(lessons(track)),
        }
        for track in course.tracks
    ]
    return render_part("tracks", course.language, tracks=tracks)
