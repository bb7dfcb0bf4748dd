"""Raw HTML that the policy of a page blocks: in no browser would it work once the page is published."""

import re
from collections.abc import Iterator, Mapping

from trackbook.checks.check import Settings, page_check
from trackbook.checks.once import Met, tell_once
from trackbook.model import Attribute, Element, Finding, Page

_REMOTE = re.compile(r"\s*(?:(?:https?|ftp|wss?):)?//", re.IGNORECASE)
_CODE_ADDRESS = re.compile(r"\s*(?:javascript|vbscript):", re.IGNORECASE)
_ALIGNS = re.compile(r"\s*text-align:\s*(?:left|right|center)\s*;?\s*")
"""A style that the site has a class for."""
_DATA = ("application/json", "application/ld+json")
_LISTED = re.compile(r"\{:?[^{}\n]*?(?<![\w-])(?:(style)|on[a-z]+)\s*=[^{}\n]*\}")
"""An attribute in a list such as `{ style="…" }`."""
_REFUSED = re.compile(r"\]\(\s*<?((?:javascript|vbscript|file|data):[^\s>]*?)[\s>)]", re.IGNORECASE)
"""A link that the parser makes nothing of, and others do."""
_BY_CLASS = "give it a class, and say how that looks in a file under `extra_css:` of mkdocs.yml"
_BY_WIDGET = "leave it out: what a learner can do is a widget, and `trackbook new widget NAME` begins one"
_WIDTH = re.compile(r"(?<![\w-])width")
_BY_WIDTH = 'say `width="300"`, or another number of pixels, and no style'
_STYLED = "taken from the page, which has styles in files alone"
_SCRIPTED = "taken from the page, which runs no script of its own"
_BLOCKED = "blocked by the page's policy, which asks no other host"
_BESIDE = "save the file beside the page, and write its name"
_REMOTE_PARTS: Mapping[tuple[str, str], str] = {
    **dict.fromkeys((("video", "src"), ("audio", "src"), ("source", "src"), ("track", "src")), _BESIDE),
    **dict.fromkeys((("object", "data"), ("embed", "src"), ("img", "srcset"), ("source", "srcset")), _BESIDE),
    ("iframe", "src"): "write an `embed` fence, which loads it when a learner asks for it, or a link",
    ("script", "src"): "save it in docs/, and name it under `extra_javascript:` of mkdocs.yml",
    ("link", "href"): "save it in docs/, and name it under `extra_css:` of mkdocs.yml",
}
"""Attributes by which an element asks a host for what it shows, each with what to do where that is another host."""
_PARTS = {
    "style": (_STYLED, _BY_CLASS),
    "form": ("dead on the site, from which nothing can be sent", "link to the page that has the form"),
    "base": ("blocked by the page's policy", "write every address as it is from the page"),
}
"""Elements that no page has, whatever their attributes."""


@page_check
def raw_html_is_published(page: Page, _: Settings) -> Iterator[Finding]:
    """Raw HTML holds nothing that the policy of a published page blocks.

    A page runs no script and has no style of its own, and asks no other host for anything: so it is safe to read, and
    nobody learns who reads it. What it blocks seems to work for its author, and is dead for each learner.
    """
    met = [each for element in page.all_elements for each in _list_blocked(element)]
    yield from tell_once(page, [*met, *_list_in_text(page)])


def _list_blocked(element: Element) -> Iterator[Met]:
    kind = element.get("type")
    if element.tag == "script" and not element.get("src") and not (kind and kind.value in _DATA):
        yield Met("<script>", element.line, _SCRIPTED, _BY_WIDGET)
    elif element.tag in _PARTS:
        yield Met(f"<{element.tag}>", element.line, *_PARTS[element.tag])
    for attribute in element.attributes:
        yield from _list_in_attribute(element, attribute)


def _list_in_attribute(element: Element, attribute: Attribute) -> Iterator[Met]:
    name, value, line = attribute.name, attribute.value, attribute.line
    alone = f'{name}="{value}"'
    if name == "style" and not _ALIGNS.fullmatch(value):
        remedy = _BY_WIDTH if element.tag in ("img", "video") and _WIDTH.search(value) else _BY_CLASS
        yield Met(alone, line, _STYLED, remedy)
    elif (name.startswith("on") and len(name) > 2) or (name in ("href", "src") and _CODE_ADDRESS.match(value)):
        yield Met(alone, line, _SCRIPTED, _BY_WIDGET)
    elif (element.tag, name) in _REMOTE_PARTS and _REMOTE.match(value):
        yield Met(f"<{element.name} {alone}>", line, _BLOCKED, _REMOTE_PARTS[element.tag, name])


def _list_in_text(page: Page) -> Iterator[Met]:
    for leftover in page.all_leftovers:
        for found in _LISTED.finditer(leftover.text):
            line = leftover.find_line(found.start())
            if found[1]:
                remedy = _BY_WIDTH if _WIDTH.search(found[0]) else _BY_CLASS
                yield Met(found[0], line, _STYLED, remedy)
            else:
                yield Met(found[0], line, _SCRIPTED, _BY_WIDGET)
        for found in _REFUSED.finditer(leftover.text):
            line = leftover.find_line(found.start())
            yield Met(
                found[1], line, "an address that no browser opens from a page", "link to a page, or to a file beside it"
            )
