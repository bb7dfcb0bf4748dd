"""A small table of embeddings by counting: which tokens stand near each other, and the directions that say most of it.

Factoring such counts comes close to what word2vec learns: Levy and Goldberg, Neural word embedding as implicit matrix
factorization, 2014.
"""

from base64 import b64encode
from hashlib import sha256
from typing import Any

import numpy as np
from numpy.typing import NDArray

WIDTH, WINDOW, LEAST, SMOOTHING = 8, 8, 5, 0.75
Numbers = NDArray[np.float64]


def measure_vectors(ids: NDArray[np.int64], size: int) -> dict[str, Any]:
    """Rows of length 1 as `WIDTH` whole numbers from -127 to 127; rare tokens have a row of zeros."""
    rows = factor(weigh_pairs(count_pairs(ids, size)))
    rows[np.bincount(ids, minlength=size) < LEAST] = 0
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    whole = np.round(np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > 0) * 127).astype(np.int8)
    return {
        "about": f"Each token's row: how often it stands within {WINDOW} tokens of others, as positive pointwise "
        f"mutual information, factored by singular value decomposition into {WIDTH} directions and scaled to length 1, "
        f"where 127 stands for 1. Tokens that occur fewer than {LEAST} times in the snapshot have zeros.",
        "width": WIDTH,
        "window": WINDOW,
        "least": LEAST,
        "sha256": sha256(whole.tobytes()).hexdigest(),
        "rows": b64encode(whole.tobytes()).decode(),
    }


def count_pairs(ids: NDArray[np.int64], size: int) -> Numbers:
    """How often two tokens stand within `WINDOW` of each other; at a distance of d it counts 1 / d."""
    counts = np.zeros((size, size))
    for distance in range(1, WINDOW + 1):
        left, right = ids[:-distance], ids[distance:]
        np.add.at(counts, (left, right), 1 / distance)
        np.add.at(counts, (right, left), 1 / distance)
    return counts


def weigh_pairs(counts: Numbers) -> Numbers:
    """How much more often than by chance, as a logarithm, and nothing where it is less."""
    sums = counts.sum(1)
    chance = sums**SMOOTHING / (sums**SMOOTHING).sum()
    expected = np.outer(sums, chance)
    ratio = np.divide(counts, expected, out=np.zeros_like(counts), where=expected > 0)
    return np.maximum(np.log(ratio, out=np.zeros_like(ratio), where=ratio > 0), 0)


def factor(weighed: Numbers) -> Numbers:
    """The first directions. Each is turned so that its largest entry is positive: either way fits equally well."""
    left = np.linalg.svd(weighed)[0][:, :WIDTH]
    turned: Numbers = left * np.sign(left[np.abs(left).argmax(0), np.arange(WIDTH)])
    return turned
