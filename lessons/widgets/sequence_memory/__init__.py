"""A small recurrent network early in its training and at the end: it reads words, and still knows the first or not."""

import json
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from operator import mul
from typing import Annotated, Literal, Self

from pydantic import Field, field_validator, model_validator

from trackbook.language.words import Language
from trackbook.model import DataFile
from trackbook.widgets.data import File, WidgetData, tell

from ..tiny_gpt.view import draw_strip
from ..transformer import Vector, Weights, read_weights, softmax
from ..writing import put_point, write_share

NETWORKS = ("early", "late")
FIRST = "first"
ACROSS, FLOOR = 320, 160
MOST = 24
"""Words that a learner may feed."""
DISTANCES = (0, 1, 2, 3, 4, 6, 12, 20, 40)


class Data(WidgetData):
    """`networks` is the file of `scripts/author-attention sequence-memory`; `words` are read first, by `network`."""

    networks: File
    words: Annotated[list[str], Field(min_length=1, max_length=MOST)]
    network: Literal["early", "late"] = "early"

    @field_validator("networks")
    @classmethod
    def _has_both(cls, file: DataFile) -> DataFile:
        if [one.get("name") for one in file.content.get("networks", ())] != list(NETWORKS):
            raise tell(
                f'"{file.path}" does not hold the two networks',
                "name the one that `scripts/author-attention sequence-memory` made",
            )
        return file

    @model_validator(mode="after")
    def _networks_know_the_words(self) -> Self:
        known = self.networks.content["vocabulary"]
        for word in self.words:
            if word not in known:
                raise tell(f'the networks do not know "{word}"', f"write words that they know: {', '.join(known)}")
        return self

    def compute_view(self, render: Callable[[str], str], language: Language) -> dict[str, object]:
        del render
        content = self.networks.content
        known = content["vocabulary"]
        networks = dict(zip(NETWORKS, content["networks"], strict=True))
        ids = [known.index(word) for word in self.words]
        steps = read_words(read_weights(networks[self.network]), ids)
        recalled = [one["accuracy"][FIRST] for one in networks.values()]
        given = [{name: one[name] for name in ("tensors", "weights")} for one in networks.values()]
        return {
            "content": content,
            "given": json.dumps({"known": known, "networks": given}, ensure_ascii=False, separators=(",", ":")),
            "most": MOST,
            "which": NETWORKS.index(self.network),
            "steps": [(step.odds, draw_strip(step.state, 1)) for step in steps],
            "state": [(put_point(f"{one:.2f}", language), round(one * 5)) for one in steps[-1].state],
            "lines": [draw_line(shares) for shares in recalled],
            "guess": 1 / len(known),
            "height": draw_height(1 / len(known)),
            "recalled": recalled,
            "distances": [distance for distance in DISTANCES if distance < len(recalled[0])],
            "percent": partial(write_share, language=language),
        }


@dataclass(frozen=True)
class Step:
    """The state after a word, and of each word how likely it was the first."""

    state: Vector
    odds: Vector


def read_words(network: Weights, ids: Iterable[int]) -> list[Step]:
    """An Elman network at work, as network.ts: a step for each word by number, from it and the state before."""
    state: Vector = [0.0] * len(network.vectors["state.bias"])
    steps = []
    for number in ids:
        word = cut_row(network.vectors["word"], number, len(state))
        before = apply(network, "state", state)
        state = [math.tanh(one + other) for one, other in zip(word, before, strict=True)]
        steps.append(Step(state, softmax(score(network, FIRST, state))))
    return steps


def score(network: Weights, said: str, state: Vector) -> Vector:
    """What the state says of each word: that it was the first, or stood so many words ago."""
    return apply(network, said, state)


def apply(network: Weights, name: str, vector: Vector) -> Vector:
    """Weighted sums of a vector, each with its bias."""
    weights, biases = network.vectors[f"{name}.weight"], network.vectors[f"{name}.bias"]
    rows = (cut_row(weights, row, len(vector)) for row in range(len(biases)))
    return [bias + sum(map(mul, row, vector)) for bias, row in zip(biases, rows, strict=True)]


def cut_row(weights: Sequence[float], row: int, width: int) -> Sequence[float]:
    """One row of a matrix, whose weights stand row after row."""
    return weights[row * width : (row + 1) * width]


def draw_line(shares: Sequence[float]) -> str:
    """Through the share recalled after no word, one word, two words, …"""
    apart = ACROSS / (len(shares) - 1)
    return "M" + "L".join(f"{at * apart:.1f} {draw_height(share)}" for at, share in enumerate(shares))


def draw_height(share: float) -> str:
    return f"{FLOOR * (1 - share):.1f}"
