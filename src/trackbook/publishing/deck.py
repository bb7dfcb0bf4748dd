"""Every card of the course: those that authors wrote, and one for each concept that a lesson teaches."""

from collections.abc import Iterator
from dataclasses import dataclass

from trackbook.language.words import load_language
from trackbook.model import Course, Fence, Module, Page, Source
from trackbook.publishing.text import escape_markdown
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


def has_cards(module: Module) -> bool:
    """Whether it has cards, be it only such as bear the names of others."""
    return bool("lesson" in module.pages and module.teaches) or any(map(_holds_cards, module.pages.values()))


def _holds_cards(page: Page) -> bool:
    return "flashcards" in page.widgets


def _list_written(module: Module) -> Iterator[Card]:
    for page in filter(_holds_cards, module.pages.values()):
        for fence in page.fences:
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
    for concept in module.teaches if "lesson" in module.pages else ():
        front = say("cards.what_is", name=escape_markdown(concept.name))
        back = escape_markdown(concept.definition)
        place = (concept.source.path, concept.source, concept.lines)
        yield Card(f"concept#{concept.id}", module, front, back, "", (), (), *place)
