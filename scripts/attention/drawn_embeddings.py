"""Draws the figures of the lesson on embeddings: from its invented table, a counted one and a trained one.

`python -m scripts.attention.drawn_embeddings` does it, in the environment of the course.
"""

import json
from collections.abc import Callable, Sequence
from math import acos, degrees, hypot, sin
from pathlib import Path

from lessons.widgets.tokenizer.encoding import Vocabulary
from lessons.widgets.tokenizer.rows import TOP, Rows, read_rows
from lessons.widgets.transformer import read_model
from scripts.attention.drawing import (
    ACCENT,
    BLUE,
    INK,
    LINE,
    MARGIN,
    MUTED,
    TINT,
    frame,
    write,
    write_drawings,
)

ROOT = Path(__file__).parents[2]
TOKENIZER, WORLD = ROOT / "lessons/data/tokenizer", ROOT / "lessons/data/models/world.json"
MODULE = ROOT / "lessons/transformers/embeddings"
SENTENCE = "The animal didn't cross the street because it was too tired."
TABLE: dict[str, tuple[int, ...]] = {
    "animal": (2, 2, 1),
    "dog": (1, 2, 2),
    "it": (-1, 2, 2),
    "road": (2, -2, 1),
    "street": (6, -2, 3),
}
"""The invented table of the lesson."""
COMPARED = ("cat", "dog", "fox", "street", "bridge", "hill", "tired", "wide", "deep")

Vector = Sequence[float]


def dot(one: Vector, other: Vector) -> float:
    return sum(left * right for left, right in zip(one, other, strict=True))


def measure_cosine(one: Vector, other: Vector) -> float:
    return dot(one, other) / (hypot(*one) * hypot(*other))


def read_counted() -> tuple[Vocabulary, Rows]:
    """The vocabulary counted in the text of this course, and a row of numbers for each of its tokens."""
    vocabulary = json.loads((TOKENIZER / "vocabulary.json").read_text("utf-8"))
    vectors = json.loads((TOKENIZER / "vectors.json").read_text("utf-8"))
    return Vocabulary(vocabulary["merges"]), read_rows(vectors["width"], vectors["rows"])


def read_trained() -> dict[str, Vector]:
    """The embeddings of the mini-world model, by word."""
    model = read_model(json.loads(WORLD.read_text("utf-8")))
    return dict(zip(model.words, model.weights.matrices["word"], strict=True))


def draw_strip() -> str:
    """The ids of the sentence, the rows that they pick, and the vectors; "it" in the color of the accent."""
    vocabulary, rows = read_counted()
    ids = vocabulary.list_steps(SENTENCE.encode())[-1].ids
    size = len(vocabulary.tokens)
    top, step, left, right, cell = 72, 23, 148, 190, 16
    height = step * len(ids)
    lines = [
        *_draw_chain(20),
        write(MARGIN, 60, "tokens", fill=MUTED),
        write(112, 60, "ids", anchor="end", fill=MUTED),
        write((left + right) / 2, 60, "table", anchor="middle", fill=MUTED),
        write(216, 60, "vectors", fill=MUTED),
        f'<rect x="{left}" y="{top}" width="{right - left}" height="{height - 3}" fill="#FFFFFF" stroke="{LINE}"/>',
    ]
    texts = [vocabulary.tokens[token].decode() for token in ids]
    for at in sorted(range(len(ids)), key=lambda at: texts[at] == " it"):
        is_it = texts[at] == " it"
        y = top + at * step + 10
        place = f"{top + (height - 3) * ids[at] / size:.1f}"
        look = f'stroke="{ACCENT}" stroke-width="2.5"' if is_it else f'stroke="{MUTED}" stroke-opacity="0.6"'
        lines += [
            write(MARGIN, y + 5, texts[at].strip(), weight=700 if is_it else 0),
            write(112, y + 5, str(ids[at]), anchor="end", weight=700 if is_it else 0),
            f'<path d="M116 {y}L{left} {place}H{right}L214 {y}" fill="none" {look}/>',
            f'<g id="row-{at}">',
            *(
                f'<rect x="{216 + place * cell}" y="{y - 9}" width="{cell}" height="18" {_shade(number / TOP)}/>'
                for place, number in enumerate(rows.find(ids[at]))
            ),
            "</g>",
        ]
    it = top + texts.index(" it") * step + 10
    outline = f'<rect x="216" y="{it - 9}" width="{rows.width * cell}" height="18" fill="none" stroke="{ACCENT}"'
    lines += [
        f'{outline} stroke-width="2.5"/>',
        write((left + right) / 2, top + height + 14, f"{size:,} rows", 13, anchor="middle", fill=MUTED),
        write(216 + rows.width * cell / 2, top + height + 14, f"{rows.width} numbers", 13, anchor="middle", fill=MUTED),
    ]
    return frame("Each id picks a row of the table, and that row is the vector of its token", top + height + 26, lines)


def draw_lookup(*, wordy: bool = True) -> str:
    """A row of zeros with a single 1, times the table, is a row of the table."""
    cell = 26
    one_hot = [int(token == "it") for token in TABLE]
    x, top = (10, 166, 270), 46 if wordy else 34
    middle = top + 2 * cell
    lines = [
        write(x[0], top - 12, "one-hot vector of “it”", fill=MUTED),
        write(x[1] + 1.5 * cell, top - 12, "table", anchor="middle", fill=MUTED),
        write(x[2] + 1.5 * cell, top - 12, "row 2", anchor="middle", fill=MUTED),
        *_draw_row("one-hot", x[0], middle, cell, one_hot),
        write((x[0] + 5 * cell + x[1]) / 2, middle + 18, "×", 16, anchor="middle"),
        write((x[1] + 3 * cell + x[2]) / 2, middle + 18, "=", 16, anchor="middle"),
    ]
    for place, (token, row) in enumerate(TABLE.items()):
        lines += _draw_row(f"row-{token}", x[1], top + place * cell, cell, row)
    product = [int(dot(one_hot, column)) for column in zip(*TABLE.values(), strict=True)]
    lines += _draw_row("product", x[2], middle, cell, product)
    for left in (x[1], x[2]):
        lines.append(
            f'<rect x="{left}" y="{middle}" width="{3 * cell}" height="{cell}" fill="none" stroke="{ACCENT}" '
            'stroke-width="2.5"/>'
        )
    if wordy:
        y = top + 5 * cell + 24
        column = [row[1] for row in TABLE.values()]
        lines.append(write(10, y, "second entry, down the second column:", 13, fill=MUTED))
        terms = " + ".join(f"{weight}·{_sign(number)}" for weight, number in zip(one_hot, column, strict=True))
        lines.append(write(10, y + 22, f"{terms} = {product[1]}".replace("·−2", "·(−2)")))
    return frame(
        "A one-hot vector times the embedding table is a row of the table",
        top + 5 * cell + (60 if wordy else 12),
        lines,
    )


def draw_angles() -> str:
    """Each token at its true angle to "animal" and with its true length."""
    start, unit = (134.0, 246.0), 29.0
    sides = {"animal": 0, "street": 1, "road": 1, "dog": -1, "it": -1}
    colors = {"street": ACCENT, "dog": BLUE}
    lines = ["<defs>"]
    for name, color in (("ink", INK), ("accent", ACCENT), ("blue", BLUE)):
        lines.append(
            f'<marker id="tip-{name}" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="9" markerHeight="9" '
            f'markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0 L10 5 L0 10 z" fill="{color}"/></marker>'
        )
    lines += ["</defs>", f'<path d="M{start[0]:g} {start[1]:g} H340" stroke="{MUTED}" stroke-dasharray="2 5"/>']
    animal = TABLE["animal"]
    for token, side in sides.items():
        row, color = TABLE[token], colors.get(token, INK)
        tip = {INK: "ink", ACCENT: "accent", BLUE: "blue"}[color]
        x = start[0] + unit * dot(row, animal) / hypot(*animal)
        y = start[1] - side * unit * hypot(*row) * sin(acos(min(1, measure_cosine(row, animal))))
        width = 3 if token in colors else 2
        lines.append(
            f'<path id="arrow-{token}" d="M{start[0]:g} {start[1]:g} L{x:.1f} {y:.1f}" stroke="{color}" '
            f'stroke-width="{width}" marker-end="url(#tip-{tip})"/>'
        )
        if token in colors:
            lines.append(
                f'<path id="shadow-{token}" d="M{x:.1f} {y:.1f} V{start[1]:g}" stroke="{color}" stroke-width="1.5" '
                'stroke-dasharray="5 4"/>'
            )
    for token, x, y, anchor in (
        ("street", 230, 52, "end"),
        ("road", 134, 150, "end"),
        ("dog", 220, 302, "start"),
        ("it", 180, 332, "start"),
    ):
        row = TABLE[token]
        text = f"{token}: {degrees(acos(measure_cosine(row, animal))):.0f}°, length {hypot(*row):g}"
        lines.append(write(x, y, text, 14, anchor="" if anchor == "start" else anchor, fill=colors.get(token, INK)))
    lines.append(write(346, 263, "animal: length 3", 14, anchor="end"))
    for token, y in (("street", 196), ("dog", 284)):
        shadow = dot(TABLE[token], animal) / hypot(*animal)
        text = f"{shadow:.2f} · 3 = {dot(TABLE[token], animal)}"
        lines.append(write(248 if token == "street" else 220, y, text, 14, fill=colors[token]))
    return frame('Each token at its true angle to "animal" and with its true length', 346, lines)


def draw_cosines() -> str:
    """Each of nine words of the trained table compared with each."""
    table = read_trained()
    left, top, cell = 62, 60, 31
    lines = []
    for at, word in enumerate(COMPARED):
        x, y = left + at * cell + cell / 2 + 5, top - 8
        lines.append(
            f'<text x="{x:g}" y="{y}" font-size="14" fill="{INK}" transform="rotate(-90 {x:g} {y})">{word}</text>'
        )
        lines.append(write(left - 6, top + at * cell + 20, word, anchor="end"))
        lines.append(f'<g id="cosines-{word}">')
        for place, other in enumerate(COMPARED):
            cosine = measure_cosine(table[word], table[other])
            x, y = left + place * cell, top + at * cell
            lines.append(f'<rect x="{x}" y="{y}" width="{cell}" height="{cell}" {_shade(cosine)}/>')
            lines.append(write(x + cell / 2, y + 20, _short(cosine), 12, anchor="middle"))
        lines.append("</g>")
    for first, last in ((0, 3), (3, 6), (6, 9)):
        lines.append(
            f'<rect x="{left + first * cell}" y="{top + first * cell}" width="{(last - first) * cell}" '
            f'height="{(last - first) * cell}" fill="none" stroke="{INK}" stroke-width="2"/>'
        )
    return frame("The cosine similarity of nine words in a trained table", top + cell * len(COMPARED) + 14, lines)


def _short(number: float) -> str:
    return (
        f"{number:.2f}".replace("-0.00", "0")
        .replace("0.00", "0")
        .replace("1.00", "1")
        .replace("0.", ".")
        .replace("-", "−")
    )


def _sign(number: float) -> str:
    return f"{number:g}".replace("-", "−")


def _shade(number: float, most: float = 1) -> str:
    """Blue above zero and brown below; the stronger, the larger."""
    share = min(1, abs(number) / most)
    if share < 0.02:
        return f'fill="#FFFFFF" stroke="{LINE}"'
    return f'fill="{BLUE if number > 0 else ACCENT}" fill-opacity="{0.1 + 0.5 * share:.2f}" stroke="{LINE}"'


def _draw_row(name: str, x: float, y: float, cell: int, row: Sequence[int]) -> list[str]:
    lines = [f'<g id="{name}">']
    for place, number in enumerate(row):
        left = x + place * cell
        lines.append(f'<rect x="{left:g}" y="{y:g}" width="{cell}" height="{cell}" {_shade(number, 6)}/>')
        lines.append(write(left + cell / 2, y + 18, _sign(number), anchor="middle"))
    return [*lines, "</g>"]


def _draw_chain(y: float) -> list[str]:
    """Text, tokens, ids, vectors, positions; this lesson goes from ids to vectors."""
    lines, x = [], float(MARGIN)
    for name, width, here in (
        ("text", 44, False),
        ("tokens", 62, False),
        ("ids", 40, True),
        ("vectors", 64, True),
        ("positions", 72, False),
    ):
        look = f'fill="{TINT}" stroke="{ACCENT}"' if here else f'fill="none" stroke="{LINE}" stroke-dasharray="4 3"'
        lines.append(f'<rect x="{x}" y="{y - 10}" width="{width}" height="24" rx="12" {look}/>')
        lines.append(write(x + width / 2, y + 7, name, 13, anchor="middle", fill=INK if here else MUTED))
        x += width
        if name != "positions":
            lines.append(
                f'<path d="M{x + 2} {y + 2}h8m-4 -3l4 3l-4 3" fill="none" stroke="{MUTED}" stroke-width="1.2"/>'
            )
        x += 12
    return lines


DRAWINGS: dict[Path, Callable[[], str]] = {
    MODULE / "ids-to-vectors.svg": draw_strip,
    MODULE / "one-hot-times-table.svg": draw_lookup,
    MODULE / "angles-from-animal.svg": draw_angles,
    MODULE / "cosines-of-nine-words.svg": draw_cosines,
    ROOT / "cheatsheets/transformers/embeddings.svg": lambda: draw_lookup(wordy=False),
}


if __name__ == "__main__":
    write_drawings(DRAWINGS)
