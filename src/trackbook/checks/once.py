"""What one cause brings onto a page many times is told once, where it first stands."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from trackbook.model import Finding, Page, Source

_LONGEST = 60
"""Signs that a message quotes."""


class Met(NamedTuple):
    """What was met on a page: how it is written, what is to be said of that, and what to write instead.

    `ends` says that it only ends what another of the same fact began.
    """

    text: str
    line: int
    fact: str
    remedy: str
    ends: bool = False


def tell_once(page: Page, met: Iterable[Met]) -> Iterator[Finding]:
    """A finding for each fact and remedy, at the first of its places, with a count of the others."""
    kinds: dict[tuple[str, str], list[Met]] = {}
    listed = sorted(met, key=lambda each: each.line)
    begun = {each.fact for each in listed if not each.ends}
    for each in listed:
        if not (each.ends and each.fact in begun):
            kinds.setdefault((each.fact, each.remedy), []).append(each)
    for (fact, remedy), places in kinds.items():
        message = f"`{quote(places[0].text)}` is {fact}{_count_others(len(places) - 1)}."
        yield Finding(Source(page.path, places[0].line), message, remedy)


def _count_others(others: int) -> str:
    return f", as {'is' if others == 1 else 'are'} {others} more on this page" if others else ""


def quote(text: str) -> str:
    """The text in one line, shortened; what is no plain text in it becomes "…"."""
    text = " ".join(re.sub(r"\0+", "…", re.sub(":{4,}", ":::", text)).split())
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
