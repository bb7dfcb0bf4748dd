"""A track's page: its phases as ordered lists, what each lesson needs and gives, and the tracks around it."""

from collections.abc import Mapping
from functools import partial

from trackbook.language.timing import WORDS_PER_MINUTE, module_minutes
from trackbook.model import Track
from trackbook.publishing.addresses import NEWS, locate_deck, track_uri
from trackbook.publishing.course_map import find_map
from trackbook.publishing.edition import Edition
from trackbook.publishing.path import list_steps
from trackbook.publishing.site_source import SitePage, Slots
from trackbook.publishing.text import escape_markdown
from trackbook.publishing.views import View


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
    say, uri, starts = edition.say, track_uri(track), _list_starts(edition, track)
    head = _show_head(edition, track, starts, uri, deck)
    parts = [f"# {escape_markdown(edition.name_track(track))}", slots.add(head)]
    for number, phase in enumerate(track.phases, 1):
        if lessons := [edition.positions[module.key] for module in phase.modules if module.pages]:
            heading = say("place.phase_title", number=number, title=phase.title)
            time = edition.language.say_minutes(sum(map(module_minutes, phase.modules)))
            part = edition.show("phase", uri, lessons=lessons, time=time, starts=starts)
            parts += [f"## {escape_markdown(heading)}", slots.add(part)]
    if planned := [edition.positions[module.key] for module in track.modules if not module.pages]:
        news = NEWS if edition.newest else ""
        part = edition.show("planned", uri, lessons=planned, counts=bool(starts), news=news)
        parts += [f"## {escape_markdown(say('track.planned'))}", slots.add(part)]
    if starts:
        part = edition.show("track_credit", uri, credit=track.credit, words_a_minute=WORDS_PER_MINUTE)
        parts.append(slots.add(part))
    if track.elsewhere and track.teaches:
        parts += [f"## {say('track.assumed')}", slots.add(edition.show("assumed", uri, concepts=track.teaches))]
    wanted = [need.concept for need in track.builds_on]
    before = [other for other in edition.course.tracks if other.id in wanted]
    after = [other for other in edition.course.tracks if track.id in [need.concept for need in other.builds_on]]
    if before or after:
        part = edition.show("neighbors", uri, before=before, after=after)
        parts += [f"## {say('track.neighbors')}", slots.add(part)]
    return "\n\n".join(parts) + "\n"


def _list_starts(edition: Edition, track: Track) -> Mapping[str, str]:
    """The uri of the first page of each written module, by the module's key."""
    return {module.key: list_steps(edition.course, module)[0].uri for module in track.modules if module.pages}


def _show_head(edition: Edition, track: Track, starts: Mapping[str, str], uri: str, deck: bool) -> str:
    written = [module for module in track.modules if module.pages]
    return edition.show(
        "track_facts",
        uri,
        track=track,
        written=[edition.positions[module.key] for module in written],
        starts=starts,
        time=edition.language.say_minutes(sum(map(module_minutes, written))),
        map=find_map(edition.course, track),
        deck=locate_deck(track.id) if deck else "",
    )
