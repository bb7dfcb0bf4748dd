"""The search index in the site's folder `search/`, made by Pagefind (https://pagefind.app) after a whole build.

A large course's index comes in shards, of which the browser makes one: the first lies in `search/`, others below it.
Pages for authors have an index of their own, in `search/authors/`: learners find none of them, and load none of it.
"""

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import msgspec

from trackbook.cache.digest import fingerprint, hash_parts
from trackbook.cache.ending import clearing
from trackbook.cache.store import Store
from trackbook.language.words import Language
from trackbook.publishing import SearchEntry
from trackbook.publishing.addresses import address
from trackbook.site.files import write_file
from trackbook.site.page import MadePage, PageMaker
from trackbook.site.search.chunks import cut_index
from trackbook.site.search.pagefind import ENTRY, index_records, leave_out_program, read_version
from trackbook.site.search.records import Body, make_records, name_records

FOLDER = "search"
AUTHORS = f"{FOLDER}/authors"
FOLDERS = (FOLDER, AUTHORS)
_NOTE = "search.json"
"""What the browser asks first: which index there is, in how many shards, and which words are too small to look for."""
_AT_ONCE = 2
"""Shards that are made at once: Pagefind reads the records of one while it puts together another."""
_SECONDS_TO_LEAVE = 5
_ENTRIES = 800
"""What a shard holds, more or less: to put its index together, Pagefind takes 170 kB of memory for each."""


@contextmanager
def indexing(maker: PageMaker, made: Mapping[str, MadePage], folder: Path, last: Path) -> Iterator[None]:
    """The index of the pages that `maker` `made`, in the site in `folder`; it is there when the block has ended.

    What didn't change is shared with the `last` site. Raises CourseError when Pagefind can't run.
    """

    def index(read: Callable[[str], str]) -> None:
        bodies = {address(uri): Body(page.words, partial(read, uri)) for uri, page in made.items() if page.words}
        index_site(folder, maker.source.search, maker.frame.language, bodies, store=maker.memo.store, last=last)

    def read_words(uri: str) -> str:
        words = maker.read(made[uri].words or "")
        if words is None:
            raise _LostError(uri)
        return words

    with ThreadPoolExecutor(1) as thread:
        work = thread.submit(index, read_words)
        with clearing(partial(_await, work)):
            yield
            try:
                work.result()
            except _LostError:  # only this thread may make pages
                index({uri: maker.find_words(uri, page) for uri, page in made.items() if page.words}.__getitem__)


def _await(work: "Future[None]") -> None:
    """Else it would go on writing into a folder that a signal clears away."""
    wait([work], _SECONDS_TO_LEAVE)


class _LostError(Exception):
    """The words of a page are no longer kept."""


def index_site(
    site: Path,
    entries: Sequence[SearchEntry],
    language: Language,
    bodies: Mapping[str, Body],
    *,
    store: Store,
    last: Path | None = None,
) -> None:
    """Index the built `site`, the pages for learners and those for authors. `bodies` are their words, by address.

    Equal entries and bodies give equal bytes. What didn't change since an earlier build is taken from the store, and
    files of the `last` site that are the same are shared with it. Raises CourseError when Pagefind can't run.
    """
    known = [entry for entry in entries if entry.text is not None or entry.address in bodies]
    parts = {
        FOLDER: [entry for entry in known if entry.kind != "authors"],
        AUTHORS: [entry for entry in known if entry.kind == "authors"],
    }
    for folder, part in parts.items():
        if part or folder == FOLDER:
            _index_part(site, folder, part, language, bodies, store=store, last=last)


def _index_part(
    site: Path,
    folder: str,
    entries: Sequence[SearchEntry],
    language: Language,
    bodies: Mapping[str, Body],
    *,
    store: Store,
    last: Path | None,
) -> None:
    shards = divide_entries(entries)
    cut = len(shards) > 1
    program = hash_parts(fingerprint(), read_version())

    def make_index(shard: Sequence[SearchEntry]) -> dict[str, bytes]:
        name = hash_parts(program, str(cut), name_records(shard, bodies, language.code))
        if (kept := store.get(name)) is not None:
            return msgspec.msgpack.decode(kept, type=dict[str, bytes])
        files = index_records(make_records(shard, bodies, language.code))
        files = cut_index(files) if cut else files
        store.put(name, msgspec.msgpack.encode(files))
        return files

    digest = hashlib.sha256()
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for number, files in enumerate(pool.map(make_index, shards)):
            named = {f"{number}/{name}": files[name] for name in leave_out_program(files)} if number else files
            for name, content in named.items():
                write_file(site / folder / name, content, last and last / folder / name)
            digest.update(files[ENTRY])
    note = _describe_index(language, state="current", version=digest.hexdigest()[:10], shards=len(shards))
    write_file(site / folder / _NOTE, note.encode())


def divide_entries(entries: Sequence[SearchEntry]) -> list[list[SearchEntry]]:
    """The entries in one part or more that each look like the whole, so that a score means the same in all of them.

    What belongs to one module stays together: an edit of it changes one part.
    """
    count = max(1, -(-len(entries) // _ENTRIES))
    shards: list[list[SearchEntry]] = [[] for _ in range(count)]
    for entry in entries:
        digest = hashlib.blake2b((entry.group.key or entry.address).encode(), digest_size=8).digest()
        shards[int.from_bytes(digest) % count].append(entry)
    return [shard for shard in shards if shard] or [[]]


def lend_index(last: Path, site: Path, language: Language) -> None:
    """Let a served `site` search the index of the `last` built one, which may be none."""
    shutil.rmtree(site / FOLDER, ignore_errors=True)
    for folder in FOLDERS:
        (site / folder).mkdir(parents=True)
        for path in sorted((last / folder).iterdir()) if (last / folder / _NOTE).is_file() else ():
            if path.name != _NOTE and path != last / AUTHORS:
                _link(path, site / folder / path.name)
    for note, text in describe_loans(last, language).items():
        (site / note).write_text(text, encoding="utf-8")


def describe_loans(last: Path, language: Language) -> dict[str, str]:
    """What a browser is told of each index that a served site borrows from the `last` built one, by the note's path."""
    return {f"{folder}/{_NOTE}": _describe_loan(last / folder / _NOTE, language) for folder in FOLDERS}


def _describe_loan(note: Path, language: Language) -> str:
    """The last build may have made none."""
    try:
        told = json.loads(note.read_text("utf-8")) if note.is_file() else None
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict):
        return _describe_index(language, state="none")
    return _describe_index(language, state="last", version=told.get("version", ""), shards=told.get("shards", 1))


def _describe_index(language: Language, *, state: str, version: str = "", shards: int = 1) -> str:
    small = language.say("search.small_words").split()
    note = {"state": state, "version": version, "shards": shards, "small": small}
    return json.dumps(note, ensure_ascii=False) + "\n"


def _link(path: Path, link: Path) -> None:
    """A link costs nothing at each save; where the system has none, a copy."""
    try:
        link.symlink_to(path.resolve())
    except OSError:
        copy = shutil.copytree if path.is_dir() else shutil.copyfile
        copy(path, link)
