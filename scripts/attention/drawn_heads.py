"""Draws four heads of MiniLM on one sentence, for the lesson on multi-head attention.

`python -m scripts.attention.drawn_heads` does it, with Python alone.
"""

import json
from base64 import b64decode
from html import escape
from pathlib import Path
from statistics import mean
from typing import Any

ROOT = Path(__file__).parents[2]
DATA = ROOT / "lessons/data/attention/minilm.json"
PICTURE = ROOT / "lessons/transformers/multi-head-attention/four-heads.svg"
SENTENCE = "boy-girl-he"
SIDE, LEFT, TOP, GAP, FOOT = 12, 46, 68, 14, 36
"""Pixels of a cell, left of the first table, above it, between two of them, and of the scale below."""
SCALE = (0.1, 0.25, 0.5, 0.75, 1)
INK, LINE, ACCENT = "#1F2328", "#8A8577", "#A8431E"

Table = list[list[float]]


def read_heads(sentence: dict[str, Any]) -> list[Table]:
    """The tables of all heads, in the order of layers and heads: from each token, to each."""
    size, numbers = len(sentence["tokens"]), b64decode(sentence["attention"])
    rows = [[one / 255 for one in numbers[at : at + size]] for at in range(0, len(numbers), size)]
    return [rows[at : at + size] for at in range(0, len(rows), size)]


def find_largest(data: dict[str, Any], offset: int | None) -> int:
    """The head that gives most, over all sentences, to the token so many places on; without a number, to [CLS]."""
    given: list[list[float]] = [[] for _ in range(data["layers"] * data["heads"])]
    for sentence in data["sentences"]:
        for number, head in enumerate(read_heads(sentence)):
            for word in range(1, len(sentence["tokens"]) - 1):
                given[number].append(head[word][0 if offset is None else word + offset])
    return max(range(len(given)), key=lambda number: mean(given[number]))


def draw_heads() -> str:
    data = json.loads(DATA.read_text("utf-8"))
    sentence = next(one for one in data["sentences"] if one["id"] == SENTENCE)
    layer, head = (int(one) for one in sentence["shown"].removeprefix("L").split("H"))
    shown = (layer - 1) * data["heads"] + head - 1
    panels = {
        "the token before": find_largest(data, -1),
        "the token after": find_largest(data, 1),
        "[CLS]": find_largest(data, None),
        "“he”: “boy”": shown,
    }
    tables = read_heads(sentence)
    tokens = [f"({token})" if token == "." else token for token in sentence["tokens"]]
    size = SIDE * len(tokens)
    width, height = LEFT + 2 * size + GAP + 1, 2 * (TOP + size) + GAP + FOOT
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        'role="img" font-family="Figtree, system-ui, sans-serif" font-size="12">',
        "<title>Four heads of a real model on one sentence</title>",
    ]
    for place, (title, number) in enumerate(panels.items()):
        x, y = LEFT + place % 2 * (size + GAP), TOP + place // 2 * (TOP + size + GAP)
        name = f"L{number // data['heads'] + 1}H{number % data['heads'] + 1}"
        lines.append(_write(x, y - 52, f"{title}, {name}", weight=600))
        lines += _draw_words(tokens, x, y, beside=place % 2 == 0)
        lines += _draw_table(tables[number], x, y, sentence["focus"])
        if number == shown:
            lines.append(_ring(x + sentence["candidates"][0] * SIDE, y + sentence["focus"] * SIDE))
    return "\n".join([*lines, *_draw_scale(height - SIDE - 5), "</svg>", ""])


def _draw_scale(y: int) -> list[str]:
    """What a shade stands for, below the tables."""
    lines = [f'<text x="{LEFT}" y="{y + 11}" fill="{INK}">weight</text>']
    for place, weight in enumerate(SCALE):
        x = LEFT + 52 + 50 * place
        cell = f'x="{x}" y="{y}" width="{SIDE}" height="{SIDE}"'
        lines.append(f'<rect {cell} fill="{INK}" fill-opacity="{weight}" stroke="{LINE}"/>')
        lines.append(f'<text x="{x + SIDE + 4}" y="{y + 11}" fill="{INK}">{weight:g}</text>')
    return lines


def _ring(x: int, y: int) -> str:
    return f'<rect x="{x}" y="{y}" width="{SIDE}" height="{SIDE}" fill="none" stroke="{ACCENT}" stroke-width="2.5"/>'


def _draw_words(tokens: list[str], x: int, y: int, *, beside: bool) -> list[str]:
    """The tokens above a table, and those beside it, where it is the left one."""
    lines = []
    for place, token in enumerate(tokens):
        middle = place * SIDE + 10
        lines.append(
            f'<text transform="translate({x + middle} {y - 4}) rotate(-90)" fill="{INK}">{escape(token)}</text>'
        )
        if beside:
            lines.append(f'<text x="{x - 4}" y="{y + middle}" text-anchor="end" fill="{INK}">{escape(token)}</text>')
    return lines


def _draw_table(table: Table, x: int, y: int, focus: int) -> list[str]:
    lines, size = [], SIDE * len(table)
    for row, weights in enumerate(table):
        for column, weight in enumerate(weights):
            if weight >= 0.01:
                place = f'x="{x + column * SIDE}" y="{y + row * SIDE}" width="{SIDE}" height="{SIDE}"'
                lines.append(f'<rect {place} fill="{INK}" fill-opacity="{weight:.2f}"/>')
    lines.append(f'<rect x="{x}" y="{y}" width="{size}" height="{size}" fill="none" stroke="{LINE}"/>')
    place = f'x="{x}" y="{y + focus * SIDE}" width="{size}" height="{SIDE}"'
    return [*lines, f'<rect {place} fill="none" stroke="{ACCENT}" stroke-width="1.5"/>']


def _write(x: int, y: int, text: str, weight: int) -> str:
    return f'<text x="{x}" y="{y}" font-size="13" font-weight="{weight}" fill="{INK}">{escape(text)}</text>'


if __name__ == "__main__":
    PICTURE.write_text(draw_heads(), encoding="utf-8")
