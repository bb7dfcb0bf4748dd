"""Writes and verifies `lessons/data/models/sequence-memory.json`: two small recurrent networks and what they recall."""

import json
import platform
import time
from base64 import b64decode, b64encode
from hashlib import sha256
from typing import Any

import torch
from scripts.attention.comparing import compare
from scripts.attention.golden import round_all
from scripts.attention.memory import (
    BATCH,
    LENGTH,
    RATE,
    SEED,
    STEPS,
    TASKS,
    WIDTH,
    WORDS,
    list_wanted,
    read_lists,
    train_network,
)
from scripts.attention.models import FOLDER, write_json
from scripts.attention.packing import pack_weights, read_weights
from scripts.attention.training import Weights

NAME = "sequence-memory"
FILE = FOLDER / f"{NAME}.json"
FRESH_SEED, FRESH, FARTHEST = 2026, 1000, 40
OTHER_SEEDS, DISTANCES = (2, 3), (0, 1, 2, 3, 4, 6, 8, 12, 20, 40)
EXAMPLES = (
    ("keys", "hall", "cabinet", "lamp", "door", "book", "cup", "hall", "cabinet"),
    ("coat", "coat", "keys", "coat"),
)


def author_memory() -> None:
    begin = time.process_time()
    networks = []
    for name, ago in TASKS.items():
        blob, table = pack_weights(train_network(ago))
        weights = read_weights(blob, table)
        others = [read_weights(*pack_weights(train_network(ago, seed))) for seed in OTHER_SEEDS]
        networks.append(
            {
                "name": name,
                "says": list_said(ago),
                "parameters": sum(tensor.numel() for tensor in weights.values()),
                **measure_network(weights),
                "other seeds": [
                    {"seed": seed, "first": pick_distances(measure_network(other)["accuracy"]["first"])}
                    for seed, other in zip(OTHER_SEEDS, others, strict=True)
                ],
                "tensors": table,
                "sha256": sha256(blob).hexdigest(),
                "weights": b64encode(blob).decode(),
            }
        )
    data = {
        "name": NAME,
        "about": "Two Elman networks of one size, trained on lists of random words. One says the first word; the other "
        "says the two words before as well.",
        "licence": "MIT",
        "source": "Trained for this course; its lists are drawn at random.",
        "config": {"width": WIDTH, "length": LENGTH},
        "vocabulary": WORDS,
        "made": {
            "with": f"scripts/author-attention {NAME}",
            "seed": SEED,
            "steps": STEPS,
            "batch": BATCH,
            "rate": RATE,
            "lists": STEPS * BATCH,
            "seconds": round(time.process_time() - begin),
            "versions": {"python": platform.python_version(), "torch": torch.__version__},
        },
        "measured": {"seed": FRESH_SEED, "lists": FRESH, "farthest": FARTHEST},
        "networks": networks,
    }
    FILE.write_text(write_json(data), encoding="utf-8")


def pick_distances(shares: list[float]) -> dict[str, float]:
    return {str(distance): shares[distance] for distance in DISTANCES}


def list_said(ago: tuple[int, ...]) -> list[str]:
    return ["first", *(f"{steps} ago" for steps in ago)]


@torch.no_grad()
def measure_network(weights: Weights) -> dict[str, Any]:
    """The share of right answers: of the first word by how far back it is, of others over all steps."""
    dice = torch.Generator().manual_seed(FRESH_SEED)
    lists = torch.randint(len(WORDS), (FRESH, FARTHEST + 1), generator=dice)
    accuracy: dict[str, Any] = {}
    for said, scores in read_lists(weights, lists).scores.items():
        wanted = list_wanted(said, lists)
        right = ((scores.argmax(-1) == wanted) & (wanted >= 0)).double()
        by_step = [round(share, 3) for share in right.mean(0).tolist()]
        accuracy[said] = by_step if said == "first" else round(right.sum().item() / (wanted >= 0).sum().item(), 3)
    golden = []
    for words in EXAMPLES:
        reading = read_lists(weights, torch.tensor([[WORDS.index(word) for word in words]]))
        golden.append(
            {
                "words": words,
                "state": round_all(reading.states[0, -1]),
                "scores": {said: round_all(scores[0, -1]) for said, scores in reading.scores.items()},
            }
        )
    return {"accuracy": accuracy, "golden": golden}


def verify_memory() -> list[str]:
    """What in the committed file does not follow from its weights: nothing, if all is well."""
    wrong = []
    for network in json.loads(FILE.read_text("utf-8"))["networks"]:
        where, blob = f"{NAME}: {network['name']}", b64decode(network["weights"])
        if sha256(blob).hexdigest() != network["sha256"]:
            wrong.append(f"{where}: weights have another sha256")
        found = json.loads(json.dumps(measure_network(read_weights(blob, network["tensors"]))))
        wrong += [
            f"{where}: {difference}" for key, value in found.items() for difference in compare(network[key], value, key)
        ]
    return wrong
