"""The scripts and sheets of a course's own widgets: TypeScript is bundled, all else is copied."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from trackbook.cache.digest import fingerprint, hash_folder, hash_parts
from trackbook.cache.store import Store
from trackbook.issue import CourseError
from trackbook.model import OWN_WIDGETS, Course
from trackbook.site.bundling import bundle, check_syntax, find_esbuild
from trackbook.widgets import Widget, list_widgets

_IMPORT = re.compile(
    r"""^(\s*import\b[^"';(]*?|\s*export\b[^"';=(]*?\bfrom\s*)(["'])([^"'\n]+)\2""", flags=re.MULTILINE
)


_NAMES = re.compile(r"import\s*(?:\{([^}]*)\}|\*\s*as\s+([\w$]+))")
_OF_MODULES = re.compile(r"^\s*(export)\b|\b(import\.meta)\b", flags=re.MULTILINE)
"""What no plain script can have."""


@dataclass(frozen=True, slots=True)
class Assets:
    """Files by their names, and which of them are the script and the sheet of a widget."""

    files: dict[str, bytes]
    scripts: dict[str, str]
    sheets: dict[str, str]


def add_widgets(
    course: Course, manifest: Mapping[str, list[str]], theme: Path, store: Store
) -> tuple[Mapping[str, bytes], Mapping[str, Any]]:
    """The files of the course's own widgets by their paths in the site, and the theme's manifest with them.

    Raises CourseError for bad code.
    """
    own = [widget for widget in list_widgets(course).values() if widget.root and widget.is_run]
    if not own:
        return {}, manifest
    assets = recall_assets(own, manifest["api"][0], store)
    name, content = register_elements((theme / manifest["scripts"][0]).read_bytes(), assets)
    files = {f"assets/{file}": written for file, written in {**assets.files, name: content}.items()}
    # What their scripts say is shown in the document around a page.
    return files, {**manifest, **describe_assets(manifest, assets, name), "own_widgets": own[0].digest}


def describe_assets(manifest: Mapping[str, list[str]], assets: Assets, script: str) -> dict[str, list[str]]:
    """What of the theme's manifest is other with the course's assets."""
    sheets = {f"tb-{widget}": sheet for widget, sheet in assets.sheets.items()}
    files = {*manifest["files"], f"assets/{script}", *(f"assets/{file}" for file in assets.files)}
    return {
        "scripts": [f"assets/{script}"],
        "files": sorted(files - set(manifest["scripts"])),
        "tags": sorted({*manifest["tags"], *sheets}),
        **{f"styles_of_{tag}": [f"assets/{sheet}"] for tag, sheet in sheets.items()},
    }


def register_elements(script: bytes, assets: Assets) -> tuple[str, bytes]:
    """The script of all pages, which loads elements as they come into view, with those of the course; and its name."""
    elements = {f"tb-{widget}": f"./{file}" for widget, file in assets.scripts.items()}
    content = f"const courseElements={json.dumps(elements, separators=(',', ':'))};".encode() + script
    return _name_file("trackbook", content, ".js"), content


def recall_assets(own: Iterable[Widget], api: str, store: Store) -> Assets:
    """The same while nothing of them changes. `api` is what they import from "trackbook".

    Without it, scripts are no modules, and find that in a variable of the same name.
    """
    folders = {widget.folder: widget.name for widget in own}
    root = next(iter(folders)).parents[2]
    esbuild = find_esbuild(root)
    program = str(esbuild.stat().st_size) if esbuild else ""
    key = hash_parts("widget assets", fingerprint(), hash_folder(root / OWN_WIDGETS), api, program)
    encoded = store.recall(key, lambda: msgspec.msgpack.encode(make_assets(root, folders, Path(api).name, esbuild)))
    return msgspec.msgpack.decode(encoded, type=Assets)


def make_assets(root: Path, folders: Mapping[Path, str], api: str, esbuild: Path | None) -> Assets:
    """Those of the widgets with these names in some folders. A sheet beside TypeScript is bundled as well."""
    typed = [folder for folder in folders if (folder / "element.ts").is_file()]
    files: dict[str, bytes] = {}
    made: dict[Path, str] = {}
    if typed and esbuild is None:
        raise CourseError(
            f"{typed[0].relative_to(root)}/element.ts:1: TypeScript needs esbuild, which is not here: run"
            " `npm install --save-dev esbuild` in the folder of the course, or write element.js"
        )
    if typed and esbuild:
        entries = {path: f"widget-{folder.name}" for folder in typed for path in _list_files(folder, ".ts")}
        bundled, names = bundle(esbuild, root, entries, api)
        files, made = {**bundled}, {path: names[path] for path in entries}
    plain = [path for folder in folders if folder not in typed for path in _list_files(folder, ".js")]
    for path in plain:
        content = _read(path, root, api)
        made[path] = _name_file(f"widget-{path.parent.name}", content, path.suffix)
        files[made[path]] = content
    if esbuild and (scripts := sorted(path for path in plain if path.suffix == ".js")):
        check_syntax(esbuild, root, scripts)
    sheets = {folders[path.parent]: name for path, name in made.items() if path.suffix == ".css"}
    return Assets(files, {folders[path.parent]: name for path, name in made.items() if path.suffix != ".css"}, sheets)


def _list_files(folder: Path, script: str) -> list[Path]:
    return [path for path in (folder / f"element{script}", folder / "element.css") if path.is_file()]


def _read(path: Path, root: Path, api: str) -> bytes:
    """A file of a widget as browsers get it: JavaScript finds "trackbook" in the file `api` beside it."""
    place = path.relative_to(root)
    try:
        text = path.read_text("utf-8")
    except UnicodeDecodeError:
        raise CourseError(f"{place}:1: it is no text in UTF-8: save it as that") from None

    def lead(found: re.Match[str]) -> str:
        if found[3] != "trackbook":
            line = text.count("\n", 0, found.start(3)) + 1
            raise CourseError(
                f'{place}:{line}: it imports "{found[3]}", which is not there in a browser: import from "trackbook"'
                " alone, or write element.ts, which is bundled"
            )
        return f"{found[1]}{found[2]}./{api}{found[2]}" if api else _take(found[1])

    if path.suffix != ".js":
        return text.encode()
    if not api and (found := _OF_MODULES.search(text)):
        line, word = text.count("\n", 0, found.start(found.lastindex or 0)) + 1, found[1] or found[2]
        raise CourseError(
            f"{place}:{line}: `{word}` is for modules, which pages opened as files can't load: leave it out, or write"
            " element.ts, which is bundled"
        )
    script = _IMPORT.sub(lead, text)
    return (script if api else f'(() => {{"use strict";{script}\n}})();\n').encode()


def _take(statement: str) -> str:
    """What a plain script has in the place of an import from "trackbook", which is a variable there."""
    names = _NAMES.search(statement)
    if not names:
        return ""
    return f"const {names[2] or '{' + names[1].replace(' as ', ': ') + '}'} = trackbook"


def _name_file(stem: str, content: bytes, ending: str) -> str:
    """A name by which service workers know that what it names never changes."""
    return f"{stem}-{hash_parts(content)[:8].upper()}{ending}"
