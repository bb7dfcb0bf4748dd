"""The drawing of a social card: the site's sign, the track's name, and its line with a station for each lesson."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw

from trackbook.publishing.social import CardLine, SocialCard
from trackbook.site.pictures.icons import draw_icon
from trackbook.site.pictures.lettering import Lettering

WIDTH, HEIGHT = 1200, 630
_PAPER, _TEXT, _MUTED, _ACCENT = "#fcfbf8", "#1f2328", "#57606a", "#a8431e"
HUES = ("#1f5fbf", "#1a6b3c", "#6b3fa0", "#8a5300", "#1f5fbf", _ACCENT, "#0d6670", "#1a6b3c", "#6b3fa0", "#8a5300")
"""The hue of a track by the last digit of its number, as tokens.css has it for the light theme."""

_MARGIN = 80
_INSIDE = WIDTH - 2 * _MARGIN
_SIGN = 60
_TITLE_TOP, _TITLE_TOP_ALONE = 230, 160
_TITLE_SIZES = range(108, 40, -4)
_LEADING = 1.15
_MOST_LINES = 6
_LINE_GAP = 44
_FINENESS = 4
"""Circles are drawn this much larger and averaged, so that edges are smooth."""


def draw_card(card: SocialCard, fonts: Sequence[Path]) -> bytes:
    """The card as a PNG. Texts that the fonts can't write are left out; the track's number stands for its title."""
    sheet = _Sheet(card.direction)
    hue = _ACCENT if card.number is None else HUES[card.number % 10]
    sheet.pen.rectangle((0, 0, WIDTH, 15), hue)
    sheet.paste_sign(64)
    over, place = Lettering(fonts, 34, 600), Lettering(fonts, 38, 650)
    sheet.write(over, [over.shorten(card.over, _INSIDE - _SIGN - 20)], 106, _MUTED, indent=_SIGN + 20)
    lines = card.lines[:_MOST_LINES]
    first_line = HEIGHT - 72 - _LINE_GAP * (len(lines) - 1)
    known = place.can_write(card.title)
    top = _TITLE_TOP_ALONE if card.number is None else _TITLE_TOP
    title, wrapped = _fit_title(card.title if known else str(card.number or ""), fonts, first_line - 50 - top)
    sheet.write(title, wrapped, top + title.size * 0.9, _TEXT if known else hue)
    sheet.write(place, [card.place if known else ""], 206, hue)
    for row, line in enumerate(lines):
        sheet.draw_line(line, first_line + _LINE_GAP * row, 17 if len(lines) == 1 else 12)
    file = BytesIO()
    sheet.image.save(file, "PNG")
    return file.getvalue()


def _fit_title(text: str, fonts: Sequence[Path], height: float) -> tuple[Lettering, list[str]]:
    """The largest type in which the text fits; in the smallest, its end is cut off."""
    for size in _TITLE_SIZES:
        lettering = Lettering(fonts, size, 700)
        lines = lettering.break_lines(text, _INSIDE)
        most = int(height / (size * _LEADING))
        if len(lines) <= min(most, 3):
            return lettering, lettering.balance_lines(text, _INSIDE)
    most = max(1, most)
    if len(lines) > most:
        lines[most - 1 :] = [lettering.shorten(" ".join(lines[most - 1 :]), _INSIDE)]
    return lettering, lines


class _Sheet:
    """A picture whose texts and lines begin at the side where readers begin."""

    def __init__(self, direction: str) -> None:
        self.image = Image.new("RGB", (WIDTH, HEIGHT), _PAPER)
        self.pen = ImageDraw.Draw(self.image)
        self.direction = direction

    def place(self, distance: float, width: float) -> int:
        """The left edge of what stands `distance` from the beginning of a line."""
        return round(distance if self.direction == "ltr" else WIDTH - distance - width)

    def paste_sign(self, top: int) -> None:
        sign = Image.open(BytesIO(draw_icon("icon-192.png"))).resize((_SIGN, _SIGN), Image.Resampling.BOX)
        self.image.paste(sign, (self.place(_MARGIN, _SIGN), top), sign)

    def write(self, type_: Lettering, lines: Iterable[str], baseline: float, color: str, *, indent: float = 0) -> None:
        for line in lines:
            if type_.can_write(line):
                x = self.place(_MARGIN + indent, type_.measure(line))
                type_.write(self.pen, x, baseline, line, color)
            baseline += type_.size * _LEADING

    def draw_line(self, line: CardLine, y: int, radius: float) -> None:
        """A station is full where its lesson is written, and a ring where it is planned."""
        fine = Image.new("RGB", (WIDTH * _FINENESS, _LINE_GAP * _FINENESS), _PAPER)
        pen = ImageDraw.Draw(fine)
        hue, middle = HUES[line.number % 10], _LINE_GAP * _FINENESS / 2
        gap = min(150, (_INSIDE - 2 * radius) / max(1, len(line.stations) - 1))
        radius = min(radius, gap * 0.36)
        stops = [self.place(_MARGIN + radius + gap * n, 0) * _FINENESS for n in range(len(line.stations))]
        outer, inner = radius * _FINENESS, radius * 0.6 * _FINENESS
        pen.line([(stops[0], middle), (stops[-1], middle)], hue, round(inner))
        for x, written in zip(stops, line.stations, strict=True):
            for size, color in ((outer, hue), (inner, hue if written else _PAPER)):
                pen.ellipse((x - size, middle - size, x + size, middle + size), color)
        self.image.paste(fine.resize((WIDTH, _LINE_GAP), Image.Resampling.BOX), (0, y - _LINE_GAP // 2))
