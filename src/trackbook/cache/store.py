"""What was computed before, kept between runs in one file. It may be lost at any time: that only costs time.

Nothing here fails for the sake of the store. What can't be read is missing, what can't be written is not kept, and a
value that is not what was put under its key counts as missing too.
"""

from collections.abc import Callable, Iterable
from hashlib import blake2b
from pathlib import Path
from threading import RLock

import zstandard

from trackbook.cache.store_file import StoreFile

MOST_BYTES = 400_000_000
"""Of compressed values: about six times what a course of a thousand modules needs."""
_MOST_PENDING = 16_000_000
_CHECKSUM = 16
_SECONDS_TO_LEAVE = 5


class Store:
    """Bytes by key. What is put stays in memory until `flush`, or until it grows heavy.

    Threads may share one, and so may processes. Without a `path` everything stays in memory.
    """

    def __init__(self, path: Path | None = None, most_bytes: int = MOST_BYTES) -> None:
        self.path = path
        self._file = StoreFile(path, most_bytes) if path else None
        self._new: dict[str, bytes] = {}
        self._used: set[str] = set()
        self._inherited: dict[str, bytes] = {}
        self._kept: frozenset[str] | None = None
        """The keys in the file, where they are known."""
        self._pending = 0
        self._packer, self._unpacker = zstandard.ZstdCompressor(1), zstandard.ZstdDecompressor()
        self._lock = RLock()

    def get(self, key: str) -> bytes | None:
        """What was put under the key last, or None."""
        with self._lock:
            packed = self._new.get(key) or self._inherited.get(key) or self._find(key)
            value = self._unpack(key, packed) if packed else None
            if value is not None:
                self._used.add(key)
            return value

    def get_many(self, keys: Iterable[str]) -> dict[str, bytes]:
        """The same of many keys, in fewer questions: what is there."""
        asked = list(keys)
        with self._lock:
            found = self._file.find(asked) if self._file else {}
            found |= {key: new[key] for new in (self._inherited, self._new) for key in asked if key in new}
            unpacked = ((key, self._unpack(key, packed)) for key, packed in found.items())
            values = {key: value for key, value in unpacked if value is not None}
            self._used |= values.keys()
            return values

    def put(self, key: str, value: bytes) -> None:
        with self._lock:
            packed = self._packer.compress(value)
            self.put_packed(key, _sign(key, packed) + packed)

    def put_packed(self, key: str, packed: bytes) -> None:
        """The same of what another process gave by `drain`."""
        with self._lock:
            self._new[key] = packed
            self._pending += len(packed)
            if self._pending > _MOST_PENDING:
                self.flush()

    def recall(self, key: str, make: Callable[[], bytes]) -> bytes:
        """What was put under the key, else what `make` gives now, which is put."""
        value = self.get(key)
        if value is None:
            value = make()
            self.put(key, value)
        return value

    def begin_draining(self) -> None:
        """From now on, what is put is for another process to keep: `drain` gives it.

        What is in the file by now is all that is looked for there: most of what a new process asks for is not.
        """
        with self._lock:
            self._inherited, self._new = self._new, {}
            self._kept = self._file.list_keys() if self._file else frozenset()

    def drain(self) -> dict[str, bytes]:
        """What was put since the last call, as `put_packed` takes it."""
        with self._lock:
            self._pending, new, self._new = 0, self._new, {}
            return new

    def flush(self) -> None:
        """Write what was put, all or nothing. What can't be written stays in memory."""
        with self._lock:
            self._pending = 0
            if self._file and self._new and self._file.write(self._new, self._used - self._new.keys()):
                self._new.clear()
                self._used.clear()

    def close(self) -> None:
        with self._lock:
            if self._file:
                self._file.close()

    def leave(self) -> None:
        """What can be kept at once is kept, and what is half done undone: the process ends."""
        if self._lock.acquire(timeout=_SECONDS_TO_LEAVE):
            if self._file and not self._file.is_writing:
                self.flush()
            self.close()

    def _find(self, key: str) -> bytes | None:
        if self._file is None or (self._kept is not None and key not in self._kept):
            return None
        return self._file.find([key]).get(key)

    def _unpack(self, key: str, packed: bytes) -> bytes | None:
        """None when it is not what was packed for this very key."""
        if packed[:_CHECKSUM] != _sign(key, packed[_CHECKSUM:]):
            return None
        return self._unpacker.decompress(packed[_CHECKSUM:])


def _sign(key: str, packed: bytes) -> bytes:
    return blake2b(key.encode() + b"\0" + packed, digest_size=_CHECKSUM).digest()


def open_store(root: Path) -> Store:
    """What was computed before for the course in `root`."""
    return Store(root / ".cache" / "trackbook" / "store.db")
