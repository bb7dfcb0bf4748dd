"""A network of three layers that names handwritten digits, small enough to be drawn: numpy alone."""

import csv
import gzip
import platform
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from scripts.attention.wheel import Wheel, fetch_wheel

Numbers = np.ndarray
WHEEL = Wheel(
    "scikit-learn==1.9.1",
    "sklearn/datasets/data",
    "digits.csv.gz",
    "09f66e6debdee2cd2b5ae59e0d6abbb73fc2b0e0185d2e1957e9ebb51e23aa22",
)
SOURCE = "Optical Recognition of Handwritten Digits, E. Alpaydin and C. Kaynak, UCI, in scikit-learn 1.9.1."
SIDE, SIZES = 8, (64, 16, 16, 10)
KEPT = 500
"""Digits that no network is trained on."""
STEPS, BATCH, RATE, DECAY = 4000, 64, 3e-3, 3e-3


@dataclass(frozen=True)
class Digits:
    pictures: Numbers
    """[digits, 64], each number from 0 to 1."""
    names: Numbers


@dataclass(frozen=True)
class Layer:
    weights: Numbers
    biases: Numbers


def read_digits() -> tuple[Digits, Digits]:
    """To train on, and to test with: 1,297 and 500, in an order drawn with a fixed seed."""
    with gzip.open(fetch_wheel(WHEEL) / WHEEL.weights, "rt") as file:
        rows = np.array([[float(cell) for cell in row] for row in csv.reader(file)])
    rows = rows[np.random.default_rng(1).permutation(len(rows))]
    pictures, names = rows[:, :-1] / 16, rows[:, -1].astype(int)
    return Digits(pictures[:-KEPT], names[:-KEPT]), Digits(pictures[-KEPT:], names[-KEPT:])


def draw_layers(seed: int) -> list[Layer]:
    dice = np.random.default_rng(seed)
    return [
        Layer(dice.normal(0, (2 / inputs) ** 0.5, (inputs, outputs)), np.zeros(outputs))
        for inputs, outputs in pairwise(SIZES)
    ]


def run_layers(layers: list[Layer], pictures: Numbers) -> list[Numbers]:
    """What goes into each layer, and what the last one gives; ReLU between layers."""
    held = [pictures]
    for number, layer in enumerate(layers, 1):
        sums = held[-1] @ layer.weights + layer.biases
        held.append(sums if number == len(layers) else np.maximum(sums, 0))
    return held


def measure_share(layers: list[Layer], digits: Digits) -> float:
    """The share of digits whose likeliest name is the right one."""
    return float((run_layers(layers, digits.pictures)[-1].argmax(1) == digits.names).mean())


def train_layers(digits: Digits, seed: int) -> list[Layer]:
    layers = draw_layers(seed)
    kept = [array for layer in layers for array in (layer.weights, layer.biases)]
    descend(kept, lambda some: find_gradients(layers, some.pictures, some.names), digits, seed)
    return layers


def descend(kept: list[Numbers], find: Callable[[Digits], list[Numbers]], digits: Digits, seed: int) -> None:
    """Adam on the mean loss of small batches, its rate falling to nothing; changes what is `kept`."""
    dice = np.random.default_rng([seed, 1])
    first, second = [np.zeros_like(array) for array in kept], [np.zeros_like(array) for array in kept]
    for step in range(1, STEPS + 1):
        chosen = dice.integers(len(digits.names), size=BATCH)
        rate = RATE * (1 - step / STEPS) + 1e-5
        for at, gradient in enumerate(find(Digits(digits.pictures[chosen], digits.names[chosen]))):
            first[at] = 0.9 * first[at] + 0.1 * gradient
            second[at] = 0.999 * second[at] + 0.001 * gradient**2
            spread = np.sqrt(second[at] / (1 - 0.999**step)) + 1e-8
            kept[at] -= rate * first[at] / (1 - 0.9**step) / spread


def describe_training(name: str, begin: float) -> dict[str, Any]:
    """How a file of data was made, since a moment of the processor's time."""
    return {
        "with": f"scripts/author-attention {name}",
        "steps": STEPS,
        "batch": BATCH,
        "rate": RATE,
        "weight decay": DECAY,
        "seconds": round(time.process_time() - begin),
        "versions": {"python": platform.python_version(), "numpy": np.__version__},
    }


def find_gradients(layers: list[Layer], pictures: Numbers, names: Numbers) -> list[Numbers]:
    """Of each layer's weights and biases, by backpropagation."""
    held = run_layers(layers, pictures)
    back = find_errors(held[-1], names)
    gradients: list[Numbers] = []
    for layer, given in zip(reversed(layers), reversed(held[:-1]), strict=True):
        gradients = [given.T @ back + DECAY * layer.weights, back.sum(0), *gradients]
        back = (back @ layer.weights.T) * (given > 0)
    return gradients


def find_odds(scores: Numbers) -> Numbers:
    """Softmax over the names."""
    odds = np.exp(scores - scores.max(-1, keepdims=True))
    odds /= odds.sum(-1, keepdims=True)
    return odds


def find_errors(scores: Numbers, names: Numbers) -> Numbers:
    """The gradient of the mean loss by the scores of the names: odds, less 1 at the right name."""
    odds = find_odds(scores)
    odds[np.arange(len(names)), names] -= 1
    return odds / len(names)
