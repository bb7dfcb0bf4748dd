"""Pictures that links to the site are shown with: drawn at build time, and kept until what they show changes."""

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path

import PIL
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from PIL import features

from trackbook.mkdocs_plugin.card_drawing import HEIGHT, WIDTH, draw_card
from trackbook.mkdocs_plugin.theme import find_theme
from trackbook.publishing.social import SocialCard

_DRAWN_BY = ("card_drawing.py", "lettering.py", "icons.py")
_FONTS = ("figtree-latin-wght-normal-*.woff2", "card-latin-ext.woff2")


def add_cards(files: Files, cards: Mapping[str, SocialCard], config: MkDocsConfig, cache: Path) -> None:
    """Add a picture for each card, and tell the theme of them: their addresses have to be whole ones.

    What was drawn before is taken from the folder `cache`; what is no longer shown leaves it.
    """
    fonts = find_fonts()
    tools = [PIL.__version__, str(features.version("raqm")), *map(_hash_file, fonts)]
    tools += [_hash_file(Path(__file__).with_name(name)) for name in _DRAWN_BY]
    described: dict[str, object] = {}
    used: set[Path] = set()
    for key, card in cards.items():
        card = replace(card, over=card.over or config.site_name)
        digest = hashlib.sha256(json.dumps([asdict(card), tools]).encode()).hexdigest()[:16]
        path, uri = cache / f"{digest}.png", f"assets/cards/{key or 'home'}-{digest[:8]}.png"
        files.append(File.generated(config, uri, content=recall_card(path, card, fonts)))
        used.add(path)
        described[key] = {"url": f"{config.site_url}{uri}", "alt": card.alt, "width": WIDTH, "height": HEIGHT}
    for path in set(cache.glob("*.png")) - used:
        path.unlink(missing_ok=True)
    config.extra["trackbook"]["cards"] = described


def find_fonts() -> list[Path]:
    """The theme's type for headings, and the signs of it that pages leave out."""
    return [path for name in _FONTS for path in sorted((find_theme() / "assets").glob(name))]


def recall_card(path: Path, card: SocialCard, fonts: Sequence[Path]) -> bytes:
    """The card's PNG as `path` holds it, else as it is drawn now and put there."""
    if path.is_file():
        return path.read_bytes()
    png = draw_card(card, fonts)
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(f".{os.getpid()}")
    unfinished.write_bytes(png)
    unfinished.replace(path)
    return png


def _hash_file(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
