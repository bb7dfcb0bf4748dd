"""A new check in Trackbook's own repository, with a case that fails until it is written."""

import re
from pathlib import Path

from trackbook.authoring.new import FOLDER, fill
from trackbook.issue import CourseError
from trackbook.model import is_slug, suggest_slug

_CHECKS, _CASES = Path("src/trackbook/checks"), Path("tests/cases")


def write_check(here: Path, key: str) -> list[Path]:
    """The check `key` (family/name) at the end of its family's file, and its other files. Returns the files written."""
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
    examples = root / _CHECKS / "examples" / f"{name}.md"
    for path in (case, examples):
        if path.exists():
            raise CourseError(f"{path.relative_to(root)} is already there: nothing was changed")
    names = {"name": name, "function": function, "family": file.stem, "title": family.replace("-", " ").capitalize()}
    before = file.read_text("utf-8") if file.exists() else fill(FOLDER / "check/family.py.txt", names)
    texts = {
        file: before + fill(FOLDER / "check/check.py.txt", names),
        examples: fill(FOLDER / "check/examples.md", names),
        case: fill(FOLDER / "check/case.yml", names),
    }
    for path, text in texts.items():
        path.write_text(text, encoding="utf-8", newline="\n")
    return list(texts)


def _find_repository(here: Path) -> Path:
    for folder in (here, *here.parents):
        if (folder / _CHECKS / "check.py").is_file() and (folder / _CASES / "checks").is_dir():
            return folder
    raise CourseError(
        "checks are part of Trackbook itself: clone its repository, and run this there."
        " docs/contributing.md says how it goes on"
    )
