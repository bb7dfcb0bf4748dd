"""A page as a site generator needs it, and no more."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

SLOT = re.compile(r'<div data-tb-slot="(\d+)"></div>')
"""A line of Markdown, and what parsers make of it."""


class Slots(list[str]):
    """The generated parts of a page, as HTML. In its Markdown a line stands for each."""

    def add(self, html: str) -> str:
        """The line that stands for a part."""
        self.append(html)
        return f'<div data-tb-slot="{len(self) - 1}"></div>'


@dataclass(frozen=True, slots=True)
class Draft:
    """Markdown with slots, and the part that goes into each."""

    markdown: str
    parts: tuple[str, ...]

    def fill(self, text: str) -> str:
        """The Markdown, or the HTML that was made of it, with the parts in their slots."""
        parts = dict(enumerate(self.parts))
        return SLOT.sub(lambda slot: parts.get(int(slot[1]), slot[0]), text)


@dataclass(frozen=True, slots=True)
class SitePage:
    """One page: `uri` is its place among the Markdown files, `source` the author's file it was made from.

    `write` makes the Markdown anew each time, and adds its generated parts to the slots it is given: a course holds
    more text than one wants in memory twice.
    """

    uri: str
    write: Callable[[Slots], str]
    meta: Mapping[str, object]
    source: str | None = None

    @property
    def draft(self) -> Draft:
        slots = Slots()
        markdown = self.write(slots)
        return Draft(markdown, tuple(slots))

    @property
    def body(self) -> str:
        """Its Markdown, with the generated parts where they belong."""
        draft = self.draft
        return draft.fill(draft.markdown)

    @property
    def head(self) -> str:
        """Its front matter. JSON is YAML, so each value stands on one line and needs no quoting rules of its own."""
        lines = [f"{key if key.isidentifier() else _write(key)}: {_write(value)}" for key, value in self.meta.items()]
        return "\n".join(["---", *lines, "---", "", ""])

    @property
    def text(self) -> str:
        """The whole file."""
        return self.head + self.body


def _write(value: object) -> str:
    """JSON whose escapes YAML reads too: those of JSON split what lies beyond U+FFFF in two halves."""
    text = json.dumps(value, default=str, ensure_ascii=False, skipkeys=True)
    return "".join(sign if sign.isprintable() else f"\\U{ord(sign):08x}" for sign in text)
