"""Makes the pictures of one patch of a photograph: where its strongest horizontal edge lies, and the pixels there."""

import re
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw
from scripts.attention.wheel import CHELSEA, fetch_wheel

Numbers = np.ndarray
FOLDER = Path(__file__).parents[2] / "lessons/deep-learning/the-deep-learning-era"
PHOTO, PATCH = FOLDER / "tabby.jpg", FOLDER / "patch.svg"
SIDE, WALL = 6, (410, 100)
"""Pixels in a patch each way, and where the patch of the blurred background begins."""


def author_tabby() -> None:
    photo = Image.open(fetch_wheel(CHELSEA) / CHELSEA.weights).convert("RGB")
    gray = np.asarray(photo.convert("L")).astype(int)
    (x, y), patch = find_edge(gray)
    marked = photo.copy()
    pen = ImageDraw.Draw(marked)
    for left, top in ((x, y), WALL):
        for grown, color in ((3, "black"), (2, "white"), (1, "white")):
            pen.rectangle((left - grown, top - grown, left + SIDE + grown - 1, top + SIDE + grown - 1), outline=color)
    marked.save(PHOTO, quality=80, optimize=True)
    PATCH.write_text(draw_patches(patch, cut_patch(gray, *WALL)), encoding="utf-8")


def cut_patch(gray: Numbers, x: int, y: int) -> Numbers:
    return gray[y : y + SIDE, x : x + SIDE]


def score_edge(patch: Numbers) -> float:
    """How much brighter the upper half is than the lower one, on average."""
    return float(patch[: SIDE // 2].mean() - patch[SIDE // 2 :].mean())


def find_edge(gray: Numbers) -> tuple[tuple[int, int], Numbers]:
    """The place in the whole photograph at which the score is farthest from zero, and its patch."""
    places = [(x, y) for y in range(gray.shape[0] - SIDE + 1) for x in range(gray.shape[1] - SIDE + 1)]
    place = max(places, key=lambda place: abs(score_edge(cut_patch(gray, *place))))
    return place, cut_patch(gray, *place)


def draw_patches(*patches: Numbers) -> str:
    """Two grids of pixels side by side with their numbers, and the line between upper and lower half."""
    cell, parts = 29, []
    for patch, left in zip(patches, (0, 184), strict=True):
        for (row, column), level in np.ndenumerate(patch):
            x, y, ink = left + column * cell, 4 + row * cell, "#FEFEFE" if level < 128 else "#000000"
            shade = f"#{int(level):02x}{int(level):02x}{int(level):02x}"
            parts.append(f'<path d="M{x} {y}h{cell}v{cell}h-{cell}z" fill="{shade}"/>')
            parts.append(f'<text x="{x + cell / 2:g}" y="{y + 19}" fill="{ink}">{level}</text>')
        parts.append(f'<path d="M{left} {4 + SIDE // 2 * cell}h{SIDE * cell}" stroke="#A8431E" stroke-width="3"/>')
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 358 184" width="358" height="184" role="img" '
        'font-family="Figtree, system-ui, sans-serif" font-size="12" text-anchor="middle">\n'
        "<title>The pixels of two patches</title>\n" + "\n".join(parts) + "\n</svg>\n"
    )


def read_patches(drawing: str) -> list[list[int]]:
    """The numbers that stand in the drawing, by patch."""
    numbers = [int(number) for number in re.findall(r">(\d+)</text>", drawing)]
    return [numbers[: SIDE**2], numbers[SIDE**2 :]]


def verify_tabby() -> list[str]:
    gray = np.asarray(Image.open(fetch_wheel(CHELSEA) / CHELSEA.weights).convert("L")).astype(int)
    found = [patch.flatten().tolist() for patch in (find_edge(gray)[1], cut_patch(gray, *WALL))]
    return [] if read_patches(PATCH.read_text("utf-8")) == found else ["tabby: other pixels than those drawn"]
