"""The numbers of deep-learning/convolution, computed again and looked up in its pages and figures."""

import re
from array import array
from base64 import b64decode
from itertools import pairwise, product
from pathlib import Path
from xml.etree import ElementTree

import pytest
from tests.course_data import read_data

from trackbook.site.finish.figures import measure

Grid = list[list[int]]

ROOT = Path(__file__).parents[2]
MODULE = ROOT / "lessons/deep-learning/convolution"
OVERVIEW = (MODULE / "overview.md").read_text(encoding="utf-8")
LESSON = (MODULE / "lesson.md").read_text(encoding="utf-8")
PRACTICE = (MODULE / "practice.md").read_text(encoding="utf-8")
SHEETS = ROOT / "cheatsheets/deep-learning"
CHEATSHEET = (SHEETS / "convolution.md").read_text(encoding="utf-8")
LESSON_TEXT = " ".join(LESSON.split())

IMAGE: Grid = [[1, 1, 1, 9, 9, 9]] * 4 + [[1] * 6] * 2
VERTICAL: Grid = [[-1, 0, 1]] * 3
WEAKER_BELOW: Grid = [[1] * 3, [0] * 3, [-1] * 3]
HORIZONTAL: Grid = [[-1] * 3, [0] * 3, [1] * 3]
PIXELS = 224 * 224


def convolve(image: Grid, kernel: Grid, stride: int = 1, padding: int = 0) -> Grid:
    """The feature map of a square image under a square kernel, framed by zeros."""
    size, width = len(kernel), len(image) + 2 * padding
    side = [0] * padding
    framed = [[0] * width] * padding + [side + row + side for row in image] + [[0] * width] * padding
    starts = range(0, width - size + 1, stride)
    cells = [(i, j) for i in range(size) for j in range(size)]
    return [[sum(framed[r + i][c + j] * kernel[i][j] for i, j in cells) for c in starts] for r in starts]


def width_seen(layers: int, stride: int) -> int:
    """Width of the receptive field after so many 3 × 3 layers of one stride."""
    width, step = 1, 1
    for _ in range(layers):
        width += 2 * step
        step *= stride
    return width


def map_width(image: int, kernel: int, padding: int, stride: int) -> int:
    return (image + 2 * padding - kernel) // stride + 1


def numbers_in(figure: str | Path, group: str) -> list[int]:
    """The numbers drawn in one group of a figure, row by row."""
    drawn = ElementTree.parse(MODULE / figure).find(f".//*[@id='{group}-numbers']")
    assert drawn is not None, f"{figure} has no group {group}-numbers"
    return [int((text.text or "").replace("−", "-")) for text in drawn]


def flat(grid: Grid) -> list[int]:
    return [number for row in grid for number in row]


def block_of(page: str, item: str) -> str:
    """The widget of the page with this id."""
    found = re.search(rf"```\w+\nid: {item}\n.*?\n```\n", page, re.DOTALL)
    assert found, f"no item {item}"
    return found[0]


FIRST_MAP = convolve(IMAGE, VERTICAL)
SECOND_MAP = convolve(FIRST_MAP, WEAKER_BELOW)


@pytest.mark.parametrize(
    ("figure", "group", "grid"),
    [
        ("image-and-kernel.svg", "image", IMAGE),
        ("image-and-kernel.svg", "kernel", VERTICAL),
        ("sliding-kernel.svg", "image", IMAGE),
        ("sliding-kernel.svg", "kernel", VERTICAL),
        ("sliding-kernel.svg", "map", FIRST_MAP),
        ("two-layers.svg", "image", IMAGE),
        ("two-layers.svg", "map", FIRST_MAP),
        ("two-layers.svg", "second-kernel", WEAKER_BELOW),
        ("two-layers.svg", "second-map", SECOND_MAP),
        ("stride-and-padding.svg", "image", IMAGE),
        ("stride-and-padding.svg", "strided", convolve(IMAGE, VERTICAL, stride=2)),
        ("stride-and-padding.svg", "padded", [[0] * 8, *([0, *row, 0] for row in IMAGE), [0] * 8]),
    ],
)
def test_figures_draw_the_same_grids(figure: str, group: str, grid: Grid) -> None:
    assert numbers_in(figure, group) == flat(grid)


def test_words_of_the_figures_say_the_same_numbers() -> None:
    """Who hears the figures gets their grids."""
    assert "four rows that read 1, 1, 1, 9, 9, 9 and two rows of ones" in LESSON_TEXT
    rows = [", ".join(map(str, row)) for row in FIRST_MAP]
    assert rows[0] == rows[1]
    assert f"Its rows are {rows[0]} twice, then {rows[2]} and {rows[3]}." in LESSON_TEXT
    above, below = (", ".join(map(str, row)) for row in SECOND_MAP)
    assert f"{above} above and {below} below" in LESSON_TEXT
    assert f"that they give: {', '.join(map(str, flat(convolve(IMAGE, VERTICAL, stride=2))))}." in LESSON_TEXT


def test_lines_of_the_two_layers_that_are_compared() -> None:
    figure = (MODULE / "every-pixel-or-a-patch.svg").read_text(encoding="utf-8")
    pixels, sums, kernel = 9, 7, 3
    assert sums == map_width(pixels, kernel, 0, 1)
    assert figure.count("L122 ") == pixels * sums and f"{pixels * sums} weights" in figure
    assert figure.count("L320 ") == kernel * sums and f"{kernel} weights" in figure
    assert f"{pixels * sums} weights. Right" in LESSON_TEXT


def test_the_photograph_is_as_large_as_the_lesson_says() -> None:
    width, height = measure((MODULE / "photo-and-maps.jpg").read_bytes()) or (0, 0)
    assert width == height == 2 * 224 + 2


def test_framed_cells_of_the_figures() -> None:
    assert FIRST_MAP[2][1] == 16
    assert "8 + 8 + 0 = 16" in (MODULE / "sliding-kernel.svg").read_text(encoding="utf-8")
    assert "framed result 16" in LESSON_TEXT
    assert SECOND_MAP[1][0] == 32
    faint = convolve(convolve([[1, 1, 1, 4, 4, 4]] * 6, VERTICAL), WEAKER_BELOW)
    assert set(flat(faint)) == {0}
    assert "for an edge that is faint all along it gives 0" in LESSON_TEXT
    assert "with one number, 32, framed" in LESSON_TEXT


def test_single_sums_in_the_lesson() -> None:
    assert FIRST_MAP[0] == [0, 24, 24, 0]
    assert "All three rows of the patch read 1, 1, 1, so left and right cancel, and the sum is 0." in LESSON_TEXT
    assert r"$$3 \cdot (-1 \cdot 1 + 0 \cdot 1 + 1 \cdot 9) = 24$$" in LESSON_TEXT
    assert FIRST_MAP[3][1] == 8
    assert "It is 8. Row 4 gives $-1 + 9 = 8$" in LESSON_TEXT
    drawn = SHEETS / "convolution.svg"
    assert (numbers_in(drawn, "patch"), numbers_in(drawn, "kernel")) == ([1, 1, 9] * 3, [-1, 0, 1] * 3)
    assert "8 + 8 + 8 = 24" in CHEATSHEET and "8 + 8 + 8 = 24" in drawn.read_text(encoding="utf-8")
    assert "columns of 24, 16 and 8 move one place" in LESSON_TEXT
    mirrored = convolve([row[::-1] for row in IMAGE], VERTICAL)
    assert min(flat(mirrored)) == -24
    assert "gives $-24$, which the ReLU turns into 0" in LESSON_TEXT


def test_moving_the_block_moves_the_map() -> None:
    moved: Grid = [[1, *row[:-1]] for row in IMAGE]
    assert [row[1:] for row in convolve(moved, VERTICAL)] == [row[:-1] for row in FIRST_MAP]
    assert convolve(moved, VERTICAL, stride=2) == convolve(IMAGE, VERTICAL, stride=2)
    assert "map stays as it is" in LESSON_TEXT


def test_padding_invents_the_strongest_answer() -> None:
    framed = convolve(IMAGE, VERTICAL, padding=1)
    assert (len(framed), len(framed[0])) == (6, 6)
    assert min(flat(framed)) == -27 < -max(flat(FIRST_MAP))
    assert "gives $-27$ at the right border" in LESSON_TEXT
    opposite = [[-weight for weight in row] for row in VERTICAL]
    assert max(flat(convolve(IMAGE, opposite, padding=1))) == 27
    assert "kernel for the opposite edge gives 27" in LESSON_TEXT and "(and 27 for the kernel of the" in PRACTICE


def test_without_an_activation_one_kernel_does_for_both_layers() -> None:
    both = [[0] * 5 for _ in range(5)]
    for (row, column), (r, c) in product(product(range(3), repeat=2), repeat=2):
        both[row + r][column + c] += WEAKER_BELOW[row][column] * VERTICAL[r][c]
    assert convolve(IMAGE, both) == SECOND_MAP
    assert min(flat(FIRST_MAP)) == 0 and "as no number of the first map is negative" in LESSON_TEXT


def test_weights_of_a_layer() -> None:
    for page in (LESSON, CHEATSHEET):
        assert re.search(rf"\| every pixel[^|]*\| {PIXELS * PIXELS:,} \|", page)
        assert re.search(rf"\| [^|]*3 × 3[^|]*own[^|]*\| {9 * PIXELS:,} \|", page)
        assert re.search(r"\| [^|]*3 × 3[^|]*share[^|]*\| 9 \|", page)
    assert f"has {PIXELS:,} of them" in LESSON_TEXT
    assert f"{PIXELS * PIXELS:,} comparisons" in LESSON_TEXT
    assert f"divide that number by about {round(PIXELS / 9):,}" in LESSON_TEXT
    assert f"divides what is left by {PIXELS:,}" in LESSON_TEXT
    assert "bring billions of weights down to nine" in LESSON_TEXT
    assert 16 * PIXELS**2 == (448 * 448) ** 2
    assert "| Image twice as wide and high | 16 times the weights |" in LESSON_TEXT
    assert f"{9 * PIXELS:,} weights" in block_of(PRACTICE, "which-saving")
    assert PIXELS == 4 * 112 * 112
    assert "quarter the weights" in PRACTICE


def test_large_numbers_are_the_computed_ones() -> None:
    known = {PIXELS, PIXELS**2, 9 * PIXELS, round(PIXELS / 9), (224 // 16) ** 4}
    known |= {
        80 + 289 * 10,
        65 * 16 + 17 * 16 + 17 * 10,
        16 * 9 * 16,
        64 * 16 + 16,
        64 * (27 + 1),
        9 * 64 * 64,
        9 * 64 * 64 * PIXELS,
        round(9 * PIXELS, -4),
    }
    for page in (OVERVIEW, LESSON, PRACTICE, CHEATSHEET):
        found = {int(number.replace(",", "")) for number in re.findall(r"\d{1,3}(?:,\d{3})+", page)}
        assert found <= known
    assert 'choices: ["About 2.5 billion", "About 450,000", "9"]' in block_of(LESSON, "how-many-weights")
    assert round(PIXELS**2 / 1e9, 1) == 2.5
    assert 'text: "It becomes 16 times' in block_of(LESSON, "larger-photo")


def test_weights_of_vgg() -> None:
    assert 3 * 3 * 3 == 27
    assert "on a color photo a 3 × 3 kernel has 27 weights" in LESSON_TEXT
    assert "64 kernels of 27 weights and a bias each" in LESSON_TEXT
    assert f"makes {64 * (27 + 1):,} parameters" in LESSON_TEXT
    assert f"above a layer of 64 kernels it has {9 * 64}" in LESSON_TEXT and f"above 64 maps {9 * 64}" in CHEATSHEET
    assert f'back: "{9 * 64}, nine for each map."' in PRACTICE
    quiz = block_of(PRACTICE, "above-many-maps")
    assert f"9 · 16 = {9 * 16}" in quiz and f"{9 * 16 * 16:,}, nine for each pair" in quiz and f"16 · {9 * 16}." in quiz
    second = 3 * 3 * 64 * 64
    assert f"has {second:,} weights" in LESSON_TEXT
    assert f"{second * PIXELS:,} multiplications" in LESSON_TEXT
    assert "kernel has 27 weights" in CHEATSHEET
    assert 'back: "27, as it covers all three colors' in PRACTICE


@pytest.mark.parametrize("stride", [1, 2])
def test_receptive_fields(stride: int) -> None:
    widths = [width_seen(layers, stride) for layers in range(1, 8)]
    rows = re.findall(r"^\| (\d) \| (\d+) \| (\d+) \|$", LESSON, re.MULTILINE)
    assert [int(row[stride]) for row in rows] == widths
    assert f"{', '.join(map(str, widths[:3]))} with stride {stride}" in CHEATSHEET
    assert f"{', '.join(map(str, widths[:3]))}," in block_of(PRACTICE, "deck")


def test_layers_that_span_a_photo() -> None:
    assert width_seen(111, 1) < 224 <= width_seen(112, 1)
    assert "you need 112 such layers" in LESSON_TEXT
    assert [width_seen(layers, 2) for layers in (1, 2, 3)] == [3, 3 + 2 * 2, 7 + 2 * 4]
    assert "3, then 3 + 2 · 2 = 7, then 7 + 2 · 4 = 15" in LESSON_TEXT
    assert width_seen(6, 2) < 224 <= width_seen(7, 2)
    assert "Seven layers are enough for 224 pixels" in LESSON_TEXT
    assert width_seen(2, 1) == 5
    assert "those come from 5 × 5 pixels" in LESSON_TEXT
    assert [width_seen(layers, 1) for layers in range(1, 5)] == [3, 5, 7, 9]
    assert "adds two pixels to the width: 3, 5, 7, 9" in LESSON_TEXT
    assert "value: 7\n" in block_of(PRACTICE, "three-layers")
    assert f'{{value: {width_seen(2, 1)}, why: "That is the view after two layers.' in block_of(
        PRACTICE, "three-layers"
    )
    assert "two more with each further layer: 3, 5, 7." in block_of(PRACTICE, "three-layers")


def test_ways_to_the_result() -> None:
    """A lone 1, in the middle or in a corner, passes through two layers of ones."""
    ones: Grid = [[1] * 3] * 3
    middle = convolve(convolve([[int(r == c == 2) for c in range(5)] for r in range(5)], ones), ones)
    corner = convolve(convolve([[int(r == c == 0) for c in range(5)] for r in range(5)], ones), ones)
    assert (middle, corner) == ([[9]], [[1]])
    assert "has nine ways to reach the result and a corner pixel has one" in LESSON_TEXT


def test_sizes_of_maps() -> None:
    assert map_width(6, 3, 0, 1) == len(FIRST_MAP) == 4
    assert ((224 + 2 - 3) / 2, map_width(224, 3, 1, 2)) == (111.5, 112)
    assert "With $n = 224$, $k = 3$, $p = 1$ and $s = 2$ the fraction is 111.5, and the width 112." in LESSON_TEXT
    quiz = block_of(PRACTICE, "size-of-the-map")
    assert map_width(28, 3, 1, 2) == 14 and "value: 14\n" in quiz
    assert map_width(28, 3, 0, 1) == 26 and map_width(28, 3, 1, 1) == 28
    assert "(28 + 2 - 3) / 2 is 13.5, rounded down 13, plus 1 makes 14" in quiz


def test_pieces_instead_of_pixels() -> None:
    pieces = (224 // 16) ** 2
    assert f"there are {pieces} pieces and only {pieces**2:,} pairs" in LESSON_TEXT


def test_the_exercise() -> None:
    image: Grid = [[2] * 5] * 2 + [[7, 7, 7, 2, 2]] * 3
    result = convolve(image, HORIZONTAL)
    assert numbers_in("on-paper.svg", "image") == flat(image)
    assert "two rows of twos, then three rows that read 7, 7, 7, 2, 2." in PRACTICE
    assert numbers_in("on-paper.svg", "kernel") == flat(HORIZONTAL)
    assert numbers_in("on-paper-map.svg", "map") == flat(result)
    rows = [", ".join(map(str, row)) for row in result]
    assert rows[0] == rows[1] and f"numbers: {rows[0]} twice, then {rows[2]}." in PRACTICE
    assert "$7 + 7 + 7 - (2 + 2 + 2) = 15$" in PRACTICE
    assert result[0] == [15, 10, 5]
    assert "15, 10, 5 gets smaller" in PRACTICE
    assert (len(flat(result)), len(flat(image))) == (9, 25)
    assert PRACTICE.count("9 numbers.") == 2
    assert "5 × 5: all 25 pixels" in PRACTICE
    assert [sum(image[2][c : c + 3]) for c in range(3)] == [21, 16, 11]
    assert "6, 6, 6 in the rows above the block and 21, 16, 11" in PRACTICE
    assert convolve(image, HORIZONTAL, stride=2) == [[15, 5], [0, 0]]
    assert "15 and 5 above, 0 and 0 below" in PRACTICE
    assert "I kept 15, 5, 0 and 0" in PRACTICE


def test_the_sign_of_an_edge() -> None:
    assert convolve([[5, 5, 2]] * 3, VERTICAL) == [[-9]]
    quiz = block_of(PRACTICE, "sign-of-the-edge")
    assert "each row reads 5, 5, 2" in quiz
    assert "value: -9\n" in quiz and '{value: -3, why: "That is one row.' in quiz
    assert "Each row gives -5 + 0 + 2 = -3, and there are three rows." in quiz
    assert sum([5, 5, 2] * 3) == 36
    assert '{value: 36, why: "36 is the sum of all nine pixels' in quiz


def test_the_image_of_the_overview() -> None:
    assert f"an image of {len(flat(IMAGE))} pixels" in OVERVIEW


def test_learned_kernels() -> None:
    learned, dense = read_data("models/kernels"), read_data("models/digits")
    config, sizes = learned["config"], dense["config"]["sizes"]
    parameters, maps = config["kernels"] * (config["wide"] ** 2 + 1), config["kernels"] * map_width(8, 3, 0, 1) ** 2
    layers = [(inputs + 1) * outputs for inputs, outputs in pairwise(sizes)]
    assert f"The layer has {parameters} parameters" in LESSON_TEXT
    assert f"fully connected first layer of lesson 1 had {layers[0]:,}" in LESSON_TEXT
    assert f"all {maps} numbers of the eight maps" in LESSON_TEXT
    assert f"has {parameters + (maps + 1) * 10:,} parameters, and that of lesson 1 had {sum(layers):,}" in LESSON_TEXT
    assert len(learned["new"]) == len(learned["measured"]["seeds"]) == 5
    assert f"{learned['mean']:.1%} of {learned['measured']['digits']} new digits here, " in LESSON_TEXT
    assert f"{dense['shares'][-1]['mean'][1]:.1%} there (means of five trainings)" in LESSON_TEXT


@pytest.mark.parametrize(("number", "axis"), [(3, 0), (8, 0), (5, 1)])
def test_learned_kernels_find_edges(number: int, axis: int) -> None:
    """The upper row, or the left column, adds, and the one across takes away."""
    weights = array("b", b64decode(read_data("models/kernels")["after"][number - 1]))
    first, last = ((weights[:3], weights[6:]), (weights[::3], weights[2::3]))[axis]
    assert sum(first) > 0 > sum(last)
