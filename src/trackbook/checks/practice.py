"""Practice: every objective and every concept gets its exercise, in cards that fit a memory."""

import re
from collections.abc import Iterator

from trackbook.checks.check import advice, check
from trackbook.issue import suggest
from trackbook.markdown import parse_markdown
from trackbook.model import Concept, Course, Finding, Module, Source
from trackbook.naming import list_named
from trackbook.widgets import flashcards

MOST_WORDS = 40
_WORD = re.compile(r"[^\W_]+")


@check
def objective_is_practised(course: Course) -> Iterator[Finding]:
    """Each objective of a module is practised by at least one of its items.

    An objective that is never practised is a wish: learners would find out in the exam.
    """
    for module in course.modules:
        practised = {name for item in module.items for name in item.practises}
        if module.has_unread_fences:
            continue  # one of those may practise it
        for objective in module.objectives:
            if objective.id not in practised and module.pages.get("practice"):
                message = f'no item practises the objective "{objective.id}".'
                hint = f"add an item with `practises: {objective.id}` to {module.pages['practice'].path}"
                yield Finding(objective.source, message, hint)


@check
def item_practises_an_objective(course: Course) -> Iterator[Finding]:
    """What an item says it practises is an objective of its module, or of the module it names.

    A misspelt objective would leave the real one without practice.
    """
    for module in course.modules:
        for item in module.items:
            for name in item.practises:
                key, _, objective = name.rpartition("#")
                owner = course.module(key) if key else module
                known = {known.id for known in owner.objectives} if owner else set()
                if objective not in known:
                    where = f"module {key}" if key else "this module"
                    if key and not owner:
                        near = suggest(key, {other.key for other in course.modules})
                        message = f'"{item.id}" practises an objective of "{key}", which is no module.'
                        yield Finding(item.aim, message, near or "name it as track/module")
                        continue
                    hint = suggest(objective, known) or f"objectives: {', '.join(sorted(known)) or 'none yet'}"
                    message = f'"{item.id}" practises "{objective}", which is no objective of {where}.'
                    yield Finding(item.aim, message, hint)


@advice
def concept_is_practised(course: Course) -> Iterator[Finding]:
    """Each concept that a module teaches is named in an item of that module, by its name or a variant.

    What nobody has to use is soon forgotten. The card that is made of each definition asks for the words alone, so
    it does not count, and neither does code.
    """
    for module in course.modules:
        neglected = _list_neglected(module)
        for concept in module.teaches if neglected else ():
            if concept in neglected and course.concepts[concept.id] is concept:
                message = f'no item of this module names "{concept.name}", which its lesson teaches.'
                hint = f"use {concept.name} in an item, or add the word that items use for it to its `match:`"
                yield Finding(concept.source, message, hint)


def _list_neglected(module: Module) -> list[Concept]:
    """The concepts that no item names, where that is known."""
    if "practice" not in module.pages or module.has_unread_fences:
        return []
    text = " | ".join(passage.text for fence in module.fences if fence.items for passage in fence.passages)
    named = list_named(module.teaches, text)
    return [concept for concept in module.teaches if concept not in named]


@advice
def flashcard_answer_is_short(course: Course) -> Iterator[Finding]:
    """The answer of a card has fewer than 40 words, and so has the definition of a concept, which makes a card.

    An answer that can't be said from memory in one breath is read, not recalled, and gets harder to grade each time.
    """
    for source, answer in (pair for module in course.modules for pair in _list_answers(module)):
        if len(_WORD.findall(answer)) < MOST_WORDS:
            continue  # to parse Markdown takes long, and makes no more words of it
        words = parse_markdown(answer, source.path).words
        if words >= MOST_WORDS:
            message = f"this answer of a card has {words} words, where fewer than {MOST_WORDS} belong."
            yield Finding(source, message, "keep what must be recalled, or make two of it")


def _list_answers(module: Module) -> Iterator[tuple[Source, str]]:
    """What the back of each card says, and the front of one that is asked both ways."""
    yield from ((concept.source, concept.definition) for concept in module.teaches)
    for fence in module.fences:
        if isinstance(fence.data, flashcards.Data):
            places = {item.id: item.source for item in reversed(fence.items)}
            for card in fence.data.cards:
                yield places[card.id], card.back
                if card.reverse:
                    yield places[card.id], card.front
