"""Each track's cards as a file for Anki, beside the track's page."""

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from trackbook.mkdocs_plugin.rendering import make_renderer
from trackbook.model import Course
from trackbook.publishing.addresses import locate_deck


def add_decks(files: Files, course: Course, config: MkDocsConfig, root: Path) -> None:
    """Add the deck of each track that has cards. The course lies in `root`."""
    from trackbook.exporters.anki import pack_decks  # it takes its time to load, and served sites have no decks

    decks = pack_decks(course, root, make_renderer(config, mathml=False), config.site_url or "")
    for track, content in decks.items():
        files.append(File.generated(config, locate_deck(track), content=content))
