"""Prose: sentences that a reader holds in one piece, in words that are spelled right."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from trackbook.checks.check import Settings, page_advice
from trackbook.language.prose import Sentence, grade_sentences, list_sentences
from trackbook.model import STAND_IN, Finding, Page, Passage, Source

MOST_WORDS = 35
MOST_GRADE = 12
_SMALL = bytes(ord(chr(code).lower() if chr(code).isalpha() else " ") for code in range(128)) + b" " * 128
_FEWEST_WORDS = 100  # on fewer, the formula says more about chance than about the page
_WORD = re.compile(r"(?<![\w@./\\-])[^\W\d_]{3,}+(?:['’][^\W\d_]++)?+(?![\w@/\\-]|\.\w)")
_BEGINS = re.compile(r"(?:\A|[.!?…:]\s)\W*\Z")


@page_advice
def sentence_can_be_held_in_mind(page: Page, _: Settings) -> Iterator[Finding]:
    """A sentence has at most 35 words.

    By the end of a longer one its beginning has slipped, and the reader goes back. Counted are the sentences of
    paragraphs, a formula as one word: no headings, lists, tables, quotes and notes. The three longest of a page are
    quoted.
    """
    long = [sentence for sentence in _list_sentences(page.passages) if len(sentence.words) > MOST_WORDS]
    if worst := sorted(long, key=lambda sentence: len(sentence.words), reverse=True)[:3]:
        count = "a sentence has" if len(long) == 1 else f"{len(long)} sentences have"
        quotes = "; ".join(f"{_quote(sentence)} ({len(sentence.words)} words)" for sentence in worst)
        message = f"{count} more than {MOST_WORDS} words: {quotes}."
        yield Finding(Source(page.path, worst[0].line), message, "make two of one: one thought each")


@page_advice
def page_reads_easily(page: Page, settings: Settings) -> Iterator[Finding]:
    """A page in English reads at grade 12 or below: who finished school reads it without effort.

    The subject is hard enough. Counted are the sentences of paragraphs, on pages with at least 100 words of them, by
    the formula of Kincaid and others (1975): 0.39 words a sentence + 11.8 syllables a word − 15.59. The three hardest
    sentences are quoted. The formula knows nothing of sense: clearer sentences are the aim, a smaller number follows.
    """
    if settings.language != "en":
        return
    sentences = _list_sentences(page.passages)
    if sum(len(sentence.words) for sentence in sentences) < _FEWEST_WORDS:
        return
    grade = grade_sentences(sentences)
    if grade > MOST_GRADE:
        worst = sorted(sentences, key=lambda sentence: sentence.grade, reverse=True)[:3]
        quotes = "; ".join(map(_quote, worst))
        message = f"the page reads at grade {grade:.1f}, above {MOST_GRADE}; hardest: {quotes}."
        hint = "begin with these: fewer words a sentence, shorter words"
        yield Finding(Source(page.path, worst[0].line), message, hint)


@page_advice
def word_is_spelled_right(page: Page, settings: Settings) -> Iterator[Finding]:
    """No word of a page in English is on codespell's list of common misspellings.

    A slip costs a reader's trust in the numbers beside it. The list is read where the package codespell is installed
    (`pip install trackbook[spelling]`); else this check rests. Looked at are pages and what learners read in widgets,
    but no code and no names: words with a capital inside a sentence. A word of its own goes in backticks.
    """
    if settings.language != "en":
        return
    words = set(_list_letters("\n".join(passage.text for passage in page.all_passages)))
    if settings.misspellings.keys().isdisjoint(words) and not any(map(words.issuperset, _list_cut(settings))):
        return  # none is there, and to look closely takes ten times as long
    for passage in page.all_passages:
        yield from _find_misspelled(page.path, passage, settings.misspellings)


def _find_misspelled(path: str, passage: Passage, misspellings: Mapping[str, str]) -> Iterator[Finding]:
    line, counted = passage.line, 0
    for found in _WORD.finditer(passage.text):
        word = found[0]
        right = misspellings.get(_straighten(word))
        if right and not word.isupper() and not _is_name(passage.text, found.start()):
            shown = " or ".join(f'"{_as_in(word, choice)}"' for choice in right.split(", "))
            line += passage.text.count("\n", counted, found.start())
            counted = found.start()
            message = f'"{word}" is a common misspelling.'
            hint = f"write {shown}, or put a word of its own in backticks"
            yield Finding(Source(path, line), message, hint)


def _list_letters(text: str) -> list[str]:
    """The runs of plain letters, made small."""
    return text.encode("ascii", "replace").translate(_SMALL).decode("ascii").split()


@lru_cache(maxsize=1)
def _list_cut(settings: Settings) -> list[list[str]]:
    """The listed words that are more than plain letters, such as "dont't", in their parts."""
    words = (word for word in settings.misspellings if not (word.isascii() and word.isalpha()))
    return [_list_letters(word) for word in words if _WORD.fullmatch(word)]


def _straighten(text: str) -> str:
    return text.lower().replace("’", "'")


@lru_cache(maxsize=1)
def _list_sentences(passages: tuple[Passage, ...]) -> list[Sentence]:
    """Those of paragraphs; two checks ask, one after the other."""
    prose = [passage for passage in passages if passage.kind == "paragraph" and passage.text.strip(STAND_IN + " \n")]
    return [sentence for passage in prose for sentence in list_sentences(passage)]


def _quote(sentence: Sentence) -> str:
    return f"line {sentence.line}, {sentence.quote()}"


def _is_name(text: str, start: int) -> bool:
    """Whether the word at `start` has a capital that it does not owe to the beginning of a sentence or block."""
    return text[start].isupper() and _BEGINS.search(text[max(0, start - 20) : start]) is None


def _as_in(word: str, right: str) -> str:
    return right[:1].upper() + right[1:] if word[:1].isupper() else right
