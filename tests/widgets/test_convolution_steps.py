"""convolution-steps: Python and the browser slide alike, and the figures are those of the lesson."""

from itertools import product
from pathlib import Path
from typing import Any, cast
from xml.etree import ElementTree

import pytest
from lessons.widgets.convolution_steps import (
    Data,
    Layer,
    Span,
    convolve,
    count_places,
    frame,
    lay,
    look_down,
    widen,
)
from tests.typescript import run_typescript

from trackbook.markdown import parse_markdown
from trackbook.publishing.examples import read_example
from trackbook.reading.page import read_widget
from trackbook.widgets import load_widgets

ROOT = Path(__file__).parents[2]
LESSON = (ROOT / "lessons/deep-learning/convolution/lesson.md").read_text("utf-8")
WIDGET = load_widgets(ROOT)["convolution-steps"]
EXAMPLE = cast(Data, read_example(WIDGET).fences[0].data)
DRAWN = [
    [int((number.text or "").replace("−", "-")) for number in group]
    for figure in (ROOT / "lessons/deep-learning/convolution").glob("*.svg")
    for group in ElementTree.parse(figure).getroot()
    if group.get("id", "").endswith("-numbers")
]
"""The numbers of each grid in the lesson's drawings."""
IN_LESSON = cast(
    Data,
    next(
        read_widget(fence, WIDGET)[0].data
        for fence in parse_markdown(LESSON, "lesson.md").fences
        if fence.language == "convolution-steps"
    ),
)
IMAGES = [EXAMPLE.image, [[1, 2, 3, 4], [0.5, -1, 9, 0], [7, 7, 7, 7]]]
KERNELS = [EXAMPLE.kernel, [[1, -2], [0.25, 3]]]
CASES: list[dict[str, Any]] = [
    {"image": image, "kernel": kernel, "second": second, "stride": stride, "padding": padding}
    for image, kernel, second in product(IMAGES, KERNELS, KERNELS)
    for stride, padding in product((1, 2, 3), (0, 1, 2))
]


def look_through(at: int, size: int, first: Layer, second: Layer) -> tuple[Span, Span]:
    """Below a row of the second map: rows of the first map, which has so many, and of the framed image."""
    top, bottom = look_down(at, second)
    seen = (max(0, top - second.padding), min(size - 1, bottom - second.padding))
    return seen, (look_down(seen[0], first)[0], look_down(seen[1], first)[1])


def slide(case: dict[str, Any]) -> list[Any]:
    """Both maps, the sum at the last place, and what each place of either map sees."""
    first = Layer(case["kernel"], case["stride"], case["padding"])
    second = Layer(case["second"], case["stride"], case["padding"])
    map_ = convolve(case["image"], first)
    next_ = convolve(map_, second)
    framed = frame(case["image"], case["padding"])
    return [
        framed,
        map_,
        next_,
        lay(framed, first, len(map_) - 1, len(map_[0]) - 1) if map_ else [],
        [look_down(row, first) for row in range(len(map_))],
        [look_through(row, len(map_), first, second) for row in range(len(next_))],
        widen(len(case["kernel"]), case["stride"], 4),
        count_places(1, first),
    ]


def as_lists(value: Any) -> Any:
    return [as_lists(one) for one in value] if isinstance(value, list | tuple) else value


def test_the_browser_slides_alike() -> None:
    source = """import * as slide from "../../../lessons/widgets/convolution_steps/slide";
const { convolve, countPlaces, frame, lay, lookDown, lookThrough, widen } = slide;
output = input.map(({ image, kernel, second: other, stride, padding }) => {
  const [first, second] = [{ kernel, stride, padding }, { kernel: other, stride, padding }];
  const map = convolve(image, first);
  const next = convolve(map, second);
  const framed = frame(image, padding);
  return [
    framed, map, next,
    map.length ? lay(framed, first, map.length - 1, map[0].length - 1) : [],
    map.map((_, row) => lookDown(row, first)),
    next.map((_, row) => lookThrough(row, map.length, first, second)),
    widen(kernel.length, stride, 4),
    countPlaces(1, first),
  ];
});"""
    assert run_typescript(source, CASES) == [as_lists(slide(case)) for case in CASES]


def test_a_map_follows_its_definition() -> None:
    """Every place at which the kernel lies within the framed image, and no other."""
    for case in CASES:
        framed, map_, *_ = slide(case)
        size, stride = len(case["kernel"]), case["stride"]
        tops = [top for top in range(0, len(framed), stride) if top + size <= len(framed)]
        lefts = [left for left in range(0, len(framed[0]), stride) if left + size <= len(framed[0])]
        cells = list(product(range(size), range(size)))
        assert map_ == [
            [sum(case["kernel"][i][j] * framed[top + i][left + j] for i, j in cells) for left in lefts]
            for top in tops
            if lefts
        ]


@pytest.mark.parametrize("stride", [1, 2])
def test_what_a_number_sees_is_what_changes_it(stride: int) -> None:
    """A pixel that is changed changes exactly the numbers of the second map that are said to see it."""
    ones = [[1.0] * 3] * 3
    layer = Layer(ones, stride, 1)
    image = [[0.0] * 7 for _ in range(7)]
    size = len(convolve(image, layer))
    for at in range(7):
        lit = [[float(row == column == at) for column in range(7)] for row in range(7)]
        second = convolve(convolve(lit, layer), layer)
        for row in range(len(second)):
            (first, last) = look_through(row, size, layer, layer)[1]
            assert (second[row][row] > 0) == (first <= at + 1 <= last)


@pytest.mark.parametrize("data", [EXAMPLE, IN_LESSON], ids=["docs", "lesson"])
def test_the_figures_are_those_of_the_lesson(data: Data) -> None:
    layer = Layer(data.kernel, 1, 0)
    map_ = convolve(data.image, layer)
    further = convolve(map_, Layer(data.second, 1, 0))
    for grid in (data.image, data.kernel, data.second, map_, further, convolve(data.image, Layer(data.kernel, 2, 0))):
        assert [int(number) for row in grid for number in row] in DRAWN
    html = WIDGET.render_fallback(data, "a/b", str, "en")
    for row in further:
        assert "".join(f"<td>{number:g}</td>" for number in row) in html
    assert '<strong data-figure="result">24</strong>' in html
    assert min(map(min, convolve(data.image, Layer(data.kernel, 1, 1)))) == -27


def test_widths_are_those_of_the_lesson() -> None:
    assert "| Layers | Stride 1 | Stride 2 |" in LESSON
    for layers, widths in enumerate(zip(widen(3, 1, 7), widen(3, 2, 7), strict=True), start=1):
        assert f"| {layers} | {widths[0]} | {widths[1]} |" in LESSON


def test_what_is_framed_is_below_the_kernel() -> None:
    data = EXAMPLE.model_copy(update={"padding": 1, "place": [1, 1]})
    html = WIDGET.render_fallback(data, "a/b", str, "en")
    assert html.count('class="tb-pad tb-on"') == 5
    assert html.count('class="tb-on"') == 4 + 1
    assert html.count('class="tb-pad"') == 28 - 5
    assert 'rows <span data-figure="top">1</span> to <span data-figure="bottom">3</span>' in html


def test_numbers_are_written_in_the_language() -> None:
    data = EXAMPLE.model_copy(update={"kernel": [[0.5, -0.25], [0.0, 0.0]]})
    html = WIDGET.render_fallback(data, "a/b", str, "de")
    assert "0,500 · 1 + (-0,250) · 1 + 0 · 1 + 0 · 1" in html
