"""A module: what it teaches, needs, promises and leaves to others."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from trackbook.model.page import Fence, Item, Kind, Page
from trackbook.model.place import Source
from trackbook.model.text import Link


@dataclass(frozen=True, slots=True)
class Credit:
    title: str
    url: str = ""
    authors: tuple[str, ...] = ()
    source: Source | None = None


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
    def names(self) -> tuple[str, ...]:
        """Its name and variants, as its author wrote them."""
        return (self.name, *self.match)

    @property
    def spellings(self) -> tuple[str, ...]:
        """Its name and variants, each with single spaces and a small first letter: texts write it either way."""
        return _spell(self.names)


@lru_cache(20_000)
def _spell(names: tuple[str, ...]) -> tuple[str, ...]:
    texts = [" ".join(name.split()) for name in names]
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
    news: tuple[tuple[str, str], ...] = ()
    """What its author announces: days and sentences."""
    shown: str = field(default="", compare=False)
    """Names all that other pages may show of it: everything but what stands in its pages."""

    @property
    def key(self) -> str:
        return f"{self.track}/{self.id}"

    @property
    def fences(self) -> tuple[Fence, ...]:
        return tuple(fence for page in self.pages.values() for fence in page.fences)

    @property
    def has_unread_fences(self) -> bool:
        """Whether some widget's data could not be read: then not all of its items are known."""
        return any(fence.unread for fence in self.fences)

    @property
    def items(self) -> Iterator[Item]:
        for fence in self.fences:
            yield from fence.items
