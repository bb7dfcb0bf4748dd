"""The store gives what was put or nothing, whatever became of its file: damaged, gone, full, closed, killed, shared."""

import os
import random
import resource
import signal
import sqlite3
import stat
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trackbook.cache import store as module
from trackbook.cache.store import Store

VALUES = {"one": b"The first value.", "two": bytes(range(256)) * 3}
NEW = {"three": b"put later"}
NOBODY = 65534


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The file of a store that holds `VALUES`."""
    path = tmp_path / "cache" / "store.db"
    put(path, VALUES)
    return path


def put(path: Path, values: dict[str, bytes], **bounds: int) -> None:
    with closing(Store(path, **bounds)) as store:
        for key, value in values.items():
            store.put(key, value)
        store.flush()


def get(path: Path, *keys: str) -> dict[str, bytes | None]:
    with closing(Store(path)) as store:
        return {key: store.get(key) for key in keys or VALUES}


def find_wrong(path: Path, values: dict[str, bytes] = VALUES) -> dict[str, bytes]:
    """What is neither what was put nor missing."""
    return {key: value for key, value in get(path, *values).items() if value not in (None, values[key])}


def is_usable(path: Path) -> bool:
    """Whether what is put now is found later."""
    put(path, NEW)
    return get(path, *NEW) == NEW


@settings(derandomize=True, deadline=None, max_examples=25)
@given(puts=st.lists(st.tuples(st.text(max_size=8), st.binary(max_size=300), st.booleans()), max_size=12))
def test_what_is_put_is_found_again(puts: list[tuple[str, bytes, bool]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a" / "store.db"
        store, last = Store(path), dict[str, bytes]()
        for key, value, flush in puts:
            store.put(key, value)
            last[key] = value
            if flush:
                store.flush()
            assert {key: store.get(key) for key in last} == last
        store.flush()
        store.close()
        assert get(path, *last, "none") == {"none": None, **last}


def test_without_a_file_everything_stays_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    store = Store()
    store.put("one", b"1")
    store.flush()
    assert (store.get("one"), store.get("two"), list(tmp_path.iterdir())) == (b"1", None, [])


def test_every_flipped_byte_is_noticed(path: Path) -> None:
    """Each byte that says something, and some of the empty ones."""
    whole = path.read_bytes()
    for at in [at for at, byte in enumerate(whole) if byte or at % 4096 < 100 or at % 50 == 0]:
        damaged = bytearray(whole)
        damaged[at] ^= 1 << at % 8 if at % 3 else 0xFF
        path.write_bytes(damaged)
        assert find_wrong(path) == {}, at
        if at % 29 == 0:
            assert is_usable(path), at
            assert find_wrong(path) == {}, at
            path.unlink()


def test_file_cut_off_anywhere(path: Path) -> None:
    whole = path.read_bytes()
    for size in [size for size in range(len(whole)) if size % 4096 < 100 or size % 50 == 0]:
        path.write_bytes(whole[:size])
        assert find_wrong(path) == {}, size
        if size % 97 == 0:
            assert is_usable(path), size
            path.unlink()


def test_larger_store_with_many_damages(tmp_path: Path) -> None:
    chance, path = random.Random(1), tmp_path / "store.db"
    values = {f"key {number}": chance.randbytes(chance.randrange(9000)) for number in range(60)}
    put(path, values)
    whole = path.read_bytes()
    for _ in range(60):
        damaged = bytearray(whole)
        for _ in range(chance.choice((1, 1, 40))):
            at = chance.randrange(len(whole))
            damaged[at : at + 8] = chance.choice((bytes(8), chance.randbytes(8), whole[at - 4096 : at - 4088]))
        path.write_bytes(damaged)
        assert find_wrong(path, values) == {}
        assert is_usable(path)
        assert find_wrong(path, values) == {}


def test_damaged_file_gives_nothing_that_was_not_asked_for(tmp_path: Path) -> None:
    """A list of keys that is out of order leads to entries of other keys."""
    chance, path = random.Random(1), tmp_path / "store.db"
    values = {f"{chance.getrandbits(128):032x}": chance.randbytes(chance.randrange(500)) for _ in range(400)}
    asked = set(chance.sample(sorted(values), 20))
    put(path, values)
    whole = path.read_bytes()
    for _ in range(200):
        damaged = bytearray(whole)
        for at in chance.choices(range(4096, len(whole)), k=chance.choice((10, 1000))):
            damaged[at] ^= chance.randrange(1, 256)
        path.write_bytes(damaged)
        with closing(Store(path)) as store:
            found = store.get_many(asked)
        assert found.items() <= {key: values[key] for key in asked}.items()


def test_values_that_changed_places_are_missing(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        rows = dict(connection.execute("SELECT key, value FROM entry"))
        connection.execute("UPDATE entry SET value = ? WHERE key = 'one'", [rows["two"]])
        connection.execute("UPDATE entry SET value = 'text' WHERE key = 'two'")
    connection.close()
    assert get(path) == {"one": None, "two": None}


def replace_with_garbage(path: Path) -> None:
    path.write_bytes(random.Random(2).randbytes(20_000))


def replace_with_nothing(path: Path) -> None:
    path.write_bytes(b"")


def replace_with_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()
    (path / "file").write_bytes(b"")


def replace_folder_with_file(path: Path) -> None:
    path.unlink()
    path.parent.rmdir()
    path.parent.write_bytes(b"no folder")


def replace_with_link_to_itself(path: Path) -> None:
    path.unlink()
    path.symlink_to(path)


def leave_garbage_beside(path: Path) -> None:
    """What a build that was killed, or a stranger, may leave."""
    for ending in ("-journal", "-wal", "-shm"):
        path.with_name(path.name + ending).write_bytes(path.read_bytes()[::-1])


@pytest.mark.parametrize(
    ("harm", "usable"),
    [
        (replace_with_garbage, True),
        (replace_with_nothing, True),
        (replace_with_folder, False),
        (replace_folder_with_file, False),
        (replace_with_link_to_itself, None),
        (leave_garbage_beside, True),
    ],
)
def test_something_else_in_its_place(path: Path, harm: Callable[[Path], None], usable: bool | None) -> None:
    harm(path)
    assert find_wrong(path) == {}
    assert is_usable(path) in ((usable,) if usable is not None else (True, False))


OTHER_SCHEMAS = [
    "CREATE TABLE entry (key TEXT PRIMARY KEY, value BLOB)",
    "CREATE TABLE entry (key TEXT PRIMARY KEY, value BLOB, size INTEGER, used INTEGER, more TEXT NOT NULL)",
    "CREATE TABLE entry (name TEXT)",
    "CREATE VIEW entry AS SELECT 'one' AS key, x'00' AS value, 1 AS size, 1 AS used",
    "CREATE TABLE entry (key TEXT, value BLOB, size INTEGER, used INTEGER CHECK (used < 0))",
    "CREATE TABLE other (key TEXT)",
]


@pytest.mark.parametrize("schema", OTHER_SCHEMAS)
def test_store_of_another_version(tmp_path: Path, schema: str) -> None:
    path = tmp_path / "store.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(schema)
        connection.execute("PRAGMA user_version = 99")
        if "value BLOB)" in schema:
            connection.execute("INSERT INTO entry VALUES ('one', 'another value')")
            connection.commit()
    assert get(path) == dict.fromkeys(VALUES)
    assert is_usable(path)


@pytest.mark.parametrize("used", ["x", b"x", None, 1.5, 2**63 - 1, -(2**63)])
@pytest.mark.parametrize("column", ["used", "size"])
def test_columns_hold_anything(path: Path, column: str, used: object) -> None:
    """Damage may be such that SQLite sees none."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"UPDATE entry SET {column} = ? WHERE key = 'one'", [used])
        connection.commit()
    assert is_usable(path)
    put(path, {"four": os.urandom(500)}, most_bytes=400)
    assert find_wrong(path) == {}
    assert is_usable(path)


@contextmanager
def as_nobody(*owned: Path) -> Iterator[None]:
    """As somebody for whom permissions count; root may do everything."""
    if os.geteuid() != 0:
        yield
        return
    for path in owned:
        os.chown(path, NOBODY, NOBODY)
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.skipif(sys.platform == "win32", reason="permissions are of POSIX")
@pytest.mark.parametrize(
    ("folder_mode", "file_mode", "found"),
    [(0o700, 0o000, False), (0o700, 0o400, True), (0o500, 0o600, True), (0o500, 0o400, True), (0o000, 0o600, False)],
)
def test_file_or_folder_that_is_closed(folder_mode: int, file_mode: int, found: bool) -> None:
    with tempfile.TemporaryDirectory() as name:
        top, folder, path = Path(name), Path(name) / "cache", Path(name) / "cache" / "store.db"
        put(path, VALUES)
        top.chmod(0o755)
        path.chmod(file_mode)
        folder.chmod(folder_mode)
        try:
            with as_nobody(folder, path):
                assert get(path) == (VALUES if found else dict.fromkeys(VALUES))
                put(path, NEW)
                assert find_wrong(path, {**VALUES, **NEW}) == {}
        finally:
            folder.chmod(0o700)
        assert find_wrong(path, {**VALUES, **NEW}) == {}


def test_full_disk_keeps_what_was_there(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    connect = sqlite3.connect

    def connect_to_little(*arguments: object, **more: object) -> sqlite3.Connection:
        connection: sqlite3.Connection = connect(*arguments, **more)  # type: ignore[call-overload]
        connection.execute("PRAGMA max_page_count = 4")
        return connection

    heavy = {f"heavy {number}": os.urandom(3000) for number in range(20)}
    with monkeypatch.context() as patch:
        patch.setattr(sqlite3, "connect", connect_to_little)
        with closing(Store(path)) as store:
            for key, value in heavy.items():
                store.put(key, value)
            store.flush()
            assert {key: store.get(key) for key in heavy} == heavy  # this process has them still
            assert store.get("one") == VALUES["one"]
    assert get(path) == VALUES
    assert get(path, *heavy) == dict.fromkeys(heavy)
    put(path, heavy)
    assert get(path, *heavy, *VALUES) == {**heavy, **VALUES}


def run_child(code: str, *arguments: object, prepare: Callable[[], object] | None = None) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", CHILD + code, *map(str, arguments)],
        stdout=subprocess.PIPE,
        text=True,
        preexec_fn=prepare,  # noqa: PLW1509
    )


CHILD = """
import os, random, signal, sys
from pathlib import Path
from trackbook.cache import store_file
from trackbook.cache.store import Store
store = Store(Path(sys.argv[1]))
"""
LIMITED = """
for number in range(40):
    store.put(f"new {number}", random.Random(number).randbytes(3000))
    store.flush()
print(store.get("new 39") == random.Random(39).randbytes(3000))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="limits are of POSIX")
def test_file_that_may_not_grow(path: Path) -> None:
    child = run_child(LIMITED, path, prepare=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000)))
    assert child.communicate()[0] == "True\n"
    assert child.returncode == 0
    new = {f"new {number}": random.Random(number).randbytes(3000) for number in range(40)}
    assert find_wrong(path, {**VALUES, **new}) == {}
    assert is_usable(path)


KILLED_AT = """
def die(point):
    if point == sys.argv[2]:
        os.kill(os.getpid(), signal.SIGKILL)
store_file.reached = die
store.put("one", b"new")
store.put("three", b"put later")
store.flush()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals are of POSIX")
@pytest.mark.parametrize("point", ["begun", "written", "kept"])
def test_killed_write_is_whole_or_nothing(path: Path, point: str) -> None:
    child = run_child(KILLED_AT, path, point)
    child.communicate()
    assert child.returncode == -signal.SIGKILL
    new = {"one": b"new", "two": VALUES["two"], "three": b"put later"}
    old = {**VALUES, "three": None}
    assert get(path, *new) == (new if point == "kept" else old)
    put(path, {"four": b"4"})
    assert get(path, *new, "four") == {**(new if point == "kept" else old), "four": b"4"}


WRITING = """
for number in range(100_000):
    for part in range(4):
        store.put(f"{number}.{part}", random.Random(number * 4 + part).randbytes(5000))
    store.flush()
    print(number, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals are of POSIX")
@pytest.mark.parametrize("batches", [1, 3, 8])
def test_killed_at_any_time(tmp_path: Path, batches: int) -> None:
    path = tmp_path / "store.db"
    child = run_child(WRITING, path)
    assert child.stdout
    for _ in range(batches):
        child.stdout.readline()
    child.kill()
    told = batches + len(child.communicate()[0].split())
    kept = {f"{n}.{part}": random.Random(n * 4 + part).randbytes(5000) for n in range(told) for part in range(4)}
    assert get(path, *kept) == kept
    after = [get(path, f"{told}.{part}")[f"{told}.{part}"] for part in range(4)]
    assert after in ([None] * 4, [random.Random(told * 4 + part).randbytes(5000) for part in range(4)])
    assert is_usable(path)


TOGETHER = """
mine, theirs = sys.argv[2:4]
wrong = 0
for number in range(30):
    store.put(f"{mine} {number}", f"{mine} says {number}".encode() * 100)
    store.put("both", f"{mine} {number}".encode())
    store.flush()
    found = store.get(f"{theirs} {number}")
    wrong += found not in (None, f"{theirs} says {number}".encode() * 100)
print(wrong)
"""


def test_two_processes_share_it(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    children = [run_child(TOGETHER, path, *names) for names in (("left", "right"), ("right", "left"))]
    assert [child.communicate()[0] for child in children] == ["0\n", "0\n"]
    every = {f"{name} {n}": f"{name} says {n}".encode() * 100 for name in ("left", "right") for n in range(30)}
    assert get(path, *every) == every
    assert get(path, "both")["both"] in (b"left 29", b"right 29")


def test_file_that_another_process_writes_is_not_waited_for_forever(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *arguments, **more: connect(*arguments, **{**more, "timeout": 0.05}))
    with closing(connect(path)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert get(path) == dict.fromkeys(VALUES)
        put(path, NEW)
        other.rollback()
    assert get(path) == VALUES


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_forked_process_opens_it_anew(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    connect, connections = sqlite3.connect, list[sqlite3.Connection]()

    def note(*arguments: Any, **more: Any) -> sqlite3.Connection:
        connections.append(connect(*arguments, **more))
        return connections[-1]

    monkeypatch.setattr(sqlite3, "connect", note)
    store = Store(path)
    assert store.get("one") == VALUES["one"]
    store.put("parent", b"before")
    if (child := os.fork()) == 0:
        right = (store.get("two"), store.get("parent")) == (VALUES["two"], b"before")
        store.put("child", b"from the child")
        store.flush()
        os._exit(0 if right and len(connections) == 2 else 1)
    assert os.waitpid(child, 0)[1] == 0
    store.flush()
    assert {key: store.get(key) for key in ("two", "parent")} == {"two": VALUES["two"], "parent": b"before"}
    store.close()
    assert get(path, "child", "parent", *VALUES) == {"child": b"from the child", "parent": b"before", **VALUES}


def test_threads_share_one(path: Path) -> None:
    store, wrong = Store(path), list[str]()

    def work(name: str) -> None:
        for number in range(40):
            store.put(f"{name} {number}", f"{name} {number}".encode())
            if number % 5 == 0:
                store.flush()
            if store.get(f"{name} {number}") != f"{name} {number}".encode() or store.get("one") != VALUES["one"]:
                wrong.append(f"{name} {number}")

    threads = [threading.Thread(target=work, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    store.flush()
    store.close()
    assert wrong == []
    assert get(path, "a 39", "d 0") == {"a 39": b"a 39", "d 0": b"d 0"}


def noise(size: int) -> bytes:
    return random.Random(size).randbytes(size)


def test_least_recently_used_go_first(tmp_path: Path) -> None:
    path, bound = tmp_path / "store.db", 5500
    for name in ("a", "b", "c", "d", "e"):
        put(path, {name: noise(1000)}, most_bytes=bound)
    with closing(Store(path, bound)) as store:
        store.get("a")
        store.put("f", noise(1000))
        store.flush()
    assert {key for key, value in get(path, *"abcdef").items() if value} == set("acdef")
    put(path, {"g": noise(1900)}, most_bytes=bound)
    assert {key for key, value in get(path, *"abcdefg").items() if value} == set("aefg")


def test_entry_beyond_the_bound_drives_nothing_out(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    put(path, VALUES, most_bytes=2000)
    put(path, {"huge": noise(3000), "small": b"small"}, most_bytes=2000)
    assert get(path, *VALUES, "small") == {**VALUES, "small": b"small"}


def test_size_stays_bounded(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    for number in range(60):
        put(path, {f"{number} {part}": noise(4000 + number) for part in range(5)}, most_bytes=100_000)
    assert path.stat().st_size < 200_000


def test_heavy_values_do_not_wait_for_the_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MOST_PENDING", 10_000)
    path, store = tmp_path / "store.db", Store(tmp_path / "store.db")
    for number in range(7):
        store.put(str(number), noise(3000))
    assert get(path, "0", "6") == {"0": noise(3000), "6": None}


def test_times_of_files_mean_nothing(path: Path) -> None:
    for moment in (0, 4_000_000_000):
        os.utime(path, (moment, moment))
        assert get(path) == VALUES
        assert is_usable(path)
    assert stat.S_ISREG(path.stat().st_mode)


def test_a_worker_gives_what_it_put_and_finds_what_was_kept_before(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    before = Store(path)
    before.put("kept", b"1")
    before.flush()
    worker = Store(path)
    worker.begin_draining()
    worker.put("new", b"2")
    assert [worker.get(key) for key in ("kept", "new", "absent")] == [b"1", b"2", None]
    assert worker.drain().keys() == {"new"}
    assert worker.get("new") is None
