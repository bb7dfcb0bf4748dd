"""Pictures that links to the site are shown with: its sign, a track's name, its line with a station for each lesson.

They are drawn at build time, and kept until what they show changes.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from functools import partial
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, features

from trackbook.cache.digest import fingerprint, hash_parts
from trackbook.cache.processes import spread
from trackbook.cache.store import Store
from trackbook.publishing.social import CardLine, SocialCard
from trackbook.site.pictures.icons import draw_icon
from trackbook.site.pictures.typeface import Typeface, find_fonts

_FEWEST = 10
"""Fewer cards are drawn sooner than processes start."""
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


def draw_cards(
    cards: Mapping[str, SocialCard], site_name: str, site_url: str, store: Store
) -> tuple[Mapping[str, bytes], Mapping[str, object]]:
    """A picture for each card by its path in the site, and what templates tell of it: its address is a whole one."""
    files: dict[str, bytes] = {}
    described: dict[str, object] = {}
    shown = [replace(card, over=card.over or site_name) for card in cards.values()]
    for (key, card), png in zip(cards.items(), recall_cards(shown, store), strict=True):
        path = f"assets/cards/{key or 'home'}-{hashlib.sha256(png).hexdigest()[:8]}.png"
        files[path] = png
        described[key] = {"url": f"{site_url}{path}", "alt": card.alt, "width": WIDTH, "height": HEIGHT}
    return files, described


def recall_cards(cards: Sequence[SocialCard], store: Store) -> list[bytes]:
    """Each card as a PNG, as the `store` holds it, else as it is drawn now and put there."""
    fonts = find_fonts()
    tools: list[str | bytes] = [fingerprint(), str(features.version("raqm")), *map(Path.read_bytes, fonts)]
    names = [hash_parts("card", json.dumps(asdict(card)), *tools) for card in cards]
    found = store.get_many(names)
    missing = {name: card for name, card in zip(names, cards, strict=True) if name not in found}
    drawn = spread(partial(draw_card, fonts=fonts), list(missing.values()), fewest=_FEWEST)
    for name, png in zip(missing, drawn, strict=True):
        store.put(name, png)
        found[name] = png
    return [found[name] for name in names]


def draw_card(card: SocialCard, fonts: Sequence[Path]) -> bytes:
    """The card as a PNG. Texts that the fonts can't write are left out; the track's number stands for its title."""
    sheet = _Sheet(card.direction)
    hue = _ACCENT if card.number is None else HUES[card.number % 10]
    sheet.pen.rectangle((0, 0, WIDTH, 15), hue)
    sheet.paste_sign(64)
    over, place = Typeface(fonts, 34, 600), Typeface(fonts, 38, 650)
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


def _fit_title(text: str, fonts: Sequence[Path], height: float) -> tuple[Typeface, list[str]]:
    """The largest type in which the text fits; in the smallest, its end is cut off."""
    for size in _TITLE_SIZES:
        face = Typeface(fonts, size, 700)
        lines = face.break_lines(text, _INSIDE)
        most = int(height / (size * _LEADING))
        if len(lines) <= min(most, 3):
            return face, face.balance_lines(text, _INSIDE)
    most = max(1, most)
    if len(lines) > most:
        lines[most - 1 :] = [face.shorten(" ".join(lines[most - 1 :]), _INSIDE)]
    return face, lines


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

    def write(self, type_: Typeface, lines: Iterable[str], baseline: float, color: str, *, indent: float = 0) -> None:
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
