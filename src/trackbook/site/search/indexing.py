"""The search index of a site, made while the site's pages are written."""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path

from trackbook.publishing.addresses import address
from trackbook.site.page import MadePage, PageMaker
from trackbook.site.search.index import index_site
from trackbook.site.search.records import Body


class Indexing:
    """The index of the pages that `maker` `made`, in the site in `folder`. Whoever begins one has to `end` it.

    What didn't change is shared with the `last` site.
    """

    def __init__(self, maker: PageMaker, made: Mapping[str, MadePage], folder: Path, last: Path) -> None:
        self._maker, self._made = maker, made
        self._index = partial(
            index_site, folder, maker.source.search, maker.language, store=maker.memo.store, last=last
        )
        self._thread = ThreadPoolExecutor(1)
        self._work = self._thread.submit(self._index, self._list_words(self._find_words))

    def finish(self) -> None:
        """Wait until the index is there. Raises CourseError when Pagefind can't run."""
        try:
            self._work.result()
        except _LostError:  # only this thread may make pages
            words = self._list_words(lambda uri: self._maker.find_words(uri, self._made[uri]))
            self._index({place: replace(body, read=partial(str, body.read())) for place, body in words.items()})

    def end(self) -> None:
        self._thread.shutdown(cancel_futures=True)

    def _list_words(self, read: Callable[[str], str]) -> Mapping[str, Body]:
        """What search finds of each page, by its address; `read` gives the words of the page at a uri."""
        found = {uri: made.words for uri, made in self._made.items()}
        return {address(uri): Body(words, partial(read, uri)) for uri, words in found.items() if words}

    def _find_words(self, uri: str) -> str:
        words = self._maker.read(self._made[uri].words or "")
        if words is None:
            raise _LostError(uri)
        return words


class _LostError(Exception):
    """The words of a page are no longer kept."""
