"""What a map shows of a course: lines with their stops, and the ties of concepts between them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from trackbook.model import Concept, Course, Module, Track
from trackbook.publishing.addresses import lesson_uri, link, map_uri, track_uri
from trackbook.publishing.edition import Edition, Position

TieKind = Literal["needs", "defers"]
State = Literal["written", "planned", "elsewhere"]


@dataclass(frozen=True, slots=True)
class Stop:
    """A place on a line: a module, or a whole track. `key` is that of the module, or the track's id.

    `name` says what it is where its place on the map can't be seen.
    """

    key: str
    title: str
    number: int
    url: str = ""
    name: str = ""
    state: State = "written"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Stops in a row under one title: a phase."""

    title: str
    stops: tuple[Stop, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A track: its head, which is a stop as well, and its stretches."""

    head: Stop
    stretches: tuple[Stretch, ...] = ()

    @property
    def stops(self) -> tuple[Stop, ...]:
        return (self.head, *(stop for stretch in self.stretches for stop in stretch.stops))


@dataclass(frozen=True, slots=True)
class Tie:
    """What leads from one stop to another: concepts that the target needs, or that the source leaves to it."""

    source: str
    target: str
    kind: TieKind
    concepts: tuple[Concept, ...] = ()


@dataclass(frozen=True)
class Network:
    lines: tuple[Line, ...]
    ties: tuple[Tie, ...]


def list_ties(course: Course) -> tuple[Tie, ...]:
    """Every tie between two modules, or from a track to a module that needs what the track itself teaches."""
    return _gather(part for module in course.modules for part in _list_parts(course, module))


def merge_ties(ties: Iterable[Tie], places: Mapping[str, str]) -> tuple[Tie, ...]:
    """The ties between `places`, which say where each key is shown; several between the same two become one."""
    return _gather(
        (places[tie.source], places[tie.target], tie.kind, concept) for tie in ties for concept in tie.concepts
    )


def _gather(parts: Iterable[tuple[str, str, TieKind, Concept]]) -> tuple[Tie, ...]:
    """One tie of each kind from a source to another place, with all its concepts."""
    found: dict[tuple[str, str, TieKind], dict[str, Concept]] = {}
    for source, target, kind, concept in parts:
        if source != target:
            found.setdefault((source, target, kind), {})[concept.id] = concept
    return tuple(Tie(*ends, tuple(concepts.values())) for ends, concepts in found.items())


def _list_parts(course: Course, module: Module) -> Iterator[tuple[str, str, TieKind, Concept]]:
    for need in module.needs:
        if concept := course.concepts.get(need.concept):
            yield concept.taught_in or concept.track, module.key, "needs", concept
    for deferral in module.defers:
        for left in deferral.concepts:
            concept = course.concepts.get(left.concept)
            if concept and concept.taught_in and concept.track == deferral.track:
                yield module.key, concept.taught_in, "defers", concept


def chart_course(edition: Edition, here: str) -> Network:
    """Every track as a line with all of its modules."""
    lines = [_make_line(edition, track, here) for track in _list_tracks(edition.course)]
    return _join(lines, list_ties(edition.course))


def chart_tracks(edition: Edition, here: str) -> Network:
    """Every track as a stop, tied to those it builds on."""
    tracks = _list_tracks(edition.course)
    ties = (Tie(need.concept, track.id, "needs") for track in tracks for need in track.builds_on)
    lines = [Line(_make_head(edition, track, _map_of(track), here)) for track in tracks]
    return _join(lines, tuple(dict.fromkeys(tie for tie in ties if tie.source != tie.target)))


def chart_track(edition: Edition, track: Track, ties: Iterable[Tie], here: str) -> Network:
    """One track with all of its modules between the tracks it has ties with; `ties` are those of its stops."""
    own = {module.key for module in track.modules} | {track.id}
    places = {key: key if key in own else key.partition("/")[0] for tie in ties for key in (tie.source, tie.target)}
    sources = {places[tie.source] for tie in ties} - own
    targets = {places[tie.target] for tie in ties} - own - sources
    others = [other for other in _list_tracks(edition.course) if other.id in sources | targets]
    heads = [_make_head(edition, other, _map_of(other), here) for other in others]
    lines = [Line(head) for head in heads if head.key in sources]
    lines.append(_make_line(edition, track, here))
    lines += [Line(head) for head in heads if head.key in targets]
    return _join(lines, merge_ties(ties, places))


def _join(lines: list[Line], ties: tuple[Tie, ...]) -> Network:
    """A course with errors may name what is not there: such ties are left out."""
    keys = {stop.key for line in lines for stop in line.stops}
    return Network(tuple(lines), tuple(tie for tie in ties if tie.source in keys and tie.target in keys))


def _list_tracks(course: Course) -> list[Track]:
    return list({track.id: track for track in reversed(course.tracks)}.values())[::-1]


def _map_of(track: Track) -> str:
    return map_uri(track) if track.modules else track_uri(track)


def make_stop(edition: Edition, here: str, key: str) -> Stop | None:
    """The stop of a module by its key, or of a track by its id, as a page at `here` links to it."""
    if position := edition.positions.get(key):
        return _make_stop(edition, position, here)
    track = edition.course.track(key)
    return _make_head(edition, track, track_uri(track), here) if track else None


def _make_line(edition: Edition, track: Track, here: str) -> Line:
    seen: set[str] = set()
    stretches: list[Stretch] = []
    for phase in track.phases:
        keys = list(dict.fromkeys(module.key for module in phase.modules if module.key not in seen))
        seen.update(keys)
        stretches.append(Stretch(phase.title, tuple(_make_stop(edition, edition.positions[key], here) for key in keys)))
    return Line(_make_head(edition, track, track_uri(track), here), tuple(stretches))


def _make_head(edition: Edition, track: Track, uri: str, here: str) -> Stop:
    state: State = "elsewhere" if track.elsewhere and not track.modules else "written"
    return Stop(track.id, track.title, track.number, link(here, uri), edition.name_track(track), state)


def _make_stop(edition: Edition, position: Position, here: str) -> Stop:
    module, number = position.module, position.number
    name = edition.say("place.there", place=edition.name_lesson(position), title=module.title)
    if module.pages:
        return Stop(module.key, module.title, number, link(here, lesson_uri(module)), name)
    url = link(here, track_uri(position.track))
    return Stop(module.key, module.title, number, url, f"{name} ({edition.say('planned')})", "planned")
