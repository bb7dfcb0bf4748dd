"""Server-sent events: what every open browser hears once the site has followed a change."""

import json
from collections.abc import Iterable, Iterator
from queue import Empty, SimpleQueue
from threading import Lock

RETRY_MILLISECONDS = 1000
_ALIVE_SECONDS = 15
"""A line now and then: so it is noticed when a browser has gone."""


class Events:
    """Any thread may tell; each stream is read by the thread that answers its browser."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._streams: set[SimpleQueue[bytes | None]] = set()
        self._closed = False

    def tell(self, names: Iterable[str]) -> None:
        """Say that the site has changed, with the names of the changed files that are not a page's text."""
        self._send(f"data: {json.dumps(sorted(names))}\n\n".encode())

    def close(self) -> None:
        """End all streams, and those that still come."""
        self._closed = True
        self._send(None)

    def stream(self) -> Iterator[bytes]:
        """What one browser hears, from the moment that it gets the first piece."""
        heard: SimpleQueue[bytes | None] = SimpleQueue()
        with self._lock:
            self._streams.add(heard)
        try:
            piece: bytes | None = f"retry: {RETRY_MILLISECONDS}\n\n".encode()
            while piece is not None and not self._closed:
                yield piece
                try:
                    piece = heard.get(timeout=_ALIVE_SECONDS)
                except Empty:
                    piece = b":\n\n"
        finally:
            with self._lock:
                self._streams.discard(heard)

    def _send(self, piece: bytes | None) -> None:
        with self._lock:
            for stream in self._streams:
                stream.put(piece)
