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
    around it has ended; `target` is the path it leads to, when that is inside the course. `tag` is the element of raw
    HTML that shows the file at the address, where it is one.
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
    tag: str = ""

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


@dataclass(frozen=True, slots=True)
class Definition:
    """An item `- **term**: what it is` of a list, down to `last_line`."""

    term: str
    source: Source
    last_line: int
