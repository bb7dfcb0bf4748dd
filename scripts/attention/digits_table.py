"""Writes and verifies `lessons/data/models/digits.json`: what a small network learned from more and more digits."""

import json
import time
from base64 import b64decode, b64encode
from pathlib import Path
from statistics import mean
from typing import Any

import numpy as np
from scripts.attention.comparing import compare
from scripts.attention.digits import (
    KEPT,
    SIDE,
    SIZES,
    SOURCE,
    Digits,
    Layer,
    describe_training,
    draw_layers,
    find_odds,
    measure_share,
    read_digits,
    run_layers,
    train_layers,
)
from scripts.attention.grids import Grids, pack_levels, read_levels
from scripts.attention.models import FOLDER, write_json

NAME = "digits"
FILE = FOLDER / f"{NAME}.json"
DRAWING = Path(__file__).parents[2] / "lessons/deep-learning/the-deep-learning-era/first-layer.svg"
SEEDS, OF_EACH = (1, 2, 3, 4, 5), (1, 5, 20, None)
"""How many digits of each name are trained on; None: all there are."""
LARGEST = 0.7
"""The weight at which the color of a drawn cell is full."""
SHOWN, FOLLOWED = 6, (4, 3)
"""The first neurons of the first layer, for no other reason than that they are the first, and the names of digits that
are followed through the network: the first of each among those to test with."""


def author_digits() -> None:
    begin = time.process_time()
    measured, before = measure_digits(), pack_first(draw_layers(SEEDS[0])[0])
    data = {
        "name": NAME,
        "about": "A network of three layers names handwritten digits of 8 by 8 pixels. The same training from few "
        "digits and from many, with five seeds each; weights of its first neurons; two digits followed through it.",
        "licence": "CC-BY-4.0",
        "source": SOURCE,
        "config": {"side": SIDE, "sizes": SIZES},
        "made": describe_training(NAME, begin),
        "measured": {"seeds": SEEDS, "digits": KEPT},
        **measured,
    }
    FILE.write_text(write_json(data), encoding="utf-8")
    DRAWING.write_text(draw_weights(before, measured["first layer"]["weights"], measured["followed"]), encoding="utf-8")


def measure_digits() -> dict[str, Any]:
    train, test = read_digits()
    shares = []
    for count in OF_EACH:
        few = take_of_each(train, count)
        trained = [train_layers(few, seed) for seed in SEEDS]
        on_its_own, on_new = ([measure_share(layers, digits) for layers in trained] for digits in (few, test))
        shares.append(
            {
                "digits": len(few.names),
                "its own": [round(one, 3) for one in on_its_own],
                "new": [round(one, 3) for one in on_new],
                "mean": [round(mean(on_its_own), 3), round(mean(on_new), 3)],
            }
        )
    before, after = draw_layers(SEEDS[0]), train_layers(train, SEEDS[0])
    biases = [round(float(bias), 3) for bias in after[0].biases[:SHOWN]]
    first = {"largest": LARGEST, "weights": pack_first(after[0]), "biases": biases}
    return {"shares": shares, "first layer": first, "followed": follow_digits(before, after, test)}


def take_of_each(digits: Digits, count: int | None) -> Digits:
    """The first so many of each name, in the order in which they come."""
    if count is None:
        return digits
    chosen = np.sort(np.concatenate([np.flatnonzero(digits.names == name)[:count] for name in range(SIZES[-1])]))
    return Digits(digits.pictures[chosen], digits.names[chosen])


def pack_first(layer: Layer) -> list[str]:
    """The weights of the shown neurons, row by row of the picture; `LARGEST` is 1."""
    return [pack_levels(column / LARGEST) for column in layer.weights[:, :SHOWN].T]


def follow_digits(before: list[Layer], after: list[Layer], test: Digits) -> list[dict[str, Any]]:
    """What the shown neurons make of a digit, before the ReLU, and how likely its own name is in the end."""
    followed = []
    for name in FOLLOWED:
        picture = test.pictures[test.names == name][:1]
        sums = picture @ after[0].weights + after[0].biases
        likely = [find_odds(run_layers(layers, picture)[-1][0])[name] for layers in (before, after)]
        followed.append(
            {
                "name": name,
                "pixels": b64encode(np.rint(picture * 16).astype(np.uint8).tobytes()).decode(),
                "sums": [round(float(one), 2) for one in sums[0, :SHOWN]],
                "likely": [round(float(odds), 3) for odds in likely],
            }
        )
    return followed


def draw_weights(before: list[str], after: list[str], followed: list[dict[str, Any]]) -> str:
    """Grids before and after training, the redder the more a weight is above zero, below it the bluer; then digits with
    the sum that each neuron makes of them."""
    cell, step, left, texts, grids = 6, 52, 48, list[str](), Grids(8)
    size = SIDE * cell
    for row, (blobs, said) in enumerate(((before, "weights before training"), (after, "weights after training"))):
        top = 26 + row * 84
        texts.append(f'<text x="{left}" y="{top - 9}">{said}</text>')
        for number, blob in enumerate(blobs):
            grids.add(left + number * step, top, cell, read_levels(blob))
    texts.append(f'<text x="{left}" y="185">sums for two digits, after training</text>')
    for row, digit in enumerate(followed):
        top = 194 + row * 56
        grids.add(1, top, cell, [pixel / 16 for pixel in b64decode(digit["pixels"])], "#1F2328")
        for number, made in enumerate(digit["sums"]):
            said, middle = f"{made:.2f}".replace("-", "−"), left + number * step + size // 2
            texts.append(f'<text x="{middle}" y="{top + size // 2 + 5}" text-anchor="middle">{said}</text>')
    title = "The weights of six neurons, before and after training, and their sums for two digits"
    return grids.draw(300, title, texts)


def verify_digits() -> list[str]:
    """What in the committed file is not found when it is trained again, up to a digit or two."""
    kept, found = json.loads(FILE.read_text("utf-8")), measure_digits()
    pairs = [(kept[key], json.loads(json.dumps(found[key]))) for key in ("shares", "followed")]
    return [difference for one, other in pairs for difference in compare(one, other, NAME, 0.006)]
