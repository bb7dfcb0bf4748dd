"""What the pictures say that links to the site are shown with, where people share them."""

from collections.abc import Mapping
from dataclasses import dataclass

from trackbook.language.words import load_language
from trackbook.model import Course, Track


@dataclass(frozen=True, slots=True)
class CardLine:
    """A track as a line: its number, and for each of its lessons whether it is written."""

    number: int
    stations: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class SocialCard:
    """The texts and lines of one picture, and what is said of it where it can't be seen.

    `over` stands above the rest; it is empty on the course's own card, since only the site knows its name.
    """

    title: str
    over: str = ""
    place: str = ""
    number: int | None = None
    lines: tuple[CardLine, ...] = ()
    direction: str = "ltr"
    alt: str = ""


def list_cards(course: Course) -> Mapping[str, SocialCard]:
    """A card a track, by its id, and the course's own by the empty text."""
    say = load_language(course.language).say
    lines = tuple(_draw_line(track) for track in course.tracks if track.modules)
    cards = {"": SocialCard(course.title, lines=lines, direction=course.direction, alt=course.title)}
    for track in course.tracks:
        cards[track.id] = SocialCard(
            title=track.title,
            over=course.title,
            place=say("place.track", number=track.number),
            number=track.number,
            lines=(_draw_line(track),) if track.modules else (),
            direction=course.direction,
            alt=f"{say('place.track_title', number=track.number, title=track.title)} · {course.title}",
        )
    return cards


def _draw_line(track: Track) -> CardLine:
    return CardLine(track.number, tuple(bool(module.pages) for module in track.modules))
