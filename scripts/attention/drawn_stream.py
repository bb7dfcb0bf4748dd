"""Draws the stream of a word on its way up through the mini-world GPT, for the lesson on the transformer block.

`python -m scripts.attention.drawn_stream` does it, with Python alone.
"""

import json
from collections.abc import Iterator
from math import hypot
from pathlib import Path

from lessons.widgets.transformer import Model, Vector, foretell, read_model, run_model

ROOT = Path(__file__).parents[2]
DATA = ROOT / "lessons/data/models/world.json"
PICTURE = ROOT / "lessons/transformers/transformer-block/stream-of-the.svg"
STORY = "<end> the cat did not cross the street because it was too wide . what was too wide ? the"
"""What the model reads; the stream is that of the last word."""
SIDE, LEFT, HEIGHT, ROW = 7, 11, 16, 42
"""Pixels: the width of a cell, left of the first one, the height of a strip, and from one strip to the next."""
INK, SOFT, LINE, MORE, LESS = "#1F2328", "#57606A", "#8A8577", "#1F5FBF", "#A8431E"

Stop = tuple[str, Vector]
"""What has just been added, and the stream after it."""


def read_world() -> Model:
    return read_model(json.loads(DATA.read_text("utf-8")))


def list_stops(model: Model) -> list[Stop]:
    """The stream of the last word, from what comes in to what goes out of the last block."""
    run = run_model(model, map(model.words.index, STORY.split()))
    stops = [("word and position", run.embedded[-1])]
    for number, layer in enumerate(run.layers, 1):
        stops.append((f"block {number}: attention", layer.middle[-1]))
        stops.append((f"block {number}: feed-forward", layer.after[-1]))
    return stops


def find_likeliest(model: Model, stream: Vector) -> tuple[str, float]:
    """The word that the model would say if the stream went from here straight to the end, and its chance."""
    (odds,) = foretell(model, [stream])
    chance = max(odds)
    return model.words[odds.index(chance)], chance


def compare(one: Vector, other: Vector) -> float:
    """Their cosine similarity."""
    return sum(a * b for a, b in zip(one, other, strict=True)) / (hypot(*one) * hypot(*other))


def draw_stream() -> str:
    model = read_world()
    stops = list_stops(model)
    most = max(abs(number) for _, stream in stops for number in stream)
    width, height = 2 * LEFT + SIDE * model.width, ROW * len(stops) + 10
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        'role="img" font-family="Figtree, system-ui, sans-serif" font-size="13">',
        "<title>The stream of one word, from the bottom to the top of a small model</title>",
        f'<rect width="{width}" height="{height}" rx="6" fill="#FCFBF8"/>',
    ]
    for place, (name, stream) in enumerate(reversed(stops)):
        y = place * ROW + 22
        word, chance = find_likeliest(model, stream)
        lines.append(f'<text x="{LEFT}" y="{y}" fill="{INK}">{name}</text>')
        says = f"would say “{word}” {100 * chance:.1f}%"
        lines.append(f'<text x="{width - LEFT}" y="{y}" text-anchor="end" fill="{SOFT}">{says}</text>')
        lines += _draw_strip(stream, y + 5, most)
    return "\n".join([*lines, "</svg>", ""])


def _draw_strip(stream: Vector, y: int, most: float) -> Iterator[str]:
    """A cell for each number: the larger it is, the stronger its color."""
    for place, number in enumerate(stream):
        shade = f'fill="{MORE if number > 0 else LESS}" fill-opacity="{abs(number) / most:.2f}"'
        yield f'<rect x="{LEFT + place * SIDE}" y="{y}" width="{SIDE}" height="{HEIGHT}" {shade}/>'
    yield (f'<rect x="{LEFT}" y="{y}" width="{SIDE * len(stream)}" height="{HEIGHT}" fill="none" stroke="{LINE}"/>')


if __name__ == "__main__":
    PICTURE.write_text(draw_stream(), encoding="utf-8")
