"""The course map: in any course nothing covers anything or sticks out, and the list says what the picture shows."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, pairwise

import pytest
from hypothesis import Phase as Stage
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from trackbook.model import Concept, Course, Deferral, Module, Need, Page, Phase, Source, Track
from trackbook.publishing.course_map import publish_map
from trackbook.publishing.course_map.drawing import Drawing, Way, draw, trace
from trackbook.publishing.course_map.labels import break_lines, measure
from trackbook.publishing.course_map.network import chart_course, list_ties
from trackbook.publishing.course_map.pages import MOST_ON_ONE_MAP, SHEETS
from trackbook.publishing.course_map.rows import LABEL_START, SIZES, Row
from trackbook.publishing.edition import Edition

HERE = Source("lessons/course.yml")
WORDS = ["a", "WWM", "of", "attention", "Ж", "many,", "transformers:", "Donaudampfschifffahrtsgesellschaft", "été"]
TITLES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=9).map(" ".join)
Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""
ANY_COURSE = settings(derandomize=True, deadline=None, max_examples=25, phases=[Stage.generate])
"""A course that fails is shown as it is: to make it smaller takes minutes."""
Segment = tuple[tuple[float, float], tuple[float, float]]


def make_module(track: int, number: int, title: str, needs: list[int], leaves: list[tuple[int, int]]) -> Module:
    """The module that teaches concept `number`; what it leaves for later are tracks, each with a concept of it."""
    concept = Concept(f"c{number}", f"concept {number}", "", f"t{track}", HERE, f"t{track}/m{number}")
    defers = tuple(Deferral(f"t{there}", (Need(f"c{left}", HERE),), HERE) for there, left in leaves)
    planned = number % 3 == 2
    page = Page(f"lessons/t{track}/m{number}/lesson.md", "lesson", "")
    return Module(
        f"m{number}",
        f"t{track}",
        title,
        HERE,
        planned=planned,
        pages={} if planned else {"lesson": page},
        teaches=(concept,),
        needs=tuple(Need(f"c{need}", HERE) for need in needs),
        defers=defers,
    )


@st.composite
def courses(draw_from: st.DrawFn) -> Course:
    """Up to 60 modules, which need and leave for later what any of the others teach, or what a track itself does."""
    sizes = draw_from(st.lists(st.lists(st.integers(0, 6), min_size=1, max_size=4), min_size=1, max_size=6))
    homes = [track for track, phases in enumerate(sizes) for size in phases for _ in range(size)][:60]
    some = st.lists(st.integers(0, len(homes) + len(sizes) - 1), max_size=4, unique=True)
    modules = [
        make_module(
            home,
            number,
            draw_from(TITLES),
            draw_from(some),
            [(homes[left], left) for left in draw_from(some) if left < len(homes) and left != number][:2],
        )
        for number, home in enumerate(homes)
    ]
    waiting = iter(modules)
    tracks = []
    for number, phases in enumerate(sizes):
        name = f"c{len(homes) + number}"
        own = Concept(name, f"concept of track {number}", "", f"t{number}", HERE)
        made = tuple(
            Phase(draw_from(TITLES), tuple(m for _ in range(size) if (m := next(waiting, None)))) for size in phases
        )
        tracks.append(Track(f"t{number}", number, draw_from(TITLES), HERE, teaches=(own,), phases=made))
    return Course("Any course", tracks=tuple(tracks))


def chart(course: Course, sheet: str) -> Drawing:
    return draw(chart_course(Edition(course), "map.md"), SHEETS[sheet])


def list_label_boxes(row: Row) -> Iterator[Box]:
    size, _ = SIZES[row.style]
    for text, below in row.label:
        left, base = row.x + LABEL_START, row.y + below
        yield left, base - 0.76 * size, left + measure(text, size), base + 0.22 * size


def find_sign(row: Row) -> Box:
    half = 14 if row.is_head else 12
    return row.x - half, row.y - half, row.x + half, row.y + half


def touch(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def list_segments(way: Way) -> list[Segment]:
    return [] if way.near else list(pairwise(way.corners))


def box_segment(segment: Segment) -> Box:
    (x1, y1), (x2, y2) = segment
    return min(x1, x2) - 0.5, min(y1, y2) - 0.5, max(x1, x2) + 0.5, max(y1, y2) + 0.5


def share_way(one: Segment, other: Segment) -> bool:
    """Whether the two lie on each other for more than a point."""
    (a, b), (c, d) = sorted(one), sorted(other)
    for across, along in ((0, 1), (1, 0)):
        if a[across] == b[across] == c[across] == d[across]:
            return min(b[along], d[along]) - max(a[along], c[along]) > 0.1
    return False


@pytest.mark.parametrize("sheet", list(SHEETS))
@ANY_COURSE
@given(course=courses())
def test_nothing_covers_anything_or_sticks_out(sheet: str, course: Course) -> None:
    drawing = chart(course, sheet)
    labels = [box for row in drawing.rows for box in list_label_boxes(row)]
    boxes = [*labels, *(find_sign(row) for row in drawing.rows if row.stop)]
    assert [pair for pair in combinations(boxes, 2) if touch(*pair)] == []
    segments = [segment for way in drawing.ways for segment in list_segments(way)]
    assert [(segment, label) for segment in segments for label in labels if touch(box_segment(segment), label)] == []
    points = [point for way in drawing.ways for point in way.corners]
    for left, top, right, bottom in [*boxes, *((x, y, x, y) for x, y in points)]:
        assert left >= 0
        assert top >= 0
        assert right <= drawing.width
        assert bottom <= drawing.height


@pytest.mark.parametrize("sheet", list(SHEETS))
@ANY_COURSE
@given(course=courses())
def test_ways_lie_on_each_other_only_where_they_begin_or_end_together(sheet: str, course: Course) -> None:
    ways = [way for way in chart(course, sheet).ways if not way.near]
    for one, other in combinations(ways, 2):
        if (one.tie.source, one.tie.kind) == (other.tie.source, other.tie.kind):
            continue
        shared = [(a, b) for a in list_segments(one) for b in list_segments(other) if share_way(a, b)]
        arrivals = (list_segments(one)[-1], list_segments(other)[-1])
        departures = one.tie.source == other.tie.source
        assert departures or set(shared) <= {arrivals}, (one, other)
        assert not shared or departures or one.tie.target == other.tie.target


@ANY_COURSE
@given(course=courses())
def test_every_tie_is_drawn_once_and_stands_in_the_list_at_both_ends(course: Course) -> None:
    ties = Counter((tie.source, tie.target, tie.kind) for tie in list_ties(course))
    assert not any(source == target for source, target, _ in ties)
    for sheet in SHEETS:
        assert Counter((way.tie.source, way.tie.target, way.tie.kind) for way in chart(course, sheet).ways) == ties
    [page] = publish_map(Edition(course))
    html = LexborHTMLParser(page.body)
    assert len(html.css(".tb-ties path[id]")) == len(SHEETS) * ties.total()
    listed = Counter(read_list(html, course))
    assert listed == Counter(expect_list(course))


LABELS = {
    ("needs", True): "Needs",
    ("needs", False): "Leads to",
    ("defers", True): "Takes up",
    ("defers", False): "Leaves for later",
}


def read_list(html: LexborHTMLParser, course: Course) -> Iterator[tuple[str, str, str]]:
    """A stop's key, a label, and the names of the concepts beside one link under it."""
    keys = iter([key for track in course.tracks for key in (track.id, *(module.key for module in track.modules))])
    for entry in html.css(".tb-line > h3, .tb-line li"):
        key = next(keys)
        groups = entry.next if entry.tag == "h3" else entry.css_first("dl")
        while groups is not None and groups.tag == "-text":
            groups = groups.next
        for group in groups.css("div") if groups is not None and groups.tag == "dl" else ():
            label = group.css("dt")[0].text()
            for there in group.css("dd"):
                yield key, label, there.text().removeprefix(there.css("a")[0].text()).removeprefix(": ")


def expect_list(course: Course) -> Iterator[tuple[str, str, str]]:
    for tie in list_ties(course):
        concepts = ", ".join(concept.name for concept in tie.concepts)
        yield tie.target, LABELS[tie.kind, True], concepts
        yield tie.source, LABELS[tie.kind, False], concepts


def test_neighbors_on_a_line_need_no_way_of_their_own() -> None:
    modules = tuple(make_module(0, n, f"Module {n}", [n - 1] if n else [], []) for n in range(3))
    course = Course(tracks=(Track("t0", 0, "Only", HERE, phases=(Phase("All", modules),)),))
    assert [way.near for way in chart(course, "narrow").ways] == [True, True]
    assert all(way.corners[0][0] == way.corners[1][0] for way in chart(course, "narrow").ways)
    left = Course(tracks=(replace(course.tracks[0], phases=(Phase("All", _leave(modules[:2])),)),))
    assert [way.near for way in chart(left, "narrow").ways] == [False, True]


def _leave(modules: tuple[Module, ...]) -> tuple[Module, ...]:
    """The first leaves to the second what that one teaches: a dashed way, though they are neighbors."""
    first, second = modules
    return make_module(0, 0, first.title, [], [(0, 1)]), second


def test_corners_are_rounded() -> None:
    assert trace([(0, 0), (40, 0), (40, 10)]) == "M0 0L35 0Q40 0 40 5L40 10"


def test_labels_break_into_even_lines_and_cut_what_is_too_long() -> None:
    assert break_lines("Attention and transformers, in brief", 210, 15) == ("Attention and", "transformers, in brief")
    assert break_lines("Short", 210, 15) == ("Short",)
    lines = break_lines("Donaudampfschifffahrtsgesellschaft" * 2, 210, 15)
    assert "".join(lines) == "Donaudampfschifffahrtsgesellschaft" * 2
    assert all(measure(line, 15) <= 210 for line in lines)


def make_large_course(tracks: int, modules: int) -> Course:
    made = []
    for track in range(tracks):
        numbers = range(track * modules, (track + 1) * modules)
        own = [
            make_module(track, n, f"Module {n} of a large course", [n // 2, max(0, n - 7), max(0, n - modules - 1)], [])
            for n in numbers
        ]
        phases = tuple(Phase(f"Phase {n}", tuple(own[n : n + 5])) for n in range(0, modules, 5))
        builds_on = (Need(f"t{track - 1}", HERE),) if track else ()
        made.append(Track(f"t{track}", track, f"Track number {track}", HERE, builds_on=builds_on, phases=phases))
    return Course("Large", tracks=tuple(made))


def test_large_course_has_a_map_of_its_tracks_and_one_a_track() -> None:
    course = make_large_course(8, 12)
    assert len(course.modules) > MOST_ON_ONE_MAP
    pages = {page.uri: LexborHTMLParser(page.body) for page in publish_map(Edition(course))}
    assert list(pages) == ["map.md", *(f"map/t{n}.md" for n in range(8))]
    whole = pages["map.md"]
    assert [link.attributes["href"] for link in whole.css(".tb-narrow .tb-stop a")] == [f"t{n}/" for n in range(8)]
    assert len(whole.css(".tb-narrow .tb-ties path")) == 7
    one = pages["map/t5.md"]
    assert [text.text() for text in one.css(".tb-narrow .tb-head .tb-number")] == ["2", "3", "4", "5", "6", "7"]
