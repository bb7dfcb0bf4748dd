"""recurrence-race: Python and the browser count alike, draw alike, and lines meet where the text says."""

from pathlib import Path

import pytest
from lessons.widgets.recurrence_race import FLOOR, measure, meet, place
from tests.typescript import run_typescript

from trackbook.widgets import load_widgets

ROOT = Path(__file__).parents[2]
LENGTHS = [
    (2, 1000, 512),
    (11, 1000, 512),
    (512, 1000, 512),
    (1000, 1000, 512),
    (7, 50, 64),
    (128_000, 10_000_000, 4096),
]


def test_the_browser_counts_and_draws_alike() -> None:
    source = """import { measure, place } from "../../../lessons/widgets/recurrence_race/race";
output = input.map(([n, most, d]) => [measure(n, d), Object.values(place(n, most, d))]);"""
    expected = [[measure(n, d), pytest.approx(list(place(n, most, d)))] for n, most, d in LENGTHS]
    assert run_typescript(source, LENGTHS) == expected


def test_the_count_follows_its_definition() -> None:
    length, width = 5, 3
    pairs = [(query, key) for query in range(length) for key in range(length)]
    memories = [(word, entry) for word in range(length) for entry in range(width)]
    figures = measure(length, width)
    assert figures["comparisons"] == len(pairs)
    assert figures["work"] == len(memories)
    blends = [(query, value) for query in range(length) for value in range(length)]
    assert figures["passing"] == len(pairs) + len(blends)
    assert figures["path"] == max(key - query for query, key in pairs)
    assert measure(2 * length, width)["passing"] == figures["double_passing"] == 4 * (len(pairs) + len(blends))
    assert measure(2 * length, width)["work"] == figures["double_work"] == 2 * len(memories)


def test_lines_meet_where_length_is_half_the_width() -> None:
    _, recurrence, attention = place(256, 1000, 512)
    assert recurrence == attention < FLOOR
    for length, sooner in ((255, True), (257, False)):
        _, recurrence, attention = place(length, 1000, 512)
        assert (attention > recurrence) is sooner  # lower on the page is less


@pytest.mark.parametrize(("code", "work", "bill"), [("en", "5,632", "3,906.2"), ("de", "5.632", "3.906,2")])
def test_numbers_are_written_in_the_language(code: str, work: str, bill: str) -> None:
    widget = load_widgets(ROOT)["recurrence-race"]
    html = widget.render_fallback(widget.data(id="race"), "a/b", str, code)
    assert f'<span data-figure="work">{work}</span>' in html
    assert f"<td>× {bill}</td>" in html


def test_an_odd_width_meets_between_two_lengths() -> None:
    assert (meet(512), meet(7)) == (256, 3.5)


def test_no_crossing_beyond_the_chart() -> None:
    widget = load_widgets(ROOT)["recurrence-race"]
    html = widget.render_fallback(widget.data.model_validate({"id": "race", "width": 2000}), "a/b", str, "en")
    assert "tb-crossing" not in html
