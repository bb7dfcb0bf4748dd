"""The search index of a site, made while the host writes the site's pages."""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path

from trackbook.mkdocs_plugin.page_maker import PageMaker
from trackbook.mkdocs_plugin.search import find_last_site, index_site
from trackbook.mkdocs_plugin.search_records import Body, read_bodies
from trackbook.publishing.addresses import address


class Indexing:
    """The index of the site whose pages `maker` makes. It is being made: whoever begins one has to `end` it.

    Where somebody else has a hand in the pages, it is begun when they are written. What didn't change is taken from
    the folder `cache`.
    """

    def __init__(self, maker: PageMaker, cache: Path | None) -> None:
        self._maker = maker
        site, entries = Path(maker.config.site_dir), maker.site.search
        last = find_last_site(maker.config) if cache else None
        self._index = partial(index_site, site, entries, maker.language, cache=cache, last=last)
        words = _list_words(maker, partial(_find_words, maker)) if maker.whole else read_bodies(site, entries)
        self._thread = ThreadPoolExecutor(1)
        self._work = self._thread.submit(self._index, words)

    def finish(self) -> None:
        """Wait until the index is there. Raises CourseError when Pagefind can't run."""
        try:
            self._work.result()
        except _LostError:  # only this thread may make pages
            words = _list_words(self._maker, self._maker.recall_words)
            self._index({place: replace(body, read=partial(str, body.read())) for place, body in words.items()})

    def end(self) -> None:
        self._thread.shutdown(cancel_futures=True)


class _LostError(Exception):
    """The words of a page are no longer kept."""


def _list_words(maker: PageMaker, read: Callable[[str], str]) -> Mapping[str, Body]:
    """What search finds of each page, by its address; `read` gives the words of the page at a uri."""
    made = {uri: maker.recall(uri).words for uri in maker.site.pages}
    return {address(uri): Body(words, partial(read, uri)) for uri, words in made.items() if words}


def _find_words(maker: PageMaker, uri: str) -> str:
    words = maker.read(maker.made[uri][1].words or "")
    if words is None:
        raise _LostError(uri)
    return words
