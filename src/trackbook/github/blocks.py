"""Puts the blocks that are made already into the page."""

from xml.etree.ElementTree import Element

from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor

from trackbook.github.pieces import BLOCK, Block, Pieces


class PieceProcessor(BlockProcessor):
    """Takes the signs of blocks out of the text; what goes into them may be the business of other processors."""

    def __init__(self, parser: BlockParser, pieces: Pieces) -> None:
        super().__init__(parser)
        self._pieces = pieces

    def test(self, parent: Element, block: str) -> bool:
        del parent
        return BLOCK.match(block) is not None

    def run(self, parent: Element, blocks: list[str]) -> None:
        text = blocks.pop(0)
        found = BLOCK.match(text)
        assert found
        if rest := text[found.end() :].strip("\n"):
            blocks.insert(0, rest)
        self._put(self._pieces.blocks[int(found[1])], parent)

    def _put(self, block: Block, parent: Element) -> None:
        self.parser.state.set("trackbook-github")  # not "list", in which a paragraph gets no element
        if block.element is None:
            self.parser.parseBlocks(parent, [*block.blocks])
        elif block.hidden:
            _add_text(parent, block.element.text or "")
        else:
            parent.append(block.element)
        for filling in block.fillings:
            self.parser.parseBlocks(filling.holder, [*filling.blocks])
        self.parser.state.reset()


def _add_text(parent: Element, text: str) -> None:
    """Put a text behind what stands in an element."""
    if len(parent):
        parent[-1].tail = f"{parent[-1].tail or ''}\n{text}"
    else:
        parent.text = f"{parent.text}\n{text}" if parent.text else text
