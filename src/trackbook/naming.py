"""Where prose names concepts: shyly, so that what is found is the concept and nothing else."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence

from trackbook.markdown import blank_all_but_prose
from trackbook.model import Concept, Course
from trackbook.prose import flatten_words

_GAP = r"(?:[ \t]+|[ \t]*\n[ \t]*)"
_BEFORE = r"(?<![^\s(“„‘«\"'—–].)"  # stands after the first sign, which is quicker to look for
_AFTER = r"(?![^\s).,;:!?”“’‘»\"'—–…])(?![.:]\w)"
_MARKS = re.compile(r"[*_`<>\[\]\\$|~{}]")
_WORD = re.compile(r"\w+")
_FEW = 150


def find_names(
    course: Course, concepts: Collection[Concept], text: str, prose: str = ""
) -> Iterator[tuple[Concept, re.Match[str]]]:
    """Every place in the prose of a Markdown text that names one of the concepts, in reading order.

    `prose` is what `blank_all_but_prose` makes of the text, where that is known.
    """
    names = {spelling: concept for spelling, concept in _list_spellings(course, concepts) if _may_stand(spelling, text)}
    if not names:
        return
    longest_first = sorted(names, key=lambda spelling: (-len(spelling), spelling))
    firsts = re.escape("".join(sorted({sign for spelling in names for sign in _vary_first(spelling)})))
    pattern = re.compile(f"[{firsts}]{_BEFORE}(?:{'|'.join(map(_match_rest, longest_first))}){_AFTER}")
    for use in pattern.finditer(prose or blank_all_but_prose(text)) if pattern.search(text) else ():
        concept = names[_normalize(use[0])]
        if concept in concepts:
            yield concept, use


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
    return [concept for concept in concepts if any(f" {flatten_words(name)}" in words for name in concept.names)]


def _list_spellings(course: Course, concepts: Collection[Concept]) -> Iterator[tuple[str, Concept]]:
    """Each spelling with its concept. Longer names with one inside are here too: their use is none of the shorter."""
    own = [(spelling, concept) for concept in concepts for spelling in concept.spellings if not _MARKS.search(spelling)]
    for spelling, _ in own:
        yield from (pair for pair in course.spelled.get(spelling.split()[0], ()) if spelling in pair[0])
    yield from reversed(own)


def _may_stand(spelling: str, text: str) -> bool:
    return all(part in text for part in spelling[1:].split())


def _match_rest(spelling: str) -> str:
    """What matches the spelling behind its first sign, which is already read."""
    return f"(?<=[{re.escape(_vary_first(spelling))}]){_GAP.join(map(re.escape, spelling[1:].split(' ')))}"


def _vary_first(word: str) -> str:
    """The first sign, small and as a capital."""
    return word[0] + word[0].upper()[:1]


def _normalize(use: str) -> str:
    text = " ".join(use.split())
    return text[:1].lower() + text[1:]
