"""attention-steps: Python and the browser reach the same figures, and each slip is told as what it is."""

from pathlib import Path
from typing import cast

import pytest
import yaml
from lessons.widgets.attention_steps import Data, attend, draw_bars
from lessons.widgets.transformer import Matrix
from lessons.widgets.writing import write_fixed, write_short
from tests.course.test_query_key_value import LESSON_EXAMPLE, decimals, whole
from tests.typescript import run_typescript

from trackbook.markdown import parse_markdown
from trackbook.publishing.examples import read_example
from trackbook.reading.page import read_widget
from trackbook.widgets import load_widgets

ROOT = Path(__file__).parents[2]
LESSON = ROOT / "lessons/transformers/query-key-value/lesson.md"
WIDGET = load_widgets(ROOT)["attention-steps"]
SLIPS = yaml.safe_load((ROOT / "tests/cases/slips.yml").read_text("utf-8"))
NUMBERS = [0.0625, -0.0005, 1.0005, -0.0, 3.0, 2.5, -1.7320508, 0.9995, 98.99949]


def read_data(path: str, text: str) -> Data:
    fence = next(fence for fence in parse_markdown(text, path).fences if fence.language == "attention-steps")
    return cast(Data, read_widget(fence, WIDGET)[0].data)


EXAMPLE = cast(Data, read_example(WIDGET).fences[0].data)


@pytest.mark.parametrize("causal", [False, True])
def test_the_browser_computes_alike(causal: bool) -> None:
    source = """import { attend } from "../../../lessons/widgets/attention_steps/arithmetic";
const { mask, ...rest } = attend(input, input.causal);
output = [rest, mask.map((row) => row.map(String))];"""
    queries: Matrix = [[1, -1, 0.5], [2, 3, 0], [0, 0, 9]]
    keys: Matrix = [[0, 1, 2], [-3, 2, 2], [1, 1, 1]]
    values: Matrix = [[1, 1], [0, 2], [4, -2.5]]
    rest, mask = run_typescript(source, {"queries": queries, "keys": keys, "values": values, "causal": causal})
    expected = attend(queries, keys, values, causal)
    for step, rows in rest.items():
        for row, other in zip(rows, expected[step], strict=True):
            assert row == pytest.approx(other, rel=1e-12)
    masked = [[float(one.replace("Infinity", "inf")) for one in row] for row in mask]
    assert [row == pytest.approx(other) for row, other in zip(masked, expected["mask"], strict=True)] == [True] * 3


def test_the_browser_rounds_alike() -> None:
    source = """import { writeFixed, writeShort } from "../../../lessons/widgets/attention_steps/arithmetic";
output = [input.map((one) => writeFixed(one, 3)), input.map(writeShort), writeFixed(-Infinity, 3)];"""
    fixed, short, masked = run_typescript(source, NUMBERS)
    assert fixed == [write_fixed(number, 3) for number in NUMBERS]
    assert short == [write_short(number) for number in NUMBERS]
    assert masked == write_fixed(float("-inf"), 3)
    assert write_fixed(-0.0004, 3) == "0.000"


@pytest.mark.parametrize("data", [EXAMPLE, read_data("lesson.md", LESSON.read_text("utf-8"))], ids=["docs", "lesson"])
def test_the_figures_are_those_of_the_lesson(data: Data) -> None:
    queries, keys, values = LESSON_EXAMPLE.make_vectors()
    assert tuple(data.tokens) == LESSON_EXAMPLE.tokens
    for given, made in zip((data.queries, data.keys, data.values), (queries, keys, values), strict=True):
        assert tuple(map(tuple, given)) == made
    html = WIDGET.render_fallback(data, "a/b", str, "en")
    weights = [row[3:] for row in LESSON_EXAMPLE.weigh(LESSON_EXAMPLE.scale())]
    for rows, form in (
        (LESSON_EXAMPLE.score(), whole),
        (LESSON_EXAMPLE.scale(), decimals),
        (weights, decimals),
        (LESSON_EXAMPLE.blend(), decimals),
    ):
        for row in rows:
            assert "".join(f"<td>{form(number)}</td>" for number in row) in html


def test_numbers_are_written_in_the_language() -> None:
    html = WIDGET.render_fallback(EXAMPLE, "a/b", str, "de")
    assert "<td>0,850</td><td>0,150</td>" in html


def test_a_mask_shows_in_the_figures() -> None:
    html = WIDGET.render_fallback(EXAMPLE.model_copy(update={"causal": True}), "a/b", str, "en")
    assert "<td>0.577</td><td>−∞</td>" in html
    assert "<td>1.000</td><td>0.000</td>" in html
    assert '<li data-step="mask">' in html


def test_bars_fill_their_row() -> None:
    first, second = draw_bars([[0.75, 0.25], [0.1, 0.9]])
    assert first["parts"] == [
        {"x": "0.00", "width": "255.00", "fits": True},
        {"x": "255.00", "width": "85.00", "fits": False},
    ]
    assert (first["y"], second["y"]) == (18, 70)


@pytest.mark.parametrize("case", SLIPS, ids=lambda case: f"{case['step']}-{case['found']}")
def test_each_slip_is_told(case: dict[str, object]) -> None:
    """On the numbers of the example: the row of "it", the key of "animal", unless the case says otherwise."""
    source = """import { diagnose } from "../../../lessons/widgets/attention_steps/diagnosis";
output = diagnose(input.step, [input.given], { ...input.data, ...input });"""
    asked = {"causal": False, "row": 1, "column": 0, "data": EXAMPLE.model_dump(), **case}
    assert run_typescript(source, asked) == case["found"]
