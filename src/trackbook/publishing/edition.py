"""A course as its site shows it: where each module stands, and the words and partials that say so."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path

from trackbook.language.timing import lesson_minutes, module_minutes
from trackbook.language.words import Language, load_language
from trackbook.model import Concept, Course, Module, Phase, Track
from trackbook.publishing.addresses import (
    CERTIFICATE,
    CONTENTS,
    GLOSSARY,
    NEWS,
    PROGRESS,
    REVIEW,
    lesson_uri,
    link,
    locate_source,
    track_uri,
)
from trackbook.templating import make_environment

Render = Callable[[str], str]


def asks_questions(module: Module) -> bool:
    """Whether it has questions that can be missed."""
    return any("quiz" in page.widgets for page in module.pages.values())


_PARTIALS = make_environment(Path(__file__).parent / "templates")
_PARTIALS.filters |= {"brief": "{:g}".format, "module_minutes": module_minutes}
_PARTIALS.globals |= {
    "asks_questions": asks_questions,
    "locate_source": locate_source,
    "track_uri": track_uri,
    "lesson_uri": lesson_uri,
    "lesson_minutes": lesson_minutes,
    "module_minutes": module_minutes,
    "uris": {
        "certificate": CERTIFICATE,
        "contents": CONTENTS,
        "glossary": GLOSSARY,
        "news": NEWS,
        "progress": PROGRESS,
        "review": REVIEW,
    },
}


@dataclass(frozen=True, slots=True)
class Position:
    """A module with its track, its phase and both numbers, counted from 1."""

    track: Track
    phase: Phase
    module: Module
    number: int
    phase_number: int

    def say_place(self, language: Language) -> str:
        """Such as "Lesson 3 of 10, closing phase 1"; planned lessons count."""
        last = len(self.phase.modules) - 1
        place = self.phase.modules.index(self.module)
        where = "whole" if last == 0 else {0: "opening", last: "closing"}.get(place, "inside")
        number = language.say("place.lesson_of", number=self.number, total=len(self.track.modules))
        return language.say(f"place.{where}", position=number, phase=self.phase_number)


@dataclass(frozen=True)
class Edition:
    """A course with what its pages are made with.

    `render` makes HTML of Markdown, for the texts in widgets; `site` is the site's address, if known; `newest` is the
    day of what is told last on the page of news, empty where there is none.
    """

    course: Course
    render: Render = str
    site: str = ""
    newest: str = ""

    @cached_property
    def language(self) -> Language:
        return load_language(self.course.language)

    @cached_property
    def say(self) -> Callable[..., str]:
        return self.language.say

    @cached_property
    def positions(self) -> Mapping[str, Position]:
        """Where each module stands, by its key."""
        found: dict[str, Position] = {}
        for track in self.course.tracks:
            places = ((phase, at, module) for at, phase in enumerate(track.phases, 1) for module in phase.modules)
            for number, (phase, at, module) in enumerate(places, 1):
                found.setdefault(module.key, Position(track, phase, module, number, at))
        return found

    @property
    def written(self) -> list[Track]:
        """The tracks of which something is written."""
        return [track for track in self.course.tracks if any(module.pages for module in track.modules)]

    def name_track(self, track: Track) -> str:
        """Such as "Track 3: Attention"."""
        return self.say("place.track_title", number=track.number, title=track.title)

    def name_lesson(self, position: Position) -> str:
        """Such as "Track 3, lesson 2"."""
        return self.say("place.track_lesson", track=position.track.number, number=position.number)

    def list_needed(self, module: Module) -> list[Concept]:
        """The concepts that the module needs, as far as the course knows them."""
        return [self.course.concepts[need.concept] for need in module.needs if need.concept in self.course.concepts]

    def show(self, name: str, here: str = "", /, **view: object) -> str:
        """The HTML of a partial in `templates/`, without blank lines: any Markdown parser takes it as one block.

        Besides `view` it has this `edition`, its words by `say`, and by `link` the address of a uri for the page at
        `here`.
        """
        view |= {"edition": self, "say": self.language.say_html, "link": partial(link, here)}
        html = _PARTIALS.get_template(f"{name}.html").render(view)
        return "\n".join(line.strip() for line in html.splitlines() if line.strip())

    def recall(self, parts: tuple[str, ...], make: Callable[[], str]) -> str:
        """What was made of these parts before, where `render` keeps such things, else what `make` gives."""
        keep: Callable[[tuple[str, ...], Callable[[], str]], str] | None = getattr(self.render, "recall", None)
        return keep(parts, make) if keep else make()
