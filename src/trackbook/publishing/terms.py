"""The first use of each concept that a lesson builds on: a button in its text, which shows the definition."""

import re
from collections.abc import Collection, Iterable
from dataclasses import replace

from trackbook.model import Concept, Course, Link, Module, Page
from trackbook.naming import Use, find_names

_OPENING = "(“„‘«"
_CLOSING = re.compile(r"""(?:[).,;:!?…”»"]|['’]\w*)+""")

_STRAIGHT = re.compile(r"""["']\B""")
"""A quotation mark after a button would be taken for an opening one where such marks are made curly."""


def list_terms(course: Course, module: Module, page: Page) -> list[Concept]:
    """The concepts that the lesson takes as given: what its module needs, and what it promises but does not teach."""
    names = [need.concept for need in module.needs] + [link.promised for link in page.links if link.promised]
    taught = {concept.id for concept in module.teaches}
    return [course.concepts[name] for name in dict.fromkeys(names) if name in course.concepts and name not in taught]


Mark = tuple[int, int, str]
"""Where in a text something goes in the place of a part of it."""


def mark_terms(course: Course, terms: Collection[Concept], text: str, prose: str = "") -> list[Mark]:
    """A button around the first use of each term in the prose of the Markdown. Line breaks stay where they are.

    `prose` is what `blank_all_but_prose` makes of it, where that is known.
    """
    first_uses: dict[str, Use] = {}
    marks: list[Mark] = []
    for concept, use in find_names(course, terms, text, prose):
        if not _STRAIGHT.match(text, use.end):
            first_uses.setdefault(concept.id, use)
    for concept_id, use in first_uses.items():
        marked = f"{_open_button(concept_id)}{use.words}</button>"
        start, after = len(text[: use.start].rstrip(_OPENING)), _CLOSING.match(text, use.end)
        end = after.end() if after else use.end
        if (start, end) != (use.start, use.end):  # else a line could break beside the button
            marked = f'<span class="tb-together">{text[start : use.start]}{marked}{text[use.end : end]}</span>'
        marks.append((start, end, marked))
    return marks


def put_marks(text: str, marks: Collection[Mark]) -> str:
    for start, end, marked in sorted(marks, reverse=True):
        text = f"{text[:start]}{marked}{text[end:]}"
    return text


def move_links(links: Iterable[Link], marks: Collection[Mark]) -> list[Link]:
    """The links of a text as they stand in the marked one."""
    moved = []
    for link in links:
        if link.span:
            by = sum(len(marked) - (end - start) for start, end, marked in marks if end <= link.span[0])
            link = replace(link, span=(link.span[0] + by, link.span[1] + by))
        moved.append(link)
    return moved


def list_marked(terms: Collection[Concept], text: str) -> list[Concept]:
    """The terms that have a button in the text."""
    return [concept for concept in terms if _open_button(concept.id) in text]


def _open_button(concept_id: str) -> str:
    return f'<button type="button" class="tb-term" popovertarget="term-{concept_id}">'
