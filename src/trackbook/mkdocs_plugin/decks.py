"""Each track's cards as a file for Anki, beside the track's page."""

from collections.abc import Callable
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from trackbook.hashing import fingerprint, hash_parts
from trackbook.mkdocs_plugin.rendering import make_renderer
from trackbook.mkdocs_plugin.settings import are_known, describe_extensions
from trackbook.model import Course
from trackbook.publishing.addresses import locate_deck
from trackbook.store import Store


def add_decks(files: Files, course: Course, config: MkDocsConfig, root: Path, store: Store | None = None) -> None:
    """Add the deck of each track that has cards, as it is in the `store` or as it is made. The course is in `root`."""
    from trackbook.exporters.anki import pack_decks  # it takes its time to load, and served sites have no decks

    recall = make_recall(store if are_known(config) else None, fingerprint(), describe_extensions(config))
    decks = pack_decks(course, root, make_renderer(config, mathml=False), config.site_url or "", recall)
    for track, content in decks.items():
        files.append(File.generated(config, locate_deck(track), content=content))


def make_recall(store: Store | None, *settings: str) -> Callable[[str, Callable[[], bytes]], bytes]:
    """A function that gives what is in the store under a name and these settings, else what it makes now."""

    def recall(name: str, make: Callable[[], bytes]) -> bytes:
        if store is None:
            return make()
        key = hash_parts("deck", *settings, name)
        kept = store.get(key)
        if kept is None:
            kept = make()
            store.put(key, kept)
        return kept

    return recall
