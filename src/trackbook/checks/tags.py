"""Raw HTML that is malformed: a browser repairs it somehow, and seldom as its author meant."""

import re
from collections import Counter
from collections.abc import Iterator

from trackbook.checks.anchors import list_anchors
from trackbook.checks.attributes import KNOWN_ATTRIBUTES, REFERRING
from trackbook.checks.check import Settings, page_check
from trackbook.checks.elements import ELEMENTS, is_known_element
from trackbook.checks.once import Met, tell_once
from trackbook.issue import find_close
from trackbook.model import Element, Finding, Page, Slip, SlipKind

_WORDS: dict[SlipKind, tuple[str, str]] = {
    "open": ("never closed in its block", "write `</{other}>` where it ends, and nothing of another block between"),
    "stray": (
        "the end of nothing that is open here",
        "leave it out, or write the tag that it closes in the same block",
    ),
    "crossed": ("in the wrong order with `{other}`", "close first what was opened last"),
    "comment": ("a comment that never ends", "write `-->` behind it, or `&lt;!--` for the signs themselves"),
    "broken": ("a tag that never ends", "close its quotes, and write `>`; as text it goes between backquotes"),
    "self-closed": ("an opening tag, for all its slash", "write `<{other}></{other}>`"),
    "frame": ("what a page has once, around its text", "leave the tag out; a heading in the text is `## …`"),
    "nested": ("within a `<{other}>`, where nobody can reach it", "put one behind the other"),
    "outside": ("without the `<{other}>` that it belongs into", "write `<{other}>` around it"),
    "block": (
        "a block inside of a paragraph, which it breaks in two",
        "put it on lines of its own, between blank lines",
    ),
    "holds": (
        "around Markdown, which browsers move out of it",
        "write all in Markdown, or all in HTML without blank lines",
    ),
    "deep": ("inside of {other} others, and nothing below it is looked at", "close what is open before it"),
    "nameless": ("a {other} without words", "write what it says, or leave it out"),
}

_NAME = re.compile(r"</?([a-zA-Z][\w:.-]*)")
_SHORT = 3
"""Letters."""


@page_check
def html_is_well_formed(page: Page, _: Settings) -> Iterator[Finding]:
    """Raw HTML holds together: each tag has its partner, each part stands where it may, and each name is known.

    Browsers repair in silence what does not. A stray end tag may end the page, and a misspelt attribute does nothing.
    """
    met = [_describe_slip(slip) for slip in page.all_slips if slip.kind in _WORDS and _is_known(slip.text)]
    anchors = list_anchors(page) if any(_refers(element) for element in page.all_elements) else frozenset[str]()
    for element in page.all_elements:
        met += [*_list_in_attributes(element), *_list_lost_references(element, anchors)]
    yield from tell_once(page, met)


def _is_known(text: str) -> bool:
    """Whether it begins with the tag of an element that browsers know: others are told as such."""
    name = _NAME.match(text)
    return name is None or is_known_element(name[1])


def _describe_slip(slip: Slip) -> Met:
    fact, remedy = (text.format(other=slip.other) for text in _WORDS[slip.kind])
    return Met(slip.text, slip.line, fact, remedy)


def _list_in_attributes(element: Element) -> Iterator[Met]:
    is_plain = element.tag in ELEMENTS
    counts = Counter(attribute.name for attribute in element.attributes)
    for name in (name for name, count in counts.items() if count > 1):
        yield Met(f"<{element.name} {name}>", element.line, f"a tag that says `{name}` twice", "keep one of them")
    for attribute in element.attributes:
        alone = f'{attribute.name}="{attribute.value}"'
        if attribute.value[:1] in ("“", "”", "„", "‘", "’"):
            yield Met(alone, attribute.line, "an attribute in curved quotes", 'write straight ones: `"…"`')
        if attribute.name == "id" and (not attribute.value or " " in attribute.value):
            yield Met(
                alone, attribute.line, "no id that anything can lead to", "write one word, or join words by hyphens"
            )
        meant = _find_meant(attribute.name) if is_plain and attribute.name not in KNOWN_ATTRIBUTES else ""
        if meant:
            yield Met(alone, attribute.line, "no attribute of HTML, and does nothing", f'Did you mean "{meant}"?')
    source = element.get("src")
    if element.tag == "iframe" and not element.get("title") and not (source and "//" in source.value):
        yield Met(
            "<iframe>", element.line, "a frame that says nothing to who listens", 'say what it shows: `title="…"`'
        )


def _find_meant(name: str) -> str:
    """The attribute that a name is near: of the short ones, one of the same letters."""
    if not name.isalpha():
        return ""
    letters = sorted(name)
    same = next((known for known in KNOWN_ATTRIBUTES if sorted(known) == letters), "")
    return same or (find_close(name, KNOWN_ATTRIBUTES) if len(name) > _SHORT else "")


def _refers(element: Element) -> bool:
    return any(attribute.name in REFERRING for attribute in element.attributes)


def _list_lost_references(element: Element, anchors: frozenset[str]) -> Iterator[Met]:
    for attribute in element.attributes:
        if attribute.name in REFERRING:
            for name in attribute.value.split():
                if name not in anchors:
                    yield Met(
                        f'{attribute.name}="{attribute.value}"',
                        attribute.line,
                        "the id of nothing on the page",
                        "write the id of an element of this page",
                    )
