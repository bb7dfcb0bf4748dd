"""Pagefind (https://pagefind.app), the program that indexes pages: records go in, the files of an index come out."""

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from pagefind.service import get_executable

from trackbook.issue import CourseError

ENTRY = "pagefind-entry.json"
"""An index's list of contents: it changes with them."""
_CODE = ("pagefind.js", "pagefind-worker.js")


def read_version() -> str:
    """What the program says it is. Raises CourseError when it can't be run."""
    return _run("--version").strip()


def index_records(records: Mapping[str, str]) -> dict[str, bytes]:
    """The files of an index of the records, by path, without those for other interfaces and languages.

    Equal records give equal bytes. Raises CourseError when Pagefind can't make one.
    """
    with TemporaryDirectory() as folder:
        pages, index = Path(folder) / "pages", Path(folder) / "index"
        for path, html in records.items():
            page = pages / path
            page.parent.mkdir(parents=True, exist_ok=True)
            page.write_text(html, encoding="utf-8")
        pages.mkdir(exist_ok=True)
        said = _run("--site", str(pages), "--output-path", str(index), "--quiet")
        if not (index / ENTRY).is_file():
            raise _fail(said.strip() or "it made no index")
        kept = list_languages((index / ENTRY).read_bytes()) | {ENTRY, *_CODE}
        paths = {path.relative_to(index).as_posix(): path for path in sorted(index.rglob("*")) if path.is_file()}
        return {
            name: path.read_bytes()
            for name, path in paths.items()
            if name in kept or name.startswith(("fragment/", "index/"))
        }


def leave_out_program(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """An index without what a browser needs but once: the code, and the program of the language."""
    return {name: content for name, content in files.items() if name not in _CODE and not name.startswith("wasm.")}


def list_languages(entry: bytes) -> set[str]:
    """The files at the top of an index that belong to the languages of its pages."""
    languages = json.loads(entry)["languages"].values()
    metas = {f"pagefind.{language['hash']}.pf_meta" for language in languages}
    return metas | {f"wasm.{language['wasm'] or 'unknown'}.pagefind" for language in languages}


def _run(*arguments: str) -> str:
    try:
        command = [str(get_executable() or "pagefind"), *arguments]
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", errors="replace", check=False)
    except OSError as error:
        raise _fail(str(error.strerror or error)) from None
    if done.returncode:
        lines = (done.stderr.strip() or done.stdout.strip()).splitlines()
        raise _fail(lines[-1].strip() if lines else f"it ended with code {done.returncode}")
    return done.stdout


def _fail(reason: str) -> CourseError:
    return CourseError(
        f"the site has no search: Pagefind could not index it ({reason})."
        " `pip install --force-reinstall pagefind-bin` brings its program back"
    )
