"""What stands in a page: headings, links, formulas, tables, passages."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

from trackbook.model.place import Source

PassageKind = Literal["paragraph", "item", "quote", "note", "cell", "heading"]


STAND_IN = "\N{OBJECT REPLACEMENT CHARACTER}"
"""Stands in a passage for what is no language: code, a formula, an image, a bare address."""


@dataclass(frozen=True, slots=True)
class Heading:
    level: int
    text: str
    anchor: str
    source: Source


@dataclass(frozen=True, slots=True)
class Link:
    """A link or image.

    `span` is where its address stands in the page's text, `block_end` the line of that text (from 0) at which the block
    around it has ended; `target` is the path it leads to, when that is inside the course. `raw` says that it is an
    attribute of raw HTML: its text is not known.
    """

    href: str
    text: str
    title: str
    source: Source
    image: bool = False
    span: tuple[int, int] | None = None
    block_end: int = 0
    target: str | None = None
    fragment: str = ""
    raw: bool = False

    @property
    def is_external(self) -> bool:
        scheme = self.href.partition(":")[0]
        return self.href.startswith("//") or (scheme != self.href and scheme.isalnum())

    @property
    def promised(self) -> str | None:
        """The concept this link promises, when its title says so."""
        word, colon, concept = self.title.partition(":")
        return concept.strip() if colon and word.strip().lower() == "promise" else None


@dataclass(frozen=True, slots=True)
class Formula:
    """LaTeX between its marks.

    Where the site would show what an author means as one as plain text, `latex` is the line that it stands in, and
    `remedy` says what to write.
    """

    latex: str
    display: bool
    source: Source
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table, by the Markdown in the heads of its columns."""

    header: tuple[str, ...]
    source: Source


class Passage(NamedTuple):
    """What one block says, in the lines that its source has, from `line` of its file on.

    A course has hundreds of thousands: tuples come from the store five times sooner than what else holds the same.
    """

    kind: PassageKind
    text: str
    line: int


class Footnote(NamedTuple):
    """A footnote in the line that defines it, or in one that uses it though nothing defines it."""

    label: str
    line: int
    defined: bool
    used: bool


@dataclass(frozen=True, slots=True)
class Definition:
    """An item `- **term**: what it is` of a list, down to `last_line`."""

    term: str
    source: Source
    last_line: int


class Attribute(NamedTuple):
    """An attribute of an element: its name in small letters, its value, and where that stands in the page's text."""

    name: str
    value: str
    line: int
    span: tuple[int, int] | None


class Element(NamedTuple):
    """An element that raw HTML opens, by the name that its author wrote."""

    name: str
    attributes: tuple[Attribute, ...]
    line: int

    @property
    def tag(self) -> str:
        return self.name.lower()

    def get(self, name: str) -> Attribute | None:
        """Its attribute of this name; of two the first, as browsers do."""
        return next((attribute for attribute in self.attributes if attribute.name == name), None)


SlipKind = Literal[
    "emphasis",
    "setext",
    "cells",
    "no table",
    "code",
    "empty",
    "open",
    "stray",
    "crossed",
    "comment",
    "broken",
    "self-closed",
    "frame",
    "nested",
    "outside",
    "block",
    "holds",
    "nameless",
    "quotes",
    "twice",
    "icon",
    "keys",
    "slashes",
    "options",
    "kind",
    "deep",
    "html",
]
"""What kind of slip it is; each has its words in a module of `checks/`."""


class Slip(NamedTuple):
    """Something that its author can't mean, as it is written in `line` of its file; `other` is what it meets there."""

    kind: SlipKind
    text: str
    line: int
    other: str = ""


class Leftover(NamedTuple):
    """The text of a block in which marks are left that the parser made nothing of, from `line` of its file on.

    A NUL stands for each sign that it made something of, be it code, a link or an escape; code still begins with "`".
    """

    text: str
    line: int

    def find_line(self, offset: int) -> int:
        """The line of its file in which the sign at an offset stands."""
        return self.line + self.text.count("\n", 0, offset)
