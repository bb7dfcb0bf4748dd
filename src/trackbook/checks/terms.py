"""Terms: what prose names, its reader has met."""

from collections.abc import Iterator
from dataclasses import replace

from trackbook.checks.check import advice
from trackbook.model import Concept, Course, Finding, Module, Page, Source, Track
from trackbook.naming import Beginnings, find_names, list_named


@advice
def term_is_taught_before_it_is_used(course: Course) -> Iterator[Finding]:
    """A concept's name is not used before the lesson of the track that teaches it, unless the page has promised it.

    A word that its reader can't know yet stops them, and they can't tell whether they missed something. Names of
    one word count only where they stand under `match:`, since many are everyday words, too.
    """
    for track in course.tracks:
        for page, coming in _list_coming(track):
            yield from _find_early_uses(course, page, coming)


def _list_coming(track: Track) -> Iterator[tuple[Page, dict[Concept, Module]]]:
    """Each page with the concepts that it may name and only later modules teach, less the names of one word."""
    taught = [(module, _drop_plain_name(concept)) for module in track.modules for concept in module.teaches]
    beginnings = Beginnings([concept for _, concept in taught])
    met = 0
    for module in track.modules:
        met += len(module.teaches)
        for page in module.pages.values():
            possible = (taught[number] for number in beginnings.list_possible(page.text, met))
            yield page, {concept: teacher for teacher, concept in possible}


def _drop_plain_name(concept: Concept) -> Concept:
    return concept if len(concept.name.split()) > 1 else replace(concept, name="")


def _find_early_uses(course: Course, page: Page, coming: dict[Concept, Module]) -> Iterator[Finding]:
    promised = {link.promised: link.source.line for link in reversed(page.links) if link.promised}
    told: set[str] = set()
    for concept, use in find_names(course, coming, page.text, page.prose):
        line = page.first_line + page.text.count("\n", 0, use.start)
        if concept.id not in told and promised.get(concept.id, line + 1) > line:
            told.add(concept.id)
            name, teacher = " ".join(use.words.split()), coming[concept]
            message = f'"{name}" is used here; {teacher.key}, which teaches it, comes later.'
            hint = f'make it a link with the title "promise: {concept.id}", or say it in words that need no lesson'
            yield Finding(Source(page.path, line), message, hint)


@advice
def concept_is_named_by_its_lesson(course: Course) -> Iterator[Finding]:
    """The lesson that teaches a concept calls it by its name, or by one that stands under `match:`.

    Learners look words up and search for them as the field writes them. A name that its own lesson never says is
    either the field's word, which the lesson keeps from them, or one that nobody uses. No list knows all words of all
    fields: whether the name is the usual one, its author has to know.
    """
    for module in course.modules:
        for concept in _list_unnamed(module):
            if course.concepts[concept.id] is concept:
                message = f'this lesson teaches "{concept.name}", and never says so.'
                hint = f'write "{concept.name}" where it is explained, or under `name:` what the field calls it'
                yield Finding(concept.source, message, hint)


def _list_unnamed(module: Module) -> list[Concept]:
    """The concepts whose lesson is there, and has none of their names."""
    if not (lesson := module.pages.get("lesson")):
        return []
    text = lesson.text.lower()
    missed = [concept for concept in module.teaches if not any(_is_plain_in(text, name) for name in concept.names)]
    named = list_named(missed, lesson.text) if missed else []  # a closer look, which takes ten times as long
    return [concept for concept in missed if concept not in named]


def _is_plain_in(text: str, name: str) -> bool:
    return any(f"{before}{name.lower()}" in text for before in (" ", "*", "[", "\n"))
