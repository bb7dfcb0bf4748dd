"""The numbers of transformers/multi-head-attention, computed again and looked up in its pages and figure."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain
from math import exp, sqrt
from pathlib import Path
from xml.etree import ElementTree

import pytest
from scripts.attention.drawn_heads import PICTURE, draw_heads

Vector = tuple[float, ...]
Matrix = tuple[Vector, ...]

ROOT = Path(__file__).parents[2]
MODULE = ROOT / "lessons/transformers/multi-head-attention"
LESSON = " ".join((MODULE / "lesson.md").read_text("utf-8").split())
PRACTICE = " ".join((MODULE / "practice.md").read_text("utf-8").split())
SHEET = " ".join((ROOT / "cheatsheets/transformers/multi-head-attention.md").read_text("utf-8").split())
FIGURE = ElementTree.parse(MODULE / "two-heads.svg")
MATRICES = ElementTree.parse(MODULE / "six-matrices.svg")
OUTPUT = ElementTree.parse(MODULE / "output-matrix.svg")
DRAWN_SHEET = ElementTree.parse(ROOT / "cheatsheets/transformers/multi-head-attention.svg")
SVG = "{http://www.w3.org/2000/svg}"


def dot(a: Vector, b: Vector) -> float:
    return sum(x * y for x, y in zip(a, b, strict=True))


def project(vector: Vector, matrix: Matrix) -> Vector:
    return tuple(dot(vector, column) for column in zip(*matrix, strict=True))


def on_paper(number: float) -> float:
    return round(number, 3) + 0.0


def exact(number: float) -> float:
    return number


@dataclass(frozen=True)
class Row:
    """What one head computes for one token."""

    query: Vector
    keys: Matrix
    values: Matrix
    carry: Callable[[float], float] = exact

    @property
    def scores(self) -> Vector:
        return tuple(dot(self.query, key) for key in self.keys)

    @property
    def divided(self) -> Vector:
        root = self.carry(sqrt(len(self.query)))
        return tuple(self.carry(score / root) for score in self.scores)

    @property
    def powers(self) -> Vector:
        return tuple(self.carry(exp(number)) for number in self.divided)

    @property
    def weights(self) -> Vector:
        return tuple(self.carry(power / self.carry(sum(self.powers))) for power in self.powers)

    @property
    def blend(self) -> Vector:
        columns = zip(*self.values, strict=True)
        return tuple(self.carry(dot(self.weights, column)) for column in columns)


@dataclass(frozen=True)
class Layer:
    """Embeddings by token, three matrices for each of two heads (a row of each head in every row), and the output's."""

    embeddings: dict[str, Vector]
    focus: str
    rows: tuple[tuple[Vector, Vector, Vector, Vector, Vector, Vector], ...]
    output: Matrix

    def head(self, number: int, carry: Callable[[float], float] = exact) -> Row:
        query, key, value = (tuple(row[3 * number + kind] for row in self.rows) for kind in range(3))
        every = self.embeddings.values()
        return Row(
            project(self.embeddings[self.focus], query),
            tuple(project(x, key) for x in every),
            tuple(project(x, value) for x in every),
            carry,
        )

    def heads(self, carry: Callable[[float], float] = exact) -> list[Row]:
        return [self.head(0, carry), self.head(1, carry)]

    def join(self, carry: Callable[[float], float] = exact) -> Vector:
        return tuple(chain.from_iterable(head.blend for head in self.heads(carry)))

    def merge(self) -> Row:
        """One wide head with the queries, keys and values of both put end to end."""
        one, two = self.heads()
        keys = tuple(a + b for a, b in zip(one.keys, two.keys, strict=True))
        values = tuple(a + b for a, b in zip(one.values, two.values, strict=True))
        return Row(one.query + two.query, keys, values)


ANIMAL = Layer(
    {"animal": (2, 2, 1, 0), "it": (-1, 2, 2, 1), "tired": (1, 1, -1, 2)},
    "it",
    (
        ((0, 1), (0, 0), (1, 0), (0, 0), (1, 0), (1, 0)),
        ((0, 0), (1, 0), (0, 1), (0, 0), (0, 1), (0, 0)),
        ((1, 1), (0, -1), (1, 0), (0, 1), (0, -1), (0, 1)),
        ((0, 0), (-1, 0), (0, -1), (-1, 0), (0, 0), (1, 0)),
    ),
    ((1, 0, 0, -1), (0, 1, 0, 0), (0, 0, 1, 1), (-1, 0, 1, 0)),
)
RIVER = Layer(
    {"river": (1, 2, 0, 1), "bank": (0, 1, 1, 1)},
    "bank",
    (
        ((0, 0), (1, 0), (2, 0), (0, 0), (0, 0), (0, 1)),
        ((1, 0), (0, 1), (0, 0), (0, 1), (-1, 0), (0, 0)),
        ((0, 0), (0, 0), (0, 3), (0, 1), (-1, 1), (3, 0)),
        ((0, 1), (1, -1), (0, 0), (1, 0), (0, 0), (0, 1)),
    ),
    ((1, 0, 0, 0), (0, 1, 0, 1), (0, 0, 1, 0), (1, 0, 0, -1)),
)
BOTH = pytest.mark.parametrize(("layer", "page"), [(ANIMAL, LESSON), (RIVER, PRACTICE)])


def whole(vector: Vector) -> str:
    return ", ".join(f"{x:g}" for x in vector)


def decimals(vector: Vector) -> str:
    return ", ".join(f"{on_paper(x):.3f}" for x in vector)


def read_number(text: str | None) -> float:
    return float((text or "").replace("−", "-"))


def test_matrices_on_paper() -> None:
    for number, (row, output) in enumerate(zip(RIVER.rows, RIVER.output, strict=True), start=1):
        for head in (row[:3], row[3:]):
            assert f"| {number} | {' | '.join(map(whole, head))} |" in PRACTICE
        assert f"| {number} | {whole(output)} |" in PRACTICE


@pytest.mark.parametrize("head", [1, 2])
def test_matrices_are_drawn_and_told(head: int) -> None:
    told = []
    for kind, name in enumerate("QKV"):
        matrix = [row[3 * (head - 1) + kind] for row in ANIMAL.rows]
        cells = MATRICES.findall(f".//*[@id='matrix-{name}-{head}']/{SVG}text")
        assert [read_number(cell.text) for cell in cells] == list(chain.from_iterable(matrix))
        told.append(f"W {name} has the rows {'; '.join(map(whole, matrix))}")
    assert f"Head {head}: {', '.join(told)}." in LESSON


def test_output_matrix_is_drawn_and_told() -> None:
    joined, result = ANIMAL.join(), project(ANIMAL.join(), ANIMAL.output)
    drawn = {part.get("id"): part.text for part in OUTPUT.iter() if part.get("id")}
    for row, numbers in enumerate(ANIMAL.output, start=1):
        assert [read_number(drawn[f"output-{row}-{column}"]) for column in (1, 2, 3, 4)] == list(numbers)
    assert ", ".join(f"{read_number(drawn[f'joined-{place}']):.3f}" for place in (1, 2, 3, 4)) == decimals(joined)
    assert ", ".join(f"{read_number(drawn[f'made-{place}']):.3f}" for place in (1, 2, 3, 4)) == decimals(result)
    one, two = ("; ".join(map(whole, rows)) for rows in (ANIMAL.output[:2], ANIMAL.output[2:]))
    assert f"Its rows for head 1 are {one}. Its rows for head 2 are {two}. The result is {decimals(result)}." in LESSON


def test_four_heads_are_drawn_from_the_data() -> None:
    assert PICTURE.read_text("utf-8") == draw_heads()


def test_keys_and_values_take_the_room_of_one_wide_head() -> None:
    assert 8 * 64 == 512 and "8 keys of 64 entries take the room of one key of 512" in LESSON


def write_vectors(layer: Layer, *heads: Row) -> str:
    """Rows of a table: for each token its key and its value in these heads."""
    rows = []
    for place, token in enumerate(layer.embeddings):
        vectors = [vector for head in heads for vector in (head.keys[place], head.values[place])]
        rows.append(f"| {token} | {' | '.join(f'({whole(vector)})' for vector in vectors)} |")
    return " ".join(rows)


@BOTH
def test_keys_and_values(layer: Layer, page: str) -> None:
    one, two = layer.heads()
    tables = [(one, two)] if layer is ANIMAL else [(one,), (two,)]
    assert all(write_vectors(layer, *heads) in page for heads in tables)
    assert f"({whole(one.query)}) in head 1 and ({whole(two.query)}) in head 2" in page


def test_embeddings() -> None:
    for token, vector in ANIMAL.embeddings.items():
        assert f"| {token} | ({whole(vector)}) |" in LESSON
    river, bank = RIVER.embeddings.values()
    assert f'"River" has the embedding ({whole(river)}), "bank" has ({whole(bank)}).' in PRACTICE


def test_one_entry_of_a_key() -> None:
    column = [row[1][0] for row in ANIMAL.rows]
    terms = " + ".join(
        rf"{x:g} \cdot {f'({w:g})' if w < 0 else f'{w:g}'}"
        for x, w in zip(ANIMAL.embeddings["animal"], column, strict=True)
    )
    assert f"$${terms} = {ANIMAL.head(0).keys[0][0]:g}$$" in LESSON


def test_a_head_does_not_copy_the_first_entries_of_the_embeddings() -> None:
    """Else a learner would take a head for a slice, which the lesson calls a mistake."""
    for layer in (ANIMAL, RIVER):
        tokens = list(layer.embeddings.values())
        for head in layer.heads():
            for vectors in (head.keys, head.values):
                assert [vector[:2] for vector in tokens] != list(vectors)


def write_row(layer: Layer, head: Row, *, scored: bool = True) -> str:
    """The table of a head, from scores to weights, without its heading."""
    rows = zip(layer.embeddings, head.scores, head.divided, head.powers, head.weights, strict=True)
    return " ".join(
        f"| {token} {f'| {score:g} ' if scored else ''}| {on_paper(divided):.3f} | {power:.3f} | {weight:.3f} |"
        for token, score, divided, power, weight in rows
    )


def test_row_of_the_first_head() -> None:
    head = ANIMAL.head(0)
    assert write_row(ANIMAL, head) in LESSON
    terms = " + ".join(rf"{w:.3f} \cdot ({whole(v)})" for w, v in zip(head.weights, head.values, strict=True))
    assert rf"{{aligned}} {terms} \\ &= ({decimals(head.blend)}) \end" in LESSON.replace("&+", "+")


def test_row_of_the_second_head() -> None:
    head = ANIMAL.head(1)
    assert list(head.scores) == [0, 1, 3]
    assert "The first two scores are (-1) · 2 + 2 · 1 = 0 and (-1) · (-1) + 2 · 0 = 1." in LESSON
    for number in (head.scores[2], head.divided[2], sum(head.powers), head.weights[2]):
        assert f"number: {on_paper(number):g} " in LESSON
    assert f"{' + '.join(f'{p:.3f}' for p in head.powers)} = {sum(head.powers):.3f}" in LESSON
    assert "The others are {:.3f} and {:.3f}.".format(*head.weights) in LESSON
    terms = " + ".join(rf"{w:.3f} \cdot ({whole(v)})" for w, v in zip(head.weights, head.values, strict=True))
    assert rf"{{aligned}} {terms} \\ &= ({decimals(head.blend)}) \end" in LESSON.replace("&+", "+")


def test_join_and_project() -> None:
    joined = ANIMAL.join()
    result = project(joined, ANIMAL.output)
    assert f"Put the blends end to end: ({decimals(joined)})." in LESSON
    parts = [project(joined[:2], ANIMAL.output[:2]), project(joined[2:], ANIMAL.output[2:])]
    for name, part in zip(("head 1 adds", "head 2 adds", "together"), (*parts, result), strict=True):
        assert f"| {name} | ({decimals(part)}) |" in LESSON
    assert tuple(a + b for a, b in zip(*parts, strict=True)) == pytest.approx(result)


def test_one_wide_head() -> None:
    wide = ANIMAL.merge()
    assert "the scores are the sums: {:g}, {:g} and {:g}.".format(*wide.scores) in LESSON
    weights = [" | ".join(f"{w:.3f}" for w in row.weights) for row in (*ANIMAL.heads(), wide)]
    names = ("Head 1", "Head 2", "One wide head")
    for name, row in zip(names, weights, strict=True):
        assert f"| {name} | {row} |" in LESSON
    assert f"one wide head gives {decimals(wide.weights)}." in SHEET


@pytest.mark.parametrize("layer", [ANIMAL, RIVER])
def test_rounding_on_the_way_changes_little(layer: Layer) -> None:
    results = [project(layer.join(carry), layer.output) for carry in (on_paper, exact)]
    for paper, true in zip(*results, strict=True):
        assert round(paper, 3) == pytest.approx(round(true, 3), abs=0.0021)
    assert "your last digit may differ by one or two" in LESSON
    assert "a last digit that is off by one or two comes from rounding on the way" in PRACTICE
    for head in layer.heads():
        assert sum(head.weights) == pytest.approx(1, abs=1e-9)


def test_shapes_and_counts() -> None:
    assert 8 * 3 * 512 * 64 + 512 * 512 == 4 * 512**2
    assert f"12 heads and 1,000 tokens that is {12 * 1000**2:,} weights" in LESSON
    assert "width 512 and 8 heads of width 64" in LESSON and 512 / 8 == 64
    assert 32 / 8 == 4 and "groups of 4 share one key" in LESSON
    assert "value: 64 mistakes" in PRACTICE and 768 / 12 == 64 and 768 * 12 == 9216


def test_on_paper() -> None:
    one, two = RIVER.heads()
    for number, head in enumerate((one, two), start=1):
        assert write_row(RIVER, head, scored=False) in PRACTICE
        terms = " + ".join(f"{w:.3f} · ({whole(v)})" for w, v in zip(head.weights, head.values, strict=True))
        assert f"Head {number} blends {terms} = ({decimals(head.blend)})." in PRACTICE
    scores = [" and ".join(f"{score:g}" for score in head.scores) for head in (one, two)]
    assert f'"Bank" scores {scores[0]} in head 1, {scores[1]} in head 2.' in PRACTICE
    assert f"The scores are {scores[0]} in head 1, {scores[1]} in head 2." in PRACTICE
    sums = [sum(head.powers) for head in (one, two)]
    assert "the sums are {:.3f} in head 1 and {:.3f} in head 2:".format(*sums) in PRACTICE
    joined = RIVER.join()
    result = project(joined, RIVER.output)
    assert f"End to end: ({decimals(joined)})." in PRACTICE
    assert f"**Step 4.** ({decimals(result)}). The first entry is" in PRACTICE
    wide = RIVER.merge()
    assert wide.scores == (1, 1) and decimals(wide.weights) == "0.500, 0.500"
    assert "Both weights are 0.500." in PRACTICE


def test_two_scores_that_cancel() -> None:
    two = exp(2) / (exp(2) + 1)
    assert f"Both get {two:.3f}, as in their own heads." in PRACTICE and 2 * two > 1


@pytest.mark.parametrize("number", [1, 2])
def test_figure_draws_both_heads(number: int) -> None:
    head = ANIMAL.head(number - 1)
    drawn = {part.get("id"): part for part in FIGURE.iter() if part.get("id")}
    assert drawn[f"query-{number}"].text == f"({whole(head.query)})".replace("-", "−")
    assert drawn[f"blend-{number}"].text == f"({decimals(head.blend)})".replace("-", "−")
    for token, weight in zip(ANIMAL.embeddings, head.weights, strict=True):
        assert drawn[f"weight-{number}-{token}"].text == f"{weight:.3f}"
        assert float(drawn[f"bar-{number}-{token}"].get("width", "")) == pytest.approx(156 * weight, abs=0.001)


def test_figure_draws_the_result() -> None:
    result = decimals(project(ANIMAL.join(), ANIMAL.output))
    drawn = FIGURE.find(".//*[@id='result']")
    assert drawn is not None and drawn.text == f"({result})".replace("-", "−")
    assert f"become {result}." in LESSON and f"Times W O: {result}." in SHEET


def test_cheatsheet_shows_both_rows() -> None:
    one, two = ANIMAL.heads()
    rows = [["head 1", "head 2"], ["query", f"Q ({whole(one.query)})", f"Q ({whole(two.query)})"]]
    for token, a, b in zip(ANIMAL.embeddings, one.weights, two.weights, strict=True):
        rows.append([f"weight of “{token}”", f"{a:.3f}", f"{b:.3f}"])
        assert f"“{token}” {a:.3f} and {b:.3f}".replace("“", '"').replace("”", '"') in SHEET
    rows.append(["blend", f"({decimals(one.blend)})", f"({decimals(two.blend)})"])
    rows.append(["times WO", f"({decimals(project(ANIMAL.join(), ANIMAL.output))})"])
    texts = ["".join(text.itertext()).replace("−", "-") for text in DRAWN_SHEET.iter(f"{SVG}text")]
    assert texts == [text for row in rows for text in row]
    assert f"Blends {decimals(one.blend)} and {decimals(two.blend)}." in SHEET
