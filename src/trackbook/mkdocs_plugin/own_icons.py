"""Icons of an author's own, which Material's extension shows in Markdown (`custom_icons` of `pymdownx.emoji`)."""

from collections.abc import Sequence
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from trackbook.hashing import hash_parts
from trackbook.mkdocs_plugin.linked_files import list_files

_known: list[Sequence[tuple[str, str]]] = []
"""Those that this process has shown, if any."""


def list_folders(config: MkDocsConfig) -> list[str]:
    """Where they lie, as Material is told."""
    options = config["mdx_configs"].get("pymdownx.emoji", {}).get("options") or {}
    return [str(folder) for folder in options.get("custom_icons") or ()]


def list_icons(config: MkDocsConfig) -> Sequence[tuple[str, str]]:
    """Each file, with a name for its content."""
    paths = (path for folder in list_folders(config) for path in list_files(Path(folder)).values())
    return [(str(path), hash_parts(path.read_bytes())) for path in paths if path.suffix == ".svg"]


def take_up_icons(config: MkDocsConfig) -> None:
    """Have Material read them anew where they changed: it keeps what it has read for as long as its process lives."""
    icons = list_icons(config)
    if _known and _known[-1] != icons:
        from material.extensions import emoji

        emoji._load.cache_clear()
        emoji._load_twemoji_index.cache_clear()
        index = emoji.twemoji_db.emoji
        for name in [name for name, icon in index.items() if "path" in icon]:
            del index[name]
    _known[:] = [icons]
