"""Writes and verifies `lessons/data/models/digits.json`: what a small network learned from more and more digits."""

import json
import platform
import time
from base64 import b64decode, b64encode
from collections import defaultdict
from pathlib import Path
from statistics import mean
from typing import Any

import numpy as np
from scripts.attention.comparing import compare
from scripts.attention.digits import (
    BATCH,
    DECAY,
    KEPT,
    RATE,
    SIDE,
    SIZES,
    STEPS,
    Digits,
    Numbers,
    draw_layers,
    measure_share,
    read_digits,
    train_layers,
)
from scripts.attention.models import FOLDER, write_json

NAME = "digits"
FILE = FOLDER / f"{NAME}.json"
DRAWING = Path(__file__).parents[2] / "lessons/deep-learning/the-deep-learning-era/first-layer.svg"
SEEDS, COUNTS = (1, 2, 3, 4, 5), (10, 50, 200, 1297)
SHOWN = 6
"""The first neurons of the first layer, for no other reason than that they are the first."""


def author_digits() -> None:
    begin = time.process_time()
    measured = measure_digits()
    made = {
        "with": f"scripts/author-attention {NAME}",
        "steps": STEPS,
        "batch": BATCH,
        "rate": RATE,
        "weight decay": DECAY,
        "seconds": round(time.process_time() - begin),
        "versions": {"python": platform.python_version(), "numpy": np.__version__},
    }
    data = {
        "name": NAME,
        "about": "A network of three layers names handwritten digits of 8 by 8 pixels. The same training from few "
        "digits and from many, with five seeds each, and the weights of its first neurons before and after.",
        "licence": "CC-BY-4.0",
        "source": "Optical Recognition of Handwritten Digits, E. Alpaydin and C. Kaynak, UCI, in scikit-learn 1.9.1.",
        "config": {"side": SIDE, "sizes": SIZES},
        "made": made,
        "measured": {"seeds": SEEDS, "digits": KEPT},
        **measured,
    }
    FILE.write_text(write_json(data), encoding="utf-8")
    DRAWING.write_text(draw_weights(measured["first layer"]), encoding="utf-8")


def measure_digits() -> dict[str, Any]:
    train, test = read_digits()
    shares = []
    for count in COUNTS:
        few = Digits(train.pictures[:count], train.names[:count])
        trained = [train_layers(few, seed) for seed in SEEDS]
        on_its_own, on_new = ([measure_share(layers, digits) for layers in trained] for digits in (few, test))
        shares.append(
            {
                "digits": count,
                "its own": [round(one, 3) for one in on_its_own],
                "new": [round(one, 3) for one in on_new],
                "mean": [round(mean(on_its_own), 3), round(mean(on_new), 3)],
            }
        )
    first = {
        "before": pack_first(draw_layers(SEEDS[0])[0].weights),
        "after": pack_first(train_layers(train, SEEDS[0])[0].weights),
    }
    return {"shares": shares, "first layer": first}


def pack_first(weights: Numbers) -> list[str]:
    """Base64 of int8, row by row of the picture: each neuron's weights, its largest being 127."""
    columns = weights[:, :SHOWN].T
    whole = np.rint(columns / np.abs(columns).max(1, keepdims=True) * 127).astype(np.int8)
    return [b64encode(column.tobytes()).decode() for column in whole]


def draw_weights(first: dict[str, list[str]]) -> str:
    """Two rows of grids, before and after training; the more a weight is above zero the redder, below the bluer."""
    cell, step, left, paths, frames, texts = 7, 60, 1, defaultdict(list), [], []
    for row, (name, said) in enumerate((("before", "before training"), ("after", "after training"))):
        top = 26 + row * 92
        texts.append(f'<text x="{left}" y="{top - 9}">{said}</text>')
        for number, blob in enumerate(first[name]):
            x, y, size = left + number * step, top, SIDE * cell
            frames.append(f"M{x} {y}h{size}v{size}h-{size}z")
            for at, weight in enumerate(np.frombuffer(b64decode(blob), dtype=np.int8).tolist()):
                color = "#A8431E" if weight > 0 else "#1F5FBF"
                paths[color, round(abs(weight) / 127 * 6)].append(
                    f"M{x + at % SIDE * cell} {y + at // SIDE * cell}h{cell}v{cell}h-{cell}z"
                )
    filled = [
        f'<path d="{"".join(cells)}" fill="{color}" fill-opacity="{shade / 6:.2f}"/>'
        for (color, shade), cells in sorted(paths.items())
        if shade
    ]
    frame = f'<path d="{"".join(frames)}" fill="none" stroke="#8A8577"/>'
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 358 180" width="358" height="180" role="img" '
        'font-family="Figtree, system-ui, sans-serif" font-size="14" fill="#1F2328">\n'
        "<title>The weights of six neurons, before and after training</title>\n"
        + "\n".join([*texts, *filled, frame])
        + "\n</svg>\n"
    )


def verify_digits() -> list[str]:
    """What in the committed file is not found when it is trained again, up to a digit or two."""
    kept, found = json.loads(FILE.read_text("utf-8")), measure_digits()
    pairs = [(kept["shares"], json.loads(json.dumps(found["shares"])))]
    return [difference for one, other in pairs for difference in compare(one, other, NAME, 0.006)]
