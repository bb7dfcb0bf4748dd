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
    own = [widget for widget in list_widgets(course).values() if widget.root]
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
    """The same while nothing of them changes. `api` is what they import from "trackbook"."""
    folders = {widget.name: widget.folder for widget in own}
    root = next(iter(folders.values())).parents[2]
    esbuild = find_esbuild(root)
    program = str(esbuild.stat().st_size) if esbuild else ""
    key = hash_parts("widget assets", fingerprint(), hash_folder(root / OWN_WIDGETS), api, program)
    encoded = store.recall(key, lambda: msgspec.msgpack.encode(make_assets(root, folders, Path(api).name, esbuild)))
    return msgspec.msgpack.decode(encoded, type=Assets)


def make_assets(root: Path, folders: Mapping[str, Path], api: str, esbuild: Path | None) -> Assets:
    """Those of the widgets in some folders. A sheet beside TypeScript is bundled as well."""
    typed = {widget: folder for widget, folder in folders.items() if (folder / "element.ts").is_file()}
    if typed and esbuild is None:
        place = next(iter(typed.values())).relative_to(root)
        raise CourseError(
            f"{place}/element.ts:1: TypeScript needs esbuild, which is not here: run `npm install --save-dev esbuild`"
            " in the folder of the course, or write element.js"
        )
    plain = {widget: folder for widget, folder in folders.items() if widget not in typed}
    assets = Assets({}, {}, {})
    if typed and esbuild:
        _bundle(assets, root, typed, api, esbuild)
    _copy(assets, root, plain, api)
    if esbuild and (scripts := [plain[widget] / "element.js" for widget in plain.keys() & assets.scripts.keys()]):
        check_syntax(esbuild, root, sorted(scripts))
    return assets


def _bundle(assets: Assets, root: Path, folders: Mapping[str, Path], api: str, esbuild: Path) -> None:
    found = {path: widget for widget, folder in folders.items() for path in _list_files(folder, ".ts")}
    files, made = bundle(esbuild, root, {path: f"widget-{path.parent.name}" for path in found}, api)
    assets.files.update(files)
    for path, widget in found.items():
        (assets.sheets if path.suffix == ".css" else assets.scripts)[widget] = made[path]


def _copy(assets: Assets, root: Path, folders: Mapping[str, Path], api: str) -> None:
    for widget, folder in folders.items():
        for path in _list_files(folder, ".js"):
            content = _read(path, root, api)
            name = _name_file(f"widget-{folder.name}", content, path.suffix)
            assets.files[name] = content
            (assets.sheets if path.suffix == ".css" else assets.scripts)[widget] = name


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
        return f"{found[1]}{found[2]}./{api}{found[2]}"

    return (_IMPORT.sub(lead, text) if path.suffix == ".js" else text).encode()


def _name_file(stem: str, content: bytes, ending: str) -> str:
    """A name by which service workers know that what it names never changes."""
    return f"{stem}-{hash_parts(content)[:8].upper()}{ending}"
