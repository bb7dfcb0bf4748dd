"""What is quick finds the same as what is plain: each shortcut of the checks beside the long way round."""

import re
from difflib import get_close_matches

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trackbook import naming
from trackbook.checks import announcements, prose
from trackbook.checks.check import Settings
from trackbook.checks.outline import tracks_form_no_cycle
from trackbook.issue import find_close
from trackbook.markdown import blank_all_but_prose, parse_markdown
from trackbook.model import Concept, Course, Need, Page, Passage, Source, Track

SOURCE = Source("lessons/one/alpha/lesson.md")
LISTED = {"teh": "the", "recieve": "receive", "are'nt": "aren't", "über": "uber"}
SETTINGS = Settings("en", {}, LISTED)
PIECES = ["teh", "Teh", "TEH", "recieve", "are'nt", "are’nt", "über", "nt", "are", "x", "5", "é", "’", "'", " ", "\n"]
PIECES += [
    ". ",
    "-",
    ".",
    "/",
    "“",
    "\n\n",
    "- ",
    "in Track 5",
    "Next\n lesson",
    "later on",
    "you’ll see",
    "As we will",
]
PIECES += [" see", "shall", "Coming", " modules", "be taught", "will ", "explained later", ".", "*", "`", "\t"]
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


@settings(derandomize=True, deadline=None, max_examples=300)
@given(text=join(PIECES))
def test_letters_tell_where_to_look_for_misspellings(text: str) -> None:
    page = write_page(text)
    closely = [found for passage in page.passages for found in prose._find_misspelled(page.path, passage, LISTED)]
    assert list(prose.word_is_spelled_right(page, SETTINGS)) == closely


@settings(derandomize=True, deadline=None, max_examples=300)
@given(text=join(PIECES))
def test_signs_tell_where_to_look_for_announcements(text: str) -> None:
    said = announcements._compile_phrases("en").search(text)
    assert announcements._announces(text, "en") == bool(said)


@pytest.mark.parametrize("few", [0, 1000])
def test_beginnings_tell_which_concepts_may_be_named(monkeypatch: pytest.MonkeyPatch, few: int) -> None:
    monkeypatch.setattr(naming, "_FEW", few)
    concepts = [teach(number, name) for number, name in enumerate(NAMES)]
    course = Course(tracks=(Track("one", 1, "One", SOURCE, teaches=tuple(concepts)),))

    @settings(derandomize=True, deadline=None, max_examples=200)
    @given(text=join(USES), start=st.integers(0, len(concepts)))
    def ask(text: str, start: int) -> None:
        later = concepts[start:]
        possible = [concepts[number] for number in naming.Beginnings(concepts).list_possible(text, start)]
        assert set(possible) <= set(later)
        assert list(naming.find_names(course, possible, text)) == list(naming.find_names(course, later, text))

    ask()


@settings(derandomize=True, deadline=None, max_examples=300)
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


@settings(derandomize=True, deadline=None, max_examples=300)
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
    sentences = list(prose._list_sentences((Passage("paragraph", "One two. Three ￼.", 1),)))
    assert [len(sentence.words) for sentence in sentences] == [2, 2]


@pytest.mark.parametrize(
    "text",
    [
        *("In track 3", "NEXT lesson", "upcoming modules", "as you shall meet", "We'll\nreturn to", "I’ll turn to"),
        *("will be taught", "explained later.", "Later on", "later, we shall"),
    ],
)
def test_every_phrase_has_its_sign(text: str) -> None:
    assert announcements._announces(f"x\n\n{text} x\n\nx", "en")
