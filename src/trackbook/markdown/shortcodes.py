"""Names that Markdown shows as a sign, a drawing or a key: `:heart:`, `:material-heart:`, `++ctrl++`."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path

Facts = Mapping[str, str]


def is_shown(name: str) -> bool:
    """Whether a name between colons is that of an emoji, or of an icon of Material's."""
    return bool(find_emoji(name) or find_icon((find_material(),), name))


def list_unknown_keys(keys: str) -> list[str]:
    """Those of `ctrl+alt+del` that no keyboard has."""
    from pymdownx.keymap_db import aliases, keymap  # for pages that have keys

    return [
        key for key in keys.split("+") if (name := key.lower().replace("_", "-")) not in keymap and name not in aliases
    ]


def find_emoji(name: str) -> Facts | None:
    return next((found for kept in _load_emoji() if (found := kept.get(name))), None)


def list_emoji() -> list[str]:
    """Every name, between its colons."""
    return [name for kept in _load_emoji() for name in kept]


@cache
def find_material() -> Path:
    """The folder of Material's icons."""
    return Path(str(files("material"))) / "templates" / ".icons"


def find_icon(folders: Sequence[Path], name: str) -> Path | None:
    """The file of an icon, whose name is its path with hyphens for slashes."""
    parts = name.strip(":").split("-")
    found = (path for folder in folders if all(parts) for path in _list_paths(folder, parts))
    return next((path for path in found if path.is_file()), None)


def _list_paths(folder: Path, parts: Sequence[str]) -> Iterator[Path]:
    yield folder / f"{'-'.join(parts)}.svg"
    for end in range(1, len(parts)):
        inside = folder / "-".join(parts[:end])
        if inside.is_dir():
            yield from _list_paths(inside, parts[end:])


@cache
def _load_emoji() -> tuple[Mapping[str, Facts], ...]:
    """GitHub's names, then others that Material knows; those without a sign of their own are left out."""
    from pymdownx import gemoji_db, twemoji_db  # large, and for pages that have emoji

    def read(emoji: Mapping[str, Facts], aliases: Mapping[str, str]) -> Mapping[str, Facts]:
        signs = {name: facts for name, facts in emoji.items() if "unicode" in facts}
        return signs | {other: signs[name] for other, name in aliases.items() if name in signs}

    return read(gemoji_db.emoji, gemoji_db.aliases), read(twemoji_db.emoji, twemoji_db.aliases)
