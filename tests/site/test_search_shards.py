"""Search of a large course: how it is divided, what is kept of it, and that its pieces hold all that it held."""

import gzip
import json
from collections.abc import Callable, Iterable, Mapping
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from threading import Event

import cbor2
import pytest

from trackbook.cache.store import Store
from trackbook.language.words import load_language
from trackbook.publishing import SearchEntry
from trackbook.publishing.search import SearchGroup
from trackbook.site.search import chunks as search_chunks
from trackbook.site.search import index as search
from trackbook.site.search import pagefind
from trackbook.site.search.chunks import cut_index
from trackbook.site.search.index import divide_entries
from trackbook.site.search.pagefind import ENTRY
from trackbook.site.search.records import Body

ENGLISH = load_language("en")
WORDS = ["attention", "gradient", "hidden", "kernel", "memory", "network", "token", "weight"]


def make_entries(modules: int) -> list[SearchEntry]:
    """Two for each module: its lesson, and a concept that it teaches."""
    entries = []
    for number in range(modules):
        group = SearchGroup(f"track/module-{number}", "Track 1")
        page = SearchEntry(f"track/module-{number}/lesson/", f"Lesson {number}", "lesson", "Lesson", group)
        concept = SearchEntry(f"glossary/#concept-{number}", f"Concept {number}", "concept", "Definition", group)
        entries += [page, replace(concept, text=f"What concept {number} says.")]
    return entries


def make_bodies(entries: Iterable[SearchEntry]) -> dict[str, Body]:
    return {
        entry.address: Body.of(f"<p>{' '.join([*WORDS[at % 8 :], f'word{at}'])}</p>")
        for at, entry in enumerate(entries)
        if entry.text is None
    }


@pytest.fixture
def small_shards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "_ENTRIES", 20)


@pytest.fixture
def indexed(monkeypatch: pytest.MonkeyPatch) -> list[Mapping[str, str]]:
    """The records of each index that is made: Pagefind's work is counted, and done by a stand-in."""
    made: list[Mapping[str, str]] = []

    def make(records: Iterable[tuple[str, str]]) -> dict[str, bytes]:
        made.append(dict(records))
        text = json.dumps(made[-1]).encode()
        return {"pagefind-entry.json": text, "pagefind.js": b"code", "wasm.en.pagefind": b"program", "index/a": text}

    monkeypatch.setattr(search, "index_records", make)
    return made


def read_files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def read_note(site: Path) -> dict[str, object]:
    note: dict[str, object] = json.loads((site / "search/search.json").read_text("utf-8"))
    return note


def test_course_like_ours_is_one_shard() -> None:
    assert divide_entries([]) == [[]]
    entries = make_entries(400)
    assert divide_entries(entries) == [entries]


def test_large_course_is_divided_evenly_and_by_module() -> None:
    entries = make_entries(3000)
    shards = divide_entries(entries)
    assert len(shards) == 8
    assert sorted(map(repr, entries)) == sorted(repr(entry) for shard in shards for entry in shard)
    assert all(650 < len(shard) < 850 for shard in shards)
    keys = [{entry.group.key for entry in shard} for shard in shards]
    assert sum(map(len, keys)) == 3000


def test_pages_of_no_track_are_divided_too(small_shards: None) -> None:
    del small_shards
    pages = [SearchEntry(f"page-{n}/", "Page", "plain", "Page", SearchGroup()) for n in range(100)]
    assert len(divide_entries(pages)) == 5
    together = [replace(page, group=SearchGroup("track/module")) for page in pages]
    assert divide_entries(together) == [together]


def test_edit_of_one_module_indexes_one_shard(
    small_shards: None, indexed: list[Mapping[str, str]], tmp_path: Path
) -> None:
    del small_shards
    entries, store = make_entries(30), Store()
    bodies = make_bodies(entries)
    search.index_site(tmp_path / "site", entries, ENGLISH, bodies, store=store)
    assert len(indexed) == 3
    version = read_note(tmp_path / "site")["version"]
    search.index_site(tmp_path / "site", entries, ENGLISH, bodies, store=store)
    assert len(indexed) == 3
    assert read_note(tmp_path / "site") == {"state": "current", "version": version, "shards": 3} | {
        "small": ENGLISH.say("search.small_words").split()
    }
    for number in range(0, 30, 5):
        made = len(indexed)
        bodies |= {f"track/module-{number}/lesson/": Body.of(f"<p>Other words {number}.</p>")}
        search.index_site(tmp_path / "site", entries, ENGLISH, bodies, store=store)
        assert len(indexed) == made + 1
        assert read_note(tmp_path / "site")["version"] != version
        search.index_site(tmp_path / "clean", entries, ENGLISH, bodies, store=Store())
        assert read_files(tmp_path / "site") == read_files(tmp_path / "clean")


def test_program_comes_once(small_shards: None, indexed: list[Mapping[str, str]], tmp_path: Path) -> None:
    del small_shards, indexed
    entries = make_entries(20)
    search.index_site(tmp_path, entries, ENGLISH, make_bodies(entries), store=Store())
    first = {"pagefind-entry.json", "pagefind.js", "wasm.en.pagefind", "index/a", "search.json"}
    assert set(read_files(tmp_path / "search")) == first | {"1/pagefind-entry.json", "1/index/a"}


def test_served_site_borrows_every_shard(small_shards: None, indexed: list[Mapping[str, str]], tmp_path: Path) -> None:
    del small_shards, indexed
    entries = make_entries(20)
    search.index_site(tmp_path / "last", entries, ENGLISH, make_bodies(entries), store=Store())
    search.lend_index(tmp_path / "last", tmp_path / "served", ENGLISH)
    assert read_note(tmp_path / "served") == read_note(tmp_path / "last") | {"state": "last"}
    assert (tmp_path / "served/search/1/index/a").is_file()


def test_page_without_words_and_shards_without_pages_are_left_out(
    small_shards: None, indexed: list[Mapping[str, str]], tmp_path: Path
) -> None:
    del small_shards
    entries = make_entries(30)[::2]
    search.index_site(tmp_path, entries, ENGLISH, {"track/module-3/lesson/": Body.of("<p>Words.</p>")}, store=Store())
    assert [list(records) for records in indexed] == [["track/module-3/lesson/index.html"]]
    search.index_site(tmp_path, entries, ENGLISH, {}, store=Store())
    assert indexed[1:] == [{}]


def test_another_program_indexes_anew(
    indexed: list[Mapping[str, str]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    store = Store()
    for version in ("pagefind 1.5.2", "pagefind 1.5.3"):
        monkeypatch.setattr(search, "read_version", lambda version=version: version)
        search.index_site(tmp_path / "site", make_entries(1), ENGLISH, {}, store=store)
    assert len(indexed) == 2


def test_records_are_read_while_another_index_is_put_together(
    small_shards: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Of the latter never two at once: that is where Pagefind takes its memory."""
    del small_shards
    begun, both = list[bool](), Event()
    files = [pagefind.File(ENTRY, b'{"languages": {}}')]

    def ask(question: Mapping[str, object]) -> pagefind.Payload:
        if question["type"] == "NewIndex":
            begun.append(True)
            if len(begun) == 2:
                both.set()
        if question["type"] == "GetFiles":
            assert pagefind._heavy.locked()
            assert both.wait(timeout=30)
        return pagefind.Payload(str(question["type"]), index_id=1, files=files)

    monkeypatch.setattr(pagefind, "_asking", lambda: nullcontext(ask))
    entries = make_entries(20)
    search.index_site(tmp_path, entries, ENGLISH, make_bodies(entries), store=Store())
    assert read_note(tmp_path)["shards"] == 2


def list_words(files: Mapping[str, bytes]) -> list[object]:
    """Every word of an index with where it stands, as the browser comes to it."""
    words = []
    for name in sorted(name for name in files if name.endswith(".pf_meta")):
        for first, last, chunk in cbor2.loads(unzip(files[name]))[2]:
            (part,) = cbor2.loads(unzip(files[f"index/{chunk}.pf_index"]))
            assert (first, last) == (part[0][0], part[-1][0])
            words += part
    return words


def unzip(content: bytes) -> bytes:
    text = gzip.decompress(content)
    assert text.startswith(b"pagefind_dcd")
    return text.removeprefix(b"pagefind_dcd")


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """As Pagefind makes it."""
    entries = make_entries(40)
    folder = tmp_path_factory.mktemp("index")
    search.index_site(folder, entries, ENGLISH, make_bodies(entries), store=Store())
    return read_files(folder / "search")


@pytest.mark.parametrize("size", [1, 100, 1000, 100_000])
def test_pieces_hold_every_word(index: dict[str, bytes], monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    monkeypatch.setattr(search_chunks, "_BYTES", size)
    cut = cut_index(index)
    assert list_words(cut) == list_words(index)
    pieces = [cbor2.loads(unzip(content))[0] for name, content in cut.items() if name.startswith("index/")]
    assert all(len(piece) == 1 or sum(len(cbor2.dumps(word)) for word in piece) <= size for piece in pieces)
    assert (len(pieces) == len(list_words(index))) == (size == 1)
    rest = {name for name in index if not name.startswith("index/")}
    assert {name for name in cut if not name.startswith("index/")} == rest


@pytest.mark.parametrize(
    "break_it",
    [
        lambda files: {name: content for name, content in files.items() if not name.startswith("index/")},
        lambda files: {name: b"no gzip" if name.startswith("index/") else files[name] for name in files},
        lambda files: {name: gzip.compress(b"pagefind_dcd\xff") if "meta" in name else files[name] for name in files},
        lambda files: {name: gzip.compress(b"pagefind_dcd\x00") if "meta" in name else files[name] for name in files},
        lambda files: {
            name: gzip.compress(unzip(files[name])[:-3]) if name.startswith("index/") else files[name] for name in files
        },
    ],
)
def test_index_that_is_made_otherwise_stays_as_it_is(
    index: dict[str, bytes], break_it: Callable[[Mapping[str, bytes]], Mapping[str, bytes]]
) -> None:
    other = break_it(index)
    assert cut_index(other) == other
