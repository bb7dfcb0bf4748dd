"""The course in tests/hebrew with something hostile in each of its texts: whatever holds a Hebrew letter is one."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

Attack = Callable[[str], str]
"""What follows the text of a field, by the field's name."""
_HEBREW = re.compile("[א-ת]")
_MARKS = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
_FENCE = re.compile(r"^```([\w-]+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_CODE = ("text", "python")
_TITLE = re.compile(r"\s+#*$")


def attack_course(root: Path, attack: Attack) -> list[str]:
    """Put what `attack` gives after every text of the course in `root`. Returns the names of all fields."""
    fields: list[str] = []

    def add(field: str, text: str) -> str:
        fields.append(field)
        return text + attack(field)

    for path in sorted([*root.rglob("*.md"), root / "lessons/course.yml", root / "mkdocs.yml"]):
        name, text = path.relative_to(root).as_posix(), path.read_text("utf-8")
        if "lessons/widgets" in name:
            continue
        path.write_text(
            _attack_page(text, name, add) if path.suffix == ".md" else _attack_yaml(text, name, add), "utf-8"
        )
    return fields


def _attack_page(text: str, name: str, add: Callable[[str, str], str]) -> str:
    marks = _MARKS.match(text)
    head = f"---\n{_attack_yaml(marks[1], name, add)}---\n" if marks else ""
    parts, done, body = [], 0, text[marks.end() :] if marks else text
    for number, fence in enumerate(_FENCE.finditer(body)):
        parts.append(_attack_prose(body[done : fence.start()], f"{name}:{number}", add))
        inside = fence[2] if fence[1] in _CODE else _attack_yaml(fence[2], f"{name}:{number}:{fence[1]}", add)
        parts.append(f"```{fence[1]}\n{inside}```")
        done = fence.end()
    return head + "".join(parts) + _attack_prose(body[done:], f"{name}:end", add)


def _attack_yaml(text: str, name: str, add: Callable[[str, str], str]) -> str:
    def walk(value: Any, field: str) -> Any:
        if isinstance(value, dict):
            return {key: walk(inner, f"{field}.{key}") for key, inner in value.items()}
        if isinstance(value, list):
            return [walk(inner, f"{field}.{at}") for at, inner in enumerate(value)]
        return add(field, value) if isinstance(value, str) and _HEBREW.search(value) else value

    return yaml.safe_dump(
        walk(yaml.load(text, yaml.CSafeLoader), name), allow_unicode=True, sort_keys=False, width=100_000
    )


def _attack_prose(text: str, name: str, add: Callable[[str, str], str]) -> str:
    lines = text.split("\n")
    for at, line in enumerate(lines):
        field = f"{name}:{at}"
        if line.startswith("|") and _HEBREW.search(line):
            lines[at] = (
                "| "
                + " | ".join(
                    add(f"{field}.{n}", cell.strip()).replace("|", "\\|")
                    for n, cell in enumerate(line.strip("| ").split("|"))
                )
                + " |"
            )
        elif line.startswith("!["):
            lines[at] = re.sub(r"!\[(.*?)\]", lambda found: f"![{add(field, found[1])}]", line)
        elif _HEBREW.search(line):
            lines[at] = add(field, line)
    return "\n".join(lines)
