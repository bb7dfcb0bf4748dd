"""Icons and emoji in Markdown: `:material-heart:` is drawn in the page, `:heart:` is a sign of the text."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown

from trackbook.markdown.shortcodes import Facts, find_emoji, find_icon, find_material


class _Names:
    """Every name between colons, looked up when a page has one: there are 15,000."""

    def __init__(self, folders: tuple[Path, ...]) -> None:
        self._folders = folders

    def get(self, name: str, other: Facts | None = None) -> Facts | None:
        path = find_icon(self._folders, name)
        return {"name": name, "path": str(path)} if path else find_emoji(name) or other

    def __getitem__(self, name: str) -> Facts:
        found = self.get(name)
        if found is None:
            raise KeyError(name)
        return found


def find_names(options: Mapping[str, Any], md: Markdown) -> Mapping[str, Any]:
    """The index that `pymdownx.emoji` asks for. Icons are an author's own (`custom_icons`), then Material's."""
    del md
    own = map(Path, options.get("custom_icons") or ())
    return {"name": "twemoji", "emoji": _Names((*own, find_material())), "aliases": {}}


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
