"""Which modules need which others, drawn: modules below each other, lines from what they teach to who needs it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from trackbook.model import Concept, Course
from trackbook.publishing.course_map.labels import break_lines
from trackbook.publishing.course_map.network import Tie, list_ties
from trackbook.publishing.course_map.trunks import assign_lanes

_LANE, _CORNER = 13.0, 6.0
_MOST_OF_WIDTH = 0.4
"""What lanes may take of the drawing; where they are many, they move together."""
_TITLE, _CONCEPT = 15.0, 13.0
_TITLE_LEADING, _CONCEPT_LEADING = 20.0, 18.0
_GAP = 20.0
"""Between two stops."""


@dataclass(frozen=True, slots=True)
class Stop:
    """A written module, or a track that is taught elsewhere, with the concepts it gives to others."""

    key: str
    number: str
    title: str
    concepts: tuple[Concept, ...]


@dataclass(frozen=True, slots=True)
class Needs:
    """Stops in the order of the course, the ties from one to a later one, and the longest chain of such ties."""

    stops: tuple[Stop, ...]
    ties: tuple[Tie, ...]
    chain: tuple[Tie, ...]


@dataclass(frozen=True, slots=True)
class Label:
    text: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Mark:
    """A stop. Lines come in at `y`, beside its title, and go out at `out`, beside its concepts."""

    y: float
    out: float
    title: tuple[Label, ...]
    concepts: tuple[Label, ...]
    chained: bool


@dataclass(frozen=True, slots=True)
class Wire:
    """From a stop to those that need it: one line down, with a branch to each."""

    name: str
    path: str
    chained: bool


@dataclass(frozen=True, slots=True)
class Drawing:
    width: float
    height: float
    gutter: float
    marks: tuple[Mark, ...]
    wires: tuple[Wire, ...]


def find_needs(course: Course) -> Needs:
    """What the written modules need from each other. Needs that lead back, which a check reports, are left out."""
    ties = [tie for tie in list_ties(course) if tie.kind == "needs"]
    used = {key for tie in ties for key in (tie.source, tie.target)}
    stops: list[Stop] = []
    for track in course.tracks:
        if not track.modules and track.id in used:
            stops.append(Stop(track.id, str(track.number), track.title, track.teaches))
        stops += [
            Stop(module.key, f"{track.number}.{place}", module.title, module.teaches)
            for place, module in enumerate(track.modules, 1)
            if module.pages or module.key in used
        ]
    places = {stop.key: place for place, stop in reversed(list(enumerate(stops)))}
    forward = [tie for tie in ties if places.get(tie.source, 0) < places.get(tie.target, 0) and tie.source in places]
    return Needs(tuple(stops), tuple(forward), _find_chain(forward))


def _find_chain(ties: Sequence[Tie]) -> tuple[Tie, ...]:
    """The longest way along ties, which stand in the order of their targets; of several as long, the first."""
    ways: dict[str, tuple[Tie, ...]] = {}
    for tie in ties:
        way = (*ways.get(tie.source, ()), tie)
        if len(way) > len(ways.get(tie.target, ())):
            ways[tie.target] = way
    return max(ways.values(), key=len, default=())


def draw_graph(needs: Needs, width: float) -> Drawing:
    """The drawing in a given width; the height follows from the words, which are broken where they would not fit."""
    places = {stop.key: place for place, stop in enumerate(needs.stops)}
    lanes = _choose_lanes(needs, places)
    count = max(lanes.values(), default=0) + 1
    pitch = min(_LANE, width * _MOST_OF_WIDTH / count)
    gutter = count * pitch + 8
    chained = {key for tie in needs.chain for key in (tie.source, tie.target)}
    marks: list[Mark] = []
    y = _TITLE_LEADING / 2 + 2
    for stop in needs.stops:
        mark = _place(stop, gutter + 16, y, width, stop.key in chained)
        marks.append(mark)
        y += len(mark.title) * _TITLE_LEADING + len(mark.concepts) * _CONCEPT_LEADING + _GAP
    ways = {key: gutter - 8 - lane * pitch for key, lane in lanes.items()}
    wires = sorted(_draw_wires(needs, marks, places, ways, gutter), key=lambda wire: wire.chained)
    return Drawing(width, y - _GAP, gutter, tuple(marks), tuple(wires))


def _choose_lanes(needs: Needs, places: Mapping[str, int]) -> Mapping[str, int]:
    """A lane for each stop that is needed, counted from the words outwards: no two lines share a stretch of one."""
    last = {tie.source: 0 for tie in needs.ties}
    for tie in needs.ties:
        last[tie.source] = max(last[tie.source], places[tie.target])
    short_first = sorted(last, key=lambda key: (last[key] - places[key], places[key]))
    spans = [(places[key], last[key]) for key in short_first]
    return dict(zip(short_first, assign_lanes(spans), strict=True))


def _place(stop: Stop, x: float, y: float, width: float, chained: bool) -> Mark:
    title = break_lines(f"{stop.number} {stop.title}", width - x, _TITLE)
    named = ", ".join(concept.name for concept in stop.concepts)
    concepts = break_lines(named, width - x, _CONCEPT) if named else ()
    below = y + (len(title) - 0.5) * _TITLE_LEADING
    return Mark(
        y,
        below + _CONCEPT_LEADING / 2,
        tuple(Label(line, x, y + at * _TITLE_LEADING + _TITLE * 0.35) for at, line in enumerate(title)),
        tuple(
            Label(line, x, below + (at + 0.5) * _CONCEPT_LEADING + _CONCEPT * 0.35) for at, line in enumerate(concepts)
        ),
        chained,
    )


def _draw_wires(
    needs: Needs, marks: Sequence[Mark], places: Mapping[str, int], ways: Mapping[str, float], gutter: float
) -> Iterator[Wire]:
    titles = {stop.key: stop.title for stop in needs.stops}
    for source, x in ways.items():
        ties = [tie for tie in needs.ties if tie.source == source]
        for chained in (False, True):
            if found := [tie for tie in ties if (tie in needs.chain) is chained]:
                path = [_trace(marks[places[source]].out, marks[places[tie.target]].y, x, gutter) for tie in found]
                names = (f"{titles[tie.target]} needs {', '.join(one.name for one in tie.concepts)}" for tie in found)
                yield Wire("; ".join(names), " ".join(path), chained)


def _trace(start: float, end: float, x: float, gutter: float) -> str:
    """Out of a stop to the lane, down, and in at another with an arrow's head."""
    down = f"M{gutter:g} {start:g}H{x + _CORNER:g}Q{x:g} {start:g} {x:g} {start + _CORNER:g}"
    into = f"V{end - _CORNER:g}Q{x:g} {end:g} {x + _CORNER:g} {end:g}H{gutter:g}"
    return f"{down}{into}M{gutter - 4:g} {end - 4:g}L{gutter:g} {end:g}L{gutter - 4:g} {end + 4:g}"
