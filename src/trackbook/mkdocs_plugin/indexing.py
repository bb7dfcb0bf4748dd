"""The search index of a site, made while the host writes the site's pages."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from trackbook.mkdocs_plugin.page_maker import PageMaker
from trackbook.mkdocs_plugin.search import index_site
from trackbook.mkdocs_plugin.search_records import Body, read_bodies
from trackbook.publishing.addresses import address


class Indexing:
    """The index of the site whose pages `maker` makes. It is being made: whoever begins one has to `end` it.

    Where somebody else has a hand in the pages, it is begun when they are written. What didn't change is taken from
    the folder `cache`.
    """

    def __init__(self, maker: PageMaker, cache: Path | None) -> None:
        site, entries = Path(maker.config.site_dir), maker.site.search
        words = _list_words(maker) if maker.whole else read_bodies(site, entries)
        self._thread = ThreadPoolExecutor(1)
        self._work = self._thread.submit(index_site, site, entries, maker.language, words, cache)

    def finish(self) -> None:
        """Wait until the index is there. Raises CourseError when Pagefind can't run."""
        self._work.result()

    def end(self) -> None:
        self._thread.shutdown(cancel_futures=True)


def _list_words(maker: PageMaker) -> Mapping[str, Body]:
    """What search finds of each page, by its address."""
    made = {uri: maker.recall(uri).words for uri in maker.site.pages}
    return {address(uri): Body(words, partial(maker.recall_words, uri)) for uri, words in made.items() if words}
