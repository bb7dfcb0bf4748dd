"""The numbers of transformers/positions, computed again and looked up in its pages and figure."""

import re
from itertools import pairwise
from math import acos, cos, degrees, exp, isclose, pi, radians, sin, sqrt
from pathlib import Path
from xml.etree import ElementTree

import pytest
import yaml
from scripts.attention.drawn_positions import PICTURES, cut_text
from tests.course_data import read_data

Vector = tuple[float, ...]

ROOT = Path(__file__).parents[2]
MODULE = ROOT / "lessons/transformers/positions"
SVG = "{http://www.w3.org/2000/svg}"
NEIGHBOR = (ROOT / "lessons/transformers/query-key-value/lesson.md").read_text("utf-8")
SHEET = (ROOT / "cheatsheets/transformers/positions.md").read_text("utf-8")
LESSON = " ".join((MODULE / "lesson.md").read_text("utf-8").split())
PRACTICE = " ".join((MODULE / "practice.md").read_text("utf-8").split())
FIGURES = {path.stem: ElementTree.parse(path) for path in MODULE.glob("*.svg")}
DRAWN_SHEET = ElementTree.parse(ROOT / "cheatsheets/transformers/positions.svg")

STEP = 30
QUERY: Vector = (1, 2)
KEY: Vector = (2, 0)
PLACES = {"animal": 1, "cross": 3, "street": 5}
WORDS = ["The", "animal", "didn't", "cross", "the", "street", "because", "it", "was", "too", "tired"]


def encode(position: int, divisors: Vector = (1, 100)) -> Vector:
    """Sinusoids, of four entries where nothing else is said."""
    return tuple(wave(position / divisor) for divisor in divisors for wave in (sin, cos))


def list_divisors(width: int) -> Vector:
    return tuple(10_000 ** (2 * hand / width) for hand in range(width // 2))


def find(picture: str, name: str) -> ElementTree.Element:
    found = FIGURES[picture].find(f".//*[@id='{name}']")
    assert found is not None
    return found


def read(picture: str, name: str) -> str:
    return (find(picture, name).text or "").replace("−", "-")


def list_numbers(path: ElementTree.Element) -> list[float]:
    return [float(number) for number in re.findall(r"-?[\d.]+", path.attrib["d"])]


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
    assert f'"It" gets {kept}' in LESSON and f"= {kept} " in NEIGHBOR


def attend(query: Vector, keys: list[Vector], values: list[Vector]) -> str:
    weights = [exp(dot(query, key) / sqrt(len(key))) for key in keys]
    shares = [weight / sum(weights) for weight in weights]
    return vector(tuple(dot(tuple(shares), entries) for entries in zip(*values, strict=True)))


def test_a_mark_of_the_place_tells_the_orders_apart() -> None:
    """The widget's own numbers; the second place adds 1 to the first entry of the key that stands there."""
    fence = (MODULE / "practice.md").read_text("utf-8").partition("```attention-steps\n")[2].partition("```")[0]
    data = yaml.safe_load(fence)
    (it, animal), keys, values = data["queries"], data["keys"], data["values"]
    marked = [keys[0], [keys[1][0] + 1, *keys[1][1:]]]
    other_way = [[keys[0][0] + 1, *keys[0][1:]], keys[1]]
    kept, moved = attend(it, keys, values), attend(it, marked, values)
    assert f'"it" still gets {kept}, and "animal" {attend(animal, keys, values)}.' in PRACTICE
    assert f'type {marked[1][0]} in place of its {keys[1][0]}, and "it" gets {moved}.' in PRACTICE
    second = attend(it, other_way, values)
    assert f'{other_way[0][0]} in place of {keys[0][0]}, and "it" would get {second}.' in PRACTICE
    low, high = ([f"{dot(it, key):g}" for key in scored] for scored in (other_way, marked))
    assert f'When "it" comes second, its scores are now {" and ".join(low)}, and it gets {second}.' in LESSON
    assert f'When "animal" does, they are {" and ".join(high)}, and "it" gets {moved}.' in LESSON


@pytest.mark.parametrize("position", range(4))
def test_waves(position: int) -> None:
    assert f"| {position} | {' | '.join(map(show, encode(position)))} |" in LESSON


@pytest.mark.parametrize("row", range(8))
def test_dot_products_of_waves(row: int) -> None:
    for column in range(8):
        assert read("same-diagonals", f"product-{row}-{column}") == show(dot(encode(row), encode(column)))
    assert show(dot(encode(0), encode(row))) in LESSON, "in the words of the picture"


def test_only_distance_counts() -> None:
    assert all(isclose(dot(encode(p), encode(p + k)), cos(k) + cos(k / 100)) for p in range(60) for k in range(60))
    two, four, six = (show(dot(encode(0), encode(k))) for k in (2, 4, 6))
    assert f"1.000 \\cdot 1.000 \\\\ &= {two} \\end{{aligned}}$$" in LESSON
    assert f"so it is {two}." in LESSON and f"gives another number: {four}." in LESSON
    assert f"the product is {six}, more than the {show(dot(encode(0), encode(1)))} of distance 1." in LESSON
    assert float(six) > dot(encode(0), encode(1))
    returns = [find_return(width) for width in (4, 8, 64, 512)]
    assert sorted(returns, reverse=True) == returns, "with more hands, returns get rarer and weaker"
    first = ", ".join(show(dot(encode(0), encode(k))) for k in range(4))
    assert f"For $d = 4$: {first}." in SHEET


def find_return(width: int) -> tuple[int, float]:
    """How often the dot product rises with the distance, up to 300, and how far above an earlier low, as a share."""
    divisors = list_divisors(width)
    products = [2 / width * sum(cos(k / divisor) for divisor in divisors) for k in range(300)]
    rises = sum(later > product + 1e-9 for product, later in pairwise(products))
    return rises, max(products[k] - min(products[1:k]) for k in range(2, 300))


def test_an_encoding_with_itself() -> None:
    paper = encode(77, list_divisors(512))
    assert len(paper) == 512 and isclose(dot(paper, paper), 256)
    assert "value: 256 mistakes" in PRACTICE


def test_clock_hands() -> None:
    """A hand of length 21 begins at the top and turns clockwise."""
    for hand, divisor in enumerate(list_divisors(8)):
        for position in (0, 1, 2, 3, 10, 100):
            x0, y0, x1, y1 = list_numbers(find("clock-hands", f"hand-{hand}-{position}"))
            across, up = sin(position / divisor), cos(position / divisor)
            assert isclose(x1 - x0, 21 * across, abs_tol=0.06) and isclose(y0 - y1, 21 * up, abs_tol=0.06)
    rounds = [2 * pi * divisor for divisor in list_divisors(8)]
    shown = [f"{rounds[0]:.1f}", *(f"{one:,.0f}" for one in rounds[1:])]
    assert set(shown) <= set(FIGURES["clock-hands"].getroot().itertext())
    assert f"goes once around in {shown[0]} positions" in LESSON
    assert f"The second needs {shown[1]}, the third {shown[2]}, and the fourth, with {shown[3]}," in LESSON


def test_waves_in_shades() -> None:
    """Blue where an entry is above zero, brown below; a run of cells has one shade, and white ones are left out."""
    shaded = 0
    for path in FIGURES["waves"].getroot().iter(f"{SVG}path"):
        side, below = 4.7, path.attrib["stroke"] == "#A8431E"
        for x, y, length in re.findall(r"M([\d.]+) ([\d.]+)h([\d.]+)", path.attrib["d"]):
            first, entry = round((float(x) - 48) / side), round((float(y) - 35) / 10)
            cells = range(first, first + round(float(length) / side))
            numbers = [encode(position, list_divisors(16))[entry] for position in cells]
            strength = float(path.attrib["stroke-opacity"]) / 0.9
            assert all(isclose(-number if below else number, strength, abs_tol=0.071) for number in numbers)
            shaded += len(numbers)
    table = [abs(number) for position in range(64) for number in encode(position, list_divisors(16))]
    assert shaded == sum(round(number * 8) > 0 for number in table)


def test_how_long_a_hand_goes_round() -> None:
    assert "in which 6.283 is once around" in LESSON and show(2 * pi) == "6.283"
    slowest = 2 * pi * 10_000 ** (510 / 512)
    assert f"256 hands, and the slowest needs about {round(slowest, -2):,.0f} positions to come round" in LESSON


def test_slower_hands() -> None:
    slower, before = (2 * pi * base ** (126 / 128) for base in (500_000, 10_000))
    assert (
        f"needs about {round(slower, -5):,.0f} positions for a full turn, and not {round(before, -3):,.0f}." in LESSON
    )


@pytest.mark.parametrize("position", [1, 5])
def test_one_word_in_two_places(position: int) -> None:
    word: Vector = (2, 2, 1, 0)
    place = encode(position)
    total = tuple(w + p for w, p in zip(word, place, strict=True))
    for name, numbers in (("word", word), ("place", place), ("sum", total)):
        drawn = [read("one-word-two-places", f"{name}-{position}-{entry}") for entry in range(4)]
        assert drawn == [f"{number:.3f}" for number in numbers]
    said = f"{vector(place)[1:-1]}, {'makes' if position == 1 else 'it makes'} {vector(total)[1:-1]}"
    assert f"position {position}, which is {said}." in LESSON
    assert "here it would be by 2" in LESSON and sqrt(len(word)) == 2


def test_turned_arrows() -> None:
    for token, place in PLACES.items():
        arrow = QUERY if token == "cross" else KEY
        result = "" if token == "cross" else f"{show(score(QUERY, KEY, 3, place))} "
        x, y = (f"{round(entry, 3):g}" for entry in turn(arrow, STEP * place))
        assert f"| {token} | {place} | {STEP * place}° | ({x}, {y}) | {result}|" in LESSON
    before, after = (show(score(QUERY, KEY, 3, place)) for place in (1, 5))
    assert dot(QUERY, KEY) == 2 and "2 \\cdot 0 = 2$" in LESSON
    assert f'two places after "cross" scored {after}, and the one two places before it {before}.' in LESSON
    assert f"score {before}" in SHEET and f"score {after}" in SHEET


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


@pytest.mark.parametrize(
    ("dial", "animal", "cross"), [("plain", 0, 0), ("before", 1, 3), ("on", 2, 4), ("swapped", 5, 3)]
)
def test_dials(dial: str, animal: int, cross: int) -> None:
    key, query = turn(KEY, STEP * animal), turn(QUERY, STEP * cross)
    result = dot(query, key)
    for figure, ring in ((FIGURES["turned-arrows"], 66), (DRAWN_SHEET, 46)):
        if figure is DRAWN_SHEET and dial == "plain":
            continue
        for kind, (x, y) in (("key", key), ("query", query)):
            drawn = figure.find(f".//*[@id='{dial}-{kind}']")
            assert drawn is not None
            x0, y0, x1, y1 = list_numbers(drawn)
            assert isclose(x1 - x0, 0.4 * ring * x, abs_tol=0.06) and isclose(y0 - y1, 0.4 * ring * y, abs_tol=0.06)
        told = figure.find(f".//*[@id='{dial}-score']")
        assert told is not None and told.text == f"score {show(result)}".replace("-", "−")
        between = f"{degrees(acos(result / sqrt(dot(key, key) * dot(query, query)))):.0f}"
        assert f"{between}° apart" in list(figure.getroot().itertext())
        assert f"{between} degrees" in LESSON


@pytest.mark.parametrize("path", PICTURES, ids=lambda path: path.stem)
def test_pictures_are_as_their_script_draws_them(path: Path) -> None:
    assert path.read_text("utf-8") == PICTURES[path]()


def test_from_a_text_to_what_enters() -> None:
    """The shades, read back: a row of the table plus a place gives what enters, for each token and entry."""
    tokens = cut_text("The animal didn't cross the street")
    told = next(one for one in read_data("tokenizer/vocabulary")["golden"] if one["text"].startswith("The animal"))
    assert [number for _, number, _ in tokens] == told["ids"][: len(tokens)]
    assert "".join(token for token, _, _ in tokens) == "Theanimaldidn'tcrossthestreet"
    assert (
        "becomes eight tokens: The, animal, didn, an apostrophe, t, cross, the, street." in LESSON and len(tokens) == 8
    )
    assert 'cuts "didn\'t" into three, and so "cross" stands at 5' in LESSON and tokens[5][0] == "cross"
    assert 'such as 889 for "animal"' in LESSON and tokens[1][:2] == ("animal", 889)
    sums = [
        [a + b for a, b in zip(row, encode(place, list_divisors(8)), strict=True)]
        for place, (_, _, row) in enumerate(tokens)
    ]
    top = max(abs(number) for vector in (*sums, *(row for _, _, row in tokens)) for number in vector)
    for place, (_, token, row) in enumerate(tokens):
        assert read("from-text-to-vectors", f"id-{place}") == str(token)
        for name, numbers in (("row", row), ("place", encode(place, list_divisors(8))), ("sum", sums[place])):
            cells = find("from-text-to-vectors", f"{name}-{place}")
            for cell, number in zip(cells, numbers, strict=True):
                sign = -1 if cell.attrib["fill"] == "#A8431E" else 1
                assert isclose(sign * float(cell.attrib["fill-opacity"]) / 0.9 * top, number, abs_tol=top / 37)


def test_what_positions_store_and_cost() -> None:
    assert f"512 rows of 768 entries, which makes {512 * 768:,} parameters" in LESSON
    assert f"64 entries has 32 pairs, so turning it takes {4 * 32} multiplications" in LESSON and 2 * 32 == 64
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


def test_squeezed_by_four() -> None:
    assert f"It turns by {STEP}° / 4 = {STEP / 4}°." in PRACTICE and 4 * 4096 == 16_384
    assert f"position 16,383 is turned like {16_383 / 4:,}," in PRACTICE
