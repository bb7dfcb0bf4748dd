"""What `trackbook new` writes: a course that builds at once, a module whose every part says what belongs there."""

import html
import json
import re
from pathlib import Path
from string import Template

from trackbook.issue import CourseError
from trackbook.reading.module import split_new_key

_FOLDER = Path(__file__).parent


def write_course(target: Path) -> list[Path]:
    """A new course in `target`, with one track and one module. Returns the files written."""
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise CourseError(f"{target} is not empty: name a folder that does not exist yet")
    title = target.resolve().name.replace("-", " ").replace("_", " ").capitalize() or "A course"
    names = {"name": html.escape(title, quote=False), "quoted_name": json.dumps(title, ensure_ascii=False)}
    written = _write(_FOLDER / "course", target, names)
    return written + write_module(target, "first-track/first-module", listed=True)


def write_module(root: Path, key: str, *, listed: bool = False) -> list[Path]:
    """The four pages of the module `key` (track/id). Returns the files written; the outline is left to the author."""
    track, module = split_new_key(key)
    if (
        not listed
        and not (root / "lessons" / track).is_dir()
        and not re.search(rf"\bid\W+{track}\b(?!-)", _read_outline(root))
    ):
        raise CourseError(f'the outline has no track "{track}": add it to lessons/course.yml first')
    folder, sheet = root / "lessons" / track / module, root / "cheatsheets" / track / f"{module}.md"
    for taken in (folder, sheet):
        if taken.exists():
            raise CourseError(f"{taken.relative_to(root)} is already there: nothing was changed")
    names = {"title": module.replace("-", " ").capitalize(), "concept": module}
    written = _write(_FOLDER / "module", folder, names)
    sheet.parent.mkdir(parents=True, exist_ok=True)
    return [*(path for path in written if path.name != "cheatsheet.md"), (folder / "cheatsheet.md").rename(sheet)]


def _read_outline(root: Path) -> str:
    path = root / "lessons" / "course.yml"
    return path.read_text("utf-8", "replace") if path.is_file() else ""


def _write(source: Path, target: Path, names: dict[str, str]) -> list[Path]:
    written = []
    for path in sorted(path for path in source.rglob("*") if path.is_file()):
        name = path.relative_to(source)
        new = target / name.with_name(name.name.replace("dot-", "."))
        new.parent.mkdir(parents=True, exist_ok=True)
        new.write_text(Template(path.read_text("utf-8")).safe_substitute(names), encoding="utf-8", newline="\n")
        written.append(new)
    return written
