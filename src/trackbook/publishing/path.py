"""The path of a learner: the pages of a module in their order, then the next module that is written."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from trackbook.language.timing import lesson_minutes
from trackbook.model import MODULE_KINDS, Course, Kind, Module, Page
from trackbook.publishing.addresses import REVIEW, locate_source
from trackbook.publishing.deck import count_cards
from trackbook.publishing.edition import Edition, Position
from trackbook.publishing.views import View


@dataclass(frozen=True, slots=True)
class Step:
    """A page of a module. `minutes` is how long it takes, 0 where nobody says."""

    kind: Kind
    uri: str
    minutes: int


@dataclass(frozen=True, slots=True)
class Onward:
    """What comes after a page: a step of its own module, the first of module `to`, or a page that is no module's."""

    uri: str
    step: Step | None = None
    to: Position | None = None


def list_steps(course: Course, module: Module) -> list[Step]:
    """The pages of the module that are written, in the order of the path."""
    minutes = {"lesson": lesson_minutes(module), "practice": module.practice_minutes}
    pages = ((kind, module.pages[kind]) for kind in MODULE_KINDS if kind in module.pages)
    return [Step(kind, locate_source(course, page.path), minutes.get(kind, 0)) for kind, page in pages]


def find_onward(edition: Edition, position: Position, page: Page) -> Onward:
    """The next page of the module, else the next module of this track or a later one, else reviews or the home page."""
    course = edition.course
    steps = list_steps(course, position.module)
    at = [step.kind for step in steps].index(page.kind)
    if at + 1 < len(steps):
        return Onward(steps[at + 1].uri, step=steps[at + 1])
    if to := next(_list_written_after(edition, position), None):
        return Onward(list_steps(course, to.module)[0].uri, to=to)
    return Onward(REVIEW if any(map(count_cards, course.modules)) else "index.md")


def find_before(edition: Edition, position: Position, page: Page) -> str:
    """The uri of the page before this one on the path; empty at the very beginning."""
    steps = list_steps(edition.course, position.module)
    at = [step.kind for step in steps].index(page.kind)
    if at > 0:
        return steps[at - 1].uri
    tracks = edition.course.tracks
    earlier = reversed(tracks[: tracks.index(position.track)])
    ways = [position.track.modules[: position.number - 1]], (track.modules for track in earlier)
    modules = (module for way in chain(*ways) for module in reversed(way))
    last = next((module for module in modules if module.pages), None)
    return list_steps(edition.course, last)[-1].uri if last else ""


def view_pager(edition: Edition, position: Position, page: Page) -> View:
    """The next step on the path, and the lessons to either side: where there is none, another track.

    A planned neighbor stands before the nearest written lesson, which is left out where the next step leads to it.
    """
    onward = find_onward(edition, position, page)
    modules, index, tracks = position.track.modules, position.number - 1, edition.course.tracks
    at = tracks.index(position.track)
    following = [edition.positions[module.key] for module in modules[index + 1 :]]
    planned = [lesson for lesson in following[:1] if not lesson.module.pages]
    previous = next((module for module in reversed(modules[:index]) if module.pages), None)
    follower = next((lesson for lesson in following if lesson.module.pages), None)
    return {
        "onward": onward,
        "position": position,
        "previous": {
            "lessons": [edition.positions[previous.key]] if previous else [],
            "tracks": () if previous else tracks[:at][-1:],
        },
        "following": {
            "lessons": [*planned, *([follower] if follower and onward.to != follower else [])],
            "tracks": () if follower or onward.to else tracks[at + 1 :][:1],
        },
    }


def _list_written_after(edition: Edition, position: Position) -> Iterator[Position]:
    tracks = edition.course.tracks
    later = chain.from_iterable(track.modules for track in tracks[tracks.index(position.track) + 1 :])
    for module in chain(position.track.modules[position.number :], later):
        if module.pages:
            yield edition.positions[module.key]
