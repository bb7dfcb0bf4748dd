"""Entries in a file (SQLite). What can't be read is missing, what can't be written is not kept: nothing here fails."""

import logging
import os
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing, suppress
from itertools import islice
from pathlib import Path

_AT_ONCE = 500
_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS entry (key TEXT PRIMARY KEY, value BLOB, size INTEGER, used INTEGER)",
    "CREATE INDEX IF NOT EXISTS by_use ON entry (used, size)",  # what it weighs is told without reading it
)
_BROKEN = (sqlite3.Error, sqlite3.Warning, OSError, TypeError, ValueError, OverflowError, MemoryError)

log = logging.getLogger(__name__)


def reached(point: str) -> None:
    """Called at each named point of a write. Does nothing: tests put a sudden death in its place."""
    del point


class StoreFile:
    """Bytes by key, in a file of at most `most_bytes` of them. A forked process opens it anew."""

    def __init__(self, path: Path, most_bytes: int) -> None:
        self._path, self._most_bytes = path, most_bytes
        self._connection: sqlite3.Connection | None = None
        self._process = 0

    def find(self, keys: Iterable[str]) -> dict[str, bytes]:
        """Those of the keys that are there, each with its bytes."""
        found: dict[str, bytes] = {}
        rest = iter(keys)
        while part := list(islice(rest, _AT_ONCE)):
            marks = ",".join("?" * len(part))
            rows = self._ask(f"SELECT key, value FROM entry WHERE key IN ({marks})", part)
            wanted = set(part)  # a damaged file gives others, too
            found |= {str(key): value for key, value in rows if key in wanted and isinstance(value, bytes)}
        return found

    def list_keys(self) -> frozenset[str]:
        return frozenset(str(key) for (key,) in self._ask("SELECT key FROM entry", []))

    def write(self, new: Mapping[str, bytes], used: Iterable[str]) -> bool:
        """Take in what is new, all or nothing, and note what was `used`. Returns whether it could be done.

        Where the sum grows beyond the bound, the least recently used go. A broken file gives way to a new one.
        """
        for attempt in range(2):
            try:
                self._write(new, used)
            except _BROKEN as error:
                self.close()
                log.debug("%s: nothing was kept (%s)", self._path, error)
                if attempt or _is_busy_or_full(error):
                    break
                with suppress(OSError):
                    self._path.unlink()
            else:
                return True
        return False

    @property
    def is_writing(self) -> bool:
        return self._connection is not None and self._connection.in_transaction

    def close(self) -> None:
        if self._connection and self._process == os.getpid():
            with suppress(*_BROKEN):
                self._connection.close()
        self._connection = None

    def _ask(self, question: str, values: Sequence[str]) -> list[tuple[object, ...]]:
        try:
            if not self._path.is_file():
                return []
            with closing(self._connect().execute(question, values)) as cursor:
                return cursor.fetchall()
        except _BROKEN as error:
            log.debug("%s can't be read (%s)", self._path, error)
            self.close()
            return []

    def _connect(self) -> sqlite3.Connection:
        if self._connection is None or self._process != os.getpid():
            self._connection = sqlite3.connect(self._path, timeout=10, check_same_thread=False, isolation_level=None)
            self._process = os.getpid()
        return self._connection

    def _write(self, new: Mapping[str, bytes], used: Iterable[str]) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        connection = self._connect()
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("BEGIN IMMEDIATE")
        reached("begun")
        for statement in _SCHEMA:
            connection.execute(statement)
        last = connection.execute("SELECT coalesce(max(used), 0) FROM entry").fetchone()[0] + 1
        connection.executemany(
            "INSERT OR REPLACE INTO entry VALUES (?, ?, ?, ?)",
            [(key, value, len(value), last) for key, value in new.items() if len(value) <= self._most_bytes],
        )
        connection.executemany("UPDATE entry SET used = ? WHERE key = ?", [(last, key) for key in used])
        reached("written")
        self._make_room(connection)
        connection.execute("COMMIT")
        reached("kept")

    def _make_room(self, connection: sqlite3.Connection) -> None:
        weight = connection.execute("SELECT coalesce(sum(size), 0) FROM entry").fetchone()[0]
        if weight > self._most_bytes:
            so_far = "SELECT key, sum(size) OVER (ORDER BY used DESC, size, key) AS weight FROM entry"
            gone = f"SELECT key FROM ({so_far}) WHERE weight > ?"
            connection.execute(f"DELETE FROM entry WHERE key IN ({gone})", [self._most_bytes])


def _is_busy_or_full(error: BaseException) -> bool:
    return any(word in str(error) for word in ("locked", "full", "readonly", "read-only", "unable to open"))
