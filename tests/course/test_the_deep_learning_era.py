"""The counts of the lesson "The deep learning era", recomputed, and the pages that quote them."""

import re
from base64 import b64decode
from itertools import pairwise
from operator import mul
from statistics import mean

from tests.course_data import ROOT, read_data

MODULE = ROOT / "lessons/deep-learning/the-deep-learning-era"
LESSON = (MODULE / "lesson.md").read_text("utf-8")
PRACTICE = (MODULE / "practice.md").read_text("utf-8")
CHEATSHEET = (ROOT / "cheatsheets/deep-learning/the-deep-learning-era.md").read_text("utf-8")

PHOTOS, PASSES, WEIGHTS, CARD = 1_200_000, 90, 60_000_000, 512  # as published; see the lesson's sources
INPUTS, NEURONS = 6 * 6 * 256, 4096  # AlexNet's sixth layer reads the pooled fifth one
# Weights of AlexNet's eight layers: width × height × inputs of one neuron × patterns.
LAYERS = [
    11 * 11 * 3 * 96,
    5 * 5 * 48 * 256,
    3 * 3 * 256 * 384,
    3 * 3 * 192 * 384,
    3 * 3 * 192 * 256,
    INPUTS * NEURONS,
    NEURONS * NEURONS,
    NEURONS * 1000,
]


def turns(layers: list[int], workers: int) -> int:
    """Return the turns for layers of independent sums, each layer waiting for the one before."""
    return sum(-(-sums // workers) for sums in layers)


def fold(x: float) -> float:
    """Return x folded at one half, by two neurons with a zero-below-zero activation."""
    return 2 * max(0.0, x) - 4 * max(0.0, x - 0.5)


def count_pieces(layers: int) -> int:
    """Return the straight pieces of `layers` folds over the line from 0 to 1."""
    grid = 2**layers * 4
    heights = [i / grid for i in range(grid + 1)]
    for _ in range(layers):
        heights = [fold(x) for x in heights]
    slopes = [after - before for before, after in pairwise(heights)]
    return 1 + len([1 for before, after in pairwise(slopes) if before != after])


def test_weights() -> None:
    assert round(sum(LAYERS), -7) == WEIGHTS
    assert f"about {WEIGHTS // 1_000_000} million of them" in LESSON
    assert f"By our count it is at most {max(LAYERS[:5]) / sum(LAYERS):.1%}, in the third" in LESSON
    assert LAYERS.index(max(LAYERS[:5])) == 2
    assert f"that is {WEIGHTS // PHOTOS} parameters for each photo" in LESSON
    assert f"it would be {WEIGHTS // 60_000:,} parameters for each" in LESSON
    assert f"{WEIGHTS // PHOTOS} parameters of AlexNet for each" in CHEATSHEET


def test_sums_of_one_layer() -> None:
    assert f"{NEURONS:,} neurons, and each takes a weighted sum of the same {INPUTS:,} numbers" in LESSON
    assert f"{INPUTS * NEURONS:,} multiplications" in LESSON
    assert f"one card needs {turns([NEURONS], CARD)} turns for the layer" in LESSON
    assert f"A single processor would need {turns([NEURONS], 1):,}" in LESSON
    assert f"{NEURONS:,} sums on {CARD} processors: {turns([NEURONS], CARD)} turns" in CHEATSHEET
    assert f'one sum each per turn: how many turns?", back: "{turns([NEURONS], CARD)}."' in PRACTICE
    assert f"{224 * 224 * 3:,}" in LESSON


def test_training_time() -> None:
    slow, fast = (PHOTOS * PASSES / (days * 24 * 3600) for days in (6, 5))
    assert f"saw {PHOTOS * PASSES // 1_000_000} million photos" in LESSON
    assert f"{slow:.0f} to {fast:.0f} photos a second" in LESSON
    assert f"would have been {2 * 5 * 70} to {2 * 6 * 70} days" in LESSON
    assert round(2 * 5.5 * 70 / 365) == 2
    assert f"{2012 - 1986} years after 1986" in LESSON


def test_folding() -> None:
    pieces = count_pieces(10)
    assert f"{10 * 2} neurons in all, make a zigzag of {pieces:,} straight pieces" in LESSON
    assert f"{pieces - 1:,} creases" in LESSON
    assert f"at least {pieces - 1:,} neurons" in LESSON
    assert f"at least {pieces - 1:,}" in PRACTICE
    assert f"at least {pieces - 1:,}" in CHEATSHEET
    assert [fold(at) for at in (0, 0.25, 0.5, 0.75, 1)] == [0, 0.5, 1, 0.5, 0]
    assert "¼ gives 2 · ¼ = ½, and ¾ gives 2 · ¾ − 4 · ¼ = ½ as well" in LESSON


def test_turns_on_paper() -> None:
    layers, chain = [12, 8, 4], [1] * 24
    for name, sums in (("Three layers", layers), ("Chain of 24", chain)):
        row = " | ".join(str(turns(sums, workers)) for workers in (1, 4, 100))
        assert f"| {name} | {row} |" in PRACTICE
    assert turns(layers, 12) == turns(layers, 100)
    assert f'"{turns([12, 4], 4)} turns", right: true' in LESSON
    assert turns([20, 10, 5], 8) == 6
    assert "layers of 20, 10 and 5 neurons. You have 8 processors" in PRACTICE
    assert f"value: {turns([20, 10, 5], 8)}\n  unit: turns" in PRACTICE


def test_edges_of_the_tabby() -> None:
    """The drawing holds the pixels, so that a reader can add them up, and so does this test."""
    levels = [int(level) for level in re.findall(r">(\d+)</text>", (MODULE / "patch.svg").read_text("utf-8"))]
    assert len(levels) == 72
    (eye, lower), (wall, dark) = ((mean(patch[:18]), mean(patch[18:])) for patch in (levels[:36], levels[36:]))
    assert f"{eye:.1f} − {lower:.1f} = {eye - lower:.1f} (before rounding)" in LESSON
    assert f"on the background it gives {wall - dark:.1f}." in LESSON


def test_digits_learned_from_few_and_many() -> None:
    data = read_data("models/digits")
    shares = {one["digits"]: one for one in data["shares"]}
    for count, one in shares.items():
        assert f"| {count:,} | {one['mean'][0]:.1%} | {one['mean'][1]:.1%} |" in LESSON
        assert len(one["new"]) == len(data["measured"]["seeds"]) == 5
    assert f"asked it to name {data['measured']['digits']} that it had never seen" in LESSON
    few, some, many, all_of_them = (shares[count] for count in sorted(shares))
    assert max(abs(share - 0.5) for share in few["new"]) < 0.03
    assert "fails on about half of what it has not" in LESSON
    assert (few["digits"], some["digits"], many["digits"]) == (10 * 1, 10 * 5, 10 * 20)
    assert f"its 50 training digits right, and {some['mean'][1]:.0%} of new ones" in PRACTICE
    assert f"With 200 digits, our network got {many['mean'][1]:.1%} of new ones" in PRACTICE
    assert f"with 1,297 it got {all_of_them['mean'][1]:.1%}" in PRACTICE
    assert f"got {few['mean'][0]:.0%} of its ten digits right, and {few['mean'][1]:.1%} of new ones" in CHEATSHEET


def test_digits_followed_from_their_pixels() -> None:
    """The sums follow from what is drawn: pixels from 0 to 16, and weights rounded to 127ths of the largest."""
    data = read_data("models/digits")
    first, drawing = data["first layer"], (MODULE / "first-layer.svg").read_text("utf-8")
    weights = [[one - 256 * (one > 127) for one in b64decode(blob)] for blob in first["weights"]]
    for digit in data["followed"]:
        pixels = [pixel / 16 for pixel in b64decode(digit["pixels"])]
        for neuron, bias, made in zip(weights, first["biases"], digit["sums"], strict=True):
            found = sum(map(mul, neuron, pixels)) * first["largest"] / 127 + bias
            assert abs(found - made) < 0.05
            assert f">{made:.2f}</text>".replace("-", "−") in drawing
        *some, last = (f"{made:.2f}".replace("-", "−") for made in digit["sums"])
        assert f"for a {digit['name']} they are {', '.join(some)} and {last}" in LESSON
    four, three = data["followed"]
    assert f"sixth neuron's sum is {four['sums'][5]} for it and only {three['sums'][5]} for the 3" in LESSON
    before, after = four["likely"]
    assert f'"4" gets {after:.1%}; before training it got {before:.1%}' in LESSON
    assert not any(weights[0])
    assert first["biases"][0] < 0


def test_figure_folds() -> None:
    figure = (MODULE / "folding.svg").read_text("utf-8")
    drawn = [path.count("L") for path in re.findall(r'd="(M[^"]*)" fill="none" stroke="#1F5FBF"', figure)]
    assert drawn == [count_pieces(layers) for layers in (1, 2, 3, 5)]
    assert all(f"{pieces} pieces" in figure for pieces in drawn)


def test_figure_shows_the_turns() -> None:
    figure = (MODULE / "turns.svg").read_text("utf-8")
    assert f"done after {turns([12], 4)} turns" in figure
    idle_workers = 3
    assert figure.count("stroke-dasharray") == idle_workers * turns([1] * 12, 4)
