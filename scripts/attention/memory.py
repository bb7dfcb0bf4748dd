"""Elman networks that have to say the first word of a list: numpy alone, one network for each seed, side by side."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

Numbers = np.ndarray
Networks = dict[str, Numbers]
"""By name; the first dimension of each array is the seed."""

WORDS = ("keys", "cabinet", "hall", "door", "lamp", "book", "cup", "coat")
WIDTH, RATE, WARM_UP, LAST = 12, 1e-2, 100, 0.002
"""The rate rises over the first steps, then falls along a cosine to its last share."""


@dataclass(frozen=True)
class Task:
    length: int
    """Words in a list to train on."""
    steps: int
    seeds: int
    """As many networks, from seed 1 on."""
    batch: int
    """Lists for each step of training."""
    ago: tuple[int, ...] = ()
    """How many words ago the words are that it says beside the first."""
    at_the_end: bool = False
    """Asked after the last word alone, instead of after each."""

    @property
    def says(self) -> list[str]:
        return ["first", *(f"{steps} ago" for steps in self.ago)]


@dataclass(frozen=True)
class Reading:
    states: Numbers
    """[steps + 1, seeds, lists, width]: the first are zero, before any word."""
    odds: Numbers
    """[steps at which it is asked, seeds, lists, what is said, words]."""


def draw_networks(task: Task) -> Networks:
    """Before training."""
    bound, said = WIDTH**-0.5, len(task.says) * len(WORDS)
    drawn: dict[str, list[Numbers]] = {}
    for seed in range(1, task.seeds + 1):
        dice = np.random.default_rng(seed)
        drawn.setdefault("word", []).append(dice.standard_normal((len(WORDS), WIDTH)))
        for name, size in (("state", WIDTH), ("said", said)):
            drawn.setdefault(f"{name}.weight", []).append(dice.uniform(-bound, bound, (size, WIDTH)))
            drawn.setdefault(f"{name}.bias", []).append(dice.uniform(-bound, bound, size))
    return {name: np.stack(arrays).astype(np.float32) for name, arrays in drawn.items()}


def turn(matrices: Numbers) -> Numbers:
    return matrices.swapaxes(-1, -2)


def code(lists: Numbers, networks: Networks) -> Numbers:
    """A 1 at the place of each word, else 0."""
    return np.eye(len(WORDS), dtype=networks["word"].dtype)[lists]


def read_lists(networks: Networks, lists: Numbers, at_the_end: bool = False) -> Reading:
    """Each state is tanh of the word's numbers plus the weighted state before it plus a bias.

    `lists` are word numbers, [steps, seeds, lists].
    """
    steps, seeds, count = lists.shape
    states = np.zeros((steps + 1, seeds, count, WIDTH), networks["word"].dtype)
    words = code(lists, networks) @ networks["word"] + networks["state.bias"][:, None]
    for step in range(steps):
        states[step + 1] = np.tanh(words[step] + states[step] @ turn(networks["state.weight"]))
    asked = states[-1:] if at_the_end else states[1:]
    scores = asked @ turn(networks["said.weight"]) + networks["said.bias"][:, None]
    scores = scores.reshape(len(asked), seeds, count, -1, len(WORDS))
    odds = np.exp(scores - scores.max(-1, keepdims=True))
    return Reading(states, odds / odds.sum(-1, keepdims=True))


def find_blame(task: Task, lists: Numbers, reading: Reading, networks: Networks) -> Numbers:
    """How the loss changes with each score: the sum over what is said of its mean loss."""
    chosen, blame = code(lists, networks), reading.odds.copy()
    blame[..., 0, :] -= chosen[:1]
    blame[..., 0, :] /= len(blame)
    for at, ago in enumerate(task.ago, 1):
        blame[ago:, ..., at, :] -= chosen[:-ago]
        blame[:ago, ..., at, :] = 0
        blame[..., at, :] /= len(lists) - ago
    return blame.reshape(*blame.shape[:3], -1) / lists.shape[2]


def send_back(networks: Networks, states: Numbers, blame: Numbers) -> tuple[Numbers, Numbers]:
    """How the loss changes with each state, and with each sum before tanh: backpropagation through time."""
    on_states = np.zeros_like(states[1:])
    on_states[-len(blame) :] = blame @ networks["said.weight"]
    on_sums = np.empty_like(on_states)
    for step in range(len(on_states) - 1, -1, -1):
        on_sums[step] = on_states[step] * (1 - states[step + 1] ** 2)
        if step:
            on_states[step - 1] += on_sums[step] @ networks["state.weight"]
    return on_states, on_sums


def find_gradients(networks: Networks, task: Task, lists: Numbers) -> Networks:
    """Of each network's weights and biases, cut down to length 1 where they are longer (gradient clipping)."""
    reading = read_lists(networks, lists, task.at_the_end)
    blame = find_blame(task, lists, reading, networks)
    _, on_sums = send_back(networks, reading.states, blame)
    gradients = {
        "word": (turn(code(lists, networks)) @ on_sums).sum(0),
        "state.weight": (turn(on_sums) @ reading.states[:-1]).sum(0),
        "state.bias": on_sums.sum((0, 2)),
        "said.weight": (turn(blame) @ reading.states[-len(blame) :]).sum(0),
        "said.bias": blame.sum((0, 2)),
    }
    lengths = np.sqrt(sum((array.reshape(task.seeds, -1) ** 2).sum(1) for array in gradients.values()))
    cut = np.minimum(1, 1 / (lengths + 1e-6))
    return {name: array * cut.reshape(-1, *[1] * (array.ndim - 1)) for name, array in gradients.items()}


def train_networks(task: Task) -> Iterator[Networks]:
    """The networks after each step of training (Adam): the same arrays, changed in place."""
    networks = draw_networks(task)
    dice = [np.random.default_rng([seed, 1]) for seed in range(1, task.seeds + 1)]
    first, second = ({name: np.zeros_like(array) for name, array in networks.items()} for _ in range(2))
    for step in range(1, task.steps + 1):
        lists = np.stack([one.integers(len(WORDS), size=(task.length, task.batch)) for one in dice], 1)
        falling = LAST + (1 - LAST) * (1 + np.cos(np.pi * step / task.steps)) / 2
        rate = RATE * min(1, step / WARM_UP) * falling
        for name, gradient in find_gradients(networks, task, lists).items():
            first[name] = 0.9 * first[name] + 0.1 * gradient
            second[name] = 0.999 * second[name] + 0.001 * gradient**2
            spread = np.sqrt(second[name] / (1 - 0.999**step)) + 1e-8
            networks[name] -= (rate / (1 - 0.9**step) * first[name] / spread).astype(np.float32)
        yield networks
