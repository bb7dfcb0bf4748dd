"""What search knows by name: the words of all names, and for each track what bears them."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import ROOT, Change

from trackbook.publishing import publish_course
from trackbook.publishing.addresses import WORDS, locate_names
from trackbook.reading import read_course
from trackbook.widgets import load_widgets

MakeCourse = Callable[[Change], Path]


def read_texts(root: Path) -> dict[str, Any]:
    """The files by their uris, as a browser reads them."""
    source = publish_course(read_course(root, load_widgets(root)), str)
    files = [WORDS, *(locate_names(track.id) for track in source.course.tracks)]
    return {uri: json.loads(source.texts[uri]) for uri in files}


@pytest.fixture(scope="module")
def texts() -> dict[str, Any]:
    return read_texts(ROOT)


def test_words_are_those_of_all_names_once(texts: dict[str, Any]) -> None:
    words = texts[WORDS]["words"].split()
    assert words == sorted(set(words))
    assert {"attention", "bpe", "queries", "starves", "backpropagation", "convolution", "survey"} <= set(words)
    assert not {"animal", "2017", "a", "t"} & set(words)


def test_names_say_what_they_are_and_where(texts: dict[str, Any]) -> None:
    names = texts[locate_names("deep-learning")]["names"]
    lesson = "deep-learning/recurrence/lesson/"
    assert ["place", "Why training starves", f"{lesson}#why-training-starves", "Track 4, lesson 2", ""] in names
    (gates,) = [name for name in names if name[2] == "glossary/#gates"]
    assert (gates[0], gates[1], gates[3], gates[5:]) == ("concept", "gates", "Track 4, lesson 2", ["gates", "gate"])
    assert {kind for kind, *_ in names} == {"track", "concept", "overview", "lesson", "practice", "cheatsheet", "place"}


def test_track_that_is_taught_elsewhere_has_its_concepts(texts: dict[str, Any]) -> None:
    names = texts[locate_names("neural-networks")]["names"]
    assert {"Neural network basics", "neuron", "loss"} <= {title for _, title, *_ in names}


def test_pages_that_do_not_want_to_be_found_lend_no_words(make_course: MakeCourse) -> None:
    secret = {"docs/secret.md": "---\nunlisted: true\n---\n\n# Zebrafish\n", "docs/open.md": "# Quokka\n"}
    words = read_texts(make_course(secret))[WORDS]["words"].split()
    assert "quokka" in words
    assert "zebrafish" not in words
