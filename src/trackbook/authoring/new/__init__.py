"""What `trackbook new` writes: a course that builds at once, a module whose every part says what belongs there."""

import html
import json
import os
import re
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from string import Template

from trackbook.authoring.new.keeping import add_to_ignored, keep_files
from trackbook.cache.made import list_strangers, name_some, write_listed
from trackbook.issue import CourseError
from trackbook.model import OWN_WIDGETS, is_slug, suggest_slug
from trackbook.reading.files import read_content
from trackbook.reading.module import split_new_key
from trackbook.reading.outline import OUTLINE
from trackbook.reading.plan import read_plan
from trackbook.reading.schema import make_schemas
from trackbook.widgets import load_widgets

FOLDER = Path(__file__).parent
"""Starters are files one can read; they are copied with names in the place of `$name` and the like."""
_FIRST_MODULE = "first-track/first-module"


def write_course(target: Path) -> tuple[list[Path], list[str]]:
    """A new course in `target`, with one track and one module. Returns the files written, and notes on what was kept.

    Raises CourseError, and writes nothing, where a file of the author's would be overwritten.
    """
    title = target.resolve().name.replace("-", " ").replace("_", " ").capitalize() or "A course"
    names = {"name": html.escape(title, quote=False), "quoted_name": json.dumps(title, ensure_ascii=False)}
    texts = _fill_starter(FOLDER / "course", target, names)
    texts |= _fill_starter(FOLDER / "vscode", target / ".vscode", {})  # by these settings editors find the schemas
    folder, sheet = locate_module(target, _FIRST_MODULE)
    schemas = [target / ".vscode/trackbook" / name for name in _format_schemas()]
    new, kept = keep_files(target, texts, [folder, sheet, *schemas])
    notes = [f"Kept {', '.join(sorted(path.relative_to(target).as_posix() for path in kept))}."] if kept else []
    if (ignored := target / ".gitignore") in kept and (added := add_to_ignored(ignored, texts[ignored])):
        notes.append(f"Added {added} lines to .gitignore, for what Trackbook makes.")
    written = [*_write_all(new), *write_schemas(target / ".vscode/trackbook")]
    return written + write_module(target, _FIRST_MODULE, listed=True), notes


def write_schemas(folder: Path, root: Path | None = None) -> list[Path]:
    """A file a kind: `course.json`, `quiz.json`…, also of the widgets of a course. Returns the files written.

    Raises CourseError, and writes nothing, where a file of the author's would be overwritten.
    """
    texts = _format_schemas(root)
    if strangers := list_strangers(folder, texts):
        raise CourseError(
            f"{folder} holds {name_some(strangers)}, which `trackbook schema` did not write as it is now: "
            "move it away, or name another folder"
        )
    write_listed(folder, texts)
    return [folder / name for name in texts]


def _format_schemas(root: Path | None = None) -> dict[str, bytes]:
    """Each schema by the name of its file."""
    schemas = make_schemas(load_widgets(root))
    return {
        f"{kind}.json": f"{json.dumps(of, indent=2, ensure_ascii=False)}\n".encode() for kind, of in schemas.items()
    }


def write_track(root: Path, track: str) -> tuple[list[Path], str]:
    """The first module of a new track. Returns the files written, and what the author adds to the outline."""
    if not is_slug(track):
        raise CourseError(f'"{track}" is not an id: try {suggest_slug(track)}')
    if (root / "lessons" / track).exists() or _names_track(root, track):
        raise CourseError(f'there is a track "{track}" already: nothing was changed')
    module = f"{track}-basics"
    numbers = [int(number) for number in re.findall(r"\bnumber\W+(\d+)", _read_outline(root))]
    names = {"id": track, "number": str(max(numbers, default=0) + 1), "module": module}
    names |= {"title": track.replace("-", " ").capitalize()}
    return write_module(root, f"{track}/{module}", listed=True), fill(FOLDER / "track/outline.yml", names)


def write_module(root: Path, key: str, *, listed: bool = False) -> list[Path]:
    """The four pages of the module `key` (track/id). Returns the files written; the outline is left to the author."""
    track, module = split_new_key(key)
    if not listed and not (root / "lessons" / track).is_dir() and not _names_track(root, track):
        raise CourseError(f'the outline has no track "{track}": add it to lessons/course.yml first')
    folder, sheet = locate_module(root, key)
    for taken in (folder, sheet):
        if os.path.lexists(taken):
            raise CourseError(f"{taken.relative_to(root)} is already there: nothing was changed")
    names = {"title": module.replace("-", " ").capitalize(), "concept": module}
    written = _copy_starter(FOLDER / "module", folder, names)
    sheet.parent.mkdir(parents=True, exist_ok=True)
    return [*(path for path in written if path.name != "cheatsheet.md"), (folder / "cheatsheet.md").rename(sheet)]


def tell_next_step(root: Path, key: str) -> str:
    """What the author of a module does once its pages are there: the outline may list it already, or plan it."""
    modules = {
        module.key: module for track in read_plan(read_content(root, OUTLINE)).tracks for module in track.modules
    }
    name = key.partition("/")[2]
    if key not in modules:
        return f"list `{name}` under a phase in {OUTLINE}."
    if modules[key].planned:
        return f"in {OUTLINE}, write `- {name}` in the place of its entry: its own pages say the rest now."
    return "write them; `trackbook serve` shows what they become."


def locate_module(root: Path, key: str) -> tuple[Path, Path]:
    """The folder and the cheatsheet of a module."""
    return root / "lessons" / key, root / "cheatsheets" / f"{key}.md"


def write_widget(root: Path, name: str) -> list[Path]:
    """The folder of a widget of the course's own. Returns the files written."""
    if not is_slug(name):
        raise CourseError(f'"{name}" is not a name in lower-case letters, digits and hyphens: try {suggest_slug(name)}')
    if name in load_widgets(root, run=False):
        raise CourseError(f'there is a widget "{name}" already: nothing was changed')
    names = {"name": name, "title": name.replace("-", " ").capitalize()}
    folder = root / OWN_WIDGETS / name.replace("-", "_")
    if os.path.lexists(folder):
        raise CourseError(f"{folder.relative_to(root)} is already there: nothing was changed")
    return _copy_starter(FOLDER / "widget", folder, names)


def _read_outline(root: Path) -> str:
    path = root / "lessons" / "course.yml"
    return path.read_text("utf-8", "replace") if path.is_file() else ""


def _names_track(root: Path, track: str) -> bool:
    return re.search(rf"\bid\W+{track}\b(?!-)", _read_outline(root)) is not None


def fill(path: Path, names: Mapping[str, str]) -> str:
    return Template(path.read_text("utf-8")).safe_substitute(names)


def _copy_starter(source: Path, target: Path, names: Mapping[str, str]) -> list[Path]:
    return _write_all(_fill_starter(source, target, names))


def _fill_starter(source: Path, target: Path, names: Mapping[str, str]) -> dict[Path, str]:
    """All files of the folder `source`; `dot-` stands for a leading dot, and `.txt` hides code from its tools."""
    texts = {}
    for path in sorted(path for path in source.rglob("*") if path.is_file()):
        name = path.relative_to(source)
        new = name.with_name(name.name.replace("dot-", ".").removesuffix(".txt"))
        texts[target / new] = fill(path, names)
    return texts


def _write_all(texts: Mapping[Path, str]) -> list[Path]:
    """All, or none where one of them can't be written."""
    made = [folder for path in texts for folder in path.parents if not folder.exists()]
    try:
        for path, text in texts.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
    except OSError:
        for path in texts:
            path.unlink(missing_ok=True)
        for folder in sorted(set(made), reverse=True):  # those inside others come first
            with suppress(OSError):
                folder.rmdir()
        raise
    return [*texts]
