"""The pages of the map: one, or one a track where the course is too large for that."""

from collections.abc import Callable, Iterable, Iterator, Set
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

Chart = Callable[[], tuple[Network, list[View]]]
"""Gives what to draw, and what to list beside it."""
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


def _write(chart: Chart, back: str | None, edition: Edition, slots: Slots) -> Iterator[str]:
    network, lines = chart()

    def show_chart() -> str:
        return edition.show("map_chart", drawings={name: draw(network, sheet) for name, sheet in SHEETS.items()})

    yield slots.add(edition.show("map_lede", back=back))
    yield slots.add(edition.recall((edition.course.language, repr(network)), show_chart))
    yield slots.add(edition.show("map_list", lines=lines))


def _chart_whole(edition: Edition) -> tuple[Network, list[View]]:
    network = (chart_course if _fits_one_map(edition.course) else chart_tracks)(edition, MAP)
    stops = {stop.key: stop for line in network.lines for stop in line.stops}
    return network, _view_list(edition, network.lines, network.ties, stops.get)


def _chart_track(edition: Edition, track: Track, find_ties: Callable[[], Iterable[Tie]]) -> tuple[Network, list[View]]:
    here, own = map_uri(track), {track.id, *(module.key for module in track.modules)}
    ties = [tie for tie in find_ties() if tie.source in own or tie.target in own]
    network = chart_track(edition, track, ties, here)
    line = next(line for line in network.lines if line.head.key == track.id)
    return network, _view_list(edition, [line], ties, cache(partial(make_stop, edition, here)))


def _view_list(
    edition: Edition, lines: Iterable[Line], ties: Iterable[Tie], find_stop: Callable[[str], Stop | None]
) -> list[View]:
    """Every line with its stops, in words: what each needs, from whom, and what it leads to.

    `find_stop` knows the stops at both ends of the ties.
    """
    touching: dict[tuple[str, TieKind, bool], list[Tie]] = {}
    for tie in ties:
        touching.setdefault((tie.source, tie.kind, False), []).append(tie)
        touching.setdefault((tie.target, tie.kind, True), []).append(tie)

    def view_links(own: Set[str], ties: Iterable[Tie], incoming: bool) -> Iterator[View]:
        for tie in ties:
            if other := find_stop(tie.source if incoming else tie.target):
                text = other.title if other.key in own else other.name
                yield {"text": text, "url": other.url, "concepts": tie.concepts}

    def view_stop(own: Set[str], stop: Stop) -> View:
        groups = [
            {"label": edition.say(label), "links": [*view_links(own, found, incoming)]}
            for label, kind, incoming in _SIDES
            if (found := touching.get((stop.key, kind, incoming)))
        ]
        return {"stop": stop, "groups": groups}

    def view_line(line: Line) -> View:
        own = {stop.key for stop in line.stops}
        stretches = [
            {"title": stretch.title, "stops": [view_stop(own, stop) for stop in stretch.stops]}
            for stretch in line.stretches
        ]
        return {**view_stop(own, line.head), "stretches": stretches}

    return [*map(view_line, lines)]
