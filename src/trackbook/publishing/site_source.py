"""A page as a site generator needs it, and no more."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SitePage:
    """One page: `uri` is its place among the Markdown files, `source` the author's file it was made from.

    `write` makes the body anew each time: a course holds more text than one wants in memory twice.
    """

    uri: str
    write: Callable[[], str]
    meta: Mapping[str, object]
    source: str | None = None

    @property
    def body(self) -> str:
        return self.write()

    @property
    def text(self) -> str:
        """The whole file. JSON is YAML, so each value stands on one line and needs no quoting rules of its own."""
        lines = [f"{key if key.isidentifier() else _write(key)}: {_write(value)}" for key, value in self.meta.items()]
        return "\n".join(["---", *lines, "---", "", self.body])


def _write(value: object) -> str:
    """JSON whose escapes YAML reads too: those of JSON split what lies beyond U+FFFF in two halves."""
    text = json.dumps(value, default=str, ensure_ascii=False, skipkeys=True)
    return "".join(sign if sign.isprintable() else f"\\U{ord(sign):08x}" for sign in text)
