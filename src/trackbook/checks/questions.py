"""Questions: each asked once, and none answered by where its answer stands."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from math import sqrt
from statistics import NormalDist
from typing import NamedTuple

from trackbook.checks.check import advice
from trackbook.checks.once import quote
from trackbook.model import Course, Fence, Finding, Module, Source
from trackbook.widgets import flashcards, predict, quiz

_FEWEST = 6
"""Questions: of fewer nobody can tell where their right answers tend to stand."""
_RARE = 1 / 20
_AROUND = ".,;:!?…\"'“”„‘’‚«»‹›()[]{}*_¿¡؟，。：；！？"
"""Punctuation and emphasis around a word."""


class _Asked(NamedTuple):
    """What is asked, and the answers to choose from, where there are any."""

    text: str
    offered: frozenset[str]
    source: Source

    def is_same(self, other: "_Asked") -> bool:
        return not (self.offered and other.offered and self.offered.isdisjoint(other.offered))


class _Placed(NamedTuple):
    """A question with one right choice: at which place it stands, of how many."""

    id: str
    place: int
    choices: int
    source: Source


@advice
def question_is_asked_once(course: Course) -> Iterator[Finding]:
    """No two questions of a course ask the same in the same words, be they of a card, a quiz or another widget.

    The second asks whether learners remember the first; cards are reviewed for weeks, both of them, and where two
    answers differ one is wrong. Letter case, punctuation and emphasis make no difference. "Which of these is true?"
    may stand twice above choices of which none is in both.
    """
    met: dict[str, list[_Asked]] = {}
    for asked in _list_asked(course):
        others = met.setdefault(_flatten(asked.text), [])
        if first := next(filter(asked.is_same, others), None):
            message = f'"{quote(asked.text)}" is also asked at {first.source.path}:{first.source.line}.'
            yield Finding(asked.source, message, "remove one, or ask for something else")
        others.append(asked)


def _flatten(text: str) -> str:
    return " ".join(map(_strip, text.casefold().split()))


def _strip(word: str) -> str:
    """The word without what stands around it. In code and formulas each sign counts: only a sentence's end goes."""
    return word.rstrip(".,;:!?") if "`" in word or "$" in word else word.strip(_AROUND) or word


def _list_asked(course: Course) -> Iterator[_Asked]:
    """Every question of learners' pages, in the order of the course."""
    fences = chain.from_iterable(page.fences for page in course.pages.values() if not page.for_authors)
    for fence in fences:
        if isinstance(fence.data, flashcards.Data):
            places = {item.id: item.source for item in reversed(fence.items)}
            for card in fence.data.cards:
                for front in (card.front, card.back) if card.reverse else (card.front,):
                    yield _Asked(front, frozenset(), places[card.id])
        elif isinstance(ask := getattr(fence.data, "ask", None), str):
            yield _Asked(ask, frozenset(map(_flatten, _list_offered(fence.data))), _locate(fence))


def _list_offered(data: object) -> Iterable[str]:
    if isinstance(data, predict.Data):
        return data.choices
    if isinstance(data, quiz.Data):
        return [*(choice.text for choice in data.choices), *data.order, *(pair.left for pair in data.match)]
    return ()


def _locate(fence: Fence) -> Source:
    return fence.items[0].source if fence.items else fence.source


@advice
def right_answer_stands_anywhere(course: Course) -> Iterator[Finding]:
    """Right answers stand at no place among their choices more often than chance would put them there.

    Choices are shown in the order in which they are written: once learners feel that the second is mostly right, they
    stop to weigh the others. Counted are questions with one right choice, in modules with at least 6 of them, and in
    tracks where no module leans by itself; told is what chance brings about less than once in twenty.
    """
    for track in course.tracks:
        placed = [[*_list_placed(module)] for module in track.modules]
        leaning = [finding for questions in placed for finding in _find_leaning(questions, "this module")]
        yield from leaning or _find_leaning([*chain(*placed)], f"track {track.number}")


def _list_placed(module: Module) -> Iterator[_Placed]:
    for fence in module.fences:
        data = fence.data
        if isinstance(data, quiz.Data) and data.choices and not data.multiple:
            place = [choice.right for choice in data.choices].index(True)
            yield _Placed(data.id, place, len(data.choices), _locate(fence))
        elif isinstance(data, predict.Data) and data.right and len(data.choices) > 1:
            yield _Placed(data.id, data.choices.index(data.right), len(data.choices), _locate(fence))


def _find_leaning(questions: Sequence[_Placed], where: str) -> Iterator[Finding]:
    if len(questions) < _FEWEST:
        return
    places = range(max(question.choices for question in questions))
    counts = [sum(question.place == place for question in questions) for place in places]
    for place in places:
        if counts[place] and _compute_chance(questions, place, counts[place]) < _RARE:
            here = [question for question in questions if question.place == place]
            free = min(range(max(question.choices for question in here)), key=counts.__getitem__)
            movable = next(question for question in reversed(here) if question.choices > free)
            message = f"{len(here)} of the {len(questions)} right answers of {where} stand at place {place + 1}."
            hint = f"move some elsewhere, such as that of `{movable.id}` to place {free + 1}"
            yield Finding(here[0].source, message, hint)


def _compute_chance(questions: Sequence[_Placed], place: int, least: int) -> float:
    """How likely at least so many answers stand at a place by chance, by the normal curve that comes close to it."""
    chances = [1 / question.choices for question in questions if question.choices > place]
    deviation = sqrt(sum(chance * (1 - chance) for chance in chances))
    return 1 - NormalDist(sum(chances), deviation).cdf(least - 0.5)
