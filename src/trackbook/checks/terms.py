"""Terms: what prose names, its reader has met."""

from collections.abc import Iterator
from dataclasses import replace

from trackbook.checks.check import check
from trackbook.model import Concept, Course, Finding, Module, Page, Source, Track
from trackbook.naming import find_names


@check(level="advice")
def term_is_taught_before_it_is_used(course: Course) -> Iterator[Finding]:
    """A concept's name is not used before the lesson of the track that teaches it, unless the page has promised it.

    A word that its reader can't know yet stops them, and they can't tell whether they missed something. Names of
    one word count only where they stand under `match:`, since many are everyday words, too.

    Breaks:

        # the first lesson; the second one teaches the context window
        It loses what has left the context window.

    Keeps:

        # the first lesson; the second one teaches the context window
        It loses what has left its [context window](../attention-in-brief/lesson.md "promise: context-window").
    """
    for track in course.tracks:
        for module, coming in _list_coming(track):
            for page in module.pages.values():
                yield from _find_early_uses(course, page, coming)


def _list_coming(track: Track) -> Iterator[tuple[Module, dict[Concept, Module]]]:
    """Each module with the concepts that only later ones of its track teach, less the names of one word."""
    for at, module in enumerate(track.modules):
        later = [(concept, other) for other in track.modules[at + 1 :] for concept in other.teaches]
        yield module, {_drop_plain_name(concept): other for concept, other in later}


def _drop_plain_name(concept: Concept) -> Concept:
    return concept if len(concept.name.split()) > 1 else replace(concept, name="")


def _find_early_uses(course: Course, page: Page, coming: dict[Concept, Module]) -> Iterator[Finding]:
    promised = {link.promised: link.source.line for link in reversed(page.links) if link.promised}
    told: set[str] = set()
    for concept, use in find_names(course, coming, page.text):
        line = page.first_line + page.text.count("\n", 0, use.start())
        if concept.id not in told and promised.get(concept.id, line + 1) > line:
            told.add(concept.id)
            name, teacher = " ".join(use[0].split()), coming[concept]
            message = f'"{name}" is used here; {teacher.key}, which teaches it, comes later.'
            hint = f'make it a link with the title "promise: {concept.id}", or say it in words that need no lesson'
            yield Finding(Source(page.path, line), message, hint)
