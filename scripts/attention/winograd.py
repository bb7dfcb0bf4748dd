"""Whether a head of MiniLM tells what a pronoun stands for: on all pairs, and on those that did not choose it."""

import random
from statistics import mean

import torch
from scripts.attention.minilm import HEADS, LAYERS, read_sentence
from scripts.attention.pairs import PAIRS, Pair

SPLITS, SPLIT_SEED = 400, 1


def weigh_pair(pair: Pair) -> torch.Tensor:
    """What each head gives from the pronoun to either noun, in either sentence: [sentence, noun, layers, heads]."""
    found = []
    for word in (pair.first_word, pair.second_word):
        reading = read_sentence(pair.sentence.format(word))
        rows = reading.attention[:, :, reading.tokens.index(pair.pronoun)]
        found.append(torch.stack([rows[:, :, reading.tokens.index(noun)] for noun in (pair.first, pair.second)]))
    return torch.stack(found)


def measure_pairs() -> dict[str, object]:
    """How often heads prefer the right noun. Chance is one half."""
    weights = torch.stack([weigh_pair(pair) for pair in PAIRS]).view(len(PAIRS), 2, 2, LAYERS * HEADS)
    prefers_first = weights[:, :, 0] > weights[:, :, 1]
    right = torch.stack([prefers_first[:, 0], ~prefers_first[:, 1]], dim=1)
    accuracy = right.double().mean((0, 1))
    best = int(accuracy.argmax())
    flips = {"right": int(right.all(1).sum()), "wrong": int((~right).all(1).sum())}
    leaning = weights.mean(3)[:, :, 0] - weights.mean(3)[:, :, 1]
    return {
        "pairs": len(PAIRS),
        "mean of the heads": round(accuracy.mean().item(), 3),
        "best head": f"L{best // HEADS + 1}H{best % HEADS + 1}",
        "best head's own": round(accuracy[best].item(), 3),
        "best head, on pairs that did not choose it": round(hold_out(right.double().mean(1)), 3),
        "splits": SPLITS,
        "flips": flips | {"of": right.shape[0] * right.shape[2]},
        "mean of all heads moves the right way": int((leaning[:, 0] > leaning[:, 1]).sum()),
    }


def hold_out(right: torch.Tensor) -> float:
    """Mean accuracy on one half of the pairs of the head that is best on the other half; `right` is [pairs, heads]."""
    dice = random.Random(SPLIT_SEED)
    found = []
    for _ in range(SPLITS):
        order = dice.sample(range(len(right)), len(right))
        choosing, testing = order[: len(right) // 2], order[len(right) // 2 :]
        scores = right[choosing].mean(0)
        best = (scores == scores.max()).nonzero().flatten().tolist()
        found.append(right[testing][:, best].mean().item())
    return mean(found)
