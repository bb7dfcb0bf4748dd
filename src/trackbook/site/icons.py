"""Icons and emoji in Markdown: `:material-heart:` is drawn in the page, `:heart:` is a sign of the text."""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown

Facts = Mapping[str, str]


class _Names:
    """Every name between colons, looked up when a page has one: there are 15,000."""

    def __init__(self, folders: tuple[Path, ...]) -> None:
        self._folders = folders

    def get(self, name: str, other: Facts | None = None) -> Facts | None:
        path = _find_icon(self._folders, name.strip(":").split("-"))
        if path:
            return {"name": name, "path": str(path)}
        return next((found for kept in _load_emoji() if (found := kept.get(name))), other)

    def __getitem__(self, name: str) -> Facts:
        found = self.get(name)
        if found is None:
            raise KeyError(name)
        return found


def find_names(options: Mapping[str, Any], md: Markdown) -> Mapping[str, Any]:
    """The index that `pymdownx.emoji` asks for. Icons are an author's own (`custom_icons`), then Material's."""
    del md
    own = map(Path, options.get("custom_icons") or ())
    return {"name": "twemoji", "emoji": _Names((*own, _find_material())), "aliases": {}}


def show_emoji(  # noqa: PLR0917 (as the host calls it)
    index: str,
    shortname: str,
    alias: str | None,
    uc: str | None,
    alt: str,
    title: str | None,
    category: str | None,
    options: Mapping[str, Any],
    md: Markdown,
) -> str | Element:
    """An emoji as its sign; an icon as a drawing that a screen reader passes over."""
    del alias, title, category
    if uc:
        return alt
    path = md.inlinePatterns["emoji"].emoji_index["emoji"][shortname]["path"]  # type: ignore[attr-defined]
    drawing = Path(path).read_text("utf-8")
    hidden = drawing[max(0, drawing.find("<svg")) :].replace("<svg", '<svg aria-hidden="true"', 1)
    icon = Element("span", {"class": options.get("classes", index)})
    icon.text = md.htmlStash.store(hidden)
    return icon


@cache
def _find_material() -> Path:
    return Path(str(files("material"))) / "templates" / ".icons"


def _find_icon(folders: tuple[Path, ...], parts: list[str]) -> Path | None:
    """The file of an icon, whose name is its path with hyphens for slashes."""
    found = (path for folder in folders if all(parts) for path in _list_paths(folder, parts))
    return next((path for path in found if path.is_file()), None)


def _list_paths(folder: Path, parts: list[str]) -> Iterator[Path]:
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
