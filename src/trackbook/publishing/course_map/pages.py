"""The pages of the map: one, or one a track where the course is too large for that."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial

from trackbook.language.words import load_language
from trackbook.model import Course, Track
from trackbook.publishing.addresses import MAP, link, map_uri
from trackbook.publishing.cards import View
from trackbook.publishing.course_map.charting import chart_course, chart_track, chart_tracks, make_stop
from trackbook.publishing.course_map.drawing import draw
from trackbook.publishing.course_map.listing import view_list
from trackbook.publishing.course_map.network import Network, Tie, list_ties
from trackbook.publishing.course_map.rows import Sheet
from trackbook.publishing.outlook import Outlook
from trackbook.publishing.site_source import SitePage, Slots
from trackbook.publishing.templates import render_part
from trackbook.publishing.text import Render, escape_markdown, recall

Chart = Callable[[], tuple[Network, list[View]]]
"""Gives what to draw, and what to list beside it."""
MOST_ON_ONE_MAP = 80
"""Modules up to which one map shows the whole course."""
SHEETS = {"narrow": Sheet(columns=1, width=230, height=40), "wide": Sheet(columns=2, width=340, height=30)}


def find_map(course: Course, track: Track) -> str:
    """The uri of the map that shows this track with its modules."""
    return MAP if _fits_one_map(course) or not track.modules else map_uri(track)


def _fits_one_map(course: Course) -> bool:
    return len(course.modules) <= MOST_ON_ONE_MAP


def publish_map(course: Course, outlooks: Mapping[str, Outlook], render: Render) -> Iterator[SitePage]:
    """What is drawn is kept by `render`."""
    say = load_language(course.language).say
    yield _make_page(course, MAP, say("map.title"), partial(_chart_whole, course, outlooks), render)
    find_ties = cache(partial(list_ties, course))
    for track in () if _fits_one_map(course) else course.tracks:
        if track.modules:
            title = say("map.track", track=say("place.track_title", number=track.number, title=track.title))
            chart = partial(_chart_track, course, outlooks, track, find_ties)
            yield _make_page(course, map_uri(track), title, chart, render)


def _chart_whole(course: Course, outlooks: Mapping[str, Outlook]) -> tuple[Network, list[View]]:
    network = chart_course(course, outlooks, MAP) if _fits_one_map(course) else chart_tracks(course, MAP)
    return network, view_list(network.lines, network.ties, network.stops.get, load_language(course.language))


def _chart_track(
    course: Course, outlooks: Mapping[str, Outlook], track: Track, find_ties: Callable[[], tuple[Tie, ...]]
) -> tuple[Network, list[View]]:
    language, uri, ties = load_language(course.language), map_uri(track), find_ties()
    network = chart_track(course, track, outlooks, ties)
    line = next(line for line in network.lines if line.head.key == track.id)
    keys = {stop.key for stop in line.stops}
    mine = [tie for tie in ties if tie.source in keys or tie.target in keys]
    return network, view_list([line], mine, cache(partial(make_stop, course, outlooks, uri)), language)


def _make_page(course: Course, uri: str, title: str, chart: Chart, render: Render) -> SitePage:
    description = load_language(course.language).say("map.description")
    meta = {"title": title, "description": description, "html_title": title, "kind": "map"}
    return SitePage(uri, partial(_write, course, uri, title, chart=chart, render=render), meta)


def _write(course: Course, uri: str, title: str, slots: Slots, *, chart: Chart, render: Render) -> str:
    network, listed = chart()
    parts = [
        render_part("map_lede", course.language, back=link(uri, MAP) if uri != MAP else None),
        recall(render, (course.language, repr(network)), lambda: _draw(course, network)),
        render_part("map_list", course.language, lines=listed),
    ]
    return "\n\n".join([f"# {escape_markdown(title)}", *map(slots.add, parts)]) + "\n"


def _draw(course: Course, network: Network) -> str:
    drawings = {name: draw(network, sheet) for name, sheet in SHEETS.items()}
    return render_part("map_chart", course.language, drawings=drawings)
