"""What the page of reviews reads: the cards, what stands on them, what they were called."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, partial

from trackbook.model import Course
from trackbook.publishing.addresses import DECK, NAMES, REVIEW, address, lesson_uri, locate_cards
from trackbook.publishing.deck import Card, has_cards
from trackbook.publishing.edition import Edition
from trackbook.publishing.text import lead_on, render_texts
from trackbook.publishing.views import View


def publish_cards(edition: Edition, list_all: Callable[[], Iterable[Card]]) -> Iterator[tuple[str, Callable[[], str]]]:
    """What writes each file, by its uri: former names, the deck, and the texts of each module's cards as HTML.

    `list_all` gives the cards of the course: not before the first file is written.
    """

    @cache
    def divide() -> Mapping[str, list[Card]]:
        """The cards of each module, by its key."""
        found: dict[str, list[Card]] = {}
        for card in list_all():
            found.setdefault(card.module.key, []).append(card)
        return found

    def write_texts(module: str) -> str:
        return _write_texts(edition, divide().get(module, []))

    yield NAMES, lambda: _write(_list_names(edition.course, list_all()))
    yield DECK, lambda: _write([_view_module(edition, key, cards) for key, cards in divide().items()])
    for module in filter(has_cards, edition.course.modules):
        yield locate_cards(module), partial(write_texts, module.key)


def _write_texts(edition: Edition, cards: list[Card]) -> str:
    def make() -> str:
        return _write({card.id: _view_card(edition, card) for card in cards})

    course = edition.course
    links = [found for path in dict.fromkeys(card.page for card in cards) for found in course.pages[path].all_links]
    led = [part for found in links for part in (found.href, *map(str, lead_on(course, found, REVIEW)))]
    said = [part for card in cards for part in (card.id, card.front, card.back, card.hint, card.page)]
    return edition.recall((str(len(cards)), *said, *led), make)


def _list_names(course: Course, cards: Iterable[Card]) -> View:
    items = {former: card.id for card in cards for former in card.was if former != card.id}
    for module in course.modules:
        fences = [fence for page in module.pages.values() if page.renames for fence in page.fences]
        for item in (item for fence in fences for item in fence.items):
            for former in item.was:
                items.setdefault(f"{module.key}#{former}", f"{module.key}#{item.id}")
    modules = {former.concept: module.key for module in course.modules for former in module.was}
    modules = {former: now for former, now in modules.items() if former != now}
    names = {"items": dict(sorted(items.items())), "modules": dict(sorted(modules.items()))}
    return {"mark": hashlib.sha256(_write(names).encode()).hexdigest()[:12], **names}


def _view_module(edition: Edition, key: str, cards: list[Card]) -> View:
    position = edition.positions[key]
    return {
        "key": key,
        "place": edition.name_lesson(position),
        "title": position.module.title,
        "url": address(lesson_uri(position.module)),
        "number": position.track.number,
        "cards": [card.id.removeprefix(f"{key}#") for card in cards],
    }


def _view_card(edition: Edition, card: Card) -> View:
    render = render_texts(edition, [*edition.course.pages[card.page].all_links], card.page, REVIEW)
    sides = {"front": card.front, "back": card.back, "hint": card.hint}
    return {side: render(text) for side, text in sides.items() if text}


def _write(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"
