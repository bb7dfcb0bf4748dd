"""The minutes that a text names for a lesson or its practice, in English."""

import re
from collections.abc import Iterator, Mapping
from itertools import product

from trackbook.language.prose import Sentence, list_sentences
from trackbook.model import Kind, Module, Page, Source, Stated

_ONES = ("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = ("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_WORDS = (*_ONES, *_TEENS, *(f"{ten}-{one}".rstrip("-") for ten, one in product(_TENS, _ONES)))
"""The numbers from 0 to 99 in words, each at its place."""
_KINDS: Mapping[str, Kind] = {"lesson": "lesson", "practice": "practice"}
_MINUTES = r"(?:(?:about|around|roughly|some) )?([a-z]+(?:-[a-z]+)?|\d{1,3}) minutes\b"
_BEGINS = re.compile(rf"{_MINUTES}(?=[:.,;]|$)", re.IGNORECASE)
_TAKES = re.compile(rf"\b(lesson|practice)(?: page)? takes (?:you )?{_MINUTES}", re.IGNORECASE)


def list_named_minutes(module: Module) -> Iterator[tuple[Kind, Stated]]:
    """What its pages say in a paragraph ("The practice takes 12 minutes") or the first ("About twelve minutes: …")."""
    for page in module.pages.values():
        for is_first, sentence in _list_sentences(page) if "minutes" in page.text else ():
            text = " ".join(sentence.text.split())
            named: list[tuple[Kind, str]] = [(_KINDS[kind.lower()], said) for kind, said in _TAKES.findall(text)]
            if is_first and page.kind in _KINDS and (begins := _BEGINS.match(text)):
                named.append((page.kind, begins[1]))
            for kind, said in named:
                if minutes := _read_number(said.lower()):
                    yield kind, Stated(minutes, Source(page.path, sentence.line))


def _list_sentences(page: Page) -> Iterator[tuple[bool, Sentence]]:
    """Those of paragraphs; whether of the first."""
    paragraphs = [passage for passage in page.passages if passage.kind == "paragraph"]
    return ((at == 0, sentence) for at, passage in enumerate(paragraphs) for sentence in list_sentences(passage))


def _read_number(text: str) -> int:
    """The number in figures or words, 0 where it is none."""
    return int(text) if text.isdecimal() else _WORDS.index(text) if text in _WORDS else 0
