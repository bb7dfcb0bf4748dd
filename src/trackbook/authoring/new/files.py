"""Starters are files one can read; here they are copied, with names in the place of `$name` and the like."""

from collections.abc import Mapping
from pathlib import Path
from string import Template

FOLDER = Path(__file__).parent


def fill(path: Path, names: Mapping[str, str]) -> str:
    return Template(path.read_text("utf-8")).safe_substitute(names)


def copy_starter(source: Path, target: Path, names: Mapping[str, str]) -> list[Path]:
    """All files of the folder `source`; `dot-` stands for a leading dot, and `.txt` hides code from its tools."""
    written = []
    for path in sorted(path for path in source.rglob("*") if path.is_file()):
        name = path.relative_to(source)
        new = target / name.with_name(name.name.replace("dot-", ".").removesuffix(".txt"))
        new.parent.mkdir(parents=True, exist_ok=True)
        new.write_text(fill(path, names), encoding="utf-8", newline="\n")
        written.append(new)
    return written
