"""The course in tests/hebrew with something hostile in each of its texts: whatever holds a Hebrew letter is one."""

import re
from collections.abc import Callable
from itertools import chain
from pathlib import Path
from typing import Any

import yaml
from tests.conftest import TESTS

FRAGMENTS: dict[str, list[str]] = yaml.safe_load((TESTS / "cases" / "fragments.yml").read_text("utf-8"))
HOST = "elsewhere.test"
Add = Callable[[str, str], str]
"""Gives a text with what is put after it, by the name of its field."""
_HEBREW = re.compile("[א-ת]")
_HEAD = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
_FENCE = re.compile(r"^```([\w-]+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_CODE = ("text", "python", "mermaid")
_SHOWN = re.compile(r"!\[(.*?)\]")


MORE = {
    "docs/more.md": """# עוד

=== "לשונית"

    שלום.

??? note "קיפול"

    שלום.

``` { .python title="שלום" }
1
```

```mermaid
graph LR
  a["שלום"] --> b
  click a "javascript:window.hit(0)"
```

כך[^a], *אחת*, `קוד`, ==סימון==, ++ctrl+a++.

[^a]: הערה.

מונח
:   הגדרה.

![נקודה](../lessons/counting/two/dots.svg)
/// figure-caption
תמונה.
///

*[אחת]: ראשון

## כותרת
""",
    "mkdocs.yml": """site_name: אתר
site_description: תיאור
site_author: עדה
copyright: זכויות
theme: {name: material, font: false}
plugins: [trackbook]
nav: [index.md, {דף: about.md}, {קבוצה: [{עוד: more.md}, {שם: marks.md}]}, {חוץ: "https://example.org/"}]
extra: {social: [{icon: fontawesome/brands/mastodon, link: "https://example.org/", name: שם}]}
""",
}
"""What the course gets besides: texts of settings and of syntax that it has none of."""


def fill(fragment: str, number: int) -> str:
    """The fragment as it is put into a text: what runs of it, or asks another host, says its number."""
    return (
        fragment.replace("{run}", f"window.hit({number})")
        .replace("{host}", f"https://{HOST}/{number}")
        .replace("{n}", str(number))
    )


ALL = [fill(fragment, number) for number, fragment in enumerate(chain(*FRAGMENTS.values()))]
"""Every fragment at the place that is its number."""


FLAT = [fragment for fragment in ALL if "\n" not in fragment and "`" not in fragment]
FILES = [fragment for fragment in FLAT if "/" not in fragment and "\\" not in fragment and "onerror" in fragment][:4]
"""Names that files can have. They need no more fragments, since all are escaped in the same places."""


def attack_names(root: Path) -> None:
    """Put fragments where a name stands: of a file, of the language of code, of a kind of block, and of an anchor."""
    names = "".join(
        f"```{name}\n1\n```\n\n``` {{ .{name} title={name} }}\n1\n```\n\n!!! {name}\n    1\n\n/// {name}\n1\n///\n\n"
        f"1\n{{ .{name} #{name} }}\n\n"
        for name in FLAT
    )
    (root / "docs" / "names.md").write_text(f"# א\n\n{names}", "utf-8")
    for name in FILES:
        (root / "docs" / f"{name}.md").write_text(f"![א](<{name}.svg>) [א](<{name}.txt>)\n", "utf-8")
        (root / "docs" / f"{name}.svg").write_bytes((root / "lessons/counting/two/dots.svg").read_bytes())
        (root / "docs" / f"{name}.txt").write_text("1", "utf-8")


def attack_course(root: Path, attack: Callable[[int], str]) -> int:
    """Put what `attack` gives for the number of a text after each text of the course in `root`. Returns how many."""
    for name, text in MORE.items():
        (root / name).write_text(text, "utf-8")
    count = 0

    def add(text: str) -> str:
        nonlocal count
        count += 1
        return text + attack(count - 1)

    sources = [*root.rglob("*.md"), root / "lessons/course.yml", root / "mkdocs.yml"]
    for path in sorted(source for source in sources if "lessons/widgets" not in source.as_posix()):
        text = path.read_text("utf-8")
        path.write_text(_attack_page(text, add) if path.suffix == ".md" else _attack_yaml(text, add), "utf-8")
    attack_names(root)
    return count


def _attack_page(text: str, add: Callable[[str], str]) -> str:
    head = _HEAD.match(text)
    parts, done, body = [], 0, text[head.end() :] if head else text
    for fence in _FENCE.finditer(body):
        inside = fence[2] if fence[1] in _CODE else _attack_yaml(fence[2], add)
        inside = _attack_prose(inside, add) if fence[1] == "mermaid" else inside
        parts += [_attack_prose(body[done : fence.start()], add), f"```{fence[1]}\n{inside}```"]
        done = fence.end()
    whole = "".join([*parts, _attack_prose(body[done:], add)])
    return f"---\n{_attack_yaml(head[1], add)}---\n{whole}" if head else whole


def _attack_yaml(text: str, add: Callable[[str], str]) -> str:
    def walk(value: Any) -> Any:
        if isinstance(value, dict):
            return {walk(key): walk(inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [*map(walk, value)]
        return add(value) if isinstance(value, str) and _HEBREW.search(value) else value

    attacked = walk(yaml.load(text, yaml.CSafeLoader))
    return str(yaml.safe_dump(attacked, allow_unicode=True, sort_keys=False, width=100_000))


def _attack_prose(text: str, add: Callable[[str], str]) -> str:
    def attack(line: str) -> str:
        if not _HEBREW.search(line):
            return line
        if line.startswith("|"):
            cells = (add(cell.strip()).replace("|", r"\|") for cell in line.strip("| ").split("|"))
            return f"| {' | '.join(cells)} |"
        return _SHOWN.sub(lambda found: f"![{add(found[1])}]", line) if line.startswith("![") else add(line)

    return "\n".join(map(attack, text.split("\n")))
