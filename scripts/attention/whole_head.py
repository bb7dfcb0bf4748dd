"""Draws one head of MiniLM whole: what every token of a sentence takes from every token, as a grid of shades."""

import json
from base64 import b64decode
from html import escape
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
DATA = ROOT / "lessons/data/attention/minilm.json"
DRAWING = ROOT / "lessons/deep-learning/attention-in-brief/whole-head.svg"
SENTENCE = "animal-tired"
CELL, LEFT, TOP = 17, 82, 66
"""Pixels each way of a cell, and what stands left of the grid and above it."""


def author_whole_head() -> None:
    DRAWING.write_text(draw_head(), encoding="utf-8")


def verify_whole_head() -> list[str]:
    drawn = DRAWING.read_text("utf-8") if DRAWING.exists() else ""
    return [] if drawn == draw_head() else ["whole-head: other weights than those drawn"]


def read_head() -> tuple[list[str], int, list[list[int]]]:
    """The tokens, the place of the one that is looked from, and the rows of the shown head, in 255ths."""
    data: dict[str, Any] = json.loads(DATA.read_text("utf-8"))
    sentence = next(one for one in data["sentences"] if one["id"] == SENTENCE)
    count = len(sentence["tokens"])
    layer, head = (int(number) - 1 for number in sentence["shown"].removeprefix("L").split("H"))
    begin = (layer * data["heads"] + head) * count**2
    weights = b64decode(sentence["attention"])[begin : begin + count**2]
    return sentence["tokens"], sentence["focus"], [list(weights[row * count :][:count]) for row in range(count)]


def draw_head() -> str:
    tokens, focus, rows = read_head()
    side, parts = len(tokens) * CELL, []
    for number, token in enumerate(tokens):
        own = 'font-weight="700" fill="#A8431E"' if number == focus else 'fill="#1F2328"'
        x, y = LEFT + number * CELL, TOP + number * CELL
        parts.append(f'<text x="{LEFT - 6}" y="{y + 13}" text-anchor="end" {own}>{escape(token)}</text>')
        parts.append(
            f'<text transform="translate({x + 13} {TOP - 6}) rotate(-90)" fill="#1F2328">{escape(token)}</text>'
        )
    parts.append(f'<rect x="{LEFT}" y="{TOP}" width="{side}" height="{side}" fill="none" stroke="#CFCABC"/>')
    for row, weights in enumerate(rows):
        for column, weight in enumerate(weights):
            if weight:
                place = f'x="{LEFT + column * CELL}" y="{TOP + row * CELL}" width="{CELL}" height="{CELL}"'
                parts.append(f'<rect {place} fill="#A8431E" fill-opacity="{weight / 255:.3f}"/>')
    y = TOP + focus * CELL
    parts.append(
        f'<rect x="{LEFT - 1}" y="{y - 1}" width="{side + 2}" height="{CELL + 2}" fill="none" stroke="#1F2328" '
        'stroke-width="2"/>'
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 358 {TOP + side + 4}" width="358" '
        f'height="{TOP + side + 4}" role="img" font-family="Figtree, system-ui, sans-serif" font-size="14">\n'
        "<title>All the weights of one head for one sentence</title>\n" + "\n".join(parts) + "\n</svg>\n"
    )
