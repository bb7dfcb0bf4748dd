"""The course: tracks of phases of modules."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain
from pathlib import PurePosixPath
from typing import Any, Literal

from trackbook.model.module import Concept, Credit, Module, Need, Promise
from trackbook.model.page import Kind, Page, Recorded
from trackbook.model.place import Finding, Source
from trackbook.model.site_settings import SiteSettings

Direction = Literal["ltr", "rtl"]
OWN_WIDGETS = "lessons/widgets"
"""The folder of a course's own widgets: code, and no pages."""


@dataclass(frozen=True, slots=True)
class DataFile:
    """A JSON file of the course, such as a small model: its path, its size in bytes, and what it holds.

    `digest` names what it was read from.
    """

    path: str
    size: int
    content: Mapping[str, Any]
    digest: str = field(default="", compare=False)


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
    shown: str = field(default="", compare=False)
    """Names all that pages may show of it: everything but what stands in its modules' pages."""

    @property
    def modules(self) -> tuple[Module, ...]:
        return tuple(module for phase in self.phases for module in phase.modules)


@dataclass(frozen=True)
class Course:
    """All of it. Names that nothing in the course bears give None from the look-ups below.

    `id` tells its cards and learners' records from those of other courses, `was` are its former ones; `sizes` are the
    bytes of its files, and `data` its JSON files, by their paths; `recorded` are the items of the last release;
    `settings` is what `mkdocs.yml` says; `sections` are what it asks for in each page of a kind; `widgets` are those
    that its pages may show, by name; `misspellings` are words in small letters, with what they may stand for as `one`
    or `one, other`; `direction` is that of the site's words; `unread` says that the outline could not be read. `digest`
    names all that it was read from: courses with equal ones are equal; `shown` all that pages show of each other, which
    is everything but what stands in them.
    """

    id: str = ""
    was: tuple[str, ...] = ()
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
    widgets: Mapping[str, object] = field(default_factory=dict, compare=False)
    recorded: tuple[Recorded, ...] = ()
    settings: SiteSettings = field(default_factory=SiteSettings)
    findings: tuple[Finding, ...] = ()
    unread: bool = False
    digest: str = field(default="", compare=False)
    shown: str = field(default="", compare=False)

    @property
    def primary_language(self) -> str:
        """The language without its script or region, in small letters: "de" of "de-CH"."""
        return self.language.partition("-")[0].lower()

    def without_passages(self) -> "Course":
        """The same but for what only checks look at, which is a quarter of it all."""
        tracks = (
            replace(track, phases=tuple(replace(phase, modules=_lighten(phase.modules)) for phase in track.phases))
            for track in self.tracks
        )
        return replace(self, tracks=tuple(tracks), plain=tuple(page.without_passages() for page in self.plain))

    @cached_property
    def modules(self) -> tuple[Module, ...]:
        return tuple(module for track in self.tracks for module in track.modules)

    @cached_property
    def pages(self) -> Mapping[str, Page]:
        """Every page by its path."""
        pages = {page.path: page for module in self.modules for page in module.pages.values()}
        return pages | {page.path: page for page in self.plain}

    @cached_property
    def unread_pages(self) -> frozenset[str]:
        return frozenset(page.path for page in self.pages.values() if page.unread)

    @cached_property
    def closed(self) -> frozenset[str]:
        """Files and folders that are there, and can't be read: nothing is known of what is in them."""
        met = (found.source.path for found in self.findings if found.code == "file-can-be-read")
        return frozenset(path for path in met if path not in self.files)

    def is_closed(self, path: str) -> bool:
        """Whether the path may lead to something, of which nothing can be known."""
        return bool(self.closed) and not self.closed.isdisjoint([path, *map(str, PurePosixPath(path).parents)])

    @cached_property
    def owners(self) -> Mapping[str, Module]:
        """The module of every page that belongs to one, by the page's path."""
        return {page.path: module for module in self.modules for page in module.pages.values()}

    @cached_property
    def taught(self) -> tuple[Concept, ...]:
        """Every concept, doubles included, in the order it is met."""
        declared = (
            part for track in self.tracks for part in (track.teaches, *(module.teaches for module in track.modules))
        )
        return tuple(chain.from_iterable(declared))

    @cached_property
    def concepts(self) -> Mapping[str, Concept]:
        """Every concept by its id; of doubles the first."""
        return {concept.id: concept for concept in reversed(self.taught)}

    @cached_property
    def deferred(self) -> Mapping[tuple[str, str], list[tuple[tuple[int, int], str, str]]]:
        """Who leaves a concept to a track, by that track and the concept.

        Each with its place, which is in the order of the course: its module's key, and the concept again.
        """
        found: dict[tuple[str, str], list[tuple[tuple[int, int], str, str]]] = {}
        for number, module in enumerate(self.modules):
            left = [(deferral.track, need.concept) for deferral in module.defers for need in deferral.concepts]
            for at, (track, concept) in enumerate(left):
                found.setdefault((track, concept), []).append(((number, at), module.key, concept))
        return found

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


def _lighten(modules: tuple[Module, ...]) -> tuple[Module, ...]:
    return tuple(
        replace(module, pages={kind: page.without_passages() for kind, page in module.pages.items()})
        for module in modules
    )
