"""Elements as a page's text asks for them."""

from xml.etree.ElementTree import Element, SubElement

from markdown.util import AtomicString


def make_element(tag: str, text: str | None = None, **attributes: str) -> Element:
    """An element with a text."""
    element = Element(tag, attributes)
    element.text = text
    return element


def make_formula(latex: str, *, display: bool) -> Element:
    """LaTeX for `trackbook.mathml`, or for what reads a page of the extension `pymdownx.arithmatex`."""
    tag, opening, closing = ("div", "\\[", "\\]") if display else ("span", "\\(", "\\)")
    return make_element(tag, AtomicString(f"{opening}{latex}{closing}"), **{"class": "arithmatex"})


def add_element(parent: Element, tag: str, text: str | None = None, **attributes: str) -> Element:
    """An element with a text, as the last one of its parent."""
    element = SubElement(parent, tag, attributes)
    element.text = text
    return element
