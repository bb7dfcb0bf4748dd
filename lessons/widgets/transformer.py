"""The arithmetic of a small GPT, every step kept.

Layers are normed first, positions learned; attention goes to what came before; GELU is the one with tanh. The same in
TypeScript: `transformer.ts`. Layers, heads and places count from 0 here; data and pages write L3H2 for the
head (2, 1).
"""

import math
from base64 import b64decode
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import mul
from struct import unpack_from
from typing import Any

Vector = Sequence[float]
Matrix = Sequence[Vector]
Head = tuple[int, int]
"""Layer and head."""
Link = tuple[int, int, int, int]
"""Layer, head, the place that looks, the place looked at."""


@dataclass(frozen=True)
class Weights:
    """Matrices by name, each [out, in], and vectors by name."""

    matrices: Mapping[str, Matrix]
    vectors: Mapping[str, Vector]


@dataclass(frozen=True)
class Model:
    words: tuple[str, ...]
    context: int
    layers: int
    heads: int
    width: int
    feed: int
    weights: Weights


@dataclass(frozen=True)
class LayerRun:
    """What one layer computes. Rows are places; what each head has comes head by head."""

    before: Matrix
    normed: Matrix
    query: Sequence[Matrix]
    key: Sequence[Matrix]
    value: Sequence[Matrix]
    scores: Sequence[Matrix]
    """Query times key over the root of their length; -inf at places that come later and at cut links."""
    attention: Sequence[Matrix]
    blended: Sequence[Matrix]
    """Values, blended by the weights; nothing but zeros for a cut head."""
    attended: Matrix
    """What the heads together add to the stream."""
    middle: Matrix
    after: Matrix
    feed_normed: Matrix = ()
    expanded: Matrix = ()
    activated: Matrix = ()
    fed: Matrix = ()
    """What the feed-forward part adds to the stream; without one, this and the three before it are empty."""


@dataclass(frozen=True)
class Run:
    ids: tuple[int, ...]
    embedded: Matrix
    layers: tuple[LayerRun, ...]
    final: Matrix
    logits: Matrix
    odds: Matrix
    """For each place, how likely each word is to come next."""


def read_model(data: Mapping[str, Any]) -> Model:
    """The model that a file of `lessons/data/models` holds; `data` is its JSON."""
    sizes = {name: data["config"][name] for name in ("context", "layers", "heads", "width", "feed")}
    return Model(words=tuple(data["vocabulary"]), weights=read_weights(data), **sizes)


def read_weights(data: Mapping[str, Any]) -> Weights:
    """What lies in the `weights` of a file by its `tensors`; `data` is its JSON."""
    matrices: dict[str, Matrix] = {}
    vectors: dict[str, Vector] = {}
    blob = b64decode(data["weights"])
    for tensor in data["tensors"]:
        rows, columns = tensor["shape"] if len(tensor["shape"]) == 2 else (1, *tensor["shape"])
        if "scales" in tensor:
            whole = unpack_from(f"<{rows * columns}b", blob, tensor["offset"])
            scales = unpack_from(f"<{rows}f", blob, tensor["scales"])
            matrices[tensor["name"]] = [
                [number * scale for number in whole[row * columns : (row + 1) * columns]]
                for row, scale in enumerate(scales)
            ]
        else:
            vectors[tensor["name"]] = unpack_from(f"<{columns}f", blob, tensor["offset"])
    return Weights(matrices, vectors)


def run_model(model: Model, ids: Iterable[int], heads: Collection[Head] = (), links: Collection[Link] = ()) -> Run:
    """All that the model computes for words by number, with these heads and links cut.

    A cut link is masked like a later place, before softmax: what is left shares its weight, and a row adds up to 1 as
    before. (A row with no link left is all zeros.) A cut head adds nothing to the stream; where it looks can still be
    seen. Raises ValueError for more words than the model reads.
    """
    ids = tuple(ids)
    if not 0 < len(ids) <= model.context:
        raise ValueError(f"{len(ids)} words: this model reads 1 to {model.context}")
    words, places = model.weights.matrices["word"], model.weights.matrices["position"]
    embedded = [_add(words[number], place) for number, place in zip(ids, places, strict=False)]
    layers: list[LayerRun] = []
    for layer in range(model.layers):
        before = layers[-1].after if layers else embedded
        layers.append(_run_layer(model, layer, before, heads, links))
    final, logits = _read_off(model, layers[-1].after)
    return Run(ids, embedded, tuple(layers), final, logits, [softmax(row) for row in logits])


def foretell(model: Model, stream: Matrix) -> Matrix:
    """How likely each word is to come next, for each row of a stream, as if the model ended there."""
    return [softmax(row) for row in _read_off(model, stream)[1]]


def softmax(scores: Vector) -> list[float]:
    """Shares that add up to 1; zeros where every score is -inf."""
    top = max(scores)
    if top == -math.inf:
        return [0.0] * len(scores)
    raised = [math.exp(score - top) for score in scores]
    total = sum(raised)
    return [one / total for one in raised]


def times(rows: Matrix, weights: Matrix) -> Matrix:
    return [[_dot(row, weight) for weight in weights] for row in rows]


def apply(weights: Weights, name: str, rows: Matrix) -> Matrix:
    """The rows times the matrix of a name, plus its bias."""
    bias = weights.vectors[f"{name}.bias"]
    return [_add(row, bias) for row in times(rows, weights.matrices[f"{name}.weight"])]


def _read_off(model: Model, stream: Matrix) -> tuple[Matrix, Matrix]:
    final = _norm(model.weights, "final_norm", stream)
    return final, times(final, model.weights.matrices.get("unembed", model.weights.matrices["word"]))


def _run_layer(model: Model, layer: int, before: Matrix, heads: Collection[Head], links: Collection[Link]) -> LayerRun:
    weights, size = model.weights, model.width // model.heads
    normed = _norm(weights, f"{layer}.attention_norm", before)
    query, key, value = (_split(apply(weights, f"{layer}.{part}", normed), size) for part in ("query", "key", "value"))
    scores, attention, blended = [], [], []
    for head in range(model.heads):
        cut = {link[2:] for link in links if link[:2] == (layer, head)}
        scores.append(_score(query[head], key[head], cut))
        attention.append([softmax(row) for row in scores[-1]])
        is_cut = (layer, head) in heads
        columns = list(zip(*value[head], strict=True))
        blended.append([[0.0] * size for _ in before] if is_cut else times(attention[-1], columns))
    joined = [[number for part in parts for number in part] for parts in zip(*blended, strict=True)]
    attended = apply(weights, f"{layer}.output", joined)
    middle = list(map(_add, before, attended))
    kept = (before, normed, query, key, value, scores, attention, blended, attended, middle)
    if not model.feed:
        return LayerRun(*kept, after=middle)
    feed_normed = _norm(weights, f"{layer}.feed_norm", middle)
    expanded = apply(weights, f"{layer}.expand", feed_normed)
    activated = [[_gelu(number) for number in row] for row in expanded]
    fed = apply(weights, f"{layer}.contract", activated)
    return LayerRun(*kept, list(map(_add, middle, fed)), feed_normed, expanded, activated, fed)


def _score(query: Matrix, key: Matrix, cut: Collection[tuple[int, ...]]) -> Matrix:
    root = math.sqrt(len(key[0]))
    return [
        [
            _dot(asking, offered) / root if to <= at and (at, to) not in cut else -math.inf
            for to, offered in enumerate(key)
        ]
        for at, asking in enumerate(query)
    ]


def _dot(one: Vector, other: Vector) -> float:
    total: float = sum(map(mul, one, other))
    return total


def _add(one: Vector, other: Vector) -> Vector:
    return [left + right for left, right in zip(one, other, strict=True)]


def _split(rows: Matrix, size: int) -> Sequence[Matrix]:
    """Each row in parts of `size`, one a head: [head, place, number]."""
    return [[row[begin : begin + size] for row in rows] for begin in range(0, len(rows[0]), size)]


def _norm(weights: Weights, name: str, rows: Matrix) -> Matrix:
    scale, shift = weights.vectors[f"{name}.scale"], weights.vectors[f"{name}.shift"]
    normed = []
    for row in rows:
        mean = sum(row) / len(row)
        spread = math.sqrt(sum((number - mean) ** 2 for number in row) / len(row) + 1e-5)
        normed.append([(one - mean) / spread * by + plus for one, by, plus in zip(row, scale, shift, strict=True)])
    return normed


def _gelu(number: float) -> float:
    return number / 2 * (1 + math.tanh(math.sqrt(2 / math.pi) * (number + 0.044715 * number**3)))
