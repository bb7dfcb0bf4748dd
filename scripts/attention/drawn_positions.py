"""Draws the pictures of the lesson on positions: hands, waves, dot products, dials, and what enters a transformer.

`python -m scripts.attention.drawn_positions` does it, in the environment of the tests.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from html import escape
from itertools import groupby
from math import atan2, cos, degrees, pi, radians, sin, sqrt
from pathlib import Path

from lessons.widgets.tokenizer.encoding import Vocabulary
from lessons.widgets.tokenizer.rows import TOP as ONE
from lessons.widgets.tokenizer.rows import read_rows
from scripts.attention.drawing import write_drawings

Vector = tuple[float, ...]

ROOT = Path(__file__).parents[2]
MODULE = ROOT / "lessons/transformers/positions"
DATA = ROOT / "lessons/data/tokenizer"
TEXT = "The animal didn't cross the street"
FOCUS = 1
"""The token that is framed: "animal"."""
WORD = (2.0, 2.0, 1.0, 0.0)
"""The embedding of "animal" in the lesson, with its invented fourth entry."""
STEP, QUERY, KEY = 30, (1.0, 2.0), (2.0, 0.0)
"""Degrees for each position, the query of "cross", and the key that both nouns have."""
WIDTH = 358
"""Pixels of the text column of a phone."""
LEFT, ACROSS = 11, 42
"""Pixels left of the columns of the chain, and of one of them."""
PAPER, INK, MUTED, LINE = "#FCFBF8", "#1F2328", "#57606A", "#8A8577"
BLUE, BROWN, GREEN = "#1F5FBF", "#A8431E", "#1A6B3C"


def encode(position: int, width: int) -> Vector:
    """The sinusoids of a position: for each pair, the sine and the cosine of its angle."""
    return tuple(wave(position / 10_000 ** (pair / width)) for pair in range(0, width, 2) for wave in (sin, cos))


def dot(one: Vector, other: Vector) -> float:
    return sum(x * y for x, y in zip(one, other, strict=True))


def turn(arrow: Vector, angle: float) -> Vector:
    (x, y), a = arrow, radians(angle)
    return x * cos(a) - y * sin(a), x * sin(a) + y * cos(a)


def draw_clocks() -> str:
    """Four hands of eight entries, at a few positions: the tip is the sine to the right and the cosine up."""
    positions, width, radius = (0, 1, 2, 3, 10, 100), 8, 21
    left, top, across, down = 62, 44, 49, 52
    lines = [_write(8, 18, "position", weight=600)]
    lines += [
        _write(left + place * across + 25, 18, str(position), "middle", weight=600)
        for place, position in enumerate(positions)
    ]
    lines.append(_write(8, 40, "positions per turn", fill=MUTED, size=12))
    for hand in range(width // 2):
        y = top + hand * down + 26
        around = 2 * pi * 10_000 ** (2 * hand / width)
        lines.append(_write(8, y + 5, f"{around:,.1f}" if around < 10 else f"{around:,.0f}", fill=MUTED))
        for place, position in enumerate(positions):
            x = left + place * across + 25
            across_tip, up = encode(position, width)[2 * hand : 2 * hand + 2]
            tip = f"{x + radius * across_tip:.1f} {y - radius * up:.1f}"
            lines.append(f'<circle cx="{x}" cy="{y}" r="{radius}" fill="#FFFFFF" stroke="{LINE}"/>')
            lines.append(
                f'<path id="hand-{hand}-{position}" d="M{x} {y}L{tip}" stroke="{BLUE}" stroke-width="2.5" '
                'stroke-linecap="round"/>'
            )
    return _frame("Four clock hands of different speed at six positions", top + 4 * down + 8, lines)


def draw_waves() -> str:
    """The encodings of the first 64 positions, 16 entries each: every row of cells is one wave."""
    positions, width, side, high_side, left, top = 64, 16, 4.7, 10, 48, 30
    table = [encode(position, width) for position in range(positions)]
    runs: dict[tuple[str, float], list[str]] = {}
    for entry in range(width):
        shades = [_shade(vector[entry], 1, 8) for vector in table]
        start = 0
        for shade, group in groupby(shades):
            length = len(list(group))
            if shade[1]:
                y = top + (entry + 0.5) * high_side
                runs.setdefault(shade, []).append(f"M{left + start * side:.1f} {y:.1f}h{length * side:.1f}")
            start += length
    lines = [_write(left, 18, "position", weight=600)]
    lines += [
        f'<path d="{"".join(marks)}" stroke="{color}" stroke-opacity="{opacity:.2f}" stroke-width="{high_side}" '
        'shape-rendering="crispEdges"/>'
        for (color, opacity), marks in sorted(runs.items())
    ]
    high, wide = width * high_side, positions * side
    lines.append(f'<rect x="{left}" y="{top}" width="{wide:.1f}" height="{high:.1f}" fill="none" stroke="{LINE}"/>')
    lines += [
        _write(round(left + (position + 0.5) * side), round(top + high) + 16, str(position), "middle", fill=MUTED)
        for position in range(0, positions, 10)
    ]
    lines += [
        _write(8, top + 12, "quick", fill=MUTED, size=13),
        _write(8, round(top + high) - 4, "slow", fill=MUTED, size=13),
    ]
    return _frame("A table of waves, 64 positions of 16 entries", round(top + high) + 26, lines)


def draw_products() -> str:
    """Dot products of the encodings of eight positions, with four entries each. Distance 2 is framed."""
    count, left, top, across, down, framed = 8, 26, 40, 41, 27, 2
    lines = [
        _write(left + count * across // 2, 16, "position", "middle", weight=600),
        *(_write(left + place * across + 20, 34, str(place), "middle", fill=MUTED) for place in range(count)),
        *(_write(18, top + place * down + 18, str(place), "end", fill=MUTED) for place in range(count)),
    ]
    frames = []
    for row in range(count):
        for column in range(count):
            product = dot(encode(row, 4), encode(column, 4))
            x, y = left + column * across, top + row * down
            place = f'x="{x}" y="{y}" width="{across}" height="{down}"'
            color, opacity = _shade(product, 2, 10, 0.45)
            lines.append(f'<rect {place} fill="{color}" fill-opacity="{opacity:.2f}" stroke="{LINE}"/>')
            lines.append(_write(x + 20, y + 18, f"{product:.3f}", "middle", size=13, name=f"product-{row}-{column}"))
            if abs(row - column) == framed:
                frames.append(f'<rect {place} fill="none" stroke="{BROWN}" stroke-width="2.5"/>')
    return _frame("Dot products of sinusoids", top + count * down + 8, [*lines, *frames])


def draw_sums() -> str:
    """The embedding of "animal" and the encoding of its place, entry by entry, in both sentences."""
    left, across, down = 96, 64, 28
    lines, y = [], 8
    for position in (1, 5):
        place = encode(position, len(WORD))
        for name, label, vector, weight in (
            ("word", "“animal”", WORD, 0),
            ("place", f"+ position {position}", place, 0),
            ("sum", "= sum", tuple(a + b for a, b in zip(WORD, place, strict=True)), 600),
        ):
            lines.append(_write(8, y + 19, label, weight=weight))
            for entry, number in enumerate(vector):
                color, opacity = _shade(number, 3, 12, 0.45)
                at = f'x="{left + entry * across}" y="{y}" width="{across}" height="{down}"'
                lines.append(f'<rect {at} fill="{color}" fill-opacity="{opacity:.2f}" stroke="{LINE}"/>')
                shown, middle = _minus(f"{number:.3f}"), left + entry * across + across // 2
                lines.append(_write(middle, y + 19, shown, "middle", weight=weight, name=f"{name}-{position}-{entry}"))
            y += down
        y += 14
    return _frame("One word at two positions", y - 6, lines)


DIALS: Mapping[str, tuple[str, int, int]] = {
    "plain": ("not turned", 0, 0),
    "before": ("positions 1 and 3", 1, 3),
    "on": ("positions 2 and 4", 2, 4),
    "swapped": ("positions 5 and 3", 5, 3),
}
"""Of each dial its title, and the positions of "animal" and "cross"."""


def draw_dials() -> str:
    """The key of "animal" and the query of "cross" on four dials with a tick for each position."""
    lines = _draw_legend()
    for number, name in enumerate(DIALS):
        lines += _draw_dial(name, 90 + number % 2 * 178, 134 + number // 2 * 216, 66)
    return _frame("The same two arrows on four dials", 462, lines)


def draw_sheet() -> str:
    """Three of the dials, side by side, for the cheatsheet."""
    lines = _draw_legend()
    for number, name in enumerate(("before", "on", "swapped")):
        lines += _draw_dial(name, 61 + number * 118, 108, 46)
    return _frame("The same two arrows on three dials", 202, lines)


def _draw_legend() -> list[str]:
    lines = [
        "<defs>",
        *(
            f'<marker id="tip-{kind}" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="10" markerHeight="10" '
            f'markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0L10 5L0 10z" fill="{color}"/></marker>'
            for kind, color in (("key", BROWN), ("query", BLUE))
        ),
        "</defs>",
    ]
    for x, kind, color, what in ((14, "key", BROWN, "key of “animal”"), (184, "query", BLUE, "query of “cross”")):
        lines.append(_draw_arrow(f"M{x} 16h36", color, kind))
        lines.append(_write(x + 44, 21, what, size=13))
    return lines


def _draw_dial(name: str, x: int, y: int, ring: int) -> list[str]:
    title, animal, cross = DIALS[name]
    scale, tick_from = ring * 0.4, ring * 0.9
    key, query = turn(KEY, STEP * animal), turn(QUERY, STEP * cross)
    lines = [_write(x, y - ring - 12, title, "middle", size=13, weight=600)]
    lines.append(f'<circle cx="{x}" cy="{y}" r="{ring}" fill="#FFFFFF" stroke="{LINE}"/>')
    ticks = (turn((1, 0), STEP * tick) for tick in range(360 // STEP))
    marks = "".join(
        f"M{x + tick_from * a:.1f} {y - tick_from * b:.1f}L{x + ring * a:.1f} {y - ring * b:.1f}" for a, b in ticks
    )
    lines.append(f'<path d="{marks}" stroke="{LINE}"/>')
    begin, end = (degrees(atan2(arrow[1], arrow[0])) for arrow in (key, query))
    between = (end - begin) % 360
    swept = between if between <= 180 else between - 360
    lines.append(_draw_arc(x, y, begin, swept))
    for kind, arrow, color in (("key", key, BROWN), ("query", query, BLUE)):
        tip = f"{x + scale * arrow[0]:.1f} {y - scale * arrow[1]:.1f}"
        lines.append(_draw_arrow(f"M{x} {y}L{tip}", color, kind, f"{name}-{kind}"))
    lines.append(_write(x, y + ring + 20, f"{abs(swept):.0f}° apart", "middle", size=13, fill=MUTED))
    score = dot(query, key)
    return [
        *lines,
        _write(x, y + ring + 38, f"score {_minus(f'{score:.3f}')}", "middle", weight=700, name=f"{name}-score"),
    ]


def _draw_arrow(path: str, color: str, kind: str, name: str = "") -> str:
    """The key is dashed, so that nobody needs the color."""
    extra = (' stroke-dasharray="6 4"' if kind == "key" else "") + (f' id="{name}"' if name else "")
    return f'<path d="{path}" stroke="{color}" stroke-width="2.5" marker-end="url(#tip-{kind})"{extra}/>'


def _draw_arc(x: int, y: int, begin: float, swept: float) -> str:
    radius = 20
    (a, b), (c, d) = (turn((radius, 0), angle) for angle in (begin, begin + swept))
    turned = int(swept < 0)
    return (
        f'<path d="M{x + a:.1f} {y - b:.1f}A{radius} {radius} 0 0 {turned} {x + c:.1f} {y - d:.1f}" fill="none" '
        f'stroke="{GREEN}" stroke-width="2"/>'
    )


def cut_text(text: str) -> list[tuple[str, int, Vector]]:
    """The tokens of a text in the vocabulary of the course, with ids, and with rows times the root of their width."""
    vocabulary = Vocabulary(json.loads((DATA / "vocabulary.json").read_text("utf-8"))["merges"])
    vectors = json.loads((DATA / "vectors.json").read_text("utf-8"))
    rows, root = read_rows(vectors["width"], vectors["rows"]), sqrt(vectors["width"])
    ids = vocabulary.list_steps(text.encode())[-1].ids
    return [
        (vocabulary.tokens[token].decode().strip(), token, tuple(root * number / ONE for number in rows.find(token)))
        for token in ids
    ]


def draw_chain() -> str:
    """A text on its way into a transformer: tokens, ids, rows of the table, waves, and their sums."""
    tokens = cut_text(TEXT)
    words = [row for _, _, row in tokens]
    width = len(words[0])
    places = [encode(position, width) for position in range(len(words))]
    sums = [tuple(a + b for a, b in zip(*pair, strict=True)) for pair in zip(words, places, strict=True)]
    top = max(abs(number) for vector in (*words, *places, *sums) for number in vector)
    lines = [
        _write(LEFT, 20, "text", fill=MUTED, size=13),
        _write(179, 40, TEXT.replace("'", "’"), "middle", size=16),
        _write(LEFT, 66, "tokens", fill=MUTED, size=13),
        _write(LEFT, 116, "ids", fill=MUTED, size=13),
    ]
    for place, (token, number, _) in enumerate(tokens):
        x = LEFT + place * ACROSS
        lines.append(f'<rect x="{x}" y="73" width="{ACROSS - 2}" height="24" rx="3" fill="#FFFFFF" stroke="{LINE}"/>')
        lines.append(_write(x + 20, 89, token.replace("'", "’"), "middle", size=12))
        lines.append(_write(x + 20, 134, str(number), "middle", size=13, name=f"id-{place}"))
    y = 160
    for sign, title, name, grid in (
        ("", "rows of the embedding table, times √8", "row", words),
        ("+", "positions 0 to 7, as waves", "place", places),
        ("=", "what enters the first layer", "sum", sums),
    ):
        lines.append(_write(LEFT, y, f"{sign} {title}".strip(), size=13, fill=INK if sign == "=" else MUTED))
        lines += _draw_grid(grid, name, y + 8, top)
        y += 8 + 13 * width + 24
    return _frame("From a text to what enters a transformer", y - 12, lines)


def _draw_grid(columns: Iterable[Vector], name: str, y: int, top: float) -> list[str]:
    """One column of cells for each vector; that of one token is framed."""
    lines = []
    for place, vector in enumerate(columns):
        cells = []
        for entry, number in enumerate(vector):
            color, opacity = _shade(number, top, 24)
            at = f'x="{LEFT + place * ACROSS}" y="{y + entry * 13}" width="{ACROSS - 2}" height="13"'
            cells.append(f'<rect {at} fill="{color}" fill-opacity="{opacity:.2f}"/>')
        lines.append(f'<g id="{name}-{place}">{"".join(cells)}</g>')
        outline = f'x="{LEFT + place * ACROSS}" y="{y}" width="{ACROSS - 2}" height="{13 * len(vector)}"'
        stroke = f'stroke="{INK}" stroke-width="2.5"' if place == FOCUS else f'stroke="{LINE}"'
        lines.append(f'<rect {outline} fill="none" {stroke}/>')
    return lines


def _shade(number: float, top: float, levels: int, darkest: float = 0.9) -> tuple[str, float]:
    """Blue above zero and brown below, the stronger, the farther from it."""
    level = round(abs(number) / top * levels)
    return BLUE if number > 0 else BROWN, round(level / levels * darkest, 2)


def _write(
    x: int,
    y: int,
    text: str,
    anchor: str = "start",
    *,
    fill: str = INK,
    size: int = 14,
    weight: int = 0,
    name: str = "",
) -> str:
    extra = (f' font-weight="{weight}"' if weight else "") + (f' id="{name}"' if name else "")
    return f'<text x="{x}" y="{y}" font-size="{size}" text-anchor="{anchor}" fill="{fill}"{extra}>{escape(text)}</text>'


def _minus(number: str) -> str:
    return number.replace("-", "−")


def _frame(title: str, height: int, lines: Iterable[str]) -> str:
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" '
            f'height="{height}" role="img" font-family="Figtree, system-ui, sans-serif">',
            f"<title>{title}</title>",
            f'<rect width="{WIDTH}" height="{height}" rx="6" fill="{PAPER}"/>',
            *lines,
            "</svg>",
            "",
        ]
    )


PICTURES: Mapping[Path, Callable[[], str]] = {
    MODULE / "clock-hands.svg": draw_clocks,
    MODULE / "waves.svg": draw_waves,
    MODULE / "one-word-two-places.svg": draw_sums,
    MODULE / "same-diagonals.svg": draw_products,
    MODULE / "from-text-to-vectors.svg": draw_chain,
    MODULE / "turned-arrows.svg": draw_dials,
    ROOT / "cheatsheets/transformers/positions.svg": draw_sheet,
}

if __name__ == "__main__":
    write_drawings(PICTURES)
