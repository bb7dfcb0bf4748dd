"""Anchors of headings, as GitHub makes them and the checks expect them."""

import re
from html import unescape
from xml.etree.ElementTree import Element

from markdown.treeprocessors import Treeprocessor
from markdown.util import ETX, STX

from trackbook.markdown import next_anchor

_HEADING = re.compile(r"h[1-6]")
_ESCAPED = re.compile(rf"{STX}(\d+){ETX}")
_SIGN = re.compile(rf"{STX}[^{ETX}]*{ETX}")


class AnchorTreeprocessor(Treeprocessor):
    """Gives each heading its `id`, unless its author did."""

    def run(self, root: Element) -> None:
        anchors: dict[str, int] = {}
        for element in root.iter():
            if isinstance(element.tag, str) and _HEADING.fullmatch(element.tag) and "id" not in element.attrib:
                element.set("id", next_anchor(" ".join(_read_text(element).split()), anchors))


def _read_text(heading: Element) -> str:
    text = _ESCAPED.sub(lambda sign: chr(int(sign[1])), "".join(_list_texts(heading)))
    return unescape(_SIGN.sub("", text))


def _list_texts(element: Element) -> list[str]:
    """The texts in reading order, without those of marks that lead to footnotes."""
    parts = [element.text or ""]
    for child in element:
        if not (child.tag == "sup" and child.get("id", "").startswith("fnref")):
            parts += _list_texts(child)
        parts.append(child.tail or "")
    return parts
