"""The first use of each concept that a lesson builds on: a button in its text, which shows the definition."""

import re
from collections.abc import Collection, Iterator

from trackbook.markdown import blank_all_but_prose
from trackbook.model import Concept, Course, Module, Page

_GAP = r"(?:[ \t]+|[ \t]*\n[ \t]*)"
_BEFORE = r"(?<![^\s(“„‘«\"'—–])"
_AFTER = r"(?![^\s).,;:!?”“’‘»\"'—–…])(?![.:]\w)"
_MARKS = re.compile(r"[*_`<>\[\]\\$|~{}]")


def list_terms(course: Course, module: Module, page: Page) -> list[Concept]:
    """The concepts that the lesson takes as given: what its module needs, and what it promises but does not teach."""
    names = [need.concept for need in module.needs] + [link.promised for link in page.links if link.promised]
    taught = {concept.id for concept in module.teaches}
    return [course.concepts[name] for name in dict.fromkeys(names) if name in course.concepts and name not in taught]


def mark_terms(course: Course, terms: Collection[Concept], text: str) -> str:
    """The Markdown with a button around the first use of each term in prose. Line breaks stay where they are."""
    names = dict(_list_spellings(course, terms))
    if not names:
        return text
    longest_first = sorted(names, key=lambda spelling: (-len(spelling), spelling))
    pattern = re.compile(f"{_BEFORE}(?:{'|'.join(map(_match_spelling, longest_first))}){_AFTER}")
    first_uses: dict[str, re.Match[str]] = {}
    for use in pattern.finditer(blank_all_but_prose(text)):
        concept = names[_normalize(use[0])]
        if concept in terms:
            first_uses.setdefault(concept.id, use)
    for concept_id, use in reversed(first_uses.items()):
        text = f"{text[: use.start()]}{_open_button(concept_id)}{use[0]}</button>{text[use.end() :]}"
    return text


def list_marked(terms: Collection[Concept], text: str) -> list[Concept]:
    """The terms that have a button in the text."""
    return [concept for concept in terms if _open_button(concept.id) in text]


def _open_button(concept_id: str) -> str:
    return f'<button type="button" class="tb-term" popovertarget="term-{concept_id}">'


def _list_spellings(course: Course, terms: Collection[Concept]) -> Iterator[tuple[str, Concept]]:
    """Each spelling with its concept. Longer names with a term's inside are here too: their use is none of the term."""
    own = [(spelling, concept) for concept in terms for spelling in concept.spellings if not _MARKS.search(spelling)]
    for spelling, _ in own:
        yield from (pair for pair in course.spelled.get(spelling.split()[0], ()) if spelling in pair[0])
    yield from reversed(own)


def _match_spelling(spelling: str) -> str:
    first, rest = spelling[0], _GAP.join(map(re.escape, spelling[1:].split(" ")))
    return f"[{re.escape(first + first.upper()[:1])}]{rest}"


def _normalize(use: str) -> str:
    text = " ".join(use.split())
    return text[:1].lower() + text[1:]
