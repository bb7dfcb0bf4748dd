"""The head of a request, read within a time and a size: one that trickles in must not hold a place for ever."""

import io
import socket
import time
from collections.abc import Callable

HEAD_SECONDS = 10.0
HEAD_BYTES = 32_768


class LargeHeadError(Exception):
    """A head that is larger than any browser's."""


class HeadReader(io.RawIOBase):
    """Reads from a connection. Raises TimeoutError once `seconds` have passed since it was made, however much came."""

    def __init__(
        self,
        connection: socket.socket,
        seconds: float = HEAD_SECONDS,
        most: int = HEAD_BYTES,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._connection, self._left, self._now = connection, most, now
        self._end = now() + seconds

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        rest = self._end - self._now()
        if rest <= 0:
            raise TimeoutError("the head of the request took too long")
        if self._left <= 0:
            raise LargeHeadError
        self._connection.settimeout(rest)
        came = self._connection.recv_into(buffer[: self._left])
        self._left -= came
        return came
