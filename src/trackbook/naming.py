"""Where prose names concepts: shyly, so that what is found is the concept and nothing else."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from trackbook.markdown import blank_all_but_prose
from trackbook.model import Concept, Course
from trackbook.prose import flatten_words

_GAP = re.compile(r"[ \t]*\n[ \t]*|[ \t]+")
_BEFORE = re.compile(r"(?<![^\s(“„‘«\"'—–])")
_AFTER = re.compile(r"(?![^\s).,;:!?”“’‘»\"'—–…])(?![.:]\w)")
_MARKS = re.compile(r"[*_`<>\[\]\\$|~{}]")
_WORD = re.compile(r"\w+")
_FEW = 150


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
    longest_first = sorted(names, key=lambda spelling: (-len(spelling), spelling))
    if not any(_search(spelling, text) for spelling in longest_first):
        return
    prose = prose or blank_all_but_prose(text)
    coming = {spelling: found for spelling in longest_first if (found := _search(spelling, prose))}
    while coming:
        spelling = min(coming, key=lambda spelling: coming[spelling][0])  # of two in one place, the longer
        start, end = coming[spelling]
        if names[spelling] in concepts:
            yield names[spelling], Use(start, end, prose[start:end])
        for other in [other for other, place in coming.items() if place[0] < end]:
            found = _search(other, prose, end)
            if found:
                coming[other] = found
            else:
                del coming[other]


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
        tails = {tail for tail, numbers in self._by_tail.items() if numbers[-1] >= start}
        if len(tails) < _FEW:
            met = {tail for tail in tails if tail in text}
        else:
            met = tails & {"", *(word[1:] for word in set(_WORD.findall(text)))}
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


def _search(spelling: str, text: str, at: int = 0) -> tuple[int, int] | None:
    """The first place, from `at` on, where the spelling stands as words of its own, over a line's end or not."""
    first, (rest, *others) = _vary_first(spelling), spelling[1:].split(" ")
    for start in _list_starts(first, rest, text, at):
        end = start + 1 + len(rest)
        for word in others:
            gap = _GAP.match(text, end)
            end = gap.end() + len(word) if gap and text.startswith(word, gap.end()) else -1
            if end < 0:
                break
        if end > 0 and _BEFORE.match(text, start) and _AFTER.match(text, end):
            return start, end
    return None


def _list_starts(first: str, rest: str, text: str, at: int) -> Iterator[int]:
    """Where one of the signs `first` stands before `rest`."""
    if not rest:
        yield from (found.start() for found in re.compile(f"[{re.escape(first)}]").finditer(text, at))
        return
    while (at := text.find(rest, at + 1)) > 0:
        if text[at - 1] in first:
            yield at - 1


def _vary_first(word: str) -> str:
    """The first sign, small and as a capital."""
    return word[0] + word[0].upper()[:1]
