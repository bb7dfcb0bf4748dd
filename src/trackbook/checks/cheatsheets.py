"""Cheatsheets keep step with their lessons."""

from collections.abc import Iterator

from trackbook.checks.check import advice, check
from trackbook.issue import suggest
from trackbook.language.prose import flatten_words
from trackbook.model import Concept, Course, Definition, Finding, Page, Source
from trackbook.naming import list_named

MOST_WORDS = 400


@check
def cheatsheet_has_every_concept(course: Course) -> Iterator[Finding]:
    """Every concept that a module teaches is named on its cheatsheet.

    The cheatsheet is what learners print and keep; what is missing there is missing in a year.
    """
    for module in course.modules:
        if sheet := module.pages.get("cheatsheet"):
            named = list_named(module.teaches, sheet.text)
            for concept in module.teaches:
                if course.concepts[concept.id] is not concept:
                    continue  # taught elsewhere already: concept-is-taught-once says so
                if concept not in named:
                    message = f'the cheatsheet does not name "{concept.name}", which its lesson teaches.'
                    hint = f"add {concept.name} under the words to use precisely"
                    yield Finding(Source(sheet.path, sheet.first_line), message, hint)


@check
def cheatsheet_defines_what_its_module_teaches(course: Course) -> Iterator[Finding]:
    """What a cheatsheet defines is a concept that its module teaches, or links to the lesson that does.

    A word that only the cheatsheet explains has drifted from the lesson: learners meet it after the course, alone. To
    define is to begin an item of a list with a term in bold and a colon after it: `- **term**: what it is`. The term is
    a concept's name or stands under its `match:`; letter case, hyphens and punctuation make no difference.
    """
    by_name = {flatten_words(name): concept for concept in reversed(course.taught) for name in concept.names}
    for module in course.modules:
        sheet = module.pages.get("cheatsheet")
        if not sheet or "lesson" not in module.pages:
            continue
        own = {flatten_words(name) for concept in module.teaches for name in concept.names}
        for definition in sheet.definitions:
            concept = by_name.get(flatten_words(definition.term))
            if flatten_words(definition.term) in own or (concept and _is_linked(course, sheet, definition, concept)):
                continue
            if concept and concept.taught_in:
                message = f'"{definition.term}" is defined here, but lessons/{concept.taught_in} teaches it.'
                yield Finding(definition.source, message, "link that lesson in the same item, or drop the item")
            else:
                message = f'"{definition.term}" is defined here, but the module does not teach it.'
                hint = "add it to `teaches:` of the lesson, or drop the item"
                close = suggest(definition.term.lower(), own)
                yield Finding(definition.source, message, f"{close} Else {hint}" if close else hint)


@advice
def cheatsheet_is_short_enough_to_print(course: Course) -> Iterator[Finding]:
    """A cheatsheet has at most 400 words.

    It is made to be kept on one sheet of paper, which rarely holds more: drawings and formulas, which count as no
    words, take room too.
    """
    for module in course.modules:
        sheet = module.pages.get("cheatsheet")
        if sheet and sheet.words > MOST_WORDS:
            message = f"the cheatsheet has {sheet.words} words; above {MOST_WORDS} it rarely prints on one page."
            yield Finding(Source(sheet.path, sheet.first_line), message, "leave to the lesson what is no reminder")


def _is_linked(course: Course, page: Page, definition: Definition, concept: Concept) -> bool:
    """Whether the definition holds a link to a page of the module, or to the track, that teaches the concept."""
    lines = range(definition.source.line, definition.last_line + 1)
    for link in page.links:
        owner = course.owners.get(link.target or "")
        there = concept.taught_in if owner else f"lessons/{concept.track}/"
        if link.source.line in lines and there and there == (owner.key if owner else link.target):
            return True
    return False
