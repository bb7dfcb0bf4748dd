"""Where prose names concepts: conservatively, so that what is found is the concept and nothing else."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from trackbook.language.prose import flatten_words
from trackbook.markdown import blank_all_but_prose
from trackbook.model import Concept, Course

_GAP = r"(?:[ \t]*\n[ \t]*|[ \t]+)"
_BEFORE = r"""(?<![^\s(“„‘«"'—–])"""
_AFTER = r"""(?![^\s).,;:!?”“’‘»"'—–…])(?![.:]\w)"""
"""What may not stand around a name: it is made of words of its own."""
_MARKS = re.compile(r"[*_`<>\[\]\\$|~{}]")
_WORD = re.compile(r"\w+")
_FEW = 150
"""So many strings are looked for one by one sooner than a text is cut into words."""


@dataclass(frozen=True, slots=True)
class Use:
    """Where a text names something, and in which words."""

    start: int
    end: int
    words: str


def find_names(
    course: Course, concepts: Collection[Concept], text: str, prose: str = ""
) -> Iterator[tuple[Concept, Use]]:
    """Every place in the prose of a Markdown text that names one of the concepts, in reading order.

    `prose` is what `blank_all_but_prose` makes of the text, where that is known.
    """
    names = {spelling: concept for spelling, concept in _list_spellings(course, concepts) if _may_stand(spelling, text)}
    if not names:
        return
    longest_first = sorted(names, key=lambda spelling: (-len(spelling), spelling))
    pattern = re.compile(f"{_BEFORE}(?:{'|'.join(map(_write_pattern, longest_first))}){_AFTER}")
    if not pattern.search(text):
        return
    for found in pattern.finditer(prose or blank_all_but_prose(text)):
        concept = names[longest_first[(found.lastindex or 1) - 1]]
        if concept in concepts:
            yield concept, Use(*found.span(), found[0])


class Beginnings:
    """Tells quickly which of many concepts a text may name, by the word that each name begins with.

    Of that word the first sign, which may be a capital, is left out.
    """

    def __init__(self, concepts: Sequence[Concept]) -> None:
        self._by_tail: dict[str, list[int]] = {}
        for number, concept in enumerate(concepts):
            for spelling in concept.spellings:
                word = _WORD.search(spelling.split()[0])
                self._by_tail.setdefault(word[0][1:] if word else "", []).append(number)

    def list_possible(self, text: str, start: int = 0) -> list[int]:
        """The places of those concepts in the sequence, from `start` on, in order."""
        met = {tail for tail, numbers in self._by_tail.items() if numbers[-1] >= start}
        if len(met) < _FEW:
            met = {tail for tail in met if tail in text}
        else:
            met &= {"", *(word[1:] for word in set(_WORD.findall(text)))}
        return sorted({number for tail in met for number in self._by_tail[tail] if number >= start})


def list_named(concepts: Iterable[Concept], text: str) -> list[Concept]:
    """The concepts of which the words of a text hold a name, whatever stands between them, or one that begins so."""
    words = f" {flatten_words(text)} "
    return [concept for concept in concepts if any(f" {_flatten_name(name)}" in words for name in concept.names)]


@lru_cache(20_000)
def _flatten_name(name: str) -> str:
    return flatten_words(name)


def _list_spellings(course: Course, concepts: Collection[Concept]) -> Iterator[tuple[str, Concept]]:
    """Each spelling with its concept. Longer names with one inside are here too: their use is none of the shorter."""
    own = [(spelling, concept) for concept in concepts for spelling in concept.spellings if not _MARKS.search(spelling)]
    for spelling, _ in own:
        yield from (pair for pair in course.spelled.get(spelling.split()[0], ()) if spelling in pair[0])
    yield from reversed(own)


def _may_stand(spelling: str, text: str) -> bool:
    return all(part in text for part in spelling[1:].split())


def _write_pattern(spelling: str) -> str:
    """What finds a spelling, with a small first letter or a capital, over a line's end or not."""
    first, rest = spelling[0] + spelling[0].upper()[:1], _GAP.join(map(re.escape, spelling[1:].split(" ")))
    return f"([{re.escape(first)}]{rest})"
