"""The numbers of transformers/transformer-block, computed again and looked up in its pages and figures."""

from math import sqrt
from pathlib import Path
from xml.etree import ElementTree

import pytest
from lessons.widgets.transformer import foretell, run_model
from scripts.attention.drawn_stream import PICTURE, STORY, compare, draw_stream, find_likeliest, list_stops, read_world
from scripts.attention.world import ANIMALS, NEVER_TOGETHER, PLACES

Vector = tuple[float, ...]
Neuron = tuple[Vector, float, Vector]

ROOT = Path(__file__).parents[2]
MODULE = ROOT / "lessons/transformers/transformer-block"
OVERVIEW = " ".join((MODULE / "overview.md").read_text("utf-8").split())
LESSON = " ".join((MODULE / "lesson.md").read_text("utf-8").split())
PRACTICE = " ".join((MODULE / "practice.md").read_text("utf-8").split())
SHEET = " ".join((ROOT / "cheatsheets/transformers/transformer-block.md").read_text("utf-8").split())
FIGURE = ElementTree.parse(MODULE / "one-block.svg")
MATRICES = ElementTree.parse(MODULE / "three-neurons.svg")
DRAWN_SHEET = ElementTree.parse(ROOT / "cheatsheets/transformers/transformer-block.svg")
SVG = "{http://www.w3.org/2000/svg}"

CAME_IN: Vector = (-1, 2, 2, 1)
ATTENTION: Vector = (-2, 2, -1, -1)
NEURONS: list[Neuron] = [
    ((-1, 1, 0, 0), -0.8, (1, 0, -1, 0)),
    ((1, 0, 2, 0), 0, (2, -2, 0, 1)),
    ((0, 0, 1, -1), 0.6, (0, 1, 1, -2)),
]
PAPER: list[Neuron] = [
    ((1, -1, 0, 0), -1, (0, 1, 0, 1)),
    ((0, 1, 1, 1), 1, (5, 5, 5, 5)),
    ((0, 0, -2, 0), 0, (1, 0, 1, -1)),
]


def add(*vectors: Vector) -> Vector:
    return tuple(round(sum(entries), 9) for entries in zip(*vectors, strict=True))


def mean(vector: Vector) -> float:
    return sum(vector) / len(vector)


def spread(vector: Vector) -> float:
    return sqrt(mean(tuple((x - mean(vector)) ** 2 for x in vector)))


def norm(vector: Vector) -> Vector:
    return tuple((x - mean(vector)) / spread(vector) for x in vector)


def sums(neurons: list[Neuron], copy: Vector) -> Vector:
    return tuple(sum(w * x for w, x in zip(reads, copy, strict=True)) + bias for reads, bias, _ in neurons)


def feed_forward(neurons: list[Neuron], copy: Vector) -> Vector:
    fired = [max(0.0, total) for total in sums(neurons, copy)]
    return add(*(tuple(f * x for x in row) for f, (_, _, row) in zip(fired, neurons, strict=True)))


def show(vector: Vector) -> str:
    """The entries as short as they come out."""
    return f"({', '.join(f'{round(x, 3) + 0:g}' for x in vector)})"


def show3(vector: Vector) -> str:
    return f"({', '.join(f'{round(x, 3) + 0:.3f}' for x in vector)})"


AFTER = add(CAME_IN, ATTENTION)
COPY = norm(AFTER)
WRITTEN = feed_forward(NEURONS, COPY)
GOES_OUT = add(AFTER, WRITTEN)


def read_grid(drawing: "ElementTree.ElementTree[ElementTree.Element]", id_: str) -> Vector:
    """The numbers in the cells, row after row."""
    return tuple(float((cell.text or "").replace("−", "-")) for cell in drawing.findall(f".//*[@id='{id_}']/{SVG}text"))


def learned(d: int) -> dict[str, int]:
    """Parameters of one block with biases and 4 d neurons."""
    return {"Attention": 4 * d * d + 4 * d, "Feed-forward": 2 * d * 4 * d + 4 * d + d, "norms": 4 * d}


def test_sums_of_the_stream() -> None:
    assert f"$${show(CAME_IN)} + {show(ATTENTION)} = {show(AFTER)}$$" in LESSON
    assert f"$${show(AFTER)} + {show(WRITTEN)} = {show(GOES_OUT)}$$" in LESSON
    assert add(CAME_IN, (0, 0, 0, 0)) == CAME_IN and f"right: {show(CAME_IN)}, what came in" in LESSON


def test_layer_norm() -> None:
    away = tuple(x - mean(CAME_IN) for x in CAME_IN)
    assert f"$(-1 + 2 + 2 + 1) / 4 = {mean(CAME_IN):g}$ |" in LESSON
    assert f"| {show(away)} |" in LESSON
    assert f"$({' + '.join(f'{x * x:g}' for x in away)}) / 4 = {spread(CAME_IN) ** 2:.1f}$ |" in LESSON
    assert rf"$\sqrt{{1.5}} = {spread(CAME_IN):.3f}$ |" in LESSON and f"| {show3(norm(CAME_IN))} |" in LESSON
    tenfold, lifted = tuple(10 * x for x in CAME_IN), tuple(x + 100 for x in CAME_IN)
    assert show(norm(tenfold)) == show(norm(lifted)) == show(norm(CAME_IN))
    assert f"{show(tenfold)}, ten times as long, would give the same copy, and so would {show(lifted)}." in LESSON
    again = f"Now the mean is {mean(AFTER):g} and the standard deviation {spread(AFTER):g}, so {show(AFTER)}"
    assert f"{again} becomes {show(COPY)}." in LESSON
    assert f"has mean {mean(AFTER):g} and standard deviation {spread(AFTER):g}." in SHEET


def test_neurons() -> None:
    first, second, third = sums(NEURONS, COPY)
    assert f"$(-1) \\cdot (-1.4) + 1 \\cdot 1.4 - 0.8 = {first:g}$" in LESSON
    assert second < 0 and "Neuron 2 comes out below zero" in LESSON
    terms = rf"{first:g} \cdot {show(NEURONS[0][2])} + {third:g} \cdot {show(NEURONS[2][2])}"
    assert f"$${terms} = {show(WRITTEN)}$$" in LESSON


def test_drawn_neurons() -> None:
    """One column of the matrix that reads and one row of the matrix that writes for each neuron."""
    reads, biases, writes = zip(*NEURONS, strict=True)
    total = sums(NEURONS, COPY)
    grids = {
        "copy": COPY,
        "reads": [number for row in zip(*reads, strict=True) for number in row],
        "biases": biases,
        "sums": total,
        "fired": [max(0, number) for number in total],
        "writes": [number for row in writes for number in row],
        "written": WRITTEN,
    }
    for name, numbers in grids.items():
        assert read_grid(MATRICES, name) == pytest.approx(numbers), name
    told = [*reads, (), *writes]
    assert f"Its columns are {'; '.join(show(row)[1:-1] for row in told[:3])}." in LESSON
    assert f"with the rows {'; '.join(show(row)[1:-1] for row in told[4:])}, they give {show(WRITTEN)[1:-1]}" in LESSON
    assert f"the biases {show(biases)[1:-1]} the sums are {show(total)[1:-1]}." in LESSON


def test_another_token() -> None:
    stream: Vector = (1, 0, 4, -3)
    copy = norm(stream)
    first, second, third = sums(NEURONS, copy)
    assert f'the stream at "animal" is {show(stream)}' in LESSON
    assert f"minus the mean it is {show(tuple(x - mean(stream) for x in stream))}" in LESSON
    assert f"The copy is {show(copy)}" in LESSON
    assert first < 0 and f"1 · 0.2 + 2 · 1.4 = {second:.1f}" in LESSON and f"neuron 3 gives {third:.1f}" in LESSON
    written = feed_forward(NEURONS, copy)
    assert f"+ {third:.1f} · 0 = {add(stream, written)[0]:.1f}" in LESSON
    assert f"The mean is {mean(stream):g}" in LESSON and f"The neurons add {written[0]:.1f}," in LESSON
    assert f"number: {spread(stream):g}" in LESSON and "number: 3.0" in LESSON and "number: 7 " in LESSON


def test_post_norm_and_rms_norm() -> None:
    stream = add(COPY, WRITTEN)
    assert f"would itself become {show(COPY)}" in LESSON
    assert f"the sum is {show(stream)}, and after its norm {show3(norm(stream))} goes out" in LESSON
    assert f"divided by {sqrt(mean(tuple(x * x for x in AFTER))):.3f}." in LESSON


def test_the_head_to_cut() -> None:
    """Without it another place leads, and with "tired" another animal."""
    model = read_world()
    for word, kind in (("wide", PLACES), ("tired", ANIMALS)):
        story = STORY.replace("wide", word).split()
        chances = run_model(model, map(model.words.index, story), heads=[(2, 1)]).odds[-1]
        likeliest = model.words[chances.index(max(chances))]
        assert likeliest in kind and likeliest not in story
    assert "cut that head, L3H2:" in LESSON


def test_slopes_by_depth() -> None:
    assert f"$0.8^{{24}} = {0.8**24:.3f}$" in LESSON


def test_learned_numbers() -> None:
    parts = learned(768)
    attention, wide, norms = parts.values()
    block = sum(parts.values())
    assert block == 12 * 768**2 + 13 * 768
    for page in (LESSON, SHEET):
        assert all(f"| {number:,} |" in page for number in (attention, wide, norms))
    assert f"| Block | $12 d^2$ | $13d$ | {block:,} |" in LESSON
    words, places, last = 50_257 * 768, 1_024 * 768, 2 * 768
    whole = 12 * block + words + places + last
    assert f"Twelve blocks make {12 * block:,}." in LESSON and f"the model has {whole:,} parameters" in LESSON
    assert f"50,257 rows of 768, which is {words:,}" in LESSON and f"The last norm has {last:,}." in LESSON
    assert f"1,024 rows of 768, which is {places:,}, and a shorter text does not shrink it" in LESSON
    assert round(3 * wide / block) == 2 and round(3 * attention / block) == 1
    assert "The 32 blocks of the smallest" in LESSON and f"make {12 * 4096**2 * 32 / 1e9:.1f} billion." in LESSON
    largest = 96 * 12 * 12_288**2
    assert f"alone gives {largest:,}" in LESSON
    assert round(100 * largest / 175e9) == 99 and "about 99% of its parameters" in OVERVIEW
    assert 4 * 512 == 2048 and "[2,048 for 512]" in LESSON


def test_weights_to_fill_in() -> None:
    weights = 2 * 512 * 2048
    assert f"value: {weights} unit" in PRACTICE and f"2 · 512 · 2,048 = {weights:,}" in PRACTICE
    for mistake in (512 * 2048, 512 * 512, 12 * 512 * 512):
        assert f"{{value: {mistake}, why:" in PRACTICE
    assert weights == 8 * 512 * 512


def test_norms_to_fill_in() -> None:
    vector: Vector = (8, 2, 0, -6)
    away = tuple(x - mean(vector) for x in vector)
    assert f"value: {norm(vector)[0]:g} tolerance" in PRACTICE
    assert (mean(vector), spread(vector), away) == (1, 5, (7, 1, -1, -7))
    for mistake in (away[0], away[0] / 25, 8 / 5, away[0] / sqrt(100)):
        assert f"{{value: {mistake:g}, why:" in PRACTICE
    assert sum(x * x for x in away) == 100
    lifted: Vector = (101, 102, 103, 106)
    assert (show(norm((1, 2, 3, 6))), mean((1, 2, 3, 6))) == (show(norm(lifted)), 3) and mean(lifted) == 103
    assert f"both are {show(tuple(x - 103 for x in lifted))}" in PRACTICE


def test_on_paper() -> None:
    came: Vector = (1, 1, -1, 2)
    given: Vector = (2, -1, 0, -2)
    stream = add(came, given)
    copy, away = norm(stream), tuple(x - mean(stream) for x in stream)
    assert f"**Step 1.** {show(came)} + {show(given)} = {show(stream)}" in PRACTICE
    step = f"Mean {mean(stream):g}; minus the mean {show(away)}; standard deviation {spread(stream):g};"
    assert f"{step} copy {show3(copy)}." in PRACTICE
    assert sum(x * x for x in away) == 9 and spread(stream) ** 2 == 2.25
    one, two, three = sums(PAPER, copy)
    assert f"Neuron 1 gives {one:.3f}. Neuron 2 has the sum {two:.3f} and gives 0.000." in PRACTICE
    assert f"Neuron 3 gives {three:.3f}." in PRACTICE
    written = feed_forward(PAPER, copy)
    assert f"They write {show(written)}." in PRACTICE
    assert f"{show(stream)} + {show(written)} = {show(add(stream, written))}." in PRACTICE
    assert f"I got {show(add(stream, written))}" in PRACTICE
    assert show3(norm(tuple(10 * x for x in stream))) == show3(copy)
    assert 3 * 4 + 3 + 3 * 4 + 4 == 31 and "Together 31." in PRACTICE
    for number, (reads, bias, row) in enumerate(PAPER, start=1):
        assert f"| {number} | {show(reads)} | {bias:g} | {show(row)} |" in PRACTICE


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("in", show(CAME_IN)),
        ("attention-normed", show3(norm(CAME_IN))),
        ("attention-adds", f"adds {show(ATTENTION)}"),
        ("sum", show(AFTER)),
        ("feed-forward-normed", show(COPY)),
        ("feed-forward-adds", f"adds {show(WRITTEN)}"),
        ("out", show(GOES_OUT)),
    ],
)
def test_figure_draws_the_walk(place: str, words: str) -> None:
    drawn = FIGURE.find(f".//*[@id='{place}']")
    assert drawn is not None and (drawn.text or "").replace("−", "-") == words


def test_cheatsheet_draws_the_walk() -> None:
    rows = {"in": CAME_IN, "attention": ATTENTION, "sum": AFTER, "copy": COPY, "feed": WRITTEN, "out": GOES_OUT}
    for name, vector in rows.items():
        assert read_grid(DRAWN_SHEET, name) == pytest.approx(vector), name
        assert show(vector)[1:-1] in SHEET
    assert f"{show(AFTER)} has mean" in SHEET


def test_wider_or_deeper() -> None:
    d = 768
    assert 12 * (2 * d) ** 2 == 48 * d**2 == 4 * 12 * d**2
    assert r"$12 \cdot (2d)^2 = 48 d^2$" in PRACTICE


def test_stream_is_drawn_from_the_model() -> None:
    assert PICTURE.read_text("utf-8") == draw_stream()


def test_stream_says_what_the_lesson_says() -> None:
    model = read_world()
    stops = list_stops(model)
    says = [find_likeliest(model, stream) for _, stream in stops]
    words = [word for word, _ in says]
    assert words == ["the", "the", "the", "forest", "garden", "key", "street"] and {"forest", "garden"} <= {*PLACES}
    assert max(chance for _, chance in says[3:5]) < 0.5
    assert f'"key", at {100 * says[5][1]:.1f}%; after its feed-forward "street", at {100 * says[6][1]:.1f}%' in LESSON
    (chances,) = foretell(model, [stops[5][1]])
    second = sorted(chances, reverse=True)[1]
    assert model.words[chances.index(second)] == "street" and f'"street" second at {100 * second:.1f}%' in LESSON
    story = STORY.split()
    run = run_model(model, map(model.words.index, story))
    taken = run.layers[2].attention[1][-1][story.index("street")]
    assert f'a head of block 3 takes {taken:.0%} from "street"' in LESSON
    assert f'A head of block 3 takes {taken:.0%} from \\"street\\".' in PRACTICE
    assert ("cat", "street") in NEVER_TOGETHER and {"cat", "street"} <= {*STORY.split()}
    assert f"cosine similarity of only {compare(stops[0][1], stops[-1][1]):.3f} to what came in" in LESSON
    marks = [word for word in model.words if not word.isalpha()]
    assert (len(model.words), len(marks), model.width) == (115, 3, 48)
    assert f"a vocabulary of {len(model.words)}, trained for this course: {len(model.words) - 3} words, two" in LESSON
