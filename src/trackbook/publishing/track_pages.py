"""A track's page: its phases as ordered lists, what each lesson needs and gives, and the tracks around it."""

from collections.abc import Iterator, Mapping

from trackbook.model import WORDS_PER_MINUTE, Course, Phase, Track
from trackbook.publishing.addresses import track_uri
from trackbook.publishing.cards import View, view_concept, view_lesson, view_needs, view_track
from trackbook.publishing.outlook import Outlook
from trackbook.publishing.site_source import SitePage
from trackbook.publishing.structured_data import describe_track
from trackbook.publishing.templates import render_part


def publish_track(course: Course, track: Track, outlooks: Mapping[str, Outlook]) -> SitePage:
    uri = track_uri(track)
    parts = [f"# Track {track.number}: {_escape(track.title)}", _head(track, uri)]
    for number, phase in enumerate(track.phases, 1):
        parts += [f"## Phase {number}: {_escape(phase.title)}", _phase(course, phase, outlooks, uri)]
    if track.elsewhere and track.teaches:
        assumed = [view_concept(concept, outlooks, course, uri) for concept in track.teaches]
        parts += ["## What later tracks assume", render_part("assumed", concepts=assumed)]
    before, after = _neighbors(course, track)
    if before or after:
        views = {"before": [view_track(t, uri) for t in before], "after": [view_track(t, uri) for t in after]}
        parts += ["## Before and after", render_part("neighbors", **views)]
    parts.append(describe_track(course, track, uri))
    meta: View = {
        "title": track.title,
        "description": track.summary,
        "html_title": f"Track {track.number}: {track.title}",
        "kind": "track",
        "track": track.id,
        "track_number": track.number,
    }
    return SitePage(uri, "\n\n".join(parts) + "\n", meta)


def _head(track: Track, uri: str) -> str:
    written = [module for module in track.modules if module.pages]
    minutes = sum(module.minutes for module in written)
    facts = []
    if track.modules:
        facts.append({"label": "Lessons", "text": f"{len(track.modules)}, {len(written)} of them written"})
        facts.append({"label": "Time for what is written", "text": _say_minutes(minutes)})
        facts.append({"label": "Reading speed assumed", "text": f"{WORDS_PER_MINUTE} words a minute"})
    credit = track.credit
    return render_part(
        "track_facts",
        track=view_track(track, uri),
        facts=facts,
        elsewhere={"title": track.elsewhere.title, "url": track.elsewhere.url} if track.elsewhere else None,
        credit={"title": credit.title, "url": credit.url, "authors": " and ".join(credit.authors)} if credit else None,
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
    minutes = sum(module.minutes for module in phase.modules)
    return render_part("phase", lessons=lessons, start=start, time=_say_minutes(minutes) if minutes else "")


def _neighbors(course: Course, track: Track) -> tuple[list[Track], list[Track]]:
    wanted = [need.concept for need in track.builds_on]
    before = [other for other in course.tracks if other.id in wanted]
    after = [other for other in course.tracks if track.id in [need.concept for need in other.builds_on]]
    return before, after


def _say_minutes(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    return " ".join(filter(None, [f"{hours} h" if hours else "", f"{rest} min" if rest or not hours else ""]))


def _escape(text: str) -> str:
    """Text that came from a front matter field, safe in a Markdown heading."""
    return "".join(f"&#{ord(sign)};" if sign in "<>&*_`[]\\$#!" else sign for sign in " ".join(text.split()))


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
    return render_part("tracks", tracks=tracks)
