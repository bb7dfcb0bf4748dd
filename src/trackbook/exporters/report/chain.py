"""Which modules need which others, and the longest chain of such needs."""

from collections.abc import Sequence
from dataclasses import dataclass

from trackbook.model import Concept, Course
from trackbook.publishing.course_map.network import Tie, list_ties


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
