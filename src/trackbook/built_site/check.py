"""What makes a function a check of the built site: the same as for the course, in a list of its own."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import replace
from typing import TypeVar

from trackbook.built_site.site import Site
from trackbook.checks.check import Check, describe
from trackbook.model import Finding

FEW = 3
"""In more files than these the same fault is told once: it comes from a template."""
Place = TypeVar("Place")
ALL: dict[str, Check[Site]] = {}


def site_check(run: Callable[[Site], Iterable[Finding]]) -> Callable[[Site], Iterable[Finding]]:
    """Makes a generator function a check of the built site."""
    check = describe(run, run, "error", "site")
    ALL[check.code] = check
    return run


def tell_once(found: Iterable[tuple[Hashable, Place]], say: Callable[[Place], Finding]) -> Iterator[Finding]:
    """A finding for each place, but one alone for many that have the same fault, by its key."""
    shared: dict[Hashable, list[Place]] = defaultdict(list)
    for fault, place in found:
        shared[fault].append(place)
    for places in shared.values():
        if len(places) <= FEW:
            yield from map(say, places)
        else:
            first = say(places[0])
            yield replace(first, message=f"{first.message} So it is in {len(places) - 1} more: a template writes it.")
