"""Writes and verifies `lessons/data/models`: one JSON a model, with its weights and all there is to know about them."""

import json
import platform
import time
from base64 import b64decode, b64encode
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import torch
from scripts.attention.comparing import compare
from scripts.attention.golden import run_examples
from scripts.attention.measuring import (
    FOR_HEADS,
    FRESH,
    FRESH_SEED,
    HEADS_SEED,
    draw_fresh,
    measure_answers,
    measure_induction,
    measure_reverse,
    measure_world,
)
from scripts.attention.packing import pack_weights, read_weights
from scripts.attention.recipes import RECIPES
from scripts.attention.training import Recipe, Shape, Weights, train

FOLDER = Path(__file__).parents[2] / "lessons" / "data" / "models"
ABOUT = {
    "reverse": "Says eight letters backwards. One layer, one head, no feed-forward part.",
    "induction-1": "Goes on with a row of letters that repeats itself. One layer: it cannot.",
    "induction-2": "Goes on with a row of letters that repeats itself. Two layers: it can.",
    "world": "The mini-world GPT: short stories from a grammar of our own, and questions about them.",
}
MEASURE: dict[str, Callable[[Shape, Weights], list[dict[str, object]]]] = {
    "reverse": measure_reverse,
    "induction-1": measure_induction,
    "induction-2": measure_induction,
    "world": measure_world,
}


def author_model(name: str) -> None:
    """Trains the model and writes its file."""
    recipe, begin = RECIPES[name], time.process_time()
    weights = train(recipe)
    seconds = round(time.process_time() - begin)
    blob, table = pack_weights(weights)
    made = {
        "with": f"scripts/author-attention {name}",
        "seed": recipe.seed,
        "steps": recipe.steps,
        "batch": recipe.batch,
        "rate": recipe.rate,
        "questions": recipe.stock or recipe.steps * recipe.batch,
        "seconds": seconds,
        "versions": {"python": platform.python_version(), "torch": torch.__version__},
    }
    write_model(name, recipe, blob, table, made)


def write_model(
    name: str, recipe: Recipe, blob: bytes, table: list[dict[str, object]], made: dict[str, object]
) -> None:
    shape = recipe.shape
    data = {
        "name": name,
        "about": ABOUT[name],
        "licence": "MIT",
        "source": "Trained for this course; its questions and stories are made by our own rules.",
        "config": {
            "layers": shape.layers,
            "heads": shape.heads,
            "width": shape.width,
            "feed": shape.feed,
            "context": shape.context,
            "tied": shape.is_tied,
            "parameters": sum(
                len(tensor) if tensor.dim() == 1 else tensor.numel() for tensor in read_weights(blob, table).values()
            ),
        },
        "vocabulary": shape.words,
        "made": made,
        **measure_model(name, shape, read_weights(blob, table)),
        "tensors": table,
        "sha256": sha256(blob).hexdigest(),
        "weights": b64encode(blob).decode(),
    }
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / f"{name}.json").write_text(write_json(data), encoding="utf-8")


def measure_model(name: str, shape: Shape, weights: Weights) -> dict[str, Any]:
    """All figures of a file that follow from its weights."""
    heads = MEASURE[name](shape, weights)
    shown = choose_head(name, heads)
    return {
        "accuracy": {
            "seed": FRESH_SEED,
            "questions": FRESH,
            "kinds": measure_answers(shape, weights, draw_fresh(name)),
        },
        "heads": {"seed": HEADS_SEED, "questions": FOR_HEADS, "shown": shown, "measured": heads},
        "golden": run_examples(name, shape, weights, read_head(shown)),
    }


def choose_head(name: str, heads: list[dict[str, Any]]) -> str:
    """The head to show first: of the mini-world, the one without which the fewest new pairs are answered right."""
    if name == "world":
        heads = [head for head in heads if head["kind"] == "what was too, new pair"]
        return str(min(heads, key=lambda head: (head["right without the head"], -head["to the answer"]))["head"])
    key = "to the answer" if name == "reverse" else "to what came after"
    return str(max(heads, key=lambda head: head[key])["head"])


def read_head(name: str) -> tuple[int, int]:
    layer, head = name.removeprefix("L").split("H")
    return int(layer) - 1, int(head) - 1


def verify_model(name: str) -> list[str]:
    """What in the committed file does not follow from its weights: nothing, if all is well."""
    recipe, data = RECIPES[name], json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    blob = b64decode(data["weights"])
    wrong = [] if sha256(blob).hexdigest() == data["sha256"] else [f"{name}: weights have another sha256"]
    found = json.loads(json.dumps(measure_model(name, recipe.shape, read_weights(blob, data["tensors"]))))
    return wrong + [
        f"{name}: {difference}" for key, value in found.items() for difference in compare(data[key], value, key)
    ]


def write_json(data: dict[str, Any]) -> str:
    """One line for each key at the top, and for each entry of a list of things."""
    lines = []
    for key, value in data.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            inside = ",\n  ".join(dump(entry) for entry in value)
            lines.append(f"{dump(key)}: [\n  {inside}\n]")
        else:
            lines.append(f"{dump(key)}: {dump(value)}")
    return "{\n" + ",\n".join(lines) + "\n}\n"


def dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
