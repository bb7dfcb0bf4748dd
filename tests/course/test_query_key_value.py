"""The numbers of the lesson "Query, key and value", recomputed, and the pages that quote them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import product
from math import exp, isclose, sqrt
from pathlib import Path
from statistics import pvariance
from xml.etree import ElementTree

import pytest
from pydantic import BaseModel

from trackbook.reading import read_course
from trackbook.widgets import load_widgets

Vector = tuple[float, ...]
Matrix = tuple[Vector, ...]
Table = list[list[str]]

ROOT = Path(__file__).parents[2]
MODULE = ROOT / "lessons/transformers/query-key-value"
LESSON = (MODULE / "lesson.md").read_text("utf-8")
PRACTICE = (MODULE / "practice.md").read_text("utf-8")
CHEATSHEET = (ROOT / "cheatsheets/transformers/query-key-value.md").read_text("utf-8")
EMBEDDINGS = (ROOT / "lessons/transformers/embeddings/lesson.md").read_text("utf-8")
FIGURE = ElementTree.parse(MODULE / "row-of-it.svg")
MATRICES = ElementTree.parse(MODULE / "three-matrices.svg")
DRAWN_SHEET = ElementTree.parse(ROOT / "cheatsheets/transformers/query-key-value.svg")
SVG = "{http://www.w3.org/2000/svg}"


def dot(a: Vector, b: Vector) -> float:
    return sum(x * y for x, y in zip(a, b, strict=True))


def exact(number: float) -> float:
    return number


def on_paper(number: float) -> float:
    return round(number, 3)


def softmax(row: Vector) -> Vector:
    return tuple(exp(score) / sum(map(exp, row)) for score in row)


@dataclass(frozen=True)
class Example:
    """Two tokens with their embeddings and three matrices, one tuple per row."""

    tokens: tuple[str, str]
    embeddings: Matrix
    w_q: Matrix
    w_k: Matrix
    w_v: Matrix

    def apply(self, matrix: Matrix) -> Matrix:
        columns = tuple(zip(*matrix, strict=True))
        return tuple(tuple(dot(x, column) for column in columns) for x in self.embeddings)

    def make_vectors(self) -> tuple[Matrix, Matrix, Matrix]:
        return self.apply(self.w_q), self.apply(self.w_k), self.apply(self.w_v)

    def score(self) -> Matrix:
        queries, keys, _ = self.make_vectors()
        return tuple(tuple(dot(query, key) for key in keys) for query in queries)

    def scale(self, carry: Callable[[float], float] = exact) -> Matrix:
        root = carry(sqrt(len(self.w_k[0])))
        return tuple(tuple(carry(score / root) for score in row) for row in self.score())

    def weigh(self, scaled: Matrix, carry: Callable[[float], float] = exact) -> Matrix:
        """Return, for each row, its exponentials, their sum, and the weights."""
        rows = []
        for row in scaled:
            powers = [carry(exp(score)) for score in row]
            total = carry(sum(powers))
            rows.append((*powers, total, *(carry(power / total) for power in powers)))
        return tuple(rows)

    def blend(self, carry: Callable[[float], float] = exact) -> Matrix:
        values = self.apply(self.w_v)
        weights = [row[3:] for row in self.weigh(self.scale(carry), carry)]
        columns = tuple(zip(*values, strict=True))
        return tuple(
            tuple(carry(sum(carry(w * v) for w, v in zip(row, column, strict=True))) for column in columns)
            for row in weights
        )


LESSON_EXAMPLE = Example(
    tokens=("animal", "it"),
    embeddings=((2, 2, 1), (-1, 2, 2)),
    w_q=((0, -1, 0), (0, 0, 1), (1, 1, -1)),
    w_k=((1, 0, 0), (-1, 0, 1), (0, 1, 0)),
    w_v=((0, 0, 1), (1, 0, 0), (-1, 1, 2)),
)
PAPER_EXAMPLE = Example(
    tokens=("river", "bank"),
    embeddings=((2, 1, 0), (1, 1, 2)),
    w_q=((0, 0, 1), (-1, 0, 0), (0, 1, 0)),
    w_k=((1, 1, 0), (0, 0, 1), (0, -1, 0)),
    w_v=((1, 1, 0), (0, -1, 1), (1, 0, 0)),
)
BOTH = pytest.mark.parametrize(("example", "text"), [(LESSON_EXAMPLE, LESSON), (PAPER_EXAMPLE, PRACTICE)])


def whole(number: float) -> str:
    return f"{number:g}"


def decimals(number: float, places: int = 3) -> str:
    """Return the number with its decimals, and never as minus zero."""
    return f"{round(number, places) + 0.0:.{places}f}"


def show(vector: Vector, form: Callable[[float], str] = whole) -> str:
    return f"({', '.join(map(form, vector))})"


def read_tables(text: str) -> list[Table]:
    """Return all Markdown tables of a text, also those inside widgets, without the line of dashes."""
    tables: list[Table] = []
    inside = False
    for line in map(str.strip, text.splitlines()):
        if line.startswith("|"):
            if not inside:
                tables.append([])
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            if set("".join(cells)) - set("-"):
                tables[-1].append(cells)
        inside = line.startswith("|")
    return tables


def score_table(corner: str, example: Example, rows: Matrix, form: Callable[[float], str]) -> Table:
    header = [corner, *(f"Key of {token}" for token in example.tokens)]
    named = zip(example.tokens, rows, strict=True)
    return [header, *([f"Query of {token}", *map(form, row)] for token, row in named)]


def weight_table(example: Example, rows: dict[str, Vector]) -> Table:
    header = ["Row", "e<sup>s₁</sup>", "e<sup>s₂</sup>", *example.tokens]
    return [header, *([token, *map(decimals, (*row[:2], *row[3:]))] for token, row in rows.items())]


def expected_tables(example: Example) -> list[Table]:
    """Return the tables of the example from the embeddings to the blends, as they must be printed."""
    tokens, vectors = example.tokens, example.make_vectors()
    lines = zip(example.w_q, example.w_k, example.w_v, strict=True)
    weights = dict(zip(tokens, example.weigh(example.scale()), strict=True))
    ends = zip(tokens, example.embeddings, example.blend(), strict=True)
    return [
        [["Token", "Embedding"], *([token, show(x)] for token, x in zip(tokens, example.embeddings, strict=True))],
        [
            ["Row", "for queries, $W^Q$", "for keys, $W^K$", "for values, $W^V$"],
            *([str(number), *(show(row).strip("()") for row in rows)] for number, rows in enumerate(lines, start=1)),
        ],
        [["Token", "Query", "Key", "Value"]]
        + [[token, *map(show, three)] for token, *three in zip(tokens, *vectors, strict=True)],
        score_table("Scores", example, example.score(), whole),
        score_table("Scaled", example, example.scale(), decimals),
        weight_table(example, weights),
        [["Token", "Before", "Blend"], *([token, show(x), show(blend, decimals)] for token, x, blend in ends)],
    ]


@BOTH
def test_tables_hold_exactly_these_cells(example: Example, text: str) -> None:
    headers = [table[0] for table in expected_tables(example)]
    printed = [table for table in read_tables(text) if table[0] in headers]
    expected = expected_tables(example)
    if example is LESSON_EXAMPLE:  # whose matrices are drawn
        del expected[1]
    assert printed == expected


@BOTH
def test_rounding_on_the_way_changes_no_digit(example: Example, text: str) -> None:
    assert "rounded to three decimals" in text or "Round to three decimals" in text
    assert example.scale(on_paper) == tuple(tuple(map(on_paper, row)) for row in example.scale())
    pairs = [(example.weigh(example.scale(on_paper), on_paper), example.weigh(example.scale()))]
    pairs.append((example.blend(on_paper), example.blend()))
    for rounded, full in pairs:
        for row, other in zip(rounded, full, strict=True):
            assert list(map(decimals, row)) == list(map(decimals, other))


def test_embeddings_are_those_of_the_lesson_before() -> None:
    for token, row in zip(LESSON_EXAMPLE.tokens, LESSON_EXAMPLE.embeddings, strict=True):
        assert f"| {token} | {show(row)} |" in EMBEDDINGS


def test_embeddings_compared() -> None:
    table = [["Embeddings", "animal", "it"]]
    for token, row in zip(LESSON_EXAMPLE.tokens, LESSON_EXAMPLE.embeddings, strict=True):
        table.append([token, *(whole(dot(row, other)) for other in LESSON_EXAMPLE.embeddings)])
    assert table in read_tables(LESSON)
    (_, there), (back, _) = LESSON_EXAMPLE.score()
    animal, it = LESSON_EXAMPLE.embeddings
    comparison = next(table for table in read_tables(LESSON) if table[0][1] == "Comparing embeddings")
    assert comparison[1][1:] == [f"{dot(animal, it)} in both directions", f"{back} and {there}"]
    assert comparison[2][1:] == [f"{dot(it, it)}, the largest of its row", "1 and 0 here"]
    assert dot(it, it) == dot(animal, animal) > dot(animal, it)


def test_formulas_of_the_lesson() -> None:
    (animal_key, _), (_, it_query) = LESSON_EXAMPLE.apply(LESSON_EXAMPLE.w_k), LESSON_EXAMPLE.apply(LESSON_EXAMPLE.w_q)
    column = tuple(row[1] for row in LESSON_EXAMPLE.w_q)
    assert f"second column of $W^Q$, which is {show(column).strip('()')}:" in LESSON
    assert rf"it is $(-1) \cdot (-1) + 2 \cdot 0 + 2 \cdot 1 = {dot((-1, 2, 2), column)}$." in LESSON
    terms = " + ".join(rf"{x} \cdot {y}" for x, y in zip(it_query, animal_key, strict=True))
    assert f"in a dot product, ${terms} = {dot(it_query, animal_key)}$." in LESSON
    assert rf"$\sqrt{{3}} = {sqrt(3):.3f}$" in LESSON
    scaled = LESSON_EXAMPLE.scale()
    one, other, _, weight, rest = map(decimals, LESSON_EXAMPLE.weigh(scaled)[1])
    assert rf"\frac{{e^{{{scaled[1][0]:.3f}}}}}{{e^{{{scaled[1][0]:.3f}}} + e^{{0}}}}" in LESSON
    assert rf"= \frac{{{one}}}{{{one} + {other}}} = {weight}$$" in LESSON
    values, blends = LESSON_EXAMPLE.apply(LESSON_EXAMPLE.w_v), LESSON_EXAMPLE.blend()
    left = rf"{weight} \cdot {show(values[0])} + {rest} \cdot {show(values[1])}"
    assert rf"{{aligned}} {left} \\ &= {show(blends[1], decimals)} \end" in LESSON.replace("&+", "+")
    assert f"The weight {weight} says that {weight} times the value" in LESSON
    assert f"did not lead to a weight of 0 but to {rest}, since" in LESSON
    weight, rest = map(decimals, LESSON_EXAMPLE.weigh(scaled)[0][3:])
    assert f"Its weights are {weight} and {rest}, the values {show(values[0])} and {show(values[1])}." in LESSON
    left = f"{weight} · {show(values[0])} + {rest} · {show(values[1])}"
    assert f"It is {decimals(blends[0][2])}: the blend is {left} = {show(blends[0], decimals)}. The third" in LESSON


def test_the_worked_row() -> None:
    course = read_course(ROOT, load_widgets(ROOT))
    module = course.module("transformers/query-key-value")
    assert module
    data = next(fence.data for fence in module.pages["lesson"].fences if fence.language == "worked")
    assert isinstance(data, BaseModel)
    steps = data.model_dump()["steps"]
    queries, keys, _ = LESSON_EXAMPLE.make_vectors()
    scaled = LESSON_EXAMPLE.scale()[0]
    one, other, total, weight, rest = LESSON_EXAMPLE.weigh(LESSON_EXAMPLE.scale())[0]
    numbers = [LESSON_EXAMPLE.score()[0][1], *(round(number, 3) for number in (scaled[0], one, weight))]
    assert [step["number"] for step in steps] == numbers
    asked = f'"Animal" has the query {show(queries[0])}. The keys are {show(keys[0])} for "animal" and {show(keys[1])}'
    assert asked in LESSON
    told = (data.model_dump()["task"], steps[0]["result"])
    for text, key, score in zip(told, keys, LESSON_EXAMPLE.score()[0], strict=True):
        terms = [rf"{write(x)} \cdot {write(y)}" for x, y in zip(queries[0], key, strict=True)]
        assert f"${' + '.join(terms)} = {score}$" in text
    assert steps[1]["result"] == f"$1 / {sqrt(3):.3f} = {decimals(scaled[0])}$"
    assert f"The second becomes {decimals(scaled[1])}." in steps[1]["do"]
    assert steps[2]["result"] == f"$e^{{{decimals(scaled[0])}}} = {decimals(one)}$"
    assert f"The second gives {decimals(other)}." in steps[2]["do"]
    shares = f"{decimals(one)} / ({decimals(one)} + {decimals(other)})$ = ${decimals(one)} / {decimals(total)}"
    assert steps[3]["result"] == f"${shares}$ = ${decimals(weight)}$"
    assert f"The other {decimals(rest)} goes" in steps[3]["why"]


def write(number: float) -> str:
    return f"({whole(number)})" if number < 0 else whole(number)


def test_another_neighbor() -> None:
    dog = Example(("dog", "it"), ((1, 2, 2), (-1, 2, 2)), LESSON_EXAMPLE.w_q, LESSON_EXAMPLE.w_k, LESSON_EXAMPLE.w_v)
    assert '"dog", which is (1, 2, 2)' in LESSON
    assert "| dog | (1, 2, 2) |" in EMBEDDINGS
    assert f"becomes {dog.weigh(dog.scale())[1][3]:.3f}, and the first entry of" in LESSON
    assert f"its blend {dog.blend()[1][0]:.3f}." in LESSON
    rest, it = (row[3:] for row in dog.weigh(dog.scale()))
    assert rest == pytest.approx(it) and decimals(it[0]) == decimals(LESSON_EXAMPLE.weigh(LESSON_EXAMPLE.scale())[0][3])


def test_order_is_lost() -> None:
    it, animal = LESSON_EXAMPLE.blend()[::-1]
    swapped = replace(LESSON_EXAMPLE, embeddings=LESSON_EXAMPLE.embeddings[::-1])
    assert swapped.blend()[0] == pytest.approx(it)
    assert swapped.blend()[1] == pytest.approx(animal)


def test_variance_of_a_dot_product() -> None:
    for length in (1, 2, 3, 8):
        assert pvariance([sum(tosses) for tosses in product((-1, 1), repeat=length)]) == length
    sums = [sum(tosses) for tosses in product((-1, 1), repeat=3)]
    kinds = sorted(set(sums))
    table = [["Sum", *map(str, kinds)], ["Outcomes", *(str(sums.count(kind)) for kind in kinds)]]
    assert table in read_tables(LESSON)
    assert "(9 + 3 + 3 + 9) / 8 = 3" in LESSON
    assert sum(x * x for x in sums) == 9 + 3 + 3 + 9


def test_scores_of_8_with_and_without_the_division() -> None:
    assert sqrt(64) == 8
    table = next(table for table in read_tables(LESSON) if table[0][1] == "Into softmax")
    for row, divisor in zip(table[1:], (1, 8), strict=True):
        weights = softmax((8 / divisor, 0))
        grown = softmax((8.1 / divisor, 0))[0] - weights[0]
        shown = f"{weights[0]:.4f}, {weights[1]:.4f}"
        assert row[1:] == [f"{8 // divisor}, 0", shown, f"{grown:.5f}"]


def test_number_of_scores() -> None:
    counts = [[f"{n:,}", f"{n * n:,}"] for n in (2, 1000, 2000, 100_000)]
    assert [["Tokens", "Scores"], *counts] in read_tables(LESSON)
    assert f"1,000 make {1000**2:,}; 2,000 make {2000**2:,}" in CHEATSHEET
    assert f"{3000**2:,} became {9000**2:,}" in PRACTICE


def test_the_exercise_in_words() -> None:
    rest = PAPER_EXAMPLE.weigh(PAPER_EXAMPLE.scale())
    values = PAPER_EXAMPLE.apply(PAPER_EXAMPLE.w_v)
    for name, row in (('"River"', rest[0]), ('"bank"', rest[1])):
        terms = " + ".join(f"{decimals(w)} · {show(v)}" for w, v in zip(row[3:], values, strict=True))
        assert f"{name} is {terms}" in PRACTICE
    sums = [decimals(row[2]) for row in rest]
    assert f"The sums are {sums[0]} and {sums[1]}, and the last two columns" in PRACTICE
    one, other, total, *weights = map(decimals, PAPER_EXAMPLE.weigh(PAPER_EXAMPLE.score())[1])
    undivided = f'{one} + {other} = {total}, and the weights of "bank" are {weights[0]} and {weights[1]}.'
    assert f"Without the division, the sum is {undivided}" in PRACTICE
    scaled = {score for row in PAPER_EXAMPLE.scale() for score in row} | {3.0, -2.0}
    for score in scaled:
        name = whole(score) if score == int(score) else decimals(score)
        assert f"$e^{{{name}}} = {'1' if score == 0 else decimals(exp(score))}$" in PRACTICE
    queries, keys, _ = PAPER_EXAMPLE.make_vectors()
    assert f"2 · 0 + 1 · (-1) + 0 · 0 = {queries[0][0]}" in PRACTICE
    assert f"1 · 1 + 1 · 0 + 2 · 0 = {queries[1][2]}, and" in PRACTICE
    assert f"1 · 1 + 1 · 0 + 2 · (-1) = {keys[1][1]}." in PRACTICE
    assert f"(-1) · 2 + 2 · 2 + 1 · 1 = {dot(queries[1], keys[0])}." in PRACTICE
    assert [blend[2] for blend in PAPER_EXAMPLE.blend()] == pytest.approx([1, 1])


def test_the_quizzes() -> None:
    score = dot((1, 2, 0), (2, 1, 4))
    assert f"value: {score / sqrt(3):.3f}\n" in PRACTICE
    assert f"2 + 2 + 0 = {score}, and {score} / {sqrt(3):.3f} = {score / sqrt(3):.3f}." in PRACTICE
    assert f"value: {(3 + 3 + 4) / sqrt(3):.3f}, why" in PRACTICE
    assert f"value: {score / 3:.3f}, why" in PRACTICE
    first, second = (list(map(decimals, softmax(row))) for row in ((2, 0), (5, 3)))
    assert first == second
    assert f"3 / 2 = {3 / (3 - 1)} and -1 / 2 = {-1 / (3 - 1)}," in PRACTICE
    assert f"turns around: {1 / (1 - 3)} and {-3 / (1 - 3)}.)" in PRACTICE
    assert f"They are the same: {first[0]} and {first[1]} in both." in PRACTICE


def list_texts(figure: Iterable[ElementTree.Element]) -> list[str]:
    return ["".join(part.itertext()).replace("−", "-") for part in figure if part.tag == f"{SVG}text"]


def test_cheatsheet_shows_the_row_of_it() -> None:
    queries, keys, values = LESSON_EXAMPLE.make_vectors()
    scaled = LESSON_EXAMPLE.scale()
    one, other, total, *weights = map(decimals, LESSON_EXAMPLE.weigh(scaled)[1])
    rows = [
        ["query of “it”", f"Q {show(queries[1])}"],
        ["“animal”", "“it”"],
        ["key", *(f"K {show(key)}" for key in keys)],
        ["score", *map(whole, LESSON_EXAMPLE.score()[1])],
        ["divided by √3", *map(decimals, scaled[1])],
        [f"e to that, sum {total}", one, other],
        ["attention weight", *weights],
        ["value", *(f"V {show(value)}" for value in values)],
        ["blend", show(LESSON_EXAMPLE.blend()[1], decimals)],
    ]
    assert list_texts(DRAWN_SHEET.iter()) == [text for row in rows for text in row]
    for number in (one, other, total, *weights, show(LESSON_EXAMPLE.blend()[1], decimals).strip("()")):
        assert number in CHEATSHEET


@pytest.mark.parametrize(("name", "word"), [("Q", "query"), ("K", "key"), ("V", "value")])
def test_the_matrices_are_drawn_and_told(name: str, word: str) -> None:
    matrix = getattr(LESSON_EXAMPLE, f"w_{name.lower()}")
    it, made = LESSON_EXAMPLE.embeddings[1], LESSON_EXAMPLE.apply(matrix)[1]
    for id_, numbers in ((f"it-{name}", it), (f"matrix-{name}", sum(matrix, ())), (f"result-{name}", made)):
        cells = MATRICES.findall(f".//*[@id='{id_}']/{SVG}text")
        assert [float((cell.text or "").replace("−", "-")) for cell in cells] == list(numbers)
    rows = "; ".join(show(row).strip("()") for row in matrix)
    assert f"W {name} has the rows {rows} and gives the {word} {show(made).strip('()')}" in LESSON


def test_a_doubled_key() -> None:
    score = dot((2, 3, 0), (0, 2, 4))
    weight = softmax((score / sqrt(3), 0))[0]
    assert (
        f'Double the key of "animal", to (0, 2, 4), and its weight in the row of "it" rises from 0.850 to {weight:.3f}.'
        in LESSON
    )


def test_two_halves_of_a_book() -> None:
    whole_book, half = 100_000**2, 50_000**2
    assert f"{whole_book:,}. Each half has {half:,}, and both together {2 * half:,}" in PRACTICE


def test_the_figure() -> None:
    texts = list_texts(FIGURE.iter())
    queries, keys, values = LESSON_EXAMPLE.make_vectors()
    scaled = LESSON_EXAMPLE.scale()[1]
    one, other, total, *weights = LESSON_EXAMPLE.weigh((scaled,))[0]
    boxes = [f"Q {show(queries[1])}", *(f"K {show(k)}" for k in keys), *(f"V {show(v)}" for v in values)]
    assert [text for text in texts if text[:2] in ("Q ", "K ", "V ")] == boxes
    numbers = [*map(whole, LESSON_EXAMPLE.score()[1]), *map(decimals, (*scaled, one, other, *weights))]
    assert [text for text in texts if text.replace(".", "").isdigit()] == numbers
    assert "e to that" in texts and f"sum {total:.3f}" in texts
    assert show(LESSON_EXAMPLE.blend()[1], decimals) in texts
    for token, weight in zip(LESSON_EXAMPLE.tokens, weights, strict=True):
        bar = FIGURE.find(f".//*[@id='bar-{token}']")
        assert bar is not None
        assert isclose(float(bar.attrib["width"]), 100 * weight, abs_tol=0.1)


def test_the_alt_text_and_the_cards() -> None:
    one, other, _, *weights = map(decimals, LESSON_EXAMPLE.weigh(LESSON_EXAMPLE.scale())[1])
    steps = f"become 1.732 and 0.000, then {one} and {other}, then weights {weights[0]} and {weights[1]}"
    assert f"Scores 3 and 0 {steps}" in LESSON
    assert f"What does an attention weight of {weights[0]} say?" in PRACTICE
    assert f"It says that {weights[0]} times that token's value" in PRACTICE


def test_half_precision_ends_below_the_exponential_of_twelve() -> None:
    largest = (2 - 2**-10) * 2**15  # IEEE 754 binary16
    assert exp(11) < largest < exp(12)
    assert f"whose largest is {largest:,.0f}: $e^{{12}}$ is {exp(12):,.0f}." in LESSON
