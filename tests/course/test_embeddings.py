"""The numbers of transformers/embeddings, computed again and looked up in its pages and figures."""

import json
import re
from itertools import combinations, product
from math import acos, degrees, isclose, sqrt
from pathlib import Path
from statistics import mean
from xml.etree import ElementTree

import pytest
from lessons.widgets.tokenizer.rows import TOP
from scripts.attention import drawn_embeddings
from scripts.attention.drawing import ACCENT, BLUE
from scripts.attention.drawn_embeddings import COMPARED, DRAWINGS, SENTENCE, read_counted, read_trained
from scripts.attention.world import (
    ANIMALS,
    BOYS,
    MOVES,
    OF_ANIMALS,
    OF_PLACES,
    PLACES,
    TOO_LARGE,
    TOO_SMALL,
    TRAINED_TOGETHER,
)

Vector = tuple[float, ...]

ROOT = Path(__file__).parents[2]
MODULE = ROOT / "lessons/transformers/embeddings"
LESSON = (MODULE / "lesson.md").read_text(encoding="utf-8")
PRACTICE = (MODULE / "practice.md").read_text(encoding="utf-8")
CHEATSHEET = (ROOT / "cheatsheets/transformers/embeddings.md").read_text(encoding="utf-8")
VECTORS = ROOT / "lessons/data/tokenizer/vectors.json"
SVG = "{http://www.w3.org/2000/svg}"

TABLE: dict[str, Vector] = {
    "animal": (2, 2, 1),
    "dog": (1, 2, 2),
    "it": (-1, 2, 2),
    "road": (2, -2, 1),
    "street": (6, -2, 3),
}
TRAINED: dict[str, Vector] = {word: tuple(row) for word, row in read_trained().items()}
PAPER: dict[str, Vector] = {"cat": (1, 2, 2), "mouse": (3, 2, 6), "keyboard": (2, -1, 2)}


def dot(a: Vector, b: Vector) -> float:
    return sum(x * y for x, y in zip(a, b, strict=True))


def length(a: Vector) -> float:
    return sqrt(dot(a, a))


def cosine(a: Vector, b: Vector) -> float:
    return dot(a, b) / (length(a) * length(b))


def angle(token: str) -> float:
    return degrees(acos(cosine(TABLE["animal"], TABLE[token])))


def move(a: Vector, b: Vector, step: float) -> Vector:
    return tuple(round(x + step * y, 9) for x, y in zip(a, b, strict=True))


def weigh(weights: Vector, rows: list[Vector]) -> Vector:
    return tuple(sum(w * row[i] for w, row in zip(weights, rows, strict=True)) for i in range(len(rows[0])))


def turn(a: Vector) -> Vector:
    """By 45° in the plane of the first two entries."""
    x, y, *others = a
    return ((x - y) / sqrt(2), (x + y) / sqrt(2), *others)


def show(a: Vector) -> str:
    return f"({', '.join(f'{round(x, 3):g}' for x in a)})"


STEP = move(TABLE["it"], TABLE["animal"], 0.1)
PAPER_STEP = move(PAPER["cat"], PAPER["mouse"], 0.1)
TARGET = move(move(TABLE["animal"], TABLE["dog"], -1), TABLE["street"], 1)


def measures(token: str) -> str:
    a, b = TABLE["animal"], TABLE[token]
    return f"{dot(a, b)} | {length(b):g} | {cosine(a, b):.3f} |"


def texts_in(figure: str) -> list[str]:
    return [text.text or "" for text in ElementTree.parse(MODULE / figure).iter(f"{SVG}text")]


def test_tables_are_printed_as_used_here() -> None:
    for number, (token, row) in enumerate(TABLE.items()):
        assert f"| {number} | {token} | {show(row)} |" in LESSON
    for number, (token, row) in enumerate(PAPER.items()):
        assert f"| {number} | {token} | {show(row)} |" in PRACTICE


def test_no_page_holds_another_vector() -> None:
    used = {*map(show, TABLE.values()), *map(show, PAPER.values()), show(STEP), show(PAPER_STEP), show(TARGET)}
    used |= {"(0, 1, 2)", "(2, 0, 1)", "(0.2, 1, 2.1)", "(0, 1, 0)", "(0.5, 0.5, 0)", "(2, 2, 4)"}
    used |= {show(turn(TABLE[token])) for token in ("animal", "dog")}
    for page in (LESSON, PRACTICE, CHEATSHEET):
        assert set(re.findall(r"\((?:-?[\d.]+, ){2}-?[\d.]+\)", page)) <= used
    assert show(TABLE["animal"]) in CHEATSHEET


def test_lookup_is_a_weighted_sum() -> None:
    weights = (0, 0, 1, 0, 0)
    picked = weigh(weights, list(TABLE.values()))
    assert picked == TABLE["it"]
    terms = [rf"{weight} \cdot {show(row)}" for weight, row in zip(weights, TABLE.values(), strict=True)]
    assert rf"&{' + '.join(terms[:3])} \\ &+ {' + '.join(terms[3:])} \\ &= {show(picked)} \end" in LESSON
    assert f"form a vector too, {show(weights)}," in LESSON
    assert weigh((0, 1, 0), list(PAPER.values())) == PAPER["mouse"]
    assert f'The one-hot vector is (0, 1, 0), and the product is {show(PAPER["mouse"])}, the row of "mouse"' in PRACTICE
    assert "Its second entry is 0 · 2 + 1 · 2 + 0 · (-1) = 2." in PRACTICE
    assert [row[1] for row in PAPER.values()] == [2, 2, -1]
    assert "The second column is 2, 2, -1" in PRACTICE
    assert "I wrote the vector 0, 1, 0" in PRACTICE
    assert list(TABLE).index("it") == 2
    assert 'turn "it" into a vector, take its id, 2, and read row 2' in LESSON
    for page in (LESSON, CHEATSHEET):
        rows = "; ".join(", ".join(map(str, row)) for row in TABLE.values())
        assert f"The one-hot vector 0, 0, 1, 0, 0 times the table with the rows {rows} is its row 2: -1, 2, 2." in page


def test_the_neuron() -> None:
    sums = {token: dot((1, -1, 0), row) for token, row in TABLE.items()}
    assert "invented weights 1, -1 and 0" in LESSON
    expected = 'It gets {animal} for "animal", {dog} for "dog", {road} for "road" and {street} for "street"'
    assert expected.format(**sums) in LESSON


@pytest.mark.parametrize("token", ["dog", "street", "it", "road"])
def test_everything_seen_from_animal(token: str) -> None:
    assert f"| {token} | {measures(token)} {angle(token):.0f}° |" in LESSON


def test_similarity_in_words() -> None:
    animal, dog, street = TABLE["animal"], TABLE["dog"], TABLE["street"]
    assert rf"$$2 \cdot 1 + 2 \cdot 2 + 1 \cdot 2 = {dot(animal, dog)}$$" in LESSON
    squares = " + ".join(rf"{x} \cdot {x}" for x in animal)
    assert rf"$$\sqrt{{{squares}}} = \sqrt{{{dot(animal, animal)}}} = {length(animal):g}$$" in LESSON
    assert f"it is 8/9 = {cosine(animal, dog):.3f}" in LESSON
    assert f'leaves it by {angle("dog"):.0f} degrees, "street", the longest, by {angle("street"):.0f}.' in LESSON
    assert cosine(animal, dog) > cosine(animal, street)
    assert dot(animal, dog) < dot(animal, street)
    assert length(street) > 2 * length(dog)
    for token in ("dog", "street"):
        row = show(TABLE[token]).replace(" ", "\u00a0")
        assert f"| {token} {row} | {measures(token)}" in CHEATSHEET


def test_one_step_of_gradient_descent() -> None:
    assert rf"$${show(TABLE['it'])} + 0.1 \cdot {show(TABLE['animal'])} = {show(STEP)}$$" in LESSON
    assert f"With a step of {0.1}, and a loss that falls by 1 for each 1" in LESSON
    assert f"product grows by {TABLE['animal'][0]}, the first number" in LESSON
    before, after = (cosine(row, TABLE["animal"]) for row in (TABLE["it"], STEP))
    assert f"larger than the {dot(TABLE['it'], TABLE['animal'])} it is now" in LESSON
    new = f"now {dot(STEP, TABLE['animal']):.1f} and the cosine {after:.3f}; it was {before:.3f}."
    assert new in LESSON


def test_turned_rows_keep_all_similarities() -> None:
    for one, other in product(TABLE.values(), repeat=2):
        assert isclose(dot(turn(one), turn(other)), dot(one, other), abs_tol=1e-9)
    animal, dog = (turn(TABLE[token]) for token in ("animal", "dog"))
    both = (
        f'"Animal" becomes {show(animal)} and "dog" {show(dog)}, and their dot product is still {dot(animal, dog):g}.'
    )
    assert both in LESSON
    assert "put (x - y)/√2 and (x + y)/√2 in the place of the first two numbers" in LESSON


def test_the_analogy() -> None:
    shown = " + ".join([f"{show(TABLE['animal'])} - {show(TABLE['dog'])}", show(TABLE["street"])])
    assert rf"&= {shown} \\ &= {show(TARGET)} \end" in LESSON
    ranked = sorted(TABLE, key=lambda token: cosine(TARGET, TABLE[token]), reverse=True)
    rows = "\n".join(f"| {token} | {cosine(TARGET, TABLE[token]):.3f} |" for token in ranked)
    assert f"| Token | Cosine with {show(TARGET)} |\n| --- | --- |\n{rows}\n" in LESSON
    neighbors = sorted(TABLE, key=lambda token: cosine(TABLE["street"], TABLE[token]), reverse=True)
    assert neighbors[:2] == ["street", "road"]
    assert f"arithmetic, with {cosine(TABLE['street'], TABLE['road']):.3f}, and" in LESSON


def test_it_in_both_sentences() -> None:
    near, far = (cosine(TABLE["it"], TABLE[token]) for token in ("animal", "street"))
    assert f'with a cosine of {near:.3f} to "animal" and {far:.3f} to "street"' in LESSON


def test_size_of_a_real_table() -> None:
    size = 50_257 * 768
    assert "50,257 tokens with 768 numbers each" in LESSON
    assert f"{size:,} parameters" in LESSON
    assert f"50,257 × 768 = {size:,} parameters" in CHEATSHEET
    assert f"{size / 124e6:.0%} of the [124 million]" in LESSON


@pytest.mark.parametrize("file", DRAWINGS, ids=lambda file: file.stem)
def test_figures_are_those_of_their_script(file: Path) -> None:
    drawn = file.read_text("utf-8")
    assert drawn == DRAWINGS[file]()
    assert int(ElementTree.fromstring(drawn).attrib["width"]) <= 358
    assert min(map(int, re.findall(r'font-size="(\d+)"', drawn))) >= 12


def test_figures_draw_the_table_of_the_lesson() -> None:
    assert drawn_embeddings.TABLE == TABLE


def test_the_figure_of_the_strip() -> None:
    vocabulary, rows = read_counted()
    ids = vocabulary.list_steps(SENTENCE.encode())[-1].ids
    drawn = ElementTree.parse(MODULE / "ids-to-vectors.svg")
    for at, token in enumerate(ids):
        cells = drawn.find(f".//*[@id='row-{at}']")
        assert cells is not None
        colors = [(cell.attrib["fill"], float(cell.attrib.get("fill-opacity", 0))) for cell in cells]
        for (color, depth), number in zip(colors, rows.find(token), strict=True):
            if abs(number / TOP) >= 0.02:
                assert color == (BLUE if number > 0 else ACCENT)
                assert isclose(depth, 0.1 + 0.5 * abs(number) / TOP, abs_tol=0.006)
    texts = texts_in("ids-to-vectors.svg")
    assert set(map(str, ids)) <= set(texts)
    assert {"1,280 rows", "8 numbers"} <= set(texts)
    assert (len(vocabulary.tokens), rows.width, len(ids)) == (1280, 8, 14)
    assert "a tall table of 1,280 rows, and from there to a row of eight shaded cells" in LESSON
    assert f'"it", id {next(token for token in ids if vocabulary.tokens[token] == b" it")}, is drawn' in LESSON
    assert "eight numbers for each of 1,280 tokens" in LESSON


def test_the_figure_of_the_lookup() -> None:
    drawn = ElementTree.parse(MODULE / "one-hot-times-table.svg")
    rows = {f"row-{token}": row for token, row in TABLE.items()}
    for name, row in {**rows, "one-hot": (0, 0, 1, 0, 0), "product": TABLE["it"]}.items():
        cells = drawn.find(f".//*[@id='{name}']")
        assert cells is not None
        assert [cell.text for cell in cells.iter(f"{SVG}text")] == [f"{x}".replace("-", "−") for x in row]
    assert "0·2 + 0·2 + 1·2 + 0·(−2) + 0·(−2) = 2" in texts_in("one-hot-times-table.svg")


def test_the_figure_of_the_angles() -> None:
    texts = texts_in("angles-from-animal.svg")
    drawn = ElementTree.parse(MODULE / "angles-from-animal.svg")
    start, unit = (134.0, 246.0), 29
    for token, row in TABLE.items():
        arrow = drawn.find(f".//*[@id='arrow-{token}']")
        assert arrow is not None
        x, y = (float(part) for part in arrow.attrib["d"].split(" L")[1].split())
        along = dot(row, TABLE["animal"]) / length(TABLE["animal"])
        assert isclose(x - start[0], unit * along, abs_tol=0.06)
        assert isclose((x - start[0]) ** 2 + (y - start[1]) ** 2, (unit * length(row)) ** 2, rel_tol=0.002)
        if token != "animal":
            assert f"{token}: {angle(token):.0f}°, length {length(row):g}" in texts
    for token in ("dog", "street"):
        shadow = dot(TABLE[token], TABLE["animal"]) / 3
        assert f"{shadow:.2f} · 3 = {dot(TABLE[token], TABLE['animal'])}" in texts
        assert f"{shadow:.2f}" in LESSON


def test_the_figure_of_the_cosines() -> None:
    drawn = ElementTree.parse(MODULE / "cosines-of-nine-words.svg")
    for word in COMPARED:
        cells = drawn.find(f".//*[@id='cosines-{word}']")
        assert cells is not None
        texts = [(text.text or "").replace("−", "-") for text in cells.iter(f"{SVG}text")]
        for text, other in zip(texts, COMPARED, strict=True):
            assert isclose(float(text), cosine(TRAINED[word], TRAINED[other]), abs_tol=0.0051)
    groups = [COMPARED[:3], COMPARED[3:6], COMPARED[6:]]
    for group, name in zip(groups, ("animals with animals", "places with places", "adjectives with"), strict=True):
        found = [cosine(TRAINED[one], TRAINED[other]) for one, other in combinations(group, 2)]
        ends = f"from {min(found):.2f} to {max(found):.2f}".replace("0.", ".")
        assert re.search(f"{name}[a-z ]* {re.escape(ends)}", LESSON)
    apart = [cosine(TRAINED[one], TRAINED[other]) for a, b in combinations(groups, 2) for one, other in product(a, b)]
    assert f"between {min(apart):.2f} and {max(apart):.2f}.".replace("0.", ".") in LESSON


def average(words: list[str], others: list[str] | None = None) -> str:
    """Of the cosines between two groups of words of the trained table, or within one."""
    pairs = combinations(words, 2) if others is None else product(words, others)
    return f"{mean(cosine(TRAINED[one], TRAINED[other]) for one, other in pairs):.2f}"


def rank(target: Vector) -> list[str]:
    return sorted(TRAINED, key=lambda word: cosine(target, TRAINED[word]), reverse=True)


def test_the_trained_table() -> None:
    assert f"Its table has {len(TRAINED)} tokens with {len(TRAINED['cat'])} numbers each" in LESSON
    groups = {word: group for group in (ANIMALS, PLACES) for word in group}
    assert len(ANIMALS) == len(PLACES) == 8
    assert all(rank(TRAINED[word])[1] in group for word, group in groups.items())
    assert f"{len(groups)} times out of {len(groups)}" in LESSON
    assert (
        f"two animals have a cosine of {average(ANIMALS)}, two places {average(PLACES)}, "
        f"and an animal and a place {average(ANIMALS, PLACES)}." in LESSON
    )
    assert "tired" in OF_ANIMALS
    assert "wide" in OF_PLACES
    assert (
        f"Their cosine is {average(OF_ANIMALS, OF_PLACES)} on average, "
        f"against {average(OF_ANIMALS)} among the first and {average(OF_PLACES)} among the second." in LESSON
    )
    assert '"the dog did not cross the river because it was too tired"' in LESSON
    assert ("dog", "river") in TRAINED_TOGETHER
    assert "cross" in MOVES


def test_the_adjectives_of_the_figure() -> None:
    assert COMPARED[6] in OF_ANIMALS and set(COMPARED[7:]) <= set(OF_PLACES)
    assert f'"{COMPARED[6]}" for animals, "{COMPARED[7]}" and "{COMPARED[8]}" for places.' in LESSON


def test_the_counted_table() -> None:
    vocabulary, rows = read_counted()
    found = {spelled: rows.find(token) for token, spelled in enumerate(vocabulary.tokens)}
    known = {spelled: row for spelled, row in found.items() if row and any(row)}
    tired = known.pop(b" tired")
    assert max(known, key=lambda spelled: cosine(tired, known[spelled])) == b" animal"
    assert 'So "tired" comes out nearest to "animal"' in LESSON
    assert json.loads(VECTORS.read_text("utf-8"))["window"] == 8
    assert "surroundings of eight tokens to each side" in LESSON


def test_opposites_in_the_trained_table() -> None:
    assert f"It is {cosine(TRAINED['big'], TRAINED['small']):.2f}." in LESSON
    assert (len(TOO_LARGE), len(TOO_SMALL)) == (4, 4)
    assert 'four words such as "big" and "huge", and four such as "small" and "tiny"' in LESSON
    assert {"big", "huge"} < set(TOO_LARGE) and {"small", "tiny"} < set(TOO_SMALL)
    across, large, small = average(TOO_LARGE, TOO_SMALL), average(TOO_LARGE), average(TOO_SMALL)
    assert f"average cosine is {across}, not much less than the {large} and {small} within them." in LESSON


def test_the_analogy_in_the_trained_table() -> None:
    target = move(move(TRAINED["she"], TRAINED["he"], -1), TRAINED["tom"], 1)
    ranked = rank(target)
    assert ranked[0] == "tom"
    assert set(ranked[1:4]) == set(BOYS) - {"tom"}
    assert f"with a cosine of {cosine(TRAINED['she'], TRAINED['he']):.2f}. So she - he + tom" in LESSON
    assert (
        f'she - he + tom lands on "tom", with {cosine(target, TRAINED["tom"]):.3f}, followed by the other three boys.'
        in LESSON
    )


def test_the_exercise() -> None:
    for token, squares in (("cat", "1 + 4 + 4"), ("mouse", "9 + 4 + 36"), ("keyboard", "4 + 1 + 4")):
        assert rf"{token} $\sqrt{{{squares}}} = {length(PAPER[token]):g}$" in PRACTICE
    mouse = PAPER["mouse"]
    for token, products in (("cat", "3 + 4 + 12"), ("keyboard", "6 - 2 + 12")):
        product = dot(mouse, PAPER[token])
        similarity = cosine(mouse, PAPER[token])
        assert f"| mouse, {token} | {products} = {product} | {product} / 21 = {similarity:.3f} |" in PRACTICE
    assert f'"Cat" becomes {show(PAPER_STEP)}.' in PRACTICE
    assert f"My new dot product is {dot(PAPER_STEP, mouse):.1f}" in PRACTICE
    assert "I found the lengths {:g}, {:g} and {:g}".format(*map(length, PAPER.values())) in PRACTICE
    assert f"3.9 + 4.4 + 15.6 = {dot(PAPER_STEP, mouse):.1f}, up from {dot(PAPER['cat'], mouse)}" in PRACTICE


def test_the_quizzes() -> None:
    dog, street = TABLE["dog"], TABLE["street"]
    product = dot(dog, street)
    quotient = f"{product} / 21 = {cosine(dog, street):.3f}"
    assert f"value: {cosine(dog, street):.3f}\n" in PRACTICE
    assert f"The dot product is 6 - 4 + 6 = {product}, the lengths are 3 and 7, and {quotient}." in PRACTICE
    assert f'{{value: {product}, why: "That is the dot product, 6 - 4 + 6.' in PRACTICE
    assert f'{{value: {(6 + 4 + 6) / 21:.3f}, why: "That is 16 / 21.' in PRACTICE
    assert f'{{value: {product / 9:.3f}, why: "That is 8 / 9, with 3' in PRACTICE


def test_the_quiz_about_a_blend() -> None:
    rows = list(PAPER.values())
    blend = weigh((0.5, 0.5, 0), rows)
    assert f"with the rows {show(rows[0])}, {show(rows[1])} and {show(rows[2])}. What is the third entry" in PRACTICE
    assert f"  value: {blend[2]:g}\n" in PRACTICE
    assert f"0.5 · 2 + 0.5 · 6 + 0 · 2 = {blend[2]:g}. The whole result is {show(blend)}, half of" in PRACTICE


def test_the_quiz_about_one_push() -> None:
    a: Vector = (0, 1, 2)
    b: Vector = (2, 0, 1)
    moved = move(a, b, 0.1)
    growth = f"{dot(moved, b) - dot(a, b):.1f}"
    assert f"The vector $a$ is {show(a)} and $b$ is {show(b)}. You add 0.1 times $b$" in PRACTICE
    assert f'"By {growth}.", right: true' in PRACTICE
    assert f"0.1 · (4 + 0 + 1) = {growth}. Check" in PRACTICE
    assert f"the new $a$ is {show(moved)}, and 0.4 + 0 + 2.1 is {dot(moved, b):.1f}, up from {dot(a, b)}" in PRACTICE
    assert (
        f'"By {0.1 * dot(a, b):.1f}.", why: "That is 0.1 times the old dot product, which was {dot(a, b)}' in PRACTICE
    )
    assert f'"By {0.1 * sum(b):.1f}.", why: "You added the numbers' in PRACTICE
