"""The numbers of transformers/positions, computed again and looked up in its pages and figure."""

import re
from math import cos, exp, isclose, pi, radians, sin, sqrt
from pathlib import Path
from xml.etree import ElementTree

import pytest
import yaml

Vector = tuple[float, ...]

ROOT = Path(__file__).parents[2]
MODULE = ROOT / "lessons/transformers/positions"
NEIGHBOR = (ROOT / "lessons/transformers/query-key-value/lesson.md").read_text("utf-8")
SHEET = (ROOT / "cheatsheets/transformers/positions.md").read_text("utf-8")
LESSON = " ".join((MODULE / "lesson.md").read_text("utf-8").split())
PRACTICE = " ".join((MODULE / "practice.md").read_text("utf-8").split())
FIGURE = ElementTree.parse(MODULE / "turned-arrows.svg")

STEP = 30
QUERY: Vector = (1, 2)
KEY: Vector = (2, 0)
PLACES = {"animal": 1, "cross": 3, "street": 5}
WORDS = ["The", "animal", "didn't", "cross", "the", "street", "because", "it", "was", "too", "tired"]


def encode(position: int) -> Vector:
    """Sinusoids of four entries."""
    return tuple(wave(position / divisor) for divisor in (1, 100) for wave in (sin, cos))


def dot(a: Vector, b: Vector) -> float:
    return sum(x * y for x, y in zip(a, b, strict=True))


def turn(arrow: Vector, angle: float) -> Vector:
    x, y, a = *arrow, radians(angle)
    return x * cos(a) - y * sin(a), x * sin(a) + y * cos(a)


def score(query: Vector, key: Vector, at: int, of: int, step: float = STEP) -> float:
    return dot(turn(query, at * step), turn(key, of * step))


def show(number: float) -> str:
    return f"{number:.3f}".replace("-0.000", "0.000")


def vector(numbers: Vector) -> str:
    return f"({', '.join(map(show, numbers))})"


def test_what_the_swap_leaves() -> None:
    kept = "(0.850, 1.150, 3.850)"
    assert f'"it" gets {kept}' in LESSON and f"= {kept} " in NEIGHBOR


def attend(query: Vector, keys: list[Vector], values: list[Vector]) -> str:
    weights = [exp(dot(query, key) / sqrt(len(key))) for key in keys]
    shares = [weight / sum(weights) for weight in weights]
    return vector(tuple(dot(tuple(shares), entries) for entries in zip(*values, strict=True)))


def test_a_mark_of_the_place_tells_the_orders_apart() -> None:
    """The widget's own numbers; the second place adds 1 to the first entry of the key that stands there."""
    fence = (MODULE / "lesson.md").read_text("utf-8").partition("```attention-steps\n")[2].partition("```")[0]
    data = yaml.safe_load(fence)
    (it, animal), keys, values = data["queries"], data["keys"], data["values"]
    marked = [keys[0], [keys[1][0] + 1, *keys[1][1:]]]
    other_way = [[keys[0][0] + 1, *keys[0][1:]], keys[1]]
    assert f'"it" still gets {attend(it, keys, values)}, and "animal" {attend(animal, keys, values)}.' in LESSON
    assert f'Type {marked[1][0]} in place of its {keys[1][0]}, and "it" gets {attend(it, marked, values)}.' in LESSON
    assert f'{other_way[0][0]} in place of {keys[0][0]}, and "it" would get {attend(it, other_way, values)}.' in LESSON


@pytest.mark.parametrize("position", range(4))
def test_waves(position: int) -> None:
    assert f"| {position} | {' | '.join(map(show, encode(position)))} |" in LESSON


@pytest.mark.parametrize("row", range(4))
def test_dot_products_of_waves(row: int) -> None:
    products = " | ".join(show(dot(encode(row), encode(column))) for column in range(4))
    assert f"| {row} | {products} |" in LESSON


def test_only_distance_counts() -> None:
    assert all(isclose(dot(encode(p), encode(p + k)), cos(k) + cos(k / 100)) for p in range(60) for k in range(60))
    two, four, six = (show(dot(encode(0), encode(k))) for k in (2, 4, 6))
    assert f"0.030 + 1.000 \\cdot 1.000 = {two}$$" in LESSON
    assert f"so it is {two}." in LESSON and f"gives another number: {four}." in LESSON
    assert f"at distance 6 it is {six}, more than at distance 1" in LESSON and float(six) > 1.54
    first = ", ".join(show(dot(encode(0), encode(k))) for k in range(4))
    assert f"For $d = 4$: {first}." in SHEET
    assert f"value: {two} tolerance" in PRACTICE
    assert f"cos 2 + cos 0.02 = {show(cos(2))} + {show(cos(0.02))} = {two}." in PRACTICE
    assert "{value: 120, why" in PRACTICE and 10 * 12 == 120


def test_how_long_a_hand_goes_round() -> None:
    assert "6.283 is once around" in LESSON and show(2 * pi) == "6.283"
    assert f"needs {2 * pi:.1f} positions to come round, the second {200 * pi:.0f}" in LESSON
    slowest = 2 * pi * 10_000 ** (510 / 512)
    assert f"256 hands, and the slowest needs about {round(slowest, -2):,.0f}" in LESSON


@pytest.mark.parametrize("position", [1, 5])
def test_one_word_in_two_places(position: int) -> None:
    word: Vector = (2, 2, 1, 0)
    place = encode(position)
    total = tuple(w + p for w, p in zip(word, place, strict=True))
    assert f"| {position} | (2, 2, 1, 0) | {vector(place)} | {vector(total)} |" in LESSON
    assert "here it would be by 2" in LESSON and sqrt(len(word)) == 2


def test_turned_arrows() -> None:
    for token, place in PLACES.items():
        arrow = QUERY if token == "cross" else KEY
        kind = "query (1, 2)" if token == "cross" else "key (2, 0)"
        result = "" if token == "cross" else f"{show(score(QUERY, KEY, 3, place))} "
        row = f"| {token} | {place} | {STEP * place}° | {kind} | {vector(turn(arrow, STEP * place))} | {result}|"
        assert row in LESSON
    before, after = (show(score(QUERY, KEY, 3, place)) for place in (1, 5))
    assert dot(QUERY, KEY) == 2 and "2 \\cdot 0 = 2$" in LESSON
    assert f"distances 2 and -2 gave {after} and {before}" in LESSON
    assert f"score {before}" in SHEET and f"score  {after}" in SHEET
    for token, place in PLACES.items():
        x, y = turn(QUERY if token == "cross" else KEY, STEP * place)
        assert f"({x: .3f}, {y:.3f})" in SHEET


def test_one_place_on() -> None:
    assert all(isclose(score(QUERY, KEY, 3 + n, 1 + n), score(QUERY, KEY, 3, 1)) for n in range(40))
    x, y = turn(QUERY, 120)
    key = turn(KEY, 60)
    assert f"1 · (-0.5) - 2 · 0.866 = {show(x)}" in LESSON
    assert f"1 · 0.866 + 2 · (-0.5) = {show(y)}" in LESSON
    assert f"2 · 0.866 + 0 · 0.5 = {show(key[1])}" in LESSON and show(key[0]) == "1.000"
    assert f"{show(x)} · 1.000 + ({show(y)}) · {show(key[1])} = {show(dot((x, y), key))}" in LESSON
    for number in (x, y, key[1], dot((x, y), key)):
        assert f"number: {show(number)}" in LESSON


@pytest.mark.parametrize(("panel", "shift"), [("before", 0), ("after", 1)])
def test_figure_draws_the_turned_arrows(panel: str, shift: int) -> None:
    for token, place in PLACES.items():
        drawn = FIGURE.find(f".//*[@id='{panel}-{token}']")
        assert drawn is not None
        x0, y0, x1, y1 = map(float, re.findall(r"-?[\d.]+", drawn.attrib["d"]))
        x, y = turn(QUERY if token == "cross" else KEY, STEP * (place + shift))
        assert isclose(x1 - x0, 60 * x, abs_tol=0.06) and isclose(y0 - y1, 60 * y, abs_tol=0.06)
    texts = " ".join(text or "" for text in FIGURE.getroot().itertext())
    assert all(f"{token} at {place + shift}" in texts for token, place in PLACES.items())
    assert f"animal: {show(score(QUERY, KEY, 3, 1))}" in texts and f"street: {show(score(QUERY, KEY, 3, 5))}" in texts


def test_what_positions_store_and_cost() -> None:
    assert f"512 rows of 768 entries, {512 * 768:,} numbers" in LESSON
    assert f"takes 32 pairs and {4 * 32} multiplications" in LESSON and 2 * 32 == 64
    assert f"from 512 entries takes {64 * 512:,}" in LESSON
    assert "position 4,000 is turned like 2,000" in LESSON and 4000 / 2 == 2000


def test_waves_on_paper() -> None:
    rounded = tuple(round(number, 3) for number in encode(4))
    assert f"**Step 1.** {vector(rounded)}" in PRACTICE
    assert f"which is {vector(encode(3))}" in PRACTICE
    third = tuple(round(number, 3) for number in encode(3))
    assert f"0.999 · 1.000 = {show(dot(rounded, third))}." in PRACTICE
    assert f"The table holds {show(dot(encode(0), encode(1)))}" in PRACTICE


@pytest.mark.parametrize(("step", "verb", "noun"), [(4, 2, 1), (5, 5, 4), (6, 1, 2)])
def test_turns_on_paper(step: int, verb: int, noun: int) -> None:
    query, key = turn((0, 2), 60 * verb), turn((1, 1), 60 * noun)
    result = show(dot(query, key))
    assert f"| {step} | {60 * verb}°: {vector(query)} | {60 * noun}°: {vector(key)} | {result} |" in PRACTICE
    assert f"| {60 * noun}° | {cos(radians(60 * noun)):.1f} | {show(sin(radians(60 * noun)))} |" in PRACTICE
    assert f"scores {show(score((0, 2), (1, 1), 2, 1, 60))} before the verb" in PRACTICE
    assert f"and {show(score((0, 2), (1, 1), 1, 2, 60))} after it" in PRACTICE


def test_half_a_turn() -> None:
    it = WORDS.index("it")
    angles = {word: STEP * abs(WORDS.index(word) - it) for word in ("animal", "didn't", "street", "tired")}
    assert [word for word, angle in angles.items() if angle == 180] == ["animal"]
    for word in ("didn't", "street", "tired"):
        assert f"It stands at {WORDS.index(word)}," in PRACTICE and f"places away: {angles[word]}°." in PRACTICE
    assert f'stands at 1 and \\"it\\" at {it}' in PRACTICE
