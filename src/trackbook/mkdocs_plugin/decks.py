"""Each track's cards as a file for Anki, beside the track's page."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.config.defaults import MkDocsConfig

from trackbook.hashing import fingerprint, hash_parts
from trackbook.mkdocs_plugin.rendering import make_renderer
from trackbook.mkdocs_plugin.settings import are_known, describe_extensions
from trackbook.model import Course
from trackbook.publishing.addresses import locate_deck
from trackbook.store import Store

if TYPE_CHECKING:
    from trackbook.exporters.anki import Package


def plan_decks(
    course: Course, config: MkDocsConfig, root: Path, store: Store | None = None
) -> Mapping[str, Callable[[], bytes]]:
    """By its uri, what gives the deck of each track that has cards, as it is in the `store` or as it is made.

    The course is in `root`.
    """
    from trackbook.exporters.anki import plan_packages  # it takes its time to load, and served sites have no decks

    packages = plan_packages(course, root, make_renderer(config, mathml=False), config.site_url or "")
    settings = hash_parts(fingerprint(), describe_extensions(config))
    kept = store if are_known(config) else None
    return {locate_deck(track): partial(pack_deck, package, settings, kept) for track, package in packages.items()}


def pack_deck(package: "Package", settings: str, store: Store | None) -> bytes:
    """The deck as it was made with these settings before, else as it is made now."""
    return store.recall(hash_parts("deck", settings, package.name), package.pack) if store else package.pack()
