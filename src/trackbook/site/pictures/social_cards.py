"""Pictures that links to the site are shown with: drawn at build time, and kept until what they show changes."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path

import PIL
from PIL import features

from trackbook.cache.digest import hash_parts
from trackbook.cache.processes import spread
from trackbook.cache.store import Store
from trackbook.publishing.social import SocialCard
from trackbook.site.pictures.card_drawing import HEIGHT, WIDTH, draw_card
from trackbook.site.theme import find_theme

_DRAWN_BY = ("card_drawing.py", "lettering.py", "icons.py")
_FEWEST = 10
"""Fewer cards are drawn sooner than processes start."""
_FONTS = ("figtree-latin-wght-normal-*.woff2", "card-latin-ext.woff2")


def draw_cards(
    cards: Mapping[str, SocialCard], site_name: str, site_url: str, store: Store
) -> tuple[Mapping[str, bytes], Mapping[str, object]]:
    """A picture for each card by its path in the site, and what templates tell of it: its address is a whole one."""
    shown = [replace(card, over=card.over or site_name) for card in cards.values()]
    files: dict[str, bytes] = {}
    described: dict[str, object] = {}
    for key, card, (digest, png) in zip(cards, shown, recall_cards(shown, store), strict=True):
        path = f"assets/cards/{key or 'home'}-{digest[:8]}.png"
        files[path] = png
        described[key] = {"url": f"{site_url}{path}", "alt": card.alt, "width": WIDTH, "height": HEIGHT}
    return files, described


def recall_cards(cards: Sequence[SocialCard], store: Store) -> list[tuple[str, bytes]]:
    """Each card's name and its PNG, as the `store` holds it, else as it is drawn now and put there."""
    fonts = find_fonts()
    tools = [PIL.__version__, str(features.version("raqm")), *map(_hash_file, fonts)]
    tools += [_hash_file(Path(__file__).with_name(name)) for name in _DRAWN_BY]
    names = [hashlib.sha256(json.dumps([asdict(card), tools]).encode()).hexdigest()[:16] for card in cards]
    found = {name: png for name in names if (png := store.get(hash_parts("card", name))) is not None}
    missing = {name: card for name, card in zip(names, cards, strict=True) if name not in found}
    drawn = spread(partial(draw_card, fonts=fonts), list(missing.values()), fewest=_FEWEST)
    for name, png in zip(missing, drawn, strict=True):
        store.put(hash_parts("card", name), png)
        found[name] = png
    return [(name, found[name]) for name in names]


def find_fonts() -> list[Path]:
    """The theme's type for headings, and the signs of it that pages leave out."""
    return [path for name in _FONTS for path in sorted((find_theme() / "assets").glob(name))]


def _hash_file(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
