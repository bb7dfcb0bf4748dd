"""Anchors of headings, as GitHub makes them and the checks expect them."""

from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor

from trackbook.github.pieces import Pieces
from trackbook.markdown import number_anchors


class AnchorTreeprocessor(Treeprocessor):
    """Gives each heading its `id`, unless its author did."""

    def __init__(self, md: Markdown, pieces: Pieces) -> None:
        super().__init__(md)
        self._pieces = pieces

    def run(self, root: Element) -> None:
        shown = {*map(id, root.iter())}
        titles = [(element, title) for element, title in self._pieces.titles if id(element) in shown]
        anchors = number_anchors((title, element.get("id", "")) for element, title in titles)
        for (element, _), anchor in zip(titles, anchors, strict=True):
            element.set("id", anchor)
