"""The search index in the site's folder `search/`, made by Pagefind (https://pagefind.app) after a whole build.

A large course's index comes in shards, of which the browser makes one: the first lies in `search/`, others below it.
"""

import hashlib
import json
import shutil
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec

from trackbook.cache.digest import fingerprint, hash_parts
from trackbook.cache.store import Store
from trackbook.language.words import Language
from trackbook.publishing import SearchEntry
from trackbook.site.files import write_file
from trackbook.site.search.chunks import cut_index
from trackbook.site.search.pagefind import ENTRY, index_records, leave_out_program, read_version
from trackbook.site.search.records import Body, make_records, name_records
from trackbook.site.search.shards import divide_entries

FOLDER = "search"
_NOTE = "search.json"
"""What the browser asks first: which index there is, in how many shards, and which words are too small to look for."""
_AT_ONCE = 2
"""Shards that are made at once: Pagefind reads the records of one while it puts together another."""


def index_site(
    site: Path,
    entries: Sequence[SearchEntry],
    language: Language,
    bodies: Mapping[str, Body],
    *,
    store: Store,
    last: Path | None = None,
) -> None:
    """Index the built `site`. `bodies` are the words of its pages, by their addresses.

    Equal entries and bodies give equal bytes. What didn't change since an earlier build is taken from the store, and
    files of the `last` site that are the same are shared with it. Raises CourseError when Pagefind can't run.
    """
    index = site / FOLDER
    shards = divide_entries([entry for entry in entries if entry.text is not None or entry.address in bodies])
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
                write_file(index / name, content, last and last / FOLDER / name)
            digest.update(files[ENTRY])
    note = _describe_index(language, state="current", version=digest.hexdigest()[:10], shards=len(shards))
    write_file(index / _NOTE, note.encode())


def lend_index(last: Path, site: Path, language: Language) -> None:
    """Let a served `site` search the index of the `last` built one, which may be none."""
    index = site / FOLDER
    shutil.rmtree(index, ignore_errors=True)
    index.mkdir(parents=True)
    for path in sorted((last / FOLDER).iterdir()) if (last / FOLDER / _NOTE).is_file() else ():
        if path.name != _NOTE:
            _link(path, index / path.name)
    (index / _NOTE).write_text(describe_loan(last, language), encoding="utf-8")


def describe_loan(last: Path, language: Language) -> str:
    """What a browser is told of the index that a served site borrows from the `last` built one, which may be none."""
    note = last / FOLDER / _NOTE
    if not note.is_file():
        return _describe_index(language, state="none")
    told = json.loads(note.read_text("utf-8"))
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
