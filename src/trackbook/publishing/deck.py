"""Every card of the course: those that authors wrote, and one for each concept that a lesson teaches."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import chain

from trackbook.language.words import load_language
from trackbook.model import Concept, Course, Fence, Module, Page, Source
from trackbook.publishing.addresses import DECK, NAMES, REVIEW, address, lesson_uri, locate_cards
from trackbook.publishing.edition import Edition
from trackbook.publishing.siblings import DEFINITION, list_siblings
from trackbook.publishing.text import escape_markdown, lead_on, render_texts
from trackbook.publishing.views import View
from trackbook.widgets.flashcards import REVERSE, Data


@dataclass(frozen=True, slots=True)
class Card:
    """A card as learners' records name it. `front`, `back` and `hint` are Markdown as the page at `page` holds it.

    `id` is `track/module#card`, with `-reverse` for a card turned around, or `concept#id` for a definition: a concept
    keeps its card wherever it is taught. `was` lists former ids, the oldest first.
    `lines` are the first and the last of the page that it takes up.
    """

    id: str
    module: Module
    front: str
    back: str
    hint: str
    practises: tuple[str, ...]
    was: tuple[str, ...]
    page: str
    source: Source
    lines: tuple[int, int]


def list_cards(course: Course) -> tuple[Card, ...]:
    """Every card in the order of the course; of several with one id the first."""
    cards: dict[str, Card] = {}
    for module in course.modules:
        for card in [*_list_written(module), *_list_definitions(course, module)]:
            cards.setdefault(card.id, card)
    return tuple(cards.values())


def count_cards(module: Module) -> int:
    """How many cards it has, with such as bear the names of others."""
    return len(list_defined(module)) + sum(page.cards for page in module.pages.values())


def list_defined(module: Module) -> Sequence[Concept]:
    """The concepts whose definitions are cards of it."""
    return module.teaches if "lesson" in module.pages else ()


def _list_written(module: Module) -> Iterator[Card]:
    for page in module.pages.values():
        for fence in page.fences if "flashcards" in page.widgets else ():
            if isinstance(fence.data, Data):
                yield from _list_fence(module, page, fence, fence.data)


def _list_fence(module: Module, page: Page, fence: Fence, data: Data) -> Iterator[Card]:
    items = {item.id: item for item in reversed(fence.items)}
    keys = list(dict.fromkeys([*(former.concept for former in module.was), module.key]))
    for card in data.cards:
        sides = [(card.id, card.front, card.back, card.hint)]
        if card.reverse:
            sides.append((f"{card.id}{REVERSE}", card.back, card.front, ""))
        for name, front, back, hint in sides:
            item = items[name]
            *was, now = [f"{key}#{former}" for former in (*item.was, name) for key in keys]
            place = (page.path, item.source, item.lines)
            yield Card(now, module, front, back, hint, item.practises, tuple(was), *place)


def _list_definitions(course: Course, module: Module) -> Iterator[Card]:
    say = load_language(course.language).say
    for concept in list_defined(module):
        front = say("cards.what_is", name=escape_markdown(concept.name))
        back = escape_markdown(concept.definition)
        place = (concept.source.path, concept.source, concept.lines)
        yield Card(f"{DEFINITION}{concept.id}", module, front, back, "", (), (), *place)


def publish_cards(edition: Edition) -> Iterator[tuple[str, Callable[[], str]]]:
    """What the page of reviews reads: former names, the deck, and the texts of each module's cards as HTML.

    Each file's uri comes with what writes it.
    """

    @cache
    def divide() -> Mapping[str, list[Card]]:
        """The cards of each module, by its key."""
        found: dict[str, list[Card]] = {}
        for card in list_cards(edition.course):
            found.setdefault(card.module.key, []).append(card)
        return found

    yield NAMES, lambda: _write(_list_names(edition.course, chain(*divide().values())))
    yield DECK, lambda: _write([_view_module(edition, key, cards) for key, cards in divide().items()])
    for module in filter(count_cards, edition.course.modules):
        yield locate_cards(module), partial(_write_texts, edition, divide, module.key)


def _write_texts(edition: Edition, divide: Callable[[], Mapping[str, list[Card]]], key: str) -> str:
    course, cards = edition.course, divide().get(key, [])
    links = {path: [*course.pages[path].all_links] for path in dict.fromkeys(card.page for card in cards)}

    def make() -> str:
        renders = {path: render_texts(edition, found, path, REVIEW) for path, found in links.items()}
        texts: View = {}
        for card in cards:
            sides = {"front": card.front, "back": card.back, "hint": card.hint}
            texts[card.id] = {side: renders[card.page](text) for side, text in sides.items() if text}
        return _write(texts)

    led = [part for found in chain(*links.values()) for part in (found.href, *map(str, lead_on(course, found, REVIEW)))]
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
    siblings = [*list_siblings({card.id: card.front for card in cards}, position.module.teaches)]
    return {
        "key": key,
        "place": edition.name_lesson(position),
        "title": position.module.title,
        "url": address(lesson_uri(position.module)),
        "number": position.track.number,
        "cards": [card.id.removeprefix(f"{key}#") for card in cards],
        **({"siblings": siblings} if siblings else {}),
    }


def _write(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"
