"""Links and anchors land, in the repository and so on the site."""

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote

from trackbook.checks.addresses import complete_address
from trackbook.checks.anchors import list_anchors
from trackbook.checks.check import Settings, advice, check, page_advice
from trackbook.issue import find_close, suggest
from trackbook.language.prose import flatten_words
from trackbook.model import Course, Finding, Link, Page

_ADDRESS = re.compile(r"https?://[^\s<>\"”’)]+[^\s<>\"”’).,;:!?]")
_TEMPLATE = re.compile(r"\{[{%]")
"""What stands in such an address is told by itself."""
_UNSAFE = re.compile(r"[ #?%<>()\\]")
"""What would end a path, or an address in Markdown."""
_SAY_NOTHING = {
    "en": frozenset(
        {"", "here", "click", "click here", "see here", "this", "this link", "this page", "link", "the link", "page"}
        | {"more", "read more", "learn more", "see more", "more here", "find out more", "details", "go", "there"}
    ),
    "de": frozenset(
        {"hier", "hier klicken", "klicken sie hier", "klick hier", "siehe hier", "dort", "da", "dies", "dieser link"}
        | {"der link", "diese seite", "seite", "mehr", "mehr lesen", "mehr dazu", "mehr erfahren"}
        | {"weiterlesen", "weiter"}
    ),
}
"""Texts of links that say nothing by themselves, by language; those in English hold everywhere."""


@check
def link_lands(course: Course) -> Iterator[Finding]:
    """Every relative link leads to a file, module or track of the course.

    A link that leads nowhere costs a learner's trust in all the others.
    """
    for page in course.pages.values():
        for link in page.all_links:
            if link.target is None and not link.is_external and not (link.raw and _TEMPLATE.search(link.href)):
                if course.closed and _leads_to_closed(course, page, link):
                    continue
                message = f'"{unquote(link.href)}" leads to nothing in the course.'
                yield Finding(link.source, message, _hint(course, page, link))
        for link in page.links:
            if link.target and link.href and link.span is None:
                hint = "write it as [text](address), in a line of its own, outside comments and cells with \\|"
                yield Finding(link.source, f'"{link.href}" stands where the site can\'t make it right.', hint)


def _leads_to_closed(course: Course, page: Page, link: Link) -> bool:
    """Whether it leads to a page that is there and can't be read, which is told by itself."""
    path = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), unquote(link.href.partition("#")[0])))
    return path.endswith(".md") and course.is_closed(path)


@check
def anchor_lands(course: Course) -> Iterator[Finding]:
    """A link's `#anchor` is a heading, a widget or an id of the page it leads to.

    The page opens at its top otherwise, and the learner has to search for what was meant.
    """
    for page in course.pages.values():
        for link in page.all_links:
            target = course.pages.get(link.target or "")
            if target and link.fragment:
                anchors = list_anchors(target)
                if link.fragment not in anchors:
                    hint = suggest(link.fragment, anchors) or f"anchors there: {', '.join(sorted(anchors)[:6])}"
                    yield Finding(link.source, f'"#{link.fragment}" is no heading of {target.path}.', hint)


@page_advice
def link_text_says_where_it_leads(page: Page, settings: Settings) -> Iterator[Finding]:
    """A link's text says where it leads: no "here", "this page", "read more", and no bare address.

    Who listens to a page, or skims it, goes from link to link and hears their texts alone.
    """
    empty = _SAY_NOTHING["en"] | _SAY_NOTHING.get(settings.language, frozenset())
    hint = "make those words the link that say what the reader finds there"
    for link in page.all_links:
        if not link.image and not link.raw and flatten_words(link.text) in empty:
            yield Finding(link.source, f'the link text "{link.text}" does not say where it leads.', hint)
    bare = [link for link in page.all_links if not link.image and _ADDRESS.fullmatch(link.text)]
    if bare:
        more = len(bare) - 1
        others = f", and so {'does' if more == 1 else 'do'} {more} more on this page" if more else ""
        message = f'a link shows its address "{bare[0].text}" in the place of a text{others}.'
        yield Finding(bare[0].source, message, f"write [what the reader finds there]({bare[0].href})")


@advice
def link_text_leads_to_one_place(course: Course) -> Iterator[Finding]:
    """On one page, links with the same text lead to the same place.

    In a list of the page's links, and by ear, the two can't be told apart. Promises are left to promise-is-kept.
    """
    for page in course.pages.values():
        first: dict[str, Link] = {}
        for link in page.all_links:
            lands = link.is_external or link.target is not None
            if link.image or link.raw or link.promised is not None or not lands:
                continue
            earlier = first.setdefault(flatten_words(link.text), link)
            if _place(earlier) != _place(link):
                there = f'"{earlier.href}" in line {earlier.source.line}'
                message = f'"{link.text}" leads to "{link.href}" here, and to {there}.'
                yield Finding(link.source, message, "say in the text of one what tells it from the other")


def _place(link: Link) -> tuple[str, str]:
    return (link.target or link.href, link.fragment)


def _hint(course: Course, page: Page, link: Link) -> str:
    if whole := complete_address(link.href):
        return f'write "{whole}"'
    if link.href.startswith("/"):
        return "write it relative to this file, such as ../lesson.md"
    whole, path = (_locate(page, address) for address in (link.href, re.split("[#?]", link.href)[0]))
    if whole in course.files:
        sign = "#" if "#" in link.href else "?"
        return f'write "{_write_address(page, whole)}": what follows a plain "{sign}" is no part of the path'
    if not path.startswith(("lessons/", "cheatsheets/", "docs/")):
        return "link files of lessons/, cheatsheets/ or docs/, or write a full https:// address"
    for full in (whole, path):
        known = {path for path in course.files if path.endswith(posixpath.splitext(full)[1])}
        if close := find_close(full, known or course.files):
            return f'Did you mean "{_write_address(page, close)}"?'
    return "correct the path, or write the page it should lead to"


def _locate(page: Page, address: str) -> str:
    """The path that a relative address leads to."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(page.path), unquote(address)))


def _write_address(page: Page, path: str) -> str:
    """The address by which a page leads to a file, as it has to be typed in Markdown."""
    way = posixpath.relpath(path, posixpath.dirname(page.path))
    return _UNSAFE.sub(lambda sign: f"%{ord(sign[0]):02X}", way)
