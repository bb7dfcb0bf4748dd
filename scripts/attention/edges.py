"""Makes the picture of one photograph and three of its feature maps."""

from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont
from scripts.attention.wheel import CHELSEA, fetch_wheel

Numbers = np.ndarray
PICTURE = Path(__file__).parents[2] / "lessons/deep-learning/convolution/photo-and-maps.jpg"
SIDE, CORNER, GAP = 224, (112, 40), 2
"""Pixels of the photograph each way, where they begin in Chelsea's, and what stands between two pictures."""
LABEL = 26
"""Pixels each way of the corner that holds a picture's letter."""
VERTICAL = np.array([[-1, 0, 1]] * 3)
MIDDLE, CONTRAST = 128, 0.6
"""The gray that stands for 0 in a map, and how many levels a unit of its numbers moves it."""


def author_edges() -> None:
    photo = read_photo()
    vertical, horizontal = convolve(photo, VERTICAL), convolve(photo, VERTICAL.T)
    board = Image.new("L", (2 * SIDE + GAP, 2 * SIDE + GAP), 0)
    shown = (photo, shade(vertical), shade(horizontal), shade(np.maximum(vertical, 0)))
    for number, levels in enumerate(shown):
        place = (number % 2 * (SIDE + GAP), number // 2 * (SIDE + GAP))
        board.paste(Image.fromarray(levels.astype(np.uint8)), place)
        write_letter(board, place, "abcd"[number])
    board.save(PICTURE, quality=82, optimize=True)


def write_letter(board: Image.Image, place: tuple[int, int], letter: str) -> None:
    x, y = place
    draw = ImageDraw.Draw(board)
    draw.rectangle((x, y, x + LABEL, y + LABEL), fill=255)
    draw.text((x + LABEL / 2, y + LABEL / 2), letter, fill=0, font=ImageFont.load_default(22), anchor="mm")


def read_photo() -> Numbers:
    x, y = CORNER
    gray = np.asarray(Image.open(fetch_wheel(CHELSEA) / CHELSEA.weights).convert("L"))
    return gray[y : y + SIDE, x : x + SIDE].astype(int)


def convolve(image: Numbers, kernel: Numbers) -> Numbers:
    """The feature map, as large as the image, which is framed by its own outermost pixels."""
    framed = np.pad(image, 1, mode="edge")
    side = len(image)
    shifted = [
        kernel[row, column] * framed[row : row + side, column : column + side]
        for row in range(3)
        for column in range(3)
    ]
    return np.sum(shifted, axis=0)


def shade(numbers: Numbers) -> Numbers:
    """Gray levels: the middle for 0, brighter above, darker below."""
    return np.clip(MIDDLE + CONTRAST * numbers, 0, 255).round()


def verify_edges() -> list[str]:
    """Whether the photograph in the picture is that of the wheel, up to what a JPEG loses."""
    drawn = np.asarray(Image.open(PICTURE).convert("L"))[LABEL + 1 : SIDE, :SIDE].astype(int)
    return (
        [] if np.abs(drawn - read_photo()[LABEL + 1 :]).mean() < 4 else ["edges: another photograph than the one drawn"]
    )
