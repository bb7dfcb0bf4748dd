"""An Elman network at work: each state from the word and the state before it. The same arithmetic as network.ts."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import mul
from typing import Any

from ..transformer import Matrix, Vector, read_tensors, softmax

FIRST = "first"


@dataclass(frozen=True)
class Network:
    matrices: Mapping[str, Matrix]
    """By name, [out, in]."""
    vectors: Mapping[str, Vector]


@dataclass(frozen=True)
class Step:
    state: Vector
    odds: Vector
    """Of each word, how likely it was the first."""


def read_network(data: Mapping[str, Any]) -> Network:
    """One of the networks in a file of `scripts/author-attention sequence-memory`."""
    return Network(*read_tensors(data))


def score(network: Network, said: str, state: Vector) -> list[float]:
    """What the state says of each word: that it was the first, or stood so many words ago."""
    return _apply(network, said, state)


def read_words(network: Network, ids: Iterable[int]) -> list[Step]:
    """A step for each word by number."""
    state: Sequence[float] = [0.0] * len(network.vectors["state.bias"])
    steps = []
    for number in ids:
        before = _apply(network, "state", state)
        state = [math.tanh(one + other) for one, other in zip(network.matrices["word"][number], before, strict=True)]
        steps.append(Step(state, softmax(score(network, FIRST, state))))
    return steps


def _apply(network: Network, name: str, vector: Vector) -> list[float]:
    rows, bias = network.matrices[f"{name}.weight"], network.vectors[f"{name}.bias"]
    return [sum(map(mul, row, vector)) + shift for row, shift in zip(rows, bias, strict=True)]
