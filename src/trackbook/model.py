"""The nouns of a course: frozen values that hold what the authors wrote, each with the place it came from."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

Kind = Literal["overview", "lesson", "practice", "cheatsheet", "plain"]
Level = Literal["error", "advice"]
Direction = Literal["ltr", "rtl"]
PassageKind = Literal["paragraph", "item", "quote", "note", "cell", "heading"]

MODULE_KINDS: tuple[Kind, ...] = ("overview", "lesson", "practice", "cheatsheet")

STAND_IN = "\N{OBJECT REPLACEMENT CHARACTER}"
"""Stands in a passage for what is no language: code, a formula, an image, a bare address."""

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LONGEST_ID = 80
SLUG_SCHEMA = {"type": "string", "pattern": f"^{_SLUG.pattern}$", "maxLength": _LONGEST_ID}
"""The same in the words of JSON Schema."""


def is_slug(text: str) -> bool:
    """Whether `text` can be an id: lower-case letters, digits and single hyphens, at most 80 of them."""
    return len(text) <= _LONGEST_ID and _SLUG.fullmatch(text) is not None


def suggest_slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower())[:_LONGEST_ID].strip("-") or "a-short-name"


@dataclass(frozen=True, slots=True)
class Source:
    """A place in the course: path relative to its root, line and column counted from 1."""

    path: str
    line: int = 1
    column: int | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """What a stage met: the fact, and what to type instead. The runner turns it into an issue."""

    source: Source
    message: str
    hint: str = ""
    code: str = ""


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
    around it has ended; `target` is the path it leads to, when that is inside the course.
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
    latex: str
    display: bool
    source: Source


@dataclass(frozen=True, slots=True)
class Table:
    """A table, by the Markdown in the heads of its columns."""

    header: tuple[str, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class Passage:
    """What one block says, in the lines that its source has."""

    kind: PassageKind
    text: str
    source: Source


@dataclass(frozen=True, slots=True)
class Definition:
    """An item `- **term**: what it is` of a list, down to `last_line`."""

    term: str
    source: Source
    last_line: int


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
    unread: bool = False
    closed: bool = True


@dataclass(frozen=True, slots=True)
class DataFile:
    """A JSON file of the course, such as a small model: its path, its size in bytes, and what it holds."""

    path: str
    size: int
    content: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Credit:
    title: str
    url: str = ""
    authors: tuple[str, ...] = ()
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Allowance:
    """Why a page opts out of a check."""

    reason: str
    source: Source


@dataclass(frozen=True, slots=True)
class Page:
    """A page as its author wrote it. `text` is the Markdown after the front matter; it begins in line `first_line`.

    `allow` holds the checks that it opts out of, by their codes. `unread` says that the file, or its front matter,
    could not be read: what it says is not known.
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
    allow: Mapping[str, Allowance] = field(default_factory=dict)
    meta: Mapping[str, object] = field(default_factory=dict)
    updated: str = ""
    unread: bool = False

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


@dataclass(frozen=True, slots=True)
class Objective:
    id: str
    text: str
    source: Source


@dataclass(frozen=True, slots=True)
class Need:
    concept: str
    source: Source


@dataclass(frozen=True, slots=True)
class Deferral:
    """Concepts that a module leaves to another track on purpose."""

    track: str
    concepts: tuple[Need, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class Concept:
    """A named idea, taught by the lesson of module `taught_in`, or assumed from a track that is taught elsewhere."""

    id: str
    name: str
    definition: str
    track: str
    source: Source
    taught_in: str | None = None
    match: tuple[str, ...] = ()
    lines: tuple[int, int] = (0, 0)

    @property
    def spellings(self) -> tuple[str, ...]:
        """Its name and variants, each with single spaces and a small first letter: texts write it either way."""
        texts = [" ".join(text.split()) for text in (self.name, *self.match)]
        return tuple(dict.fromkeys(text[:1].lower() + text[1:] for text in texts if text))


@dataclass(frozen=True, slots=True)
class Stated:
    """The minutes that an author states for a page."""

    minutes: int
    source: Source


@dataclass(frozen=True, slots=True)
class Promise:
    """A link that says "this is explained there"."""

    concept: str
    link: Link
    page: str


@dataclass(frozen=True, slots=True)
class Module:
    id: str
    track: str
    title: str
    source: Source
    summary: str = ""
    planned: bool = False
    pages: Mapping[Kind, Page] = field(default_factory=dict)
    objectives: tuple[Objective, ...] = ()
    teaches: tuple[Concept, ...] = ()
    needs: tuple[Need, ...] = ()
    defers: tuple[Deferral, ...] = ()
    difficulty: str = "standard"
    math: str = "none"
    practice_minutes: int = 10
    stated: Mapping[Kind, Stated] = field(default_factory=dict)
    credit: Credit | None = None
    was: tuple[Need, ...] = ()

    @property
    def key(self) -> str:
        return f"{self.track}/{self.id}"

    @property
    def items(self) -> Iterator[Item]:
        for page in self.pages.values():
            for fence in page.fences:
                yield from fence.items


@dataclass(frozen=True, slots=True)
class Phase:
    title: str
    modules: tuple[Module, ...]


@dataclass(frozen=True, slots=True)
class Track:
    id: str
    number: int
    title: str
    source: Source
    summary: str = ""
    builds_on: tuple[Need, ...] = ()
    credit: Credit | None = None
    elsewhere: Credit | None = None
    teaches: tuple[Concept, ...] = ()
    phases: tuple[Phase, ...] = ()

    @property
    def modules(self) -> tuple[Module, ...]:
        return tuple(module for phase in self.phases for module in phase.modules)


@dataclass(frozen=True)
class Course:
    """All of it. Names that nothing in the course bears give None from the look-ups below.

    `id` tells its cards from those of other courses; `sizes` are the bytes of its files, and `data` its JSON files, by
    their paths; `recorded` are the items of the last release; `sections` are what it asks for in each page of a kind;
    `misspellings` are words in small letters, with what they may stand for as `one` or `one, other`; `direction` is
    that of the site's words; `unread` says that the outline could not be read.
    """

    id: str = ""
    title: str = ""
    summary: str = ""
    language: str = "en"
    direction: Direction = "ltr"
    tracks: tuple[Track, ...] = ()
    plain: tuple[Page, ...] = ()
    files: frozenset[str] = frozenset()
    sizes: Mapping[str, int] = field(default_factory=dict)
    sections: Mapping[Kind, tuple[str, ...]] = field(default_factory=dict)
    misspellings: Mapping[str, str] = field(default_factory=dict)
    data: Mapping[str, DataFile] = field(default_factory=dict)
    recorded: tuple[Recorded, ...] = ()
    findings: tuple[Finding, ...] = ()
    unread: bool = False

    @cached_property
    def modules(self) -> tuple[Module, ...]:
        return tuple(module for track in self.tracks for module in track.modules)

    @cached_property
    def pages(self) -> Mapping[str, Page]:
        """Every page by its path."""
        written = [page for module in self.modules for page in module.pages.values()]
        return {page.path: page for page in [*written, *self.plain]}

    @cached_property
    def unread_pages(self) -> frozenset[str]:
        return frozenset(page.path for page in self.pages.values() if page.unread)

    @cached_property
    def owners(self) -> Mapping[str, Module]:
        """The module of every page that belongs to one, by the page's path."""
        return {page.path: module for module in self.modules for page in module.pages.values()}

    @cached_property
    def taught(self) -> tuple[Concept, ...]:
        """Every concept, doubles included, in the order it is met."""
        return tuple(
            concept
            for track in self.tracks
            for taught in (track.teaches, *(module.teaches for module in track.modules))
            for concept in taught
        )

    @cached_property
    def concepts(self) -> Mapping[str, Concept]:
        """Every concept by its id; of doubles the first."""
        return {concept.id: concept for concept in reversed(self.taught)}

    @cached_property
    def spelled(self) -> Mapping[str, list[tuple[str, Concept]]]:
        """By each word in any spelling of a concept: that spelling, and the concept."""
        found: dict[str, list[tuple[str, Concept]]] = {}
        for concept in self.concepts.values():
            for spelling in concept.spellings:
                for word in set(spelling.split()):
                    found.setdefault(word, []).append((spelling, concept))
        return found

    @cached_property
    def _tracks(self) -> Mapping[str, Track]:
        return {track.id: track for track in reversed(self.tracks)}

    @cached_property
    def _modules(self) -> Mapping[str, Module]:
        return {module.key: module for module in reversed(self.modules)}

    def track(self, track: str) -> Track | None:
        return self._tracks.get(track)

    def module(self, key: str | None) -> Module | None:
        return self._modules.get(key) if key else None

    @cached_property
    def promises(self) -> tuple[Promise, ...]:
        return tuple(
            Promise(link.promised, link, page.path)
            for page in self.pages.values()
            for link in page.all_links
            if link.promised is not None
        )
