"""The pages of the map: one, or one a track where the course is too large for that."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, partial

from trackbook.model import Course, Track
from trackbook.publishing.addresses import MAP, link, map_uri
from trackbook.publishing.course_map.drawing import draw
from trackbook.publishing.course_map.network import (
    Line,
    Network,
    Stop,
    Tie,
    TieKind,
    chart_course,
    chart_track,
    chart_tracks,
    list_ties,
    make_stop,
)
from trackbook.publishing.course_map.rows import Sheet
from trackbook.publishing.edition import Edition
from trackbook.publishing.generated_pages import make_page
from trackbook.publishing.site_source import SitePage, Slots
from trackbook.publishing.views import View

FindGroups = Callable[[Line, Stop], list[View]]
"""Gives what stands in the list beside a stop of a line."""
Chart = tuple[Network, Sequence[Line], FindGroups]
"""What to draw, which lines to list, and what to list there."""
MOST_ON_ONE_MAP = 80
"""Modules up to which one map shows the whole course."""
SHEETS = {"narrow": Sheet(columns=1, width=230, height=40), "wide": Sheet(columns=2, width=340, height=30)}
_SIDES: tuple[tuple[str, TieKind, bool], ...] = (
    ("map.needs", "needs", True),
    ("map.takes_up", "defers", True),
    ("map.leads_to", "needs", False),
    ("map.leaves", "defers", False),
)
"""A label in the list, and the ties under it: their kind, and whether the stop is their target."""


def find_map(course: Course, track: Track) -> str:
    """The uri of the map that shows this track with its modules."""
    return MAP if _fits_one_map(course) or not track.modules else map_uri(track)


def _fits_one_map(course: Course) -> bool:
    return len(course.modules) <= MOST_ON_ONE_MAP


def publish_map(edition: Edition) -> Iterator[SitePage]:
    """What is drawn is kept by `render`."""
    course = edition.course
    yield make_page(edition, MAP, "map", partial(_write, partial(_chart_whole, edition), None))
    find_ties = cache(partial(list_ties, course))
    for track in () if _fits_one_map(course) else course.tracks:
        if track.modules:
            uri, chart = map_uri(track), partial(_chart_track, edition, track, find_ties)
            title = edition.say("map.track", track=edition.name_track(track))
            yield make_page(edition, uri, "map", partial(_write, chart, link(uri, MAP)), title=title)


def _write(make_chart: Callable[[], Chart], back: str | None, edition: Edition, slots: Slots) -> Iterator[str]:
    network, lines, find_groups = make_chart()

    def show_chart() -> str:
        return edition.show("map_chart", drawings={name: draw(network, sheet) for name, sheet in SHEETS.items()})

    yield slots.add(edition.show("map_lede", back=back))
    yield slots.add(edition.recall((edition.course.language, repr(network)), show_chart))
    yield slots.add(edition.show("map_list", lines=lines, find_groups=find_groups))


def _chart_whole(edition: Edition) -> Chart:
    network = (chart_course if _fits_one_map(edition.course) else chart_tracks)(edition, MAP)
    stops = {stop.key: stop for line in network.lines for stop in line.stops}
    return network, network.lines, _list_groups(edition, network.ties, stops.get)


def _chart_track(edition: Edition, track: Track, find_ties: Callable[[], Iterable[Tie]]) -> Chart:
    here, own = map_uri(track), {track.id, *(module.key for module in track.modules)}
    ties = [tie for tie in find_ties() if tie.source in own or tie.target in own]
    network = chart_track(edition, track, ties, here)
    lines = [line for line in network.lines if line.head.key == track.id]
    return network, lines, _list_groups(edition, ties, cache(partial(make_stop, edition, here)))


def _list_groups(edition: Edition, ties: Iterable[Tie], find_stop: Callable[[str], Stop | None]) -> FindGroups:
    """The map in words: what a stop needs, from whom, and what it leads to. `find_stop` knows both ends of the ties."""
    touching: dict[tuple[str, TieKind, bool], list[Tie]] = {}
    for tie in ties:
        touching.setdefault((tie.source, tie.kind, False), []).append(tie)
        touching.setdefault((tie.target, tie.kind, True), []).append(tie)

    def list_links(line: Line, ties: Iterable[Tie], incoming: bool) -> Iterator[View]:
        for tie in ties:
            if other := find_stop(tie.source if incoming else tie.target):
                is_near = other.key.partition("/")[0] == line.head.key
                yield {"text": other.title if is_near else other.name, "url": other.url, "concepts": tie.concepts}

    def find_groups(line: Line, stop: Stop) -> list[View]:
        return [
            {"label": edition.say(label), "links": list_links(line, found, incoming)}
            for label, kind, incoming in _SIDES
            if (found := touching.get((stop.key, kind, incoming)))
        ]

    return find_groups
