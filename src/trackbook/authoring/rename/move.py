"""Where things stand after a module has moved, and changes at exact places of a text."""

import posixpath
import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote, unquote

Edit = tuple[int, int, str]
"""What stands from the first offset to the second gives way to the text."""


@dataclass(frozen=True, slots=True)
class Move:
    """A module's key (track/module) before and after."""

    old: str
    new: str

    @property
    def places(self) -> tuple[tuple[str, str], ...]:
        """Each path that moves, with the one it moves to: the module's folder and its cheatsheet."""
        return (
            (f"lessons/{self.old}", f"lessons/{self.new}"),
            (f"cheatsheets/{self.old}.md", f"cheatsheets/{self.new}.md"),
        )

    def locate(self, path: str) -> str:
        """Where what stood at `path` stands afterward."""
        for old, new in self.places:
            if path == old or path.startswith(f"{old}/"):
                return new + path.removeprefix(old)
        return path

    def rewrite(self, page: str, address: str) -> str:
        """The relative `address` on the page at path `page`, such that it leads where it led."""
        path, rest = re.fullmatch(r"([^?#]*)(.*)", address, re.DOTALL).groups()  # type: ignore[union-attr]
        if not path or path.startswith("/"):
            return address
        way = posixpath.normpath(unquote(path))
        target = self.locate(posixpath.normpath(posixpath.join(posixpath.dirname(page), way)))
        new = posixpath.relpath(target, posixpath.dirname(self.locate(page)) or ".")
        if new == way:
            return address
        return (quote(new) if "%" in path else new) + "/" * path.endswith("/") + rest


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """The text with those changes; the rest of it stays as its author wrote it."""
    for start, end, new in sorted(set(edits), reverse=True):  # by an alias, a place is found more than once
        text = text[:start] + new + text[end:]
    return text
