"""Anchors: the places of a page that links can lead to."""

import re
from collections import Counter
from collections.abc import Iterator

from trackbook.checks.check import Settings, page_check
from trackbook.checks.references import list_labels
from trackbook.model import Finding, Page, Source

_GIVEN_ID = re.compile(r"(?:(?<=[\0*_`])|(?=\{[^{}\n]*\}\s*\Z))\{:?(?:[^{}\n]*\s)?#([^\s{}]+)[^{}\n]*\}")
"""As Python-Markdown's `attr_list` reads it."""


@page_check
def anchor_is_given_once(page: Page, _: Settings) -> Iterator[Finding]:
    """No two things of a page have the same anchor, be it a heading's own or one that `id="…"` or `{ #… }` gives.

    A link leads to the first of them, whichever was meant.
    """
    given = [(element.line, own.value) for element in page.elements if (own := element.get("id")) and own.value]
    for line, name in sorted(place for place, count in Counter(given).items() if count > 1):
        message = f'"{name}" is the id of two things in this line.'
        yield Finding(Source(page.path, line), message, "give each its own")
    places = {(line, name) for name, line in _list_ids(page)}
    places |= {(heading.source.line, heading.anchor) for heading in page.headings}
    first: dict[str, int] = {}
    for line, name in sorted(places):
        if first.setdefault(name, line) != line:
            message = f'"{name}" is the anchor of something in line {first[name]} already.'
            hint = "give this one another, or leave it out: a heading has an anchor by itself"
            yield Finding(Source(page.path, line), message, hint)


def list_anchors(page: Page) -> frozenset[str]:
    """All of a page: those of headings and widgets, and those that its author gives."""
    widgets = (str(getattr(fence.data, "id", "")) for fence in page.fences if fence.data is not None)
    items = (item.id for fence in page.fences for item in fence.items)
    given = (name for name, _ in _list_ids(page))
    return frozenset({heading.anchor for heading in page.headings}.union(widgets, items, given))


def _list_ids(page: Page) -> Iterator[tuple[str, int]]:
    r"""The ids that its author gives, each with its line: `<a id="x">`, `<a name="x">`, `{ #x }` and `\label{x}`."""
    for element in page.elements:
        names = ("id", "name") if element.tag == "a" else ("id",)
        yield from ((given.value, given.line) for given in element.attributes if given.name in names and given.value)
    for leftover in page.leftovers:
        yield from ((found[1], leftover.find_line(found.start())) for found in _GIVEN_ID.finditer(leftover.text))
    yield from list_labels(page).items()
