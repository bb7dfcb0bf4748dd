"""The pages of the map: one, or one a track where the course is too large for that."""

from collections.abc import Iterator, Mapping
from functools import cache, partial

from trackbook.language import load_language
from trackbook.model import Course, Track
from trackbook.publishing.addresses import MAP, link, map_uri
from trackbook.publishing.cards import View
from trackbook.publishing.course_map.charting import chart_course, chart_track, chart_tracks, make_stop
from trackbook.publishing.course_map.drawing import draw
from trackbook.publishing.course_map.listing import view_list
from trackbook.publishing.course_map.network import Network, Tie, list_ties
from trackbook.publishing.course_map.placing import Sheet
from trackbook.publishing.outlook import Outlook
from trackbook.publishing.site_source import SitePage
from trackbook.publishing.templates import render_part
from trackbook.publishing.text import escape_markdown

MOST_ON_ONE_MAP = 80
"""Modules up to which one map shows the whole course."""
SHEETS = {"narrow": Sheet(columns=1, width=230, height=40), "wide": Sheet(columns=2, width=340, height=30)}


def find_map(course: Course, track: Track) -> str:
    """The uri of the map that shows this track with its modules."""
    return MAP if _fits_one_map(course) or not track.modules else map_uri(track)


def _fits_one_map(course: Course) -> bool:
    return len(course.modules) <= MOST_ON_ONE_MAP


def publish_map(course: Course, outlooks: Mapping[str, Outlook]) -> Iterator[SitePage]:
    language = load_language(course.language)
    whole = _fits_one_map(course)
    network = chart_course(course, outlooks, MAP) if whole else chart_tracks(course, MAP)
    listed = view_list(network.lines, network.ties, network.find_stop, language)
    yield _publish(course, MAP, language.say("map.title"), network, listed)
    ties = () if whole else list_ties(course)
    for track in () if whole else course.tracks:
        if track.modules:
            yield _publish_track(course, outlooks, track, ties)


def _publish_track(course: Course, outlooks: Mapping[str, Outlook], track: Track, ties: tuple[Tie, ...]) -> SitePage:
    language, uri = load_language(course.language), map_uri(track)
    network = chart_track(course, track, outlooks, ties)
    line = next(line for line in network.lines if line.head.key == track.id)
    keys = {stop.key for stop in line.stops}
    mine = [tie for tie in ties if tie.source in keys or tie.target in keys]
    listed = view_list([line], mine, cache(partial(make_stop, course, outlooks, uri)), language)
    name = language.say("place.track_title", number=track.number, title=track.title)
    return _publish(course, uri, language.say("map.track", track=name), network, listed)


def _publish(course: Course, uri: str, title: str, network: Network, listed: list[View]) -> SitePage:
    language = load_language(course.language)
    drawings = {name: draw(network, sheet) for name, sheet in SHEETS.items()}
    parts = [
        f"# {escape_markdown(title)}",
        render_part("map_lede", course.language, back=link(uri, MAP) if uri != MAP else None),
        render_part("map_chart", course.language, drawings=drawings),
        render_part("map_list", course.language, lines=listed),
    ]
    meta = {"title": title, "description": language.say("map.description"), "html_title": title, "kind": "map"}
    return SitePage(uri, "\n\n".join(parts) + "\n", meta)
