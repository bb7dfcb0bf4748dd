"""A page, its fenced blocks, and what they give to practise."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any, Literal

from trackbook.model.place import Source
from trackbook.model.text import (
    Definition,
    Element,
    Footnote,
    Formula,
    Heading,
    Leftover,
    Link,
    Passage,
    Slip,
    Table,
)

Kind = Literal["overview", "lesson", "practice", "cheatsheet", "plain"]


MODULE_KINDS: tuple[Kind, ...] = ("overview", "lesson", "practice", "cheatsheet")


@dataclass(frozen=True, slots=True)
class Item:
    """Something to practise. `practises` names objectives, of this module or as `track/module#objective`.

    `aim` is where it says so. `was` lists the ids that it had before, in the same module; `lines` are the first and
    the last it takes up.
    """

    id: str
    practises: tuple[str, ...]
    source: Source
    aim: Source
    was: tuple[str, ...] = ()
    lines: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Recorded:
    """An item of the last release: its id, the module and the page it stood on, and what it was.

    `form` is the name of a widget or "concept": the card that is made of a definition.
    """

    id: str
    module: str
    page: Kind
    form: str
    source: Source


@dataclass(frozen=True, slots=True)
class Fence:
    """A fenced block. A widget's also holds its data (made by its own model), the links in it, and its items.

    `unread` says that it is a widget whose data could not be read, `closed` that marks end it.
    """

    language: str
    text: str
    source: Source
    lines: tuple[int, int]
    nested: bool = False
    data: object = None
    links: tuple[Link, ...] = ()
    formulas: tuple[Formula, ...] = ()
    items: tuple[Item, ...] = ()
    passages: tuple[Passage, ...] = ()
    elements: tuple[Element, ...] = ()
    leftovers: tuple[Leftover, ...] = ()
    footnotes: tuple[Footnote, ...] = ()
    slips: tuple[Slip, ...] = ()
    unread: bool = False
    closed: bool = True


@dataclass(frozen=True, slots=True)
class Practised:
    """A section of a lesson, by its heading, and the objectives that something in it practises."""

    anchor: str
    title: str
    aims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Allowance:
    """Why a page opts out of a check."""

    reason: str
    source: Source


@dataclass(frozen=True, slots=True)
class Page:
    """A page as its author wrote it. `text` is the Markdown after the front matter; it begins in line `first_line`.

    `allow` holds the checks that it opts out of, by their codes. `unread` says that the file, or its front matter,
    could not be read: what it says is not known. `digest` names all that it was read from: pages with equal ones are
    equal, but for where their links lead. `minutes` is how long it takes, where that is known, `widgets` whose data
    stands in it, `cards` how many cards to review those are, `renames` whether items of it had other ids. `practised`
    are the sections of a lesson that practise something. `for_authors` says that learners don't look for it.

    The parts of its body may come only when someone asks for one: a server shows few pages of many.
    """

    path: str
    kind: Kind
    text: str
    first_line: int = 1
    title: str = ""
    words: int = 0
    headings: tuple[Heading, ...] = ()
    links: tuple[Link, ...] = ()
    fences: tuple[Fence, ...] = ()
    formulas: tuple[Formula, ...] = ()
    tables: tuple[Table, ...] = ()
    passages: tuple[Passage, ...] = ()
    definitions: tuple[Definition, ...] = ()
    elements: tuple[Element, ...] = ()
    leftovers: tuple[Leftover, ...] = ()
    footnotes: tuple[Footnote, ...] = ()
    slips: tuple[Slip, ...] = ()
    prose: str = field(default="", repr=False)
    """Of a lesson its text once more, with a NUL for every sign that is not prose: names are looked for in it."""
    allow: Mapping[str, Allowance] = field(default_factory=dict)
    meta: Mapping[str, object] = field(default_factory=dict)
    updated: str = ""
    unread: bool = False
    minutes: int | None = None
    for_authors: bool = False
    widgets: tuple[str, ...] = field(init=False)
    renames: bool = field(init=False)
    cards: int = field(init=False)
    practised: tuple[Practised, ...] = field(init=False)
    digest: str = field(default="", compare=False)
    fetch: "Callable[[], Page] | None" = field(default=None, compare=False, repr=False)
    """Gives the whole page, while only its head is here."""

    def __post_init__(self) -> None:
        shown = {fence.language for fence in self.fences if fence.data is not None}
        object.__setattr__(self, "widgets", tuple(sorted(shown)))
        object.__setattr__(self, "renames", any(item.was for fence in self.fences for item in fence.items))
        cards = sum(len(fence.items) for fence in self.fences if fence.language == "flashcards")
        object.__setattr__(self, "cards", cards)
        object.__setattr__(self, "practised", tuple(_list_practised(self)) if self.kind == "lesson" else ())

    if not TYPE_CHECKING:  # which would take any name for one of a part

        def __getattr__(self, name: str) -> Any:
            """Called where a part is not here yet."""
            if name in BODY:
                self.fill()
            return object.__getattribute__(self, name)

    def fill(self) -> None:
        """Fetch the body now, unless it is here."""
        if fetch := self.fetch:
            whole = fetch()
            for part in BODY:
                object.__setattr__(self, part, getattr(whole, part))
            object.__setattr__(self, "fetch", None)

    @staticmethod
    def from_head(head: "Mapping[str, object]", fetch: "Callable[[], Page]") -> "Page":
        """A page of which this is known; `fetch` is called for the rest when someone looks into it."""
        page = object.__new__(Page)
        for part, value in head.items():
            object.__setattr__(page, part, value)
        object.__setattr__(page, "fetch", fetch)
        return page

    def with_body(self, change: "Callable[[Page], Page]") -> "Page":
        """`change(self)`, which leaves the head as it is: at once where the body is here, else when it is."""
        if not self.fetch:
            return change(self)
        return Page.from_head({part: getattr(self, part) for part in HEAD}, lambda: change(self))

    @property
    def all_links(self) -> Iterator[Link]:
        yield from self.links
        for fence in self.fences:
            yield from fence.links

    @property
    def all_formulas(self) -> Iterator[Formula]:
        yield from self.formulas
        for fence in self.fences:
            yield from fence.formulas

    @property
    def all_passages(self) -> Iterator[Passage]:
        yield from self.passages
        for fence in self.fences:
            yield from fence.passages

    @property
    def all_elements(self) -> Iterator[Element]:
        yield from self.elements
        for fence in self.fences:
            yield from fence.elements

    @property
    def all_leftovers(self) -> Iterator[Leftover]:
        yield from self.leftovers
        for fence in self.fences:
            yield from fence.leftovers

    @property
    def all_slips(self) -> Iterator[Slip]:
        yield from self.slips
        for fence in self.fences:
            yield from fence.slips

    def without_passages(self) -> "Page":
        return self.with_body(_drop_passages)


BODY = (
    *("text", "headings", "links", "fences", "formulas", "tables", "passages", "definitions", "elements", "leftovers"),
    *("footnotes", "slips", "prose"),
)
"""The parts of a page that hold what stands in it."""
HEAD = tuple(part.name for part in fields(Page) if part.name not in (*BODY, "fetch"))


def _list_practised(page: Page) -> Iterator[Practised]:
    """What stands before the first section is asked ahead of what the lesson says."""
    for fence in page.fences:
        above = [one for one in page.headings if one.source.line < fence.source.line and one.level in (2, 3)]
        aims = tuple(aim for item in fence.items for aim in item.practises)
        if above and aims:
            yield Practised(above[-1].anchor, above[-1].text, aims)


def _drop_passages(page: Page) -> Page:
    fences = tuple(replace(fence, passages=(), elements=(), leftovers=(), slips=()) for fence in page.fences)
    return replace(page, passages=(), elements=(), leftovers=(), slips=(), fences=fences)
