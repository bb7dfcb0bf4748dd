"""Trains a small GPT: layers normed before each part, learned positions, attention to what came before, GELU (tanh)."""

import math
import random
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import torch
from scripts.attention.question import Question
from torch.nn import functional

Weights = dict[str, torch.Tensor]
Head = tuple[int, int]
NO_ANSWER = -1
WARM_UP = 50


@dataclass(frozen=True)
class Shape:
    """What fixes the sizes of a model's weights; `feed` is the width of its feed-forward parts, 0 for none."""

    words: tuple[str, ...]
    context: int
    layers: int
    heads: int
    width: int
    feed: int
    is_tied: bool


@dataclass(frozen=True)
class Recipe:
    shape: Shape
    steps: int
    rate: float
    draw: Callable[[random.Random], Question]
    stock: int | None = None
    """How many different questions there are to train on; without it, each step draws new ones."""
    batch: int = 64
    seed: int = 1


def list_sizes(shape: Shape) -> dict[str, tuple[int, ...]]:
    """The tensors of a model by name. Weights of a linear map are [out, in]."""
    wide, width = (shape.width, shape.width), (shape.width,)
    sizes: dict[str, tuple[int, ...]] = {
        "word": (len(shape.words), shape.width),
        "position": (shape.context, shape.width),
    }
    for layer in range(shape.layers):
        sizes |= {f"{layer}.attention_norm.scale": width, f"{layer}.attention_norm.shift": width}
        for part in ("query", "key", "value", "output"):
            sizes |= {f"{layer}.{part}.weight": wide, f"{layer}.{part}.bias": width}
        if shape.feed:
            sizes |= {f"{layer}.feed_norm.scale": width, f"{layer}.feed_norm.shift": width}
            sizes |= {f"{layer}.expand.weight": (shape.feed, shape.width), f"{layer}.expand.bias": (shape.feed,)}
            sizes |= {f"{layer}.contract.weight": (shape.width, shape.feed), f"{layer}.contract.bias": width}
    sizes |= {"final_norm.scale": width, "final_norm.shift": width}
    return sizes if shape.is_tied else sizes | {"unembed": (len(shape.words), shape.width)}


def draw_weights(shape: Shape) -> Weights:
    """Weights before training: N(0, 0.02), what is added to the residual stream smaller by sqrt(2 layers)."""
    weights = {}
    for name, size in list_sizes(shape).items():
        if name.endswith(".scale"):
            weights[name] = torch.ones(size)
        elif len(size) == 1:
            weights[name] = torch.zeros(size)
        else:
            is_added = name.endswith(("output.weight", "contract.weight"))
            weights[name] = torch.randn(size) * 0.02 / (math.sqrt(2 * shape.layers) if is_added else 1)
    return {name: tensor.requires_grad_() for name, tensor in weights.items()}


def run_model(
    shape: Shape,
    weights: Weights,
    rows: torch.Tensor,
    heads: Collection[Head] = (),
    links: Mapping[Head, torch.Tensor] = MappingProxyType({}),
) -> tuple[torch.Tensor, list[torch.Tensor]]:
    """Logits [rows, places, words] and, a layer, weights of attention [rows, heads, places, places].

    `heads` add nothing to the stream; `links` are masked: [rows, places, places], true where a head may not look.
    """
    count, length = rows.shape
    size = shape.width // shape.heads
    future = torch.ones(length, length, dtype=torch.bool).triu(1)
    stream = weights["word"][rows] + weights["position"][:length]
    attention = []

    def norm(name: str, values: torch.Tensor) -> torch.Tensor:
        return functional.layer_norm(
            values, (shape.width,), weights[f"{name}.scale"], weights[f"{name}.shift"], eps=1e-5
        )

    def apply(name: str, values: torch.Tensor) -> torch.Tensor:
        return functional.linear(values, weights[f"{name}.weight"], weights[f"{name}.bias"])

    for layer in range(shape.layers):
        normed = norm(f"{layer}.attention_norm", stream)
        query, key, value = (
            apply(f"{layer}.{part}", normed).view(count, length, shape.heads, size).transpose(1, 2)
            for part in ("query", "key", "value")
        )
        scores = query @ key.transpose(2, 3) / math.sqrt(size)
        scores = scores.masked_fill(future, -math.inf)
        for head in range(shape.heads):
            if (layer, head) in links:
                scores[:, head].masked_fill_(links[layer, head], -math.inf)
        attention.append(scores.softmax(-1))
        values = attention[-1] @ value
        for head in range(shape.heads):
            if (layer, head) in heads:
                values[:, head] = 0
        blended = values.transpose(1, 2).reshape(count, length, shape.width)
        stream = stream + apply(f"{layer}.output", blended)
        if shape.feed:
            opened = functional.gelu(apply(f"{layer}.expand", norm(f"{layer}.feed_norm", stream)), approximate="tanh")
            stream = stream + apply(f"{layer}.contract", opened)
    unembed = weights["word"] if shape.is_tied else weights["unembed"]
    return norm("final_norm", stream) @ unembed.T, attention


def pack_rows(shape: Shape, questions: list[Question]) -> tuple[torch.Tensor, torch.Tensor]:
    """Words and wanted next words as numbers [questions, longest]; where no answer is wanted stands NO_ANSWER."""
    index = {word: number for number, word in enumerate(shape.words)}
    longest = max(len(question.words) for question in questions)
    rows = [[index[word] for word in question.words] for question in questions]
    wanted = [
        [index[question.answers[place]] if place in question.answers else NO_ANSWER for place in range(longest)]
        for question in questions
    ]
    return torch.tensor([row + [0] * (longest - len(row)) for row in rows]), torch.tensor(wanted)


def scale_rate(step: int, steps: int) -> float:
    """Up over the first steps, then down along a cosine to 3 %."""
    if step < WARM_UP:
        return (step + 1) / WARM_UP
    done = (step - WARM_UP) / max(1, steps - WARM_UP)
    return 0.03 + 0.97 * (1 + math.cos(math.pi * done)) / 2


def train(recipe: Recipe) -> Weights:
    """The trained weights: the same bits each time on one machine, for there is one thread and one seed."""
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    torch.manual_seed(recipe.seed)
    dice = random.Random(recipe.seed)
    shape, weights = recipe.shape, draw_weights(recipe.shape)
    matrices = [tensor for tensor in weights.values() if tensor.dim() > 1]
    vectors = [tensor for tensor in weights.values() if tensor.dim() == 1]
    groups = [{"params": matrices, "weight_decay": 0.05}, {"params": vectors, "weight_decay": 0.0}]
    optimizer = torch.optim.AdamW(groups, lr=recipe.rate, betas=(0.9, 0.98))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: scale_rate(step, recipe.steps))
    stock = [recipe.draw(dice) for _ in range(recipe.stock)] if recipe.stock else None
    for step in range(recipe.steps):
        questions = dice.sample(stock, recipe.batch) if stock else [recipe.draw(dice) for _ in range(recipe.batch)]
        rows, wanted = pack_rows(shape, questions)
        logits, _ = run_model(shape, weights, rows)
        loss = functional.cross_entropy(logits.flatten(0, 1), wanted.flatten(), ignore_index=NO_ANSWER)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(weights.values(), 1.0)
        optimizer.step()
        schedule.step()
        if step % 250 == 249:
            print(f"step {step + 1}: loss {loss.item():.3f}", flush=True)
    return {name: tensor.detach() for name, tensor in weights.items()}
