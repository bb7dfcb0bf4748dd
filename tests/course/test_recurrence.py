"""The numbers of the lesson "Recurrence: carrying memory", recomputed, and the pages that quote them."""

import re
from base64 import b64decode
from itertools import accumulate, pairwise
from math import exp, log, tanh
from operator import mul
from statistics import mean
from struct import unpack_from

from tests.course_data import ROOT, read_data

MODULE = ROOT / "lessons/deep-learning/recurrence"
LESSON = (MODULE / "lesson.md").read_text("utf-8")
PRACTICE = (MODULE / "practice.md").read_text("utf-8")
CHEATSHEET = (ROOT / "cheatsheets/deep-learning/recurrence.md").read_text("utf-8")

KEYS = [
    ("The", 0),
    ("keys", 1),
    ("to", 0),
    ("the", 0),
    ("old", 0),
    ("cabinet", -1),
    ("in", 0),
    ("the", 0),
    ("hall", -1),
]
BOXES = [("The", 0), ("boxes", 1), ("near", 0), ("the", 0), ("shelf", -1)]


def trace(adds: list[int], keep: float) -> list[float]:
    """Return the memory after each step: the old one times `keep`, plus what the word adds."""
    return list(accumulate(adds, lambda memory, add: keep * memory + add, initial=0.0))[1:]


def show(number: float, places: int = 3) -> str:
    """Return the number as the pages write it, with a true minus sign."""
    return f"{number:.{places}f}".replace("-", "−")


def left(factor: float, steps: int) -> str:
    """Return what is left of 1, as the table of the lesson writes it."""
    share = factor**steps
    return show(share) if share >= 0.001 else "under 0.001"


def test_trace_of_the_keys() -> None:
    memory = trace([add for _, add in KEYS], 0.9)
    for step, ((word, add), state) in enumerate(zip(KEYS, memory, strict=True), start=1):
        adds = {1: "+1", 0: "0", -1: "−1"}[add]
        assert f"| {step} | {word} | {adds} | {show(state)} |" in LESSON
    assert memory[-1] < 0


def test_shares_at_the_end() -> None:
    assert f"seven steps later, {show(0.9**7)} is left" in LESSON
    assert f"three steps later, {show(-(0.9**3))};" in LESSON
    assert abs(0.9**7 - 0.9**3 - 1 - trace([add for _, add in KEYS], 0.9)[-1]) < 1e-12


def test_fading_is_not_the_whole_of_it() -> None:
    """Without fading the two singular nouns outweigh the plural all the same, and one of them is level with it."""
    memory = trace([add for _, add in KEYS], 1.0)
    assert (memory[5], memory[-1]) == (0, -1)
    assert f"1 − 1 − 1 = {show(memory[-1], 0)}" in LESSON
    assert trace([add for _, add in KEYS], 0.9)[5] < 0


def test_gated_trace_keeps_the_plural() -> None:
    alone = trace([max(add, 0) for _, add in KEYS], 0.9)[-1]
    assert f"keep the others out and leave {show(alone)}" in LESSON
    writes = [add if word not in ("cabinet", "hall") else 0 for word, add in KEYS]
    assert trace(writes, 1.0)[1:] == [1.0] * 8
    assert "1 after word 2 and still 1 after word 9" in LESSON


def test_what_is_left() -> None:
    for steps in (1, 7, 20, 50, 100):
        row = " | ".join(left(factor, steps) for factor in (0.9, 0.99))
        assert f"| {steps} | {row} |" in LESSON
    assert f"leaves {show(0.99**100)} after 100 steps and {show(0.99**500)} after 500" in LESSON
    assert f"0.99 leaves {show(0.99**100)} after 100 steps" in CHEATSHEET
    assert f"{show(0.9**7)} is left after 7 steps, {show(0.9**50)} after 50" in CHEATSHEET
    assert f"by {show(0.9**7)} of its size. Over fifty steps, {show(0.9**50)} is left" in LESSON
    assert round(1 / 0.9**50, -2) == 200
    assert "one part in two hundred" in LESSON
    assert round(1 / 0.9**20) == 8
    assert f"20 times is {show(0.9**20)}" in PRACTICE
    assert f'back: "{show(0.9**50)}, about one part in two hundred' in PRACTICE
    assert f"After 7 steps {show(0.99**7)} is left" in PRACTICE
    assert f"After 100 steps it is {show(0.99**100)}, about a third, and after 500 it is {show(0.99**500)}" in PRACTICE


def test_growing_factor() -> None:
    grown = show(1.1**50, 1)
    assert f"$1.1^{{50}}$ is {grown}" in LESSON
    assert f"multiplied by itself fifty times is {grown}" in PRACTICE


def test_trace_of_the_boxes() -> None:
    adds = [add for _, add in BOXES]
    plain, gated = trace(adds, 0.5), trace([max(add, 0) for add in adds], 0.5)
    for (word, _), memory, kept in zip(BOXES, plain, gated, strict=True):
        assert f"| {word} | {memory:g} | {kept:g} |".replace("-", "−") in PRACTICE
    assert f"Without the keep gate it would be {gated[-1] * 0.5**3:g}" in PRACTICE
    assert trace(adds, 1.0)[-1] == 0
    assert trace([max(add, 0) for add in adds] + [0, 0, 0], 1.0)[-1] == 1


def test_trace_of_the_lamps() -> None:
    """The answer of the question, and where slips would lead."""
    lamps = [0, 1, 0, 0, -1]
    slips = [0.9**3, 0.9 - 1, 0.9**2 - 1, 0.9**4 - 1, 0]
    assert f"value: {trace(lamps, 0.9)[-1]:.3f}\n" in PRACTICE
    assert all(f"value: {round(slip, 3):g}," in PRACTICE for slip in slips)


def test_early_network_on_the_list_that_is_shown() -> None:
    """The first word has the largest share up to the third word, and not after it; recomputed from the weights."""
    data, memory, shares = read_data("models/sequence-memory"), [0.0] * 12, []
    blob, words = b64decode(data["networks"][0]["weights"]), data["vocabulary"]
    weights = {
        one["name"]: unpack_from(f"<{one['shape'][0]}f", blob, one["offset"]) for one in data["networks"][0]["tensors"]
    }
    shown = re.search(r"^words: \[(.*)\]", LESSON, re.MULTILINE)
    assert shown
    for word in shown[1].split(", "):
        read = weights["word"][12 * words.index(word) :]
        sums = [
            bias + sum(map(mul, weights["state.weight"][12 * at :], memory))
            for at, bias in enumerate(weights["state.bias"])
        ]
        memory = [tanh(one + made) for one, made in zip(read, sums, strict=False)]
        odds = [
            exp(bias + sum(map(mul, weights["first.weight"][12 * at :], memory)))
            for at, bias in enumerate(weights["first.bias"])
        ]
        shares.append([one / sum(odds) for one in odds])
    keys = words.index(shown[1].split(", ")[0])
    assert [max(one) == one[keys] for one in shares[:4]] == [True, True, True, False]
    assert f"in front after three words, though only with {shares[2][keys]:.0%}" in LESSON


def test_curves_of_the_figure() -> None:
    figure = (MODULE / "fading.svg").read_text("utf-8")
    for factor in (0.99, 0.9, 0.5):
        points = " ".join(f"{40 + 6 * step},{240 - 200 * factor**step:.1f}" for step in range(51))
        assert points in figure
    for factor in (0.99, 0.9):
        assert f"factor {factor}: {show(factor**50)}" in figure


def test_steps_until_half_is_left() -> None:
    steps = [round(log(0.5, factor)) for factor in (0.9, 0.99, 0.999)]
    assert "factor 0.9 after about {}, with 0.99 after about {}, with 0.999 after about {}".format(*steps) in LESSON
    assert all(9 < after / before < 11 for before, after in pairwise(steps))


def test_gradients_on_their_way_back() -> None:
    """Measured on untrained networks: the mean over seeds, drawn to scale; each network for itself loses most of it."""
    measured = read_data("models/sequence-memory")["on the way back"]
    figure = (MODULE / "way-back.svg").read_text("utf-8")
    assert len(measured["left"]) == 5
    for at, steps in enumerate(measured["steps back"][:7]):
        left = mean(one[at] for one in measured["left"])
        said = "1" if steps == 0 else f"{left:.3f}" if left >= 0.001 else f"{left:.4f}"
        assert f'width="{max(1, 200 * left):.1f}"' in figure
        assert f">{said}</text>" in figure
        assert said in LESSON
    for one in measured["left"]:
        assert all(after < before for before, after in pairwise(one))
        assert one[1] < 0.5


def test_gates_of_the_figure() -> None:
    figure = (MODULE / "gates.svg").read_text("utf-8")
    memory, keep, adds, write = 1, 1, -1, 0
    assert f">memory: {memory}<" in figure
    assert f">keep gate: {keep}<" in figure
    assert f">cabinet: −{-adds}<" in figure
    assert f">write gate: {write}<" in figure
    assert f">new: {memory * keep + adds * write}<" in figure
