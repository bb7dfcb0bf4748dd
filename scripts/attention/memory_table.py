"""Writes and verifies `lessons/data/models/sequence-memory.json`: what recurrent networks recall and learn."""

import json
import platform
import time
from base64 import b64decode, b64encode
from hashlib import sha256
from typing import Any

import numpy as np
import torch
from scripts.attention.comparing import compare
from scripts.attention.golden import round_all
from scripts.attention.memory import (
    RATE,
    WIDTH,
    WORDS,
    Networks,
    Numbers,
    Task,
    draw_networks,
    find_blame,
    read_lists,
    send_back,
    train_networks,
)
from scripts.attention.models import FOLDER, write_json
from scripts.attention.packing import pack_weights, read_weights
from scripts.attention.training import Weights

NAME = "sequence-memory"
FILE = FOLDER / f"{NAME}.json"
FRESH_SEED, FRESH, FARTHEST = 2026, 1000, 40
DISTANCES = (0, 1, 2, 3, 4, 6, 8, 12, 20, 23, 40)
TASK = Task(length=24, steps=20_000, seeds=5, batch=128, ago=(1, 2))
MOMENTS = {"early": 400, "late": TASK.steps}
"""By network: after how many steps of one training it was kept."""
AT_THE_END = [Task(length, TASK.steps, seeds=20, batch=TASK.batch, at_the_end=True) for length in (5, 10, 20, 40)]
EXAMPLES = (
    ("keys", "hall", "cabinet", "lamp", "door", "book", "cup", "hall", "cabinet"),
    ("coat", "coat", "keys", "coat"),
)


def author_memory() -> None:
    begin = time.process_time()
    networks = []
    for step, trained in enumerate(train_networks(TASK), 1):
        networks += [describe_network(name, step, trained) for name, moment in MOMENTS.items() if moment == step]
    data = {
        "name": NAME,
        "about": "An Elman network early in its training and at the end: after each word of a random list it says "
        "which word was first, and which were the two before. Others are asked once, at the end, for the first.",
        "licence": "MIT",
        "source": "Trained for this course; its lists are drawn at random.",
        "config": {"width": WIDTH, "length": TASK.length},
        "vocabulary": WORDS,
        "made": {
            "with": f"scripts/author-attention {NAME}",
            "seeds": TASK.seeds,
            "batch": TASK.batch,
            "rate": RATE,
            "versions": {"python": platform.python_version(), "numpy": np.__version__, "torch": torch.__version__},
        },
        "measured": {"seed": FRESH_SEED, "lists": FRESH, "farthest": FARTHEST},
        "networks": networks,
        "asked at the end": [describe_task(task) for task in AT_THE_END],
        "on the way back": measure_way_back(),
    }
    data["made"] |= {"seconds": round(time.process_time() - begin)}  # type: ignore[operator]
    FILE.write_text(write_json(data), encoding="utf-8")


def describe_network(name: str, steps: int, trained: Networks) -> dict[str, Any]:
    """The network of the first seed with its weights, and what those of the other seeds recall."""
    packed = [pack_weights(split(trained, at)) for at in range(TASK.seeds)]
    blob, table = packed[0]
    measured = measure_network(read_weights(blob, table))
    others = [measure_network(read_weights(*one))["accuracy"] for one in packed[1:]]
    return {
        "name": name,
        "steps": steps,
        "says": TASK.says,
        "parameters": sum(array[0].size for array in trained.values()),
        **measured,
        "other seeds": [
            {"seed": seed, **one, "first": {str(distance): one["first"][distance] for distance in DISTANCES}}
            for seed, one in enumerate(others, 2)
        ],
        "tensors": table,
        "sha256": sha256(blob).hexdigest(),
        "weights": b64encode(blob).decode(),
    }


def split(trained: Networks, at: int) -> Weights:
    """One seed's network, with weights of its own for each thing it says; matrices row after row, unrounded.

    Rounded to whole numbers of a row's scale, as other models are, it would lose words.
    """
    tensors = {name: torch.from_numpy(array[at].copy()) for name, array in trained.items()}
    weight, bias = tensors.pop("said.weight"), tensors.pop("said.bias")
    for number, said in enumerate(TASK.says):
        rows = slice(number * len(WORDS), (number + 1) * len(WORDS))
        tensors |= {f"{said}.weight": weight[rows], f"{said}.bias": bias[rows]}
    return {name: tensor.flatten() for name, tensor in tensors.items()}


def join(weights: Weights) -> Networks:
    """The reverse of `split`: a network alone."""
    arrays = {
        name: tensor.numpy().reshape(1, *((-1,) if name.endswith(".bias") else (-1, WIDTH)))
        for name, tensor in weights.items()
    }
    for kind in ("weight", "bias"):
        arrays[f"said.{kind}"] = np.concatenate([arrays.pop(f"{said}.{kind}") for said in TASK.says], 1)
    return arrays


def draw_lists(length: int) -> Numbers:
    return np.random.default_rng(FRESH_SEED).integers(len(WORDS), size=(length, 1, FRESH))


def measure_network(weights: Weights) -> dict[str, Any]:
    """The share of right answers: of the first word by how far back it is, of others over all steps."""
    network, lists = join(weights), draw_lists(FARTHEST + 1)
    best = read_lists(network, lists).odds.argmax(-1)
    accuracy: dict[str, Any] = {"first": [round(float(share), 3) for share in (best[..., 0] == lists[0]).mean((1, 2))]}
    for number, ago in enumerate(TASK.ago, 1):
        accuracy[TASK.says[number]] = round(float((best[ago:, ..., number] == lists[:-ago]).mean()), 3)
    golden = []
    for words in EXAMPLES:
        ids = np.array([WORDS.index(word) for word in words]).reshape(-1, 1, 1)
        state = read_lists(network, ids).states[-1, 0, 0]
        scores = (network["said.weight"][0] @ state + network["said.bias"][0]).reshape(-1, len(WORDS))
        golden.append(
            {
                "words": words,
                "state": round_all(torch.from_numpy(state)),
                "scores": {said: round_all(torch.from_numpy(row)) for said, row in zip(TASK.says, scores, strict=True)},
            }
        )
    return {"accuracy": accuracy, "golden": golden}


def describe_task(task: Task) -> dict[str, Any]:
    """What networks learn that are asked once, at the end: the share of right answers there, by seed."""
    for trained in train_networks(task):
        networks = trained
    lists = np.broadcast_to(draw_lists(task.length), (task.length, task.seeds, FRESH))
    right = (read_lists(networks, lists, at_the_end=True).odds[-1, ..., 0, :].argmax(-1) == lists[0]).mean(-1)
    return {
        "words": task.length,
        "steps": task.steps,
        "batch": task.batch,
        "right": [round(float(share), 3) for share in right],
    }


def measure_way_back() -> dict[str, Any]:
    """Before training, asked at the end: how long the gradient at each earlier state is, the last one being 1."""
    task = Task(length=FARTHEST + 1, steps=0, seeds=5, batch=0, at_the_end=True)
    networks = {name: array.astype(np.float64) for name, array in draw_networks(task).items()}
    lists = np.broadcast_to(draw_lists(task.length), (task.length, task.seeds, FRESH))
    reading = read_lists(networks, lists, task.at_the_end)
    on_states, _ = send_back(networks, reading.states, find_blame(task, lists, reading, networks))
    lengths = np.sqrt((on_states**2).sum(-1)).mean(-1)[::-1]
    return {
        "steps back": DISTANCES,
        "left": [[float(f"{share:.3g}") for share in row] for row in (lengths / lengths[0])[list(DISTANCES)].T],
    }


def verify_memory() -> list[str]:
    """What in the committed file does not follow from its weights: nothing, if all is well."""
    kept, wrong = json.loads(FILE.read_text("utf-8")), []
    for network in kept["networks"]:
        where, blob = f"{NAME}: {network['name']}", b64decode(network["weights"])
        if sha256(blob).hexdigest() != network["sha256"]:
            wrong.append(f"{where}: weights have another sha256")
        found = json.loads(json.dumps(measure_network(read_weights(blob, network["tensors"]))))
        wrong += [
            f"{where}: {difference}" for key, value in found.items() for difference in compare(network[key], value, key)
        ]
    back = json.loads(json.dumps(measure_way_back()))
    return wrong + compare(kept["on the way back"], back, f"{NAME}: on the way back")
