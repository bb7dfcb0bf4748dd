"""Attention in steps, from given queries, keys and values: the same arithmetic as arithmetic.ts."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from math import exp, inf, sqrt

Matrix = Sequence[Sequence[float]]


def attend(queries: Matrix, keys: Matrix, values: Matrix, causal: bool) -> dict[str, Matrix]:
    """What each step makes: a row per token. Section 3.2.1 of https://arxiv.org/abs/1706.03762."""
    score = [[_dot(query, key) for key in keys] for query in queries]
    scale = [[one / sqrt(len(keys[0])) for one in row] for row in score]
    mask = [[-inf if causal and at > row else one for at, one in enumerate(scale[row])] for row in range(len(scale))]
    softmax = [weigh(row) for row in mask]
    blend = [[_dot(weights, entries) for entries in zip(*values, strict=True)] for weights in softmax]
    return {"score": score, "scale": scale, "mask": mask, "softmax": softmax, "blend": blend}


def weigh(scores: Sequence[float]) -> list[float]:
    """Softmax: positive shares with the sum 1. Only differences count, so the largest is taken off first."""
    powers = [exp(score - max(scores)) for score in scores]
    return [power / sum(powers) for power in powers]


def write_fixed(number: float, decimals: int) -> str:
    """Rounded as JavaScript's toFixed does, and never minus zero."""
    if number == -inf:
        return "−∞"
    rounded = Decimal(number).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return str(abs(rounded) if rounded == 0 else rounded)


def write_short(number: float) -> str:
    """At most three decimals, and none that a whole number needs not."""
    return write_fixed(number, 3).removesuffix(".000")


def _dot(one: Sequence[float], other: Sequence[float]) -> float:
    return sum(a * b for a, b in zip(one, other, strict=True))
