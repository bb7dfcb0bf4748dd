"""What was computed before, kept between runs in one file (SQLite). It may be lost at any time: that only costs time.

Nothing here fails for the sake of the store. What can't be read is missing, what can't be written is not kept, and a
value that is not what was put under its key counts as missing too.
"""

import logging
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, suppress
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from threading import RLock

import zstandard

MOST_BYTES = 400_000_000
"""Of compressed values: about six times what a course of a thousand modules needs."""
_MOST_PENDING = 16_000_000
_CHECKSUM = 16
_AT_ONCE = 500
_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS entry (key TEXT PRIMARY KEY, value BLOB, size INTEGER, used INTEGER)",
    "CREATE INDEX IF NOT EXISTS by_use ON entry (used, size)",  # what it weighs is told without reading it
)
_BROKEN = (sqlite3.Error, sqlite3.Warning, OSError, TypeError, ValueError, OverflowError, MemoryError)

log = logging.getLogger("mkdocs.plugins.trackbook")


def reached(point: str) -> None:
    """Called at each named point of a write. Does nothing: tests put a sudden death in its place."""
    del point


class Store:
    """Bytes by key. What is put stays in memory until `flush`, or until it grows heavy.

    Threads may share one, and so may processes: a forked process opens the file anew. Without a `path` everything
    stays in memory.
    """

    def __init__(self, path: Path | None = None, most_bytes: int = MOST_BYTES) -> None:
        self.path, self.most_bytes = path, most_bytes
        self._new: dict[str, bytes] = {}
        self._used: set[str] = set()
        self._inherited: dict[str, bytes] = {}
        self._kept: frozenset[str] | None = None
        """The keys in the file, where they are known."""
        self._pending = 0
        self._connection: sqlite3.Connection | None = None
        self._process = 0
        self._packer, self._unpacker = zstandard.ZstdCompressor(1), zstandard.ZstdDecompressor()
        self._lock = RLock()

    def get(self, key: str) -> bytes | None:
        """What was put under the key last, or None."""
        with self._lock:
            packed = self._new.get(key) or self._inherited.get(key) or self._read(key)
            value = self._unpack(key, packed) if packed else None
            if value is not None:
                self._used.add(key)
            return value

    def get_many(self, keys: Iterable[str]) -> dict[str, bytes]:
        """The same of many keys, in fewer questions: what is there."""
        with self._lock:
            found: dict[str, object] = {}
            for part in _batch(keys):
                marks = ",".join("?" * len(part))
                rows = self._ask(f"SELECT key, value FROM entry WHERE key IN ({marks})", part)
                wanted = set(part)  # a damaged file gives others, too
                found |= {str(key): packed for key, packed in rows if key in wanted}
                found |= {key: new[key] for new in (self._inherited, self._new) for key in part if key in new}
            unpacked = ((key, self._unpack(key, packed)) for key, packed in found.items() if isinstance(packed, bytes))
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
            self._kept = frozenset(str(key) for (key,) in self._ask("SELECT key FROM entry", []))

    def drain(self) -> dict[str, bytes]:
        """What was put since the last call, as `put_packed` takes it."""
        with self._lock:
            self._pending, new, self._new = 0, self._new, {}
            return new

    def flush(self) -> None:
        """Write what was put, all or nothing. Where the sum grows beyond the bound, the least recently used go."""
        with self._lock:
            self._pending = 0
            if not self.path or not self._new:
                return
            for attempt in range(2):
                try:
                    self._write()
                except _BROKEN as error:
                    self.close()
                    log.debug("%s: nothing was kept (%s)", self.path, error)
                    if attempt or _is_busy_or_full(error):
                        break
                    with suppress(OSError):  # it is broken: the next attempt begins a new one
                        self.path.unlink()
                else:
                    self._new.clear()
                    self._used.clear()
                    break

    def close(self) -> None:
        with self._lock:
            if self._connection and self._process == os.getpid():
                with suppress(*_BROKEN):
                    self._connection.close()
            self._connection = None

    def _read(self, key: str) -> bytes | None:
        if self._kept is not None and key not in self._kept:
            return None
        rows = self._ask("SELECT value FROM entry WHERE key = ?", [key])
        return rows[0][0] if rows and isinstance(rows[0][0], bytes) else None

    def _ask(self, question: str, values: list[str]) -> list[tuple[object, ...]]:
        try:
            if not self.path or not self.path.is_file():
                return []
            with closing(self._connect().execute(question, values)) as cursor:
                return cursor.fetchall()
        except _BROKEN as error:
            log.debug("%s can't be read (%s)", self.path, error)
            self.close()
            return []

    def _connect(self) -> sqlite3.Connection:
        if self._connection is None or self._process != os.getpid():
            assert self.path
            self._connection = sqlite3.connect(self.path, timeout=10, check_same_thread=False, isolation_level=None)
            self._process = os.getpid()
        return self._connection

    def _write(self) -> None:
        assert self.path
        self.path.parent.mkdir(parents=True, exist_ok=True)
        connection = self._connect()
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("BEGIN IMMEDIATE")
        reached("begun")
        for statement in _SCHEMA:
            connection.execute(statement)
        last = connection.execute("SELECT coalesce(max(used), 0) FROM entry").fetchone()[0] + 1
        connection.executemany(
            "INSERT OR REPLACE INTO entry VALUES (?, ?, ?, ?)",
            [(key, packed, len(packed), last) for key, packed in self._new.items() if len(packed) <= self.most_bytes],
        )
        for part in _batch(self._used - self._new.keys()):
            connection.execute(f"UPDATE entry SET used = {last} WHERE key IN ({','.join('?' * len(part))})", part)
        reached("written")
        self._make_room(connection)
        connection.execute("COMMIT")
        reached("kept")

    def _unpack(self, key: str, packed: bytes) -> bytes | None:
        """None when it is not what was packed for this very key."""
        if packed[:_CHECKSUM] != _sign(key, packed[_CHECKSUM:]):
            return None
        return self._unpacker.decompress(packed[_CHECKSUM:])

    def _make_room(self, connection: sqlite3.Connection) -> None:
        over = connection.execute("SELECT coalesce(sum(size), 0) FROM entry").fetchone()[0] - self.most_bytes
        if over > 0:
            gone = []
            for key, size in connection.execute("SELECT key, size FROM entry ORDER BY used, size DESC"):
                gone.append(key)
                over -= size
                if over <= 0:
                    break
            connection.executemany("DELETE FROM entry WHERE key = ?", [(key,) for key in gone])


def _sign(key: str, packed: bytes) -> bytes:
    return blake2b(key.encode() + b"\0" + packed, digest_size=_CHECKSUM).digest()


def _is_busy_or_full(error: BaseException) -> bool:
    return any(word in str(error) for word in ("locked", "full", "readonly", "read-only", "unable to open"))


def _batch(keys: Iterable[str]) -> Iterator[list[str]]:
    rest = iter(keys)
    while part := list(islice(rest, _AT_ONCE)):
        yield part
