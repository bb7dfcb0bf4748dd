"""What a map shows of a course: all of it, the tracks alone, or one track and those it has ties with."""

from collections.abc import Mapping

from trackbook.language.words import load_language
from trackbook.model import Course, Track
from trackbook.publishing.addresses import lesson_uri, link, map_uri, track_uri
from trackbook.publishing.course_map.network import Line, Network, Stop, Stretch, Tie, list_ties, merge_ties
from trackbook.publishing.outlook import Outlook


def chart_course(course: Course, outlooks: Mapping[str, Outlook], here: str) -> Network:
    """Every track as a line with all of its modules."""
    lines = [_make_line(course, track, outlooks, here) for track in _list_tracks(course)]
    return _join(lines, list_ties(course))


def chart_tracks(course: Course, here: str) -> Network:
    """Every track as a stop, tied to those it builds on."""
    lines = [Line(_make_head(course, track, link(here, _map_of(track)))) for track in _list_tracks(course)]
    ties = [Tie(need.concept, track.id, "needs") for track in _list_tracks(course) for need in track.builds_on]
    return _join(lines, tuple(dict.fromkeys(tie for tie in ties if tie.source != tie.target)))


def chart_track(course: Course, track: Track, outlooks: Mapping[str, Outlook], ties: tuple[Tie, ...]) -> Network:
    """One track with all of its modules between the tracks it has ties with. `ties` are those of the course."""
    here = map_uri(track)
    own = {module.key for module in track.modules} | {track.id}
    mine = tuple(tie for tie in ties if tie.source in own or tie.target in own)
    places = {key: key if key in own else key.partition("/")[0] for tie in mine for key in (tie.source, tie.target)}
    sources = {places[tie.source] for tie in mine} - own
    targets = {places[tie.target] for tie in mine} - own - sources
    others = {
        other.id: Line(_make_head(course, other, link(here, _map_of(other))))
        for other in _list_tracks(course)
        if other.id in sources | targets
    }
    lines = [line for key, line in others.items() if key in sources]
    lines.append(_make_line(course, track, outlooks, here))
    lines += [line for key, line in others.items() if key in targets]
    return _join(lines, merge_ties(mine, places))


def _join(lines: list[Line], ties: tuple[Tie, ...]) -> Network:
    """A course with errors may name what is not there: such ties are left out."""
    keys = {stop.key for line in lines for stop in line.stops}
    return Network(tuple(lines), tuple(tie for tie in ties if tie.source in keys and tie.target in keys))


def _list_tracks(course: Course) -> list[Track]:
    return list({track.id: track for track in reversed(course.tracks)}.values())[::-1]


def _map_of(track: Track) -> str:
    return map_uri(track) if track.modules else track_uri(track)


def _make_head(course: Course, track: Track, url: str) -> Stop:
    say = load_language(course.language).say
    elsewhere = bool(track.elsewhere) and not track.modules
    name = say("place.track_title", number=track.number, title=track.title)
    return Stop(track.id, track.title, track.number, url, name, "elsewhere" if elsewhere else "written")


def make_stop(course: Course, outlooks: Mapping[str, Outlook], here: str, key: str) -> Stop | None:
    """The stop of a module by its key, or of a track by its id, as a page at `here` links to it."""
    if outlook := outlooks.get(key):
        return _make_stop(course, outlook, here)
    track = course.track(key)
    return _make_head(course, track, link(here, track_uri(track))) if track else None


def _make_line(course: Course, track: Track, outlooks: Mapping[str, Outlook], here: str) -> Line:
    seen: set[str] = set()
    stretches: list[Stretch] = []
    for phase in track.phases:
        keys = list(dict.fromkeys(module.key for module in phase.modules if module.key not in seen))
        seen.update(keys)
        stretches.append(Stretch(phase.title, tuple(_make_stop(course, outlooks[key], here) for key in keys)))
    return Line(_make_head(course, track, link(here, track_uri(track))), tuple(stretches))


def _make_stop(course: Course, outlook: Outlook, here: str) -> Stop:
    say = load_language(course.language).say
    module, track = outlook.module, outlook.track
    place = say("place.track_lesson", track=track.number, number=outlook.number)
    name = say("place.there", place=place, title=module.title)
    if not module.pages:
        url = link(here, track_uri(track))
        return Stop(module.key, module.title, outlook.number, url, f"{name} ({say('planned')})", state="planned")
    return Stop(module.key, module.title, outlook.number, link(here, lesson_uri(module)), name)
