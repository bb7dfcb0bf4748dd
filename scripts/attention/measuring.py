"""What a trained model can do, and what its heads do: counted on fresh questions."""

import random
from collections.abc import Callable, Collection, Iterator, Mapping
from types import MappingProxyType

import torch
from scripts.attention.letters import ask_induction, ask_reverse
from scripts.attention.question import Question
from scripts.attention.training import Head, Shape, Weights, pack_rows, run_model
from scripts.attention.world import ask_world, tell_fit, tell_unseen, tell_who

ASK: Mapping[str, Callable[[random.Random], Question]] = {
    "reverse": ask_reverse,
    "induction-1": ask_induction,
    "induction-2": ask_induction,
    "world": ask_world,
}
FRESH_SEED, FRESH = 2026, 1000
HEADS_SEED, FOR_HEADS = 2027, 300
Figures = dict[str, float]


def name_head(layer: int, head: int) -> str:
    return f"L{layer + 1}H{head + 1}"


def draw_fresh(name: str, count: int = FRESH) -> list[Question]:
    """Questions that every measurement of this model uses; none of them was drawn for its training."""
    dice = random.Random(FRESH_SEED)
    return [ASK[name](dice) for _ in range(count)]


@torch.no_grad()
def answer(
    shape: Shape,
    weights: Weights,
    questions: list[Question],
    heads: Collection[Head] = (),
    links: Mapping[Head, torch.Tensor] = MappingProxyType({}),
) -> tuple[torch.Tensor, torch.Tensor, list[torch.Tensor]]:
    """Wanted words by number, the odds of every word, weights of attention."""
    rows, wanted = pack_rows(shape, questions)
    logits, attention = run_model(shape, weights, rows, heads, links)
    return wanted, logits.softmax(-1), attention


def measure_answers(shape: Shape, weights: Weights, questions: list[Question]) -> dict[str, Figures]:
    """By kind of question: how many answers were wanted, and the share that was right."""
    wanted, odds, _ = answer(shape, weights, questions)
    right = odds.argmax(-1) == wanted
    measured = {}
    for kind in sorted({question.kind for question in questions}):
        here = torch.tensor([question.kind == kind for question in questions])
        asked = (wanted[here] >= 0).sum().item()
        measured[kind] = {"answers": asked, "right": round(right[here].sum().item() / asked, 4)}
    return measured


def measure_reverse(shape: Shape, weights: Weights) -> list[dict[str, object]]:
    """How much the one head gives, where an answer is wanted, to the place of the letter that is the answer."""
    dice = random.Random(HEADS_SEED)
    _, _, attention = answer(shape, weights, [ask_reverse(dice) for _ in range(FOR_HEADS)])
    rows = attention[0][:, 0, 8:, :]
    goals = torch.arange(7, -1, -1)
    return [
        {
            "head": "L1H1",
            "to the answer": round(rows[:, range(8), goals].mean().item(), 3),
            "most to the answer": round((rows.argmax(-1) == goals).double().mean().item(), 3),
        }
    ]


def measure_induction(shape: Shape, weights: Weights) -> list[dict[str, object]]:
    """A head: its weight on the place before, in the first round; on places right after the same letter, later on."""
    dice = random.Random(HEADS_SEED)
    questions = [ask_induction(dice) for _ in range(FOR_HEADS)]
    _, _, attention = answer(shape, weights, questions)
    found: list[dict[str, object]] = []
    for layer, head in ((layer, head) for layer in range(shape.layers) for head in range(shape.heads)):
        before, after = [], []
        for rows, question in zip(attention[layer][:, head], questions, strict=True):
            period = min(question.answers)
            before += [rows[place, place - 1].item() for place in range(1, period)]
            after += [
                sum(rows[at, to].item() for to in range(1, at + 1) if question.words[to - 1] == question.words[at])
                for at in question.answers
            ]
        figures = {"to the place before": sum(before) / len(before), "to what came after": sum(after) / len(after)}
        found.append({"head": name_head(layer, head), **{key: round(number, 3) for key, number in figures.items()}})
    return found


def measure_world(shape: Shape, weights: Weights) -> list[dict[str, object]]:
    """A head and kind of question: where the last word looks in it, and what becomes of the answers when it is cut."""
    found: list[dict[str, object]] = []
    for tell in (tell_unseen, tell_fit, tell_who):
        dice = random.Random(HEADS_SEED)
        found += measure_kind(shape, weights, [ask_world(dice, tell) for _ in range(FOR_HEADS)])
    return found


def measure_kind(shape: Shape, weights: Weights, questions: list[Question]) -> Iterator[dict[str, object]]:
    wanted, odds, attention = answer(shape, weights, questions)
    every, longest = torch.arange(len(questions)), wanted.shape[1]
    lasts = torch.tensor([max(question.answers) for question in questions])
    goals = wanted[every, lasts]
    answers = mark_words(questions, [question.answers[max(question.answers)] for question in questions], longest)
    others = mark_words(questions, [question.other for question in questions], longest)

    def weigh(odds: torch.Tensor, end: str = "") -> Figures:
        last = odds[every, lasts]
        right, chance = (last.argmax(-1) == goals).double().mean().item(), last[every, goals].mean().item()
        return {f"right{end}": round(right, 3), f"chance{end}": round(chance, 3)}

    links = torch.zeros(len(questions), longest, longest, dtype=torch.bool)
    links[every, lasts] = answers
    for layer, head in ((layer, head) for layer in range(shape.layers) for head in range(shape.heads)):
        rows = attention[layer][every, head, lasts]
        _, without, _ = answer(shape, weights, questions, heads={(layer, head)})
        _, unlinked, _ = answer(shape, weights, questions, links={(layer, head): links})
        yield {
            "head": name_head(layer, head),
            "kind": questions[0].kind,
            "to the answer": round((rows * answers).sum(1).mean().item(), 3),
            "to the other": round((rows * others).sum(1).mean().item(), 3),
            **weigh(odds),
            **weigh(without, " without the head"),
            **weigh(unlinked, " without its link to the answer"),
        }


def mark_words(questions: list[Question], words: list[str], longest: int) -> torch.Tensor:
    """True where a question has this word: [questions, longest]."""
    return torch.tensor(
        [
            [place < len(question.words) and question.words[place] == word for place in range(longest)]
            for question, word in zip(questions, words, strict=True)
        ]
    )
