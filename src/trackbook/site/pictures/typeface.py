"""Text in pictures, in the site's own type: which signs it can write, how wide they are, where lines break."""

import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby
from pathlib import Path

from PIL import ImageDraw
from PIL.ImageFont import FreeTypeFont, truetype

from trackbook.site.theme import find_theme

_FONTS = ("figtree-latin-wght-normal-*.woff2", "card-latin-ext.woff2")
_NOWHERE = "\U0010fffd"
"""A code that no font has a sign for."""


def find_fonts() -> list[Path]:
    """The theme's type for headings, and the signs of it that pages leave out."""
    return [path for name in _FONTS for path in sorted((find_theme() / "assets").glob(name))]


class Typeface:
    """One size and weight of a variable font that is cut into several files. Widths are pixels."""

    def __init__(self, files: Sequence[Path], size: int, weight: int) -> None:
        self.size = size
        self._fonts = [_load_font(file, size, weight) for file in files]

    def can_write(self, text: str) -> bool:
        return all(font is not None for font, _ in self._split(text))

    def measure(self, text: str) -> float:
        return sum(font.getlength(piece) for font, piece in self._split(text) if font)

    def write(self, pen: ImageDraw.ImageDraw, x: float, baseline: float, text: str, color: str) -> None:
        for font, piece in self._split(text):
            if font:
                pen.text((x, baseline), piece, color, font, anchor="ls")
                x += font.getlength(piece)

    def break_lines(self, text: str, width: float) -> list[str]:
        """The text in lines no wider than `width`, broken between words, and inside one that is wider itself."""
        lines = [""]
        for word in text.split():
            longer = f"{lines[-1]} {word}".strip()
            if self.measure(longer) <= width:
                lines[-1] = longer
            else:
                lines += self._break_word(word, width)
        return [line for line in lines if line]

    def _break_word(self, word: str, width: float) -> list[str]:
        if self.measure(word) <= width:
            return [word]
        pieces, left = [""], width
        for sign in word:
            left -= self.measure(sign)
            if left < 0 and pieces[-1]:
                pieces.append("")
                left = width - self.measure(sign)
            pieces[-1] += sign
        return pieces

    def balance_lines(self, text: str, width: float) -> list[str]:
        """The same number of lines as `break_lines` makes, but as even in length as they can be."""
        lines = self.break_lines(text, width)
        while width > self.size and len(even := self.break_lines(text, width - self.size / 4)) == len(lines):
            lines, width = even, width - self.size / 4
        return lines

    def shorten(self, text: str, width: float) -> str:
        """The text, its end replaced by an ellipsis where it is wider than `width`."""
        if self.measure(text) <= width:
            return text
        while text and self.measure(f"{text}…") > width:
            text = text[:-1].rstrip()
        return f"{text}…"

    def _split(self, text: str) -> Iterator[tuple[FreeTypeFont | None, str]]:
        """The pieces of the text with the font that has their signs; None where none has."""
        signs = unicodedata.normalize("NFC", " ".join(text.split()))
        for font, piece in groupby(signs, self._find_font):
            yield font, "".join(piece)

    def _find_font(self, sign: str) -> FreeTypeFont | None:
        return next((font for font in self._fonts if sign.isspace() or _has_sign(font, sign)), None)


@cache
def _load_font(file: Path, size: int, weight: int) -> FreeTypeFont:
    font = truetype(str(file), size)
    font.set_variation_by_axes([weight])
    return font


@cache
def _has_sign(font: FreeTypeFont, sign: str) -> bool:
    return font.getmask(sign).getbbox() is not None and bytes(font.getmask(sign)) != bytes(font.getmask(_NOWHERE))
