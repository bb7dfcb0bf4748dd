"""Pictures that links to the site are shown with: drawn at build time, and kept until what they show changes."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path

import PIL
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from PIL import features

from trackbook.mkdocs_plugin.card_drawing import HEIGHT, WIDTH, draw_card
from trackbook.mkdocs_plugin.kept_files import forget_files, keep_files, recall_files
from trackbook.mkdocs_plugin.theme import find_theme
from trackbook.publishing.social import SocialCard

_DRAWN_BY = ("card_drawing.py", "lettering.py", "icons.py")
_CARD = "card.png"
_FONTS = ("figtree-latin-wght-normal-*.woff2", "card-latin-ext.woff2")


def add_cards(files: Files, cards: Mapping[str, SocialCard], config: MkDocsConfig, cache: Path) -> None:
    """Add a picture for each card, and tell the theme of them: their addresses have to be whole ones.

    What was drawn before is taken from the folder `cache`; what is no longer shown leaves it.
    """
    fonts = find_fonts()
    tools = [PIL.__version__, str(features.version("raqm")), *map(_hash_file, fonts)]
    tools += [_hash_file(Path(__file__).with_name(name)) for name in _DRAWN_BY]
    described: dict[str, object] = {}
    for key, card in cards.items():
        card = replace(card, over=card.over or config.site_name)
        digest = hashlib.sha256(json.dumps([asdict(card), tools]).encode()).hexdigest()[:16]
        uri = f"assets/cards/{key or 'home'}-{digest[:8]}.png"
        files.append(File.generated(config, uri, content=recall_card(cache, digest, card, fonts)))
        described[key] = {"url": f"{config.site_url}{uri}", "alt": card.alt, "width": WIDTH, "height": HEIGHT}
    forget_files(cache, len(cards))
    config.extra["trackbook"]["cards"] = described


def find_fonts() -> list[Path]:
    """The theme's type for headings, and the signs of it that pages leave out."""
    return [path for name in _FONTS for path in sorted((find_theme() / "assets").glob(name))]


def recall_card(cache: Path, name: str, card: SocialCard, fonts: Sequence[Path]) -> bytes:
    """The card's PNG as it was kept under the name, else as it is drawn and kept now."""
    kept = recall_files(cache, name)
    if kept is None:
        kept = {_CARD: draw_card(card, fonts)}
        keep_files(cache, name, kept)
    return kept[_CARD]


def _hash_file(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
