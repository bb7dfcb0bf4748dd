"""A few readings of each model, kept with it: browser and build must find the same numbers."""

from dataclasses import dataclass

import torch
from scripts.attention.measuring import name_head
from scripts.attention.training import Head, Shape, Weights, run_model

STORY = "<end> the cat did not cross the street because it was too {0} . what was too {0} ? the"
WHO = "<end> tom met anna . she found the ball . who found the ball ?"
PLACE_OF_CAT = 2


@dataclass(frozen=True)
class Example:
    words: tuple[str, ...]
    cut_head: bool = False
    cut_link: int | None = None
    """The place to which the shown head may not look from the last word."""


EXAMPLES: dict[str, tuple[Example, ...]] = {
    "reverse": (Example(tuple("TRANSFER>REFSN")), Example(tuple("ZZABCXYQ>"))),
    "induction-1": (Example(tuple("QWERTYUIOPAQWERTY")),),
    "induction-2": (Example(tuple("QWERTYUIOPAQWERTY")), Example(tuple("CATCATCA"))),
    "world": (
        Example(tuple(STORY.format("tired").split())),
        Example(tuple(STORY.format("wide").split())),
        Example(tuple(WHO.split())),
        Example(tuple(STORY.format("tired").split()), cut_head=True),
        Example(tuple(STORY.format("tired").split()), cut_link=PLACE_OF_CAT),
    ),
}


@torch.no_grad()
def run_examples(name: str, shape: Shape, weights: Weights, shown: Head) -> list[dict[str, object]]:
    """For each: words, what is cut, and of the last place each head's weights and the score of each word."""
    index = {word: number for number, word in enumerate(shape.words)}
    kept = []
    for example in EXAMPLES[name]:
        words = tuple(example.words)
        links = {}
        if example.cut_link is not None:
            links[shown] = torch.zeros(1, len(words), len(words), dtype=torch.bool)
            links[shown][0, -1, example.cut_link] = True
        rows = torch.tensor([[index[word] for word in words]])
        logits, attention = run_model(shape, weights, rows, {shown} if example.cut_head else (), links)
        cut: dict[str, object] = {}
        if example.cut_head:
            cut = {"head": name_head(*shown)}
        elif example.cut_link is not None:
            cut = {"head": name_head(*shown), "from": len(words) - 1, "to": example.cut_link}
        weights_of = {
            name_head(layer, head): round_all(attention[layer][0, head, -1])
            for layer in range(shape.layers)
            for head in range(shape.heads)
        }
        kept.append({"words": words, "cut": cut, "attention": weights_of, "logits": round_all(logits[0, -1])})
    return kept


def round_all(numbers: torch.Tensor) -> list[float]:
    return [round(number, 6) for number in numbers.tolist()]
