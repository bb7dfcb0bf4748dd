"""Raw HTML that the policy of a page blocks: in no browser would it work once the page is published."""

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import unquote

from trackbook.checks.check import Settings, page_check
from trackbook.checks.once import Met, tell_once
from trackbook.markdown.raw_html import list_elements
from trackbook.model import Attribute, Element, Finding, Leftover, Link, Page
from trackbook.model.forbidden import (
    BLOCKED,
    STYLED,
    Forbidden,
    clean_address,
    judge_attribute,
    judge_element,
    refuse_scheme,
)

_LIST = re.compile(r"\{:?([^{}\n]*?=[^{}\n]*)\}")
"""A list of attributes such as `{ style="…" }`."""
_PAIR = re.compile(r"""([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'{}]+))""")
_TARGET = re.compile(
    r"\]\(\s*<?([^\s>)]+)|^[ >]*\[[^\[\]\n]+\]:[ \t]*<?([^\s>]+)|<([a-zA-Z][\w+.&#;-]*:[^\s<>]*)>", re.MULTILINE
)
"""Where a link leads that the parser makes nothing of, and others do."""
_WIDTH = re.compile(r"(?<![\w-])width")
_BY_WIDTH = 'say `width="300"`, or another number of pixels, and no style'
_SHOWN = {("img", "src"), ("video", "poster")}
"""Pictures of other hosts have a check of their own."""
_HIDING = re.compile(r"</[a-zA-Z]")
"""What ends an element for some readers, and for others is a part of a value."""
_HIDDEN = Forbidden("read as an end tag by some browsers", "write `&lt;` in the place of `<`")
_NO_SCRIPT = Forbidden("taken from the page, which is whole without script", "leave it out, and keep what is in it")
_TAG = re.compile(r"<[a-zA-Z]+[/\s][^<>{}]*>")
"""What is no element by the rules of Markdown, and one for browsers."""
_NAMED = {"script": "src", "link": "href", "meta": "http-equiv"}
"""The attribute by which such an element is told from others."""


@page_check
def raw_html_is_published(page: Page, _: Settings) -> Iterator[Finding]:
    """Raw HTML holds nothing that the policy of a published page blocks.

    A page runs no script and has no style of its own, asks no other host for anything, and leads nobody away: so it is
    safe to read, and nobody learns who reads it. What it blocks seems to work for its author, and is dead for each
    learner.
    """
    met = [each for element in page.all_elements for each in _list_blocked(element)]
    met += [each for link in page.all_links if ":" in link.href and not link.raw for each in _list_in_link(link)]
    met += [each for leftover in page.all_leftovers for each in _list_in_text(leftover)]
    yield from tell_once(page, met)


def _list_blocked(element: Element) -> Iterator[Met]:
    def get(name: str) -> str | None:
        attribute = element.get(name)
        return attribute.value if attribute else None

    if found := judge_element(element.tag, get) or (_NO_SCRIPT if element.tag == "noscript" else None):
        told = element.get(_NAMED.get(element.tag, ""))
        text = f'<{element.name} {told.name}="{told.value}">' if told else f"<{element.name}>"
        yield Met(text, element.line, *found)
        return
    for attribute in element.attributes:
        yield from _list_in_attribute(element, attribute)


def _list_in_attribute(element: Element, attribute: Attribute) -> Iterator[Met]:
    name, value, line = attribute.name, attribute.value, attribute.line
    found = judge_attribute(element.tag, name, value) or (_HIDDEN if _HIDING.search(value) else None)
    if found is None or (found.fact == BLOCKED and (element.tag, name) in _SHOWN):
        return
    alone = f'{name}="{value}"'
    if name == "style" and element.tag in ("img", "video"):
        found = _say_width(found, value)
    yield Met(f"<{element.name} {alone}>" if found.fact == BLOCKED else alone, line, *found)


def _list_in_link(link: Link) -> Iterator[Met]:
    if found := refuse_scheme(clean_address(unquote(link.href)), picture=link.image):
        yield Met(link.href, link.source.line, *found)


def _list_in_text(leftover: Leftover) -> Iterator[Met]:
    text = leftover.text
    for listed in _LIST.finditer(text) if "=" in text else ():
        for pair in _PAIR.finditer(listed[1]):
            value = unescape(next(filter(None, pair.groups()[1:]), ""))
            if found := judge_attribute("img", pair[1].lower(), value):
                yield Met(listed[0], leftover.find_line(listed.start()), *_say_width(found, listed[0]))
                break
    for tag in _TAG.finditer(text) if "<" in text else ():
        for element in list_elements(tag[0], leftover.find_line(tag.start())):
            yield from _list_blocked(element)
    for target in _TARGET.finditer(text) if ":" in text or "\0" in text else ():
        address = re.sub("\0+", ":", next(filter(None, target.groups())))  # an entity may stand for the colon
        if found := refuse_scheme(clean_address(unescape(address))):
            yield Met(address, leftover.find_line(target.start()), *found)


def _say_width(found: Forbidden, style: str) -> Forbidden:
    return Forbidden(STYLED, _BY_WIDTH) if found.fact == STYLED and _WIDTH.search(style) else found
