"""The search index in the site's folder `search/`, made by Pagefind (https://pagefind.app) after a whole build.

A large course's index comes in shards, of which the browser makes one: the first lies in `search/`, others below it.
"""

import hashlib
import json
import shutil
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.utils.yaml import get_yaml_loader, yaml_load

from trackbook.hashing import fingerprint, hash_parts
from trackbook.language import Language
from trackbook.mkdocs_plugin.index_files import remove_others, write_files
from trackbook.mkdocs_plugin.kept_files import forget_files, keep_files, recall_files
from trackbook.mkdocs_plugin.pagefind import ENTRY, index_records, leave_out_program, read_version
from trackbook.mkdocs_plugin.search_chunks import cut_index
from trackbook.mkdocs_plugin.search_records import Body, make_records, name_records
from trackbook.mkdocs_plugin.search_shards import divide_entries
from trackbook.publishing import SearchEntry

FOLDER = "search"
_NOTE = "search.json"
"""What the browser asks first: which index there is, in how many shards, and which words are too small to look for."""
_GENERATIONS = 2
"""How many builds' shards are kept."""
_AT_ONCE = 2
"""Shards that are made at once: Pagefind reads the records of one while it puts together another."""


def index_site(
    site: Path,
    entries: Sequence[SearchEntry],
    language: Language,
    bodies: Mapping[str, Body],
    cache: Path | None = None,
    *,
    last: Path | None = None,
) -> None:
    """Index the built `site`. `bodies` are the words of its pages, by their addresses.

    Equal entries and bodies give equal bytes. What didn't change since an earlier build is taken from the folder
    `cache`, and files of the `last` site that are the same are shared with it. Raises CourseError when Pagefind can't
    run.
    """
    index = site / FOLDER
    shards = divide_entries([entry for entry in entries if entry.text is not None or entry.address in bodies])
    cut = len(shards) > 1
    program = hash_parts(fingerprint(), read_version())

    def make_index(shard: Sequence[SearchEntry]) -> dict[str, bytes]:
        name = hash_parts(program, str(cut), name_records(shard, bodies, language.code))
        files = recall_files(cache, name) if cache else None
        if files is None:
            files = index_records(make_records(shard, bodies, language.code))
            files = cut_index(files) if cut else files
            if cache:
                keep_files(cache, name, files)
        return files

    digest, written = hashlib.sha256(), {_NOTE}
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for number, files in enumerate(pool.map(make_index, shards)):
            named = {f"{number}/{name}": files[name] for name in leave_out_program(files)} if number else files
            write_files(index, named, last and last / FOLDER)
            written |= named.keys()
            digest.update(files[ENTRY])
    if cache:
        forget_files(cache, _GENERATIONS * len(shards))
    note = _describe_index(language, state="current", version=digest.hexdigest()[:10], shards=len(shards))
    (index / _NOTE).write_text(note, encoding="utf-8")
    remove_others(index, written)


def find_last_site(config: MkDocsConfig) -> Path:
    """The folder that a build fills: who serves or builds puts a folder of its own in its place."""
    path = Path(config.config_file_path or "mkdocs.yml").resolve()
    if not path.is_file():  # the host reads what it is told by a pipe
        return path.parent / "site"
    with path.open("rb") as file:
        told = yaml_load(file, get_yaml_loader(config=config))
    return path.parent / str(told.get("site_dir", "site"))


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
