"""The search index in the site's folder `search/`, made by Pagefind (https://pagefind.app) after a whole build."""

import hashlib
import json
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from mkdocs.config.defaults import MkDocsConfig
from pagefind.service import get_executable

from trackbook.issue import CourseError
from trackbook.language import Language
from trackbook.mkdocs_plugin.search_records import write_records
from trackbook.publishing import SearchEntry

FOLDER = "search"
_NOTE = "search.json"
"""What the browser asks first: which index there is, and which words are too small to look for."""
_CODE = {"pagefind.js", "pagefind-worker.js", "pagefind-entry.json"}


def index_site(site: Path, entries: Sequence[SearchEntry], language: Language) -> None:
    """Index the built `site`. Equal sites give equal bytes. Raises CourseError when Pagefind can't run."""
    index = site / FOLDER
    shutil.rmtree(index, ignore_errors=True)
    with TemporaryDirectory() as records:
        write_records(Path(records), site, entries, language.code)
        _run_pagefind(Path(records), index)
    entry = _remove_unused(index)
    _write_note(index, language, version=hashlib.sha256(entry).hexdigest()[:10])


def find_last_site(config: MkDocsConfig) -> Path:
    """The folder that a build fills: a server puts a folder of its own in its place."""
    root = Path(config.config_file_path or "mkdocs.yml").resolve().parent
    return root / str(config.user_configs[0].get("site_dir", "site"))


def lend_index(last: Path, site: Path, language: Language) -> None:
    """Let a served `site` search the index of the `last` built one, which may be none."""
    index = site / FOLDER
    shutil.rmtree(index, ignore_errors=True)
    index.mkdir(parents=True)
    note = last / FOLDER / _NOTE
    if not note.is_file():
        _write_note(index, language, state="none")
        return
    for path in sorted(note.parent.iterdir()):
        if path != note:
            _link(path, index / path.name)
    _write_note(index, language, state="last", version=json.loads(note.read_text("utf-8")).get("version", ""))


def _run_pagefind(records: Path, index: Path) -> None:
    try:
        command = [str(get_executable() or "pagefind"), "--site", str(records), "--output-path", str(index), "--quiet"]
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", errors="replace", check=False)
    except OSError as error:
        raise _fail(str(error.strerror or error)) from None
    if done.returncode or not (index / "pagefind-entry.json").is_file():
        lines = (done.stderr.strip() or done.stdout.strip()).splitlines()
        raise _fail(lines[-1].strip() if lines else f"it ended with code {done.returncode}")


def _fail(reason: str) -> CourseError:
    return CourseError(
        f"the site has no search: Pagefind could not index it ({reason})."
        " `pip install --force-reinstall pagefind-bin` brings its program back"
    )


def _remove_unused(index: Path) -> bytes:
    """Take away what comes along for other interfaces and languages; returns the index's own list of contents."""
    entry = (index / "pagefind-entry.json").read_bytes()
    languages = json.loads(entry)["languages"].values()
    used = _CODE | {"fragment", "index"}
    used |= {f"pagefind.{language['hash']}.pf_meta" for language in languages}
    used |= {f"wasm.{language['wasm'] or 'unknown'}.pagefind" for language in languages}
    for path in index.iterdir():
        if path.name not in used:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    return entry


def _write_note(index: Path, language: Language, *, state: str = "current", version: str = "") -> None:
    note = {"state": state, "version": version, "small": language.say("search.small_words").split()}
    (index / _NOTE).write_text(json.dumps(note, ensure_ascii=False) + "\n", encoding="utf-8")


def _link(path: Path, link: Path) -> None:
    """A link costs nothing at each save; where the system has none, a copy."""
    try:
        link.symlink_to(path.resolve())
    except OSError:
        copy = shutil.copytree if path.is_dir() else shutil.copyfile
        copy(path, link)
