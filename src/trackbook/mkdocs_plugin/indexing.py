"""The search index of a site, made while the host writes the site's pages."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor


class Indexing:
    """An index that is being made by `work`. Whoever begins one has to `end` it, with or without the result."""

    def __init__(self, work: Callable[[], None]) -> None:
        self._thread = ThreadPoolExecutor(1)
        self._work = self._thread.submit(work)

    def finish(self) -> None:
        """Wait until the index is there. Raises what `work` raises."""
        self._work.result()

    def end(self) -> None:
        self._thread.shutdown(cancel_futures=True)
