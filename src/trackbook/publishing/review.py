"""The page where cards come back, and what it reads: the cards, what stands on them, what they were called."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, partial

from trackbook.language.words import load_language
from trackbook.model import Course
from trackbook.publishing.addresses import DECK, NAMES, PROGRESS, REVIEW, address, lesson_uri, link, locate_cards
from trackbook.publishing.cards import View
from trackbook.publishing.deck import Card, has_cards
from trackbook.publishing.outlook import Outlook
from trackbook.publishing.site_source import SitePage, Slots
from trackbook.publishing.templates import render_part
from trackbook.publishing.text import Render, lead_on, recall, render_texts


def publish_review(course: Course) -> SitePage:
    say = load_language(course.language).say
    title = say("review.title")
    meta = {"title": title, "description": say("review.lede"), "html_title": title, "kind": "review"}
    return SitePage(REVIEW, partial(_write_page, course, title), meta)


def _write_page(course: Course, title: str, slots: Slots) -> str:
    return f"# {title}\n\n{slots.add(render_part('review', course.language, progress=link(REVIEW, PROGRESS)))}\n"


def publish_cards(
    course: Course, outlooks: Mapping[str, Outlook], list_all: Callable[[], Iterable[Card]], render: Render
) -> Iterator[tuple[str, Callable[[], str]]]:
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
        return _write_texts(course, divide().get(module, []), render)

    yield NAMES, lambda: _write(_list_names(course, list_all()))
    yield DECK, lambda: _write([_view_module(course, outlooks[key], cards) for key, cards in divide().items()])
    for module in filter(has_cards, course.modules):
        yield locate_cards(module), partial(write_texts, module.key)


def _write_texts(course: Course, cards: list[Card], render: Render) -> str:
    def make() -> str:
        return _write({card.id: _view_card(course, card, render) for card in cards})

    links = [found for path in dict.fromkeys(card.page for card in cards) for found in course.pages[path].all_links]
    led = [part for found in links for part in (found.href, *map(str, lead_on(course, found, REVIEW)))]
    said = [part for card in cards for part in (card.id, card.front, card.back, card.hint, card.page)]
    return recall(render, (str(len(cards)), *said, *led), make)


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


def _view_module(course: Course, outlook: Outlook, cards: list[Card]) -> View:
    module, say = outlook.module, load_language(course.language).say
    return {
        "key": module.key,
        "place": say("place.track_lesson", track=outlook.track.number, number=outlook.number),
        "title": module.title,
        "url": address(lesson_uri(module)),
        "number": outlook.track.number,
        "cards": [card.id.removeprefix(f"{module.key}#") for card in cards],
    }


def _view_card(course: Course, card: Card, render: Render) -> View:
    links = [*course.pages[card.page].all_links]
    render_text = render_texts(course, links, card.page, REVIEW, render)
    sides = {"front": card.front, "back": card.back, "hint": card.hint}
    return {side: render_text(text) for side, text in sides.items() if text}


def _write(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"
