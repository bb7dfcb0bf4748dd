"""What `trackbook new` writes: a course that builds at once, a module whose every part says what belongs there."""

import html
import json
import re
from collections.abc import Mapping
from pathlib import Path
from string import Template

from trackbook.issue import CourseError
from trackbook.model import OWN_WIDGETS, is_slug, suggest_slug
from trackbook.reading.module import split_new_key
from trackbook.reading.schema import make_schemas
from trackbook.widgets import load_widgets

FOLDER = Path(__file__).parent
"""Starters are files one can read; they are copied with names in the place of `$name` and the like."""


def write_course(target: Path) -> list[Path]:
    """A new course in `target`, with one track and one module. Returns the files written."""
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise CourseError(f"{target} is not empty: name a folder that does not exist yet")
    title = target.resolve().name.replace("-", " ").replace("_", " ").capitalize() or "A course"
    names = {"name": html.escape(title, quote=False), "quoted_name": json.dumps(title, ensure_ascii=False)}
    written = _copy_starter(FOLDER / "course", target, names)
    written += _copy_starter(FOLDER / "vscode", target / ".vscode", {})  # by these settings editors find the schemas
    written += write_schemas(target / ".vscode/trackbook")
    return written + write_module(target, "first-track/first-module", listed=True)


def write_schemas(folder: Path, root: Path | None = None) -> list[Path]:
    """A file a kind: `course.json`, `quiz.json`…, also of the widgets of a course. Returns the files written."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for kind, schema in make_schemas(load_widgets(root)).items():
        path = folder / f"{kind}.json"
        path.write_text(json.dumps(schema, indent=2, ensure_ascii=False) + "\n", encoding="utf-8", newline="\n")
        written.append(path)
    return written


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
    folder, sheet = root / "lessons" / track / module, root / "cheatsheets" / track / f"{module}.md"
    for taken in (folder, sheet):
        if taken.exists():
            raise CourseError(f"{taken.relative_to(root)} is already there: nothing was changed")
    names = {"title": module.replace("-", " ").capitalize(), "concept": module}
    written = _copy_starter(FOLDER / "module", folder, names)
    sheet.parent.mkdir(parents=True, exist_ok=True)
    return [*(path for path in written if path.name != "cheatsheet.md"), (folder / "cheatsheet.md").rename(sheet)]


def write_widget(root: Path, name: str) -> list[Path]:
    """The folder of a widget of the course's own. Returns the files written."""
    if not is_slug(name):
        raise CourseError(f'"{name}" is not a name in lower-case letters, digits and hyphens: try {suggest_slug(name)}')
    if name in load_widgets(root):
        raise CourseError(f'there is a widget "{name}" already: nothing was changed')
    names = {"name": name, "title": name.replace("-", " ").capitalize()}
    return _copy_starter(FOLDER / "widget", root / OWN_WIDGETS / name.replace("-", "_"), names)


def _read_outline(root: Path) -> str:
    path = root / "lessons" / "course.yml"
    return path.read_text("utf-8", "replace") if path.is_file() else ""


def _names_track(root: Path, track: str) -> bool:
    return re.search(rf"\bid\W+{track}\b(?!-)", _read_outline(root)) is not None


def fill(path: Path, names: Mapping[str, str]) -> str:
    return Template(path.read_text("utf-8")).safe_substitute(names)


def _copy_starter(source: Path, target: Path, names: Mapping[str, str]) -> list[Path]:
    """All files of the folder `source`; `dot-` stands for a leading dot, and `.txt` hides code from its tools."""
    written = []
    for path in sorted(path for path in source.rglob("*") if path.is_file()):
        name = path.relative_to(source)
        new = target / name.with_name(name.name.replace("dot-", ".").removesuffix(".txt"))
        new.parent.mkdir(parents=True, exist_ok=True)
        new.write_text(fill(path, names), encoding="utf-8", newline="\n")
        written.append(new)
    return written
