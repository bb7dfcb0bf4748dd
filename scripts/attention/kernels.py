"""A convolution that learns its kernels from handwritten digits, and a drawing of them."""

import json
import time
from pathlib import Path
from statistics import mean
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from scripts.attention.comparing import compare
from scripts.attention.digits import (
    DECAY,
    SIDE,
    SOURCE,
    Digits,
    Numbers,
    descend,
    describe_training,
    find_errors,
    read_digits,
)
from scripts.attention.grids import Grids, pack_levels, read_levels
from scripts.attention.models import FOLDER, write_json

NAME = "kernels"
FILE = FOLDER / f"{NAME}.json"
DRAWING = Path(__file__).parents[2] / "lessons/deep-learning/convolution/learned-kernels.svg"
SEEDS = (1, 2, 3, 4, 5)
KERNELS, WIDE = 8, 3
PLACES = SIDE - WIDE + 1
DRAWN = 3
"""The digit that is drawn: the first of this name among those to test with."""


def author_kernels() -> None:
    begin = time.process_time()
    measured = measure_kernels()
    data = {
        "name": NAME,
        "about": "A convolution of eight kernels of 3 by 3 and one layer above it name handwritten digits of 8 by 8 "
        "pixels: the kernels before and after training, and the maps that they give of one digit.",
        "licence": "CC-BY-4.0",
        "source": SOURCE,
        "config": {"side": SIDE, "kernels": KERNELS, "wide": WIDE},
        "made": describe_training(NAME, begin),
        **measured,
    }
    FILE.write_text(write_json(data), encoding="utf-8")
    DRAWING.write_text(draw_kernels(data), encoding="utf-8")


def draw_network(seed: int) -> list[Numbers]:
    """Kernels [9, 8] and their biases, then the layer that names [6 × 6 × 8, 10] and its biases."""
    dice, inputs = np.random.default_rng(seed), PLACES**2 * KERNELS
    return [
        dice.normal(0, (2 / WIDE**2) ** 0.5, (WIDE**2, KERNELS)),
        np.zeros(KERNELS),
        dice.normal(0, (2 / inputs) ** 0.5, (inputs, 10)),
        np.zeros(10),
    ]


def cut_patches(pictures: Numbers) -> Numbers:
    """[digits, 36, 9]: the pixels under the kernel at each of its places, row by row."""
    windows = sliding_window_view(pictures.reshape(-1, SIDE, SIDE), (WIDE, WIDE), axis=(1, 2))
    return windows.reshape(len(pictures), PLACES**2, WIDE**2)


def make_maps(network: list[Numbers], pictures: Numbers) -> Numbers:
    """[digits, 36, 8]: feature maps after the ReLU."""
    kernels, biases, _, _ = network
    maps: Numbers = np.maximum(cut_patches(pictures) @ kernels + biases, 0)
    return maps


def train_network(digits: Digits, seed: int) -> list[Numbers]:
    network = draw_network(seed)

    def find(some: Digits) -> list[Numbers]:
        kernels, _, naming, _ = network
        maps = make_maps(network, some.pictures)
        flat = maps.reshape(len(maps), -1)
        errors = find_errors(flat @ naming + network[3], some.names)
        back = (errors @ naming.T).reshape(maps.shape) * (maps > 0)
        by_kernels = np.einsum("npi,npk->ik", cut_patches(some.pictures), back) + DECAY * kernels
        return [by_kernels, back.sum((0, 1)), flat.T @ errors + DECAY * naming, errors.sum(0)]

    descend(network, find, digits, seed)
    return network


def measure_network(network: list[Numbers], digits: Digits) -> float:
    """The share of digits whose likeliest name is the right one."""
    maps = make_maps(network, digits.pictures)
    scores = maps.reshape(len(maps), -1) @ network[2] + network[3]
    return float((scores.argmax(1) == digits.names).mean())


def measure_kernels() -> dict[str, Any]:
    train, test = read_digits()
    trained = [train_network(train, seed) for seed in SEEDS]
    shares = [measure_network(network, test) for network in trained]
    digit = test.pictures[test.names == DRAWN][:1]
    return {
        "measured": {"seeds": SEEDS, "digits": len(test.names)},
        "new": [round(share, 3) for share in shares],
        "mean": round(mean(shares), 3),
        "before": [pack(column) for column in draw_network(SEEDS[0])[0].T],
        "after": [pack(column) for column in trained[0][0].T],
        "digit": pack(digit[0]),
        "maps": [pack(column) for column in make_maps(trained[0], digit)[0].T],
    }


def pack(numbers: Numbers) -> str:
    """The largest being 1."""
    return pack_levels(numbers / (np.abs(numbers).max() or 1))


def draw_kernels(data: dict[str, Any]) -> str:
    """The kernels before and after training, and a digit above the maps that the trained ones give of it."""
    grids, ink, tops = Grids(6), "#1F2328", (24, 94, 164)
    for column in range(KERNELS):
        left = 1 + column * 45
        grids.add(left, tops[0], 13, read_levels(data["before"][column]))
        grids.add(left, tops[1], 13, read_levels(data["after"][column]))
        grids.add(left, tops[2] + 76, 6, read_levels(data["maps"][column]), ink)
    grids.add(1, tops[2], 8, read_levels(data["digit"]), ink)
    said = ("kernels before training", "kernels after training", "a digit, and the map of each kernel")
    texts = [f'<text x="1" y="{top - 8}">{text}</text>' for top, text in zip(tops, said, strict=True)]
    return grids.draw(280, "Eight kernels before and after training, and their maps of a digit", texts)


def verify_kernels() -> list[str]:
    """What in the committed file is not found when it is trained again, up to a digit or two."""
    kept, found = json.loads(FILE.read_text("utf-8")), json.loads(json.dumps(measure_kernels()))
    return [
        text for key in ("measured", "new", "mean") for text in compare(kept[key], found[key], f"{NAME}.{key}", 0.006)
    ]
