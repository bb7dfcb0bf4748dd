"""Where prose names concepts: shyly, so that what is found is the concept and nothing else."""

import re
from collections.abc import Collection, Iterator

from trackbook.markdown import blank_all_but_prose
from trackbook.model import Concept, Course
from trackbook.prose import flatten_words

_GAP = r"(?:[ \t]+|[ \t]*\n[ \t]*)"
_BEFORE = r"(?<![^\s(“„‘«\"'—–])"
_AFTER = r"(?![^\s).,;:!?”“’‘»\"'—–…])(?![.:]\w)"
_MARKS = re.compile(r"[*_`<>\[\]\\$|~{}]")


def find_names(course: Course, concepts: Collection[Concept], text: str) -> Iterator[tuple[Concept, re.Match[str]]]:
    """Every place in the prose of a Markdown text that names one of the concepts, in reading order."""
    names = dict(list_spellings(course, concepts))
    if not names:
        return
    longest_first = sorted(names, key=lambda spelling: (-len(spelling), spelling))
    pattern = re.compile(f"{_BEFORE}(?:{'|'.join(map(_match_spelling, longest_first))}){_AFTER}")
    for use in pattern.finditer(blank_all_but_prose(text)) if pattern.search(text) else ():
        concept = names[_normalize(use[0])]
        if concept in concepts:
            yield concept, use


def is_named(concept: Concept, text: str) -> bool:
    """Whether the words of a text hold a name of the concept, whatever stands between them, or one that begins so."""
    words = f" {flatten_words(text)} "
    return any(f" {flatten_words(name)}" in words for name in concept.names)


def list_spellings(course: Course, concepts: Collection[Concept]) -> Iterator[tuple[str, Concept]]:
    """Each spelling with its concept. Longer names with one inside are here too: their use is none of the shorter."""
    own = [(spelling, concept) for concept in concepts for spelling in concept.spellings if not _MARKS.search(spelling)]
    for spelling, _ in own:
        yield from (pair for pair in course.spelled.get(spelling.split()[0], ()) if spelling in pair[0])
    yield from reversed(own)


def _match_spelling(spelling: str) -> str:
    first, rest = spelling[0], _GAP.join(map(re.escape, spelling[1:].split(" ")))
    return f"[{re.escape(first + first.upper()[:1])}]{rest}"


def _normalize(use: str) -> str:
    text = " ".join(use.split())
    return text[:1].lower() + text[1:]
