"""Each track's cards as a file for Anki, beside the track's page."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from trackbook.cache.digest import fingerprint, hash_parts
from trackbook.cache.store import Store
from trackbook.publishing import SiteSource
from trackbook.publishing.addresses import locate_deck
from trackbook.site.host import Host

if TYPE_CHECKING:
    from trackbook.exporters.anki import Package


def plan_decks(host: Host, source: SiteSource, store: Store) -> Mapping[str, Callable[[], bytes]]:
    """By its uri, what gives the deck of each track that has cards, as it is in the `store` or as it is made."""
    from trackbook.exporters.anki import plan_packages  # it takes its time to load, and served sites have no decks

    packages = plan_packages(source.course, host.root, host.make_text_renderer(mathml=False), source.site)
    settings = hash_parts(fingerprint(), host.markdown_digest)
    kept = store if host.markdown_digest else None
    return {locate_deck(track): partial(pack_deck, package, settings, kept) for track, package in packages.items()}


def pack_deck(package: "Package", settings: str, store: Store | None) -> bytes:
    """The deck as it was made with these settings before, else as it is made now."""
    return store.recall(hash_parts("deck", settings, package.name), package.pack) if store else package.pack()
