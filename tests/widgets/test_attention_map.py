"""attention-map: Python and the browser draw and count alike, and all that is shown stands in the file."""

import json
from base64 import b64decode
from typing import Any

import pytest
from lessons.widgets.attention_map import write_percent
from lessons.widgets.attention_map.drawing import draw_arcs, shade
from lessons.widgets.attention_map.table import Sentence, read_sentence
from tests.course_data import ROOT, read_course_data
from tests.typescript import run_typescript

from trackbook.language.words import load_language
from trackbook.widgets import WidgetData, load_widgets

FILE = "lessons/data/attention/minilm.json"
CONTENT = read_course_data()[FILE].content
NAMES = [one["id"] for one in CONTENT["sentences"]]
WIDGET = load_widgets(ROOT)["attention-map"]
USE = 'import { Weights, rank, writePercent } from "../../../lessons/widgets/attention_map/weights";'


def make(sentence: str, **more: str) -> WidgetData:
    fence = {"id": "map", "data": FILE, "sentence": sentence, **more}
    return WIDGET.data.model_validate(fence, context={"page": "", "files": read_course_data()})


def render(sentence: str, language: str = "en", **more: str) -> str:
    return WIDGET.render_fallback(make(sentence, **more), "a/b", str, language)


def measure(sentence: Sentence, head: int) -> list[float]:
    return [byte / 255 for byte in sentence.row(head, sentence.focus)]


@pytest.mark.parametrize("name", NAMES)
def test_the_browser_reads_and_averages_alike(name: str) -> None:
    sentence = read_sentence(CONTENT, name)
    packed = next(one["attention"] for one in CONTENT["sentences"] if one["id"] == name)
    source = f"""{USE}
const weights = new Weights(input.packed, input.count);
output = [weights.heads, weights.read(37, input.focus), weights.average(input.focus)];"""
    data = {"packed": packed, "count": len(sentence.tokens), "focus": sentence.focus}
    heads, row, mean = run_typescript(source, data)
    assert heads == sentence.count_heads() == CONTENT["layers"] * CONTENT["heads"]
    assert row == pytest.approx(measure(sentence, 37))
    rows = [measure(sentence, head) for head in range(heads)]
    assert mean == pytest.approx([sum(column) / heads for column in zip(*rows, strict=True)])
    first, second = sentence.candidates
    told = next(one["mean of all heads"] for one in CONTENT["sentences"] if one["id"] == name)
    assert [mean[first], mean[second]] == pytest.approx(told, abs=0.002)


def test_the_browser_draws_and_writes_alike() -> None:
    rows = [
        (measure(read_sentence(CONTENT, name), head), focus) for name in NAMES for head in (0, 37) for focus in (0, 8)
    ]
    source = """import { drawArcs, shade } from "../../../lessons/widgets/attention_map/drawing";
import { writePercent } from "../../../lessons/widgets/attention_map/weights";
globalThis.document = { documentElement: { lang: "de" } };
output = input.map(([row, focus]) => [drawArcs(row, focus), row.map(shade), row.map(writePercent)]);"""
    german = load_language("de")
    expected = [
        [draw_arcs(row, focus), [str(shade(share)) for share in row], [write_percent(share, german) for share in row]]
        for row, focus in rows
    ]
    assert run_typescript(source, rows) == expected


def test_ranks_begin_with_the_brightest() -> None:
    assert run_typescript(f"{USE} output = input.map(rank);", [[0.1, 0.7, 0.2], [0.5, 0.5]]) == [[1, 2, 0], [0, 1]]


@pytest.mark.parametrize(
    ("share", "english", "german"), [(0.0012, "<1%", "<1\xa0%"), (0.677, "68%", "68\xa0%"), (1, "100%", "100\xa0%")]
)
def test_percent(share: float, english: str, german: str) -> None:
    assert write_percent(share, load_language("en")) == english
    assert write_percent(share, load_language("de")) == german


def test_tired_never_stands_without_wide() -> None:
    html = render("animal-tired")
    for part in (
        "68%",
        "28%",
        "5%",
        "12%",
        "36 of 72 heads",
        "37 of 72 heads",
        "0.995",
        "0.826",
        "0.811",
        "too <b>wide</b>.",
    ):
        assert part in html
    assert "picked because it looks clear" in html
    assert "href='https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2'" in html


def test_counts_are_those_of_the_file() -> None:
    """In 255ths some heads tie that are apart in full precision; the file's count is between."""
    for name in NAMES:
        sentence = read_sentence(CONTENT, name)
        rows = [measure(sentence, head) for head in range(sentence.count_heads())]
        first, second = sentence.candidates
        more = sum(row[first] > row[second] for row in rows)
        assert more <= sentence.first_more <= more + sum(row[first] == row[second] for row in rows)


def test_a_sentence_alone_has_one_side() -> None:
    html = render("keys")
    assert html.count("<svg viewBox") == 2  # arcs, and one picture of all heads
    assert "tb-single" in html


def test_another_head_can_be_shown() -> None:
    html = render("animal-tired", head="L5H1")
    assert 'data-layer="4" data-head="0"' in html
    assert "The framed one is <span class='tb-head'>L5H1</span>" in html
    assert "In L4H2 alone" in html  # the one whose single links were cut


@pytest.mark.parametrize("name", ["animal-tired", "keys"])
def test_what_is_loaded_is_a_part_of_the_file(name: str) -> None:
    files = make(name).list_files()
    assert list(files) == [f"lessons/data/attention/minilm/{name}.json"]
    text = files[f"lessons/data/attention/minilm/{name}.json"]
    sides: list[Any] = json.loads(text)
    assert b64decode(sides[0]) == read_sentence(CONTENT, name).weights
    assert len(text) < 50_000
    assert f'data-bytes="{len(text)}"' in render(name)


def test_german_says_the_same() -> None:
    html = render("boy-girl-he", "de")
    assert "Der größere Anteil geht von „boy“ zum anderen Nomen über." in html
    assert "0,996" in html
