"""Two Elman networks of one size: one has to say the first word of a list, the other the two words before as well."""

from collections.abc import Mapping
from dataclasses import dataclass

import torch
from scripts.attention.training import Weights
from torch.nn import functional

WORDS = ("keys", "cabinet", "hall", "door", "lamp", "book", "cup", "coat")
WIDTH = 12
LENGTH = 8
"""Words in a list to train on."""
SEED, STEPS, BATCH, RATE, WARM_UP = 1, 2000, 64, 3e-3, 50
TASKS: Mapping[str, tuple[int, ...]] = {"first": (), "both": (1, 2)}
"""By network: how many words ago the words are that it says beside the first."""


@dataclass(frozen=True)
class Reading:
    states: torch.Tensor
    """[lists, steps, width]"""
    scores: Mapping[str, torch.Tensor]
    """By what is said ("first", "1 ago", …): [lists, steps, words]."""


def draw_network(ago: tuple[int, ...]) -> Weights:
    sizes: dict[str, tuple[int, ...]] = {
        "word": (len(WORDS), WIDTH),
        "state.weight": (WIDTH, WIDTH),
        "state.bias": (WIDTH,),
    }
    for said in ("first", *(f"{steps} ago" for steps in ago)):
        sizes |= {f"{said}.weight": (len(WORDS), WIDTH), f"{said}.bias": (len(WORDS),)}
    bound = WIDTH**-0.5
    weights = {
        name: torch.randn(size) if name == "word" else torch.empty(size).uniform_(-bound, bound)
        for name, size in sizes.items()
    }
    for tensor in weights.values():
        tensor.requires_grad_()
    return weights


def read_lists(weights: Weights, lists: torch.Tensor) -> Reading:
    """Each state is tanh of the word's numbers plus the weighted state before it plus a bias."""
    state = torch.zeros(len(lists), WIDTH, dtype=weights["word"].dtype)
    states = []
    for step in range(lists.shape[1]):
        before = functional.linear(state, weights["state.weight"], weights["state.bias"])
        state = torch.tanh(weights["word"][lists[:, step]] + before)
        states.append(state)
    kept = torch.stack(states, 1)
    said = [name.removesuffix(".weight") for name in weights if name.endswith(".weight") and name != "state.weight"]
    return Reading(
        kept, {name: functional.linear(kept, weights[f"{name}.weight"], weights[f"{name}.bias"]) for name in said}
    )


def list_wanted(said: str, lists: torch.Tensor) -> torch.Tensor:
    """The right answer at each step; where the list is too short for one, -1."""
    if said == "first":
        return lists[:, :1].expand(-1, lists.shape[1])
    ago = int(said.split(maxsplit=1)[0])
    return functional.pad(lists[:, :-ago], (ago, 0), value=-1)


def train_network(ago: tuple[int, ...], seed: int = SEED) -> Weights:
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    torch.manual_seed(seed)
    weights = draw_network(ago)
    optimizer = torch.optim.Adam(weights.values(), RATE)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1, (step + 1) / WARM_UP) * (1 - step / STEPS) + 0.02
    )
    for _ in range(STEPS):
        lists = torch.randint(len(WORDS), (BATCH, LENGTH))
        loss = torch.zeros(())
        for said, scores in read_lists(weights, lists).scores.items():
            wanted = list_wanted(said, lists).flatten()
            loss = loss + functional.cross_entropy(scores.flatten(0, 1), wanted, ignore_index=-1)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(weights.values(), 1.0)
        optimizer.step()
        schedule.step()
    return {name: tensor.detach() for name, tensor in weights.items()}
