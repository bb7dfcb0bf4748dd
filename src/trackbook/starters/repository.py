"""A new check or widget in Trackbook's own repository, with a case that fails until it is written."""

import re
from pathlib import Path

from trackbook.issue import CourseError
from trackbook.model import is_slug, suggest_slug
from trackbook.starters.files import FOLDER, copy_starter, fill

_CHECKS, _WIDGETS = Path("src/trackbook/checks"), Path("src/trackbook/widgets")
_CASES = Path("tests/cases")


def write_check(here: Path, key: str) -> list[Path]:
    """The check `key` (family/name) at the end of its family's file, and its case. Returns the files written."""
    root = _find_repository(here)
    family, _, name = key.partition("/")
    if not (is_slug(family) and is_slug(name)):
        wanted = "/".join(suggest_slug(part) for part in (family, name or "truth-that-it-guards"))
        raise CourseError(f'"{key}" is not family/name in lower-case letters, digits and hyphens: try {wanted}')
    function = name.replace("-", "_")
    for path in sorted((root / _CHECKS).glob("*.py")):
        if re.search(rf"^def {function}\(", path.read_text("utf-8"), re.MULTILINE):
            raise CourseError(f'there is a check "{name}" in {path.relative_to(root)}: nothing was changed')
    file, case = root / _CHECKS / f"{family.replace('-', '_')}.py", root / _CASES / "checks" / f"{name}.yml"
    if case.exists():
        raise CourseError(f"{case.relative_to(root)} is already there: nothing was changed")
    names = {"name": name, "function": function, "family": file.stem, "title": family.replace("-", " ").capitalize()}
    before = file.read_text("utf-8") if file.exists() else fill(FOLDER / "check/family.py.txt", names)
    file.write_text(before + fill(FOLDER / "check/check.py.txt", names), encoding="utf-8", newline="\n")
    case.write_text(fill(FOLDER / "check/case.yml", names), encoding="utf-8", newline="\n")
    return [file, case]


def write_widget(here: Path, name: str) -> list[Path]:
    """The folder of the widget `name`, and a case of keys at the end of those of all widgets."""
    root = _find_repository(here)
    if not is_slug(name):
        raise CourseError(f'"{name}" is not a name in lower-case letters, digits and hyphens: try {suggest_slug(name)}')
    folder = root / _WIDGETS / name.replace("-", "_")
    if folder.exists():
        raise CourseError(f"{folder.relative_to(root)} is already there: nothing was changed")
    names = {"name": name, "title": name.replace("-", " ").capitalize()}
    written = copy_starter(FOLDER / "widget", folder, names)
    (folder / "case.yml").unlink()
    cases = root / _CASES / "widgets.yml"
    with cases.open("a", encoding="utf-8", newline="\n") as file:
        file.write(fill(FOLDER / "widget/case.yml", names))
    return [*(path for path in written if path.name != "case.yml"), cases]


def _find_repository(here: Path) -> Path:
    for folder in (here, *here.parents):
        if (folder / _CHECKS / "check.py").is_file() and (folder / _CASES / "checks").is_dir():
            return folder
    raise CourseError(
        "checks and widgets are part of Trackbook itself: clone its repository, and run this there."
        " docs/contributing.md says how it goes on"
    )
