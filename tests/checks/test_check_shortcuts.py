"""What is quick finds the same as what is plain: each shortcut of the checks beside the long way round."""

import re
from difflib import get_close_matches

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trackbook import naming
from trackbook.checks import announcements, prose
from trackbook.checks.check import Settings
from trackbook.checks.outline import tracks_form_no_cycle
from trackbook.checks.prose import MOST_WORDS
from trackbook.issue import find_close
from trackbook.markdown import blank_all_but_prose, parse_markdown
from trackbook.model import Concept, Course, Need, Page, Source, Track

SOURCE = Source("lessons/one/alpha/lesson.md")
SETTINGS = Settings("en", {}, {})
NAMES = ["hidden state", "Hidden states", "state", "key-value cache", "C++", "(x) y", "über net", "a"]
NAMES += ["deep hidden states"]
USES = [*NAMES, "Key-value\ncache", "Über net", "A", "c++", "hidden  state", "inhidden state", "x"]
USES += ["`", "**", ", ", " ", "\n"]


def join(pieces: list[str]) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(pieces), max_size=14).map("".join)


def write_page(text: str) -> Page:
    parsed = parse_markdown(text, SOURCE.path)
    return Page(SOURCE.path, "lesson", text, links=parsed.links, passages=parsed.passages)


def teach(number: int, name: str) -> Concept:
    return Concept(f"c{number}", name, "What it is.", "one", SOURCE)


def test_beginnings_tell_which_concepts_may_be_named() -> None:
    concepts = [teach(number, name) for number, name in enumerate(NAMES)]
    course = Course(tracks=(Track("one", 1, "One", SOURCE, teaches=tuple(concepts)),))

    @given(text=join(USES), start=st.integers(0, len(concepts)))
    def ask(text: str, start: int) -> None:
        later = concepts[start:]
        possible = [concepts[number] for number in naming.Beginnings(concepts).list_possible(text, start)]
        assert set(possible) <= set(later)
        assert list(naming.find_names(course, possible, text)) == list(naming.find_names(course, later, text))

    ask()


@given(text=join([*USES, "deep ", "hidden", "deep\thidden."]))
def test_uses_are_those_of_one_expression_for_all_names(text: str) -> None:
    concepts = [teach(number, name) for number, name in enumerate([*NAMES, "hidden", "deep hidden"])]
    course = Course(tracks=(Track("one", 1, "One", SOURCE, teaches=tuple(concepts)),))
    gap = r"(?:[ \t]+|[ \t]*\n[ \t]*)"
    spellings = sorted(
        {name for concept in concepts for name in concept.spellings}, key=lambda name: (-len(name), name)
    )
    names = (
        f"[{re.escape(name[0] + name[0].upper())}]{gap.join(map(re.escape, name[1:].split(' ')))}" for name in spellings
    )
    before, after = r"""(?<![^\s(“„‘«"'—–])""", r"""(?![^\s).,;:!?”“’‘»"'—–…])(?![.:]\w)"""
    pattern = re.compile(f"{before}(?:{'|'.join(names)}){after}")
    found = [naming.Use(use.start(), use.end(), use[0]) for use in pattern.finditer(blank_all_but_prose(text))]
    assert [use for _, use in naming.find_names(course, concepts, text)] == found


def test_names_are_found() -> None:
    concepts = [teach(number, name) for number, name in enumerate(NAMES)]
    course = Course(tracks=(Track("one", 1, "One", SOURCE, teaches=tuple(concepts)),))
    text = "Key-value\ncache, Über net (hidden state) deep hidden states: C++ inhidden state."
    assert [concept.name for concept, _ in naming.find_names(course, concepts, text)] == [
        "key-value cache",
        "über net",
        "hidden state",
        "deep hidden states",
        "C++",
        "state",
    ]


@given(name=st.text("abcd-", max_size=8), known=st.sets(st.text("abcd-", max_size=8), max_size=12))
def test_the_closest_name_is_that_of_difflib(name: str, known: set[str]) -> None:
    assert [find_close(name, known)] == (get_close_matches(name, sorted(known), n=1, cutoff=0.6) or [""])


def test_ways_between_tracks_are_not_walked_twice() -> None:
    """There are 2 to the 40th ways down from the last of these tracks."""
    needs = [[], ["t0"], *([f"t{at - 1}", f"t{at - 2}"] for at in range(2, 60))]
    tracks = [
        Track(f"t{at}", at, "Track", SOURCE, builds_on=tuple(Need(name, SOURCE) for name in names))
        for at, names in enumerate(needs)
    ]
    assert list(tracks_form_no_cycle(Course(tracks=tuple(tracks)))) == []
    tracks[0] = Track("t0", 0, "Track", SOURCE, builds_on=(Need("t2", SOURCE),))
    assert [finding.message for finding in tracks_form_no_cycle(Course(tracks=tuple(tracks)))] == [
        "tracks build on each other in a circle: t0 → t2 → t1 → t0."
    ]


def test_a_formula_is_a_word_of_a_sentence() -> None:
    text = "One two. " + "Three $x$ " * MOST_WORDS + "four."
    (finding,) = prose.sentence_can_be_held_in_mind(write_page(text), SETTINGS)
    assert f"({2 * MOST_WORDS + 1} words)" in finding.message


@pytest.mark.parametrize(
    "text",
    [
        *("In track 3", "NEXT lesson", "upcoming modules", "as you shall meet", "We'll\nreturn to", "I’ll turn to"),
        *("will be taught", "explained later.", "Later on", "later, we shall"),
    ],
)
def test_phrases_announce_however_they_are_written(text: str) -> None:
    page = write_page(f"x\n\n{text} x\n\nx")
    assert [finding.source.line for finding in announcements.announcement_is_a_link(page, SETTINGS)] == [3]
