"""A page's text to blocks: what CommonMark knows becomes elements, what other extensions know stays text."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.preprocessors import Preprocessor
from markdown.util import ETX, STX
from markdown_it.token import Token

from trackbook.github.code import render_code
from trackbook.github.elements import add_element, make_element, make_formula
from trackbook.github.html import close_html, read_attributes
from trackbook.github.pieces import BLOCK, Block, Filling, Pieces
from trackbook.markdown import is_formula, parse_blocks

_READ_HERE = (
    *("markdown.", "trackbook.", "pymdownx.arithmatex", "pymdownx.blocks", "pymdownx.details", "pymdownx.quotes"),
    *("pymdownx.saneheaders", "pymdownx.superfences", "pymdownx.tabbed"),
)
"""Modules whose block processors look for what is found before: only those of others look into paragraphs."""
_CALLOUT = re.compile(r"\[!\w[\w-]*(?:[ ]*\|[ ]*[\w-]+)*\][-+]?[^\n]*")
_STAND_INS = "pymdownx-post-norm-ws"
"""A step that makes signs of what stands for them until white space is normalized; it would come too late here."""


class GitHubPreprocessor(Preprocessor):
    """Reads the whole page, in the place of the steps that look for white space, HTML and blocks."""

    def __init__(self, md: Markdown, pieces: Pieces) -> None:
        super().__init__(md)
        self._pieces = pieces
        self._nobody = Element("div")
        self._readers: Mapping[str, Callable[[Token, Iterator[Token]], str]] = {
            "paragraph_open": lambda token, tokens: self._read_paragraph(_read_text(tokens), hidden=token.hidden),
            "heading_open": lambda token, tokens: self._add(make_element(token.tag, _read_text(tokens))),
            **dict.fromkeys(("fence", "code_block"), lambda token, _: self._read_code(token)),
            "html_block": lambda token, _: self._pieces.add_html(close_html(token.content)),
            "hr": lambda *_: self._add(Element("hr")),
            "math_block": lambda token, _: self._add(make_formula(token.content, display=True)),
            **dict.fromkeys(("bullet_list_open", "ordered_list_open"), self._read_list),
            "blockquote_open": self._read_quote,
            "table_open": lambda _, tokens: self._add(_read_table(tokens)),
            "dl_open": self._read_definitions,
            "footnote_reference_open": self._read_footnote,
            "container_open": self._read_container,
            "fenced_container_open": self._read_fenced,
            "html_container_open": self._read_html,
        }

    def run(self, lines: list[str]) -> list[str]:
        self._pieces.clear()
        processors = self.md.parser.blockprocessors
        self._foreign = [one for one in processors if not type(one).__module__.startswith(_READ_HERE)]
        text = "\n".join(lines).replace(STX, "\ufffd").replace(ETX, "\ufffd")
        if _STAND_INS in self.md.preprocessors:
            text = text.replace("\1", STX).replace("\4", ETX)
        self._notes: list[str] = []
        blocks = self._read(iter(parse_blocks(text, self._pieces.environment)))
        return "\n\n".join([*blocks, *self._notes]).split("\n")

    def _read(self, tokens: Iterator[Token], until: str = "") -> list[str]:
        """The blocks down to the token that closes the one around them."""
        blocks: list[str] = []
        for token in tokens:
            if token.type == until:
                break
            if block := self._read_block(token, tokens):
                blocks += block.split("\n\n")
        return blocks

    def _read_block(self, token: Token, tokens: Iterator[Token]) -> str:
        read = self._readers.get(token.type)
        return read(token, tokens) if read else token.content

    def _read_code(self, token: Token) -> str:
        """Code, or a formula in a fence, as GitHub has it."""
        if is_formula(token):
            return self._add(make_formula(token.content.strip(), display=True))
        return render_code(self.md, token)

    def _read_footnote(self, opening: Token, tokens: Iterator[Token]) -> str:
        """Nothing here: all stand at the end of the page, those too that another block holds."""
        blocks = self._read(tokens, "footnote_reference_close")
        if all(block.startswith("*[") for block in blocks):  # abbreviations: else there is no place for the way back
            blocks.append(self._add(make_element("p", "")))
        self._notes.append(f"[^{opening.meta['label']}]: {self._set_apart(blocks)}")
        return ""

    def _read_container(self, opening: Token, tokens: Iterator[Token]) -> str:
        inside = self._set_apart(self._read(tokens, "container_close"))
        return f"{opening.info}\n    {inside}" if inside else opening.info

    def _add(self, element: Element, *fillings: Filling, hidden: bool = False) -> str:
        return self._pieces.add_block(Block(element, fillings, hidden=hidden))

    def _set_apart(self, blocks: Sequence[str]) -> str:
        """One sign for several blocks, which a line of text has room for."""
        return self._pieces.add_block(Block(None, blocks=tuple(blocks))) if blocks else ""

    def _read_paragraph(self, text: str, *, hidden: bool = False) -> str:
        """What an extension of somebody else's may know stays text."""
        if any(processor.test(self._nobody, text) for processor in self._foreign):
            return text
        return self._add(make_element("p", text), hidden=hidden)

    def _read_list(self, opening: Token, tokens: Iterator[Token]) -> str:
        element = Element(opening.tag, {name: str(value) for name, value in opening.attrs.items()})
        fillings: list[Filling] = []
        for token in tokens:
            if token.type != "list_item_open":
                break
            fillings.append(Filling(add_element(element, "li"), tuple(self._read(tokens, "list_item_close"))))
        return self._add(element, *fillings)

    def _read_definitions(self, _: Token, tokens: Iterator[Token]) -> str:
        element = Element("dl")
        fillings: list[Filling] = []
        for token in tokens:
            if token.type == "dt_open":
                add_element(element, "dt", _read_text(tokens))
            elif token.type == "dd_open":
                fillings.append(Filling(add_element(element, "dd"), tuple(self._read(tokens, "dd_close"))))
            else:
                break
        return self._add(element, *fillings)

    def _read_quote(self, _: Token, tokens: Iterator[Token]) -> str:
        """A quote; a callout stays text for the extension that knows it."""
        blocks = self._read(tokens, "blockquote_close")
        first = self._find_text(blocks[0]) if blocks else ""
        callout = _CALLOUT.match(first)
        if callout and "quotes" in self.md.treeprocessors:
            rest = first[callout.end() :].lstrip("\n")
            sign = self._set_apart([*([self._read_paragraph(rest)] if rest else []), *blocks[1:]])
            return f"> {callout[0]}\n>\n> {sign}" if sign else f"> {callout[0]}"
        quote = Element("blockquote")
        return self._add(quote, Filling(quote, tuple(blocks)))

    def _find_text(self, block: str) -> str:
        """Of a paragraph, else nothing."""
        found = BLOCK.fullmatch(block)
        if not found:
            return block
        element = self._pieces.blocks[int(found[1])].element
        return element.text or "" if element is not None and element.tag == "p" else ""

    def _read_fenced(self, opening: Token, tokens: Iterator[Token]) -> str:
        """A block of `pymdownx.blocks`; one paragraph stays text, which some of them want."""
        blocks = self._read(tokens, "fenced_container_close")
        text = self._find_text(blocks[0]) if len(blocks) == 1 else ""
        return f"{opening.info}\n\n{text or self._set_apart(blocks)}\n\n{opening.markup}"

    def _read_html(self, opening: Token, tokens: Iterator[Token]) -> str:
        blocks = self._read(tokens, "html_container_close")
        element = Element(opening.tag, read_attributes(opening.info))
        element.attrib.pop("markdown")
        if not opening.meta["of_text"]:
            return self._add(element, Filling(element, tuple(blocks)))
        element.text = "".join(blocks)
        return self._add(element)


def _read_text(tokens: Iterator[Token]) -> str:
    """The text of a block whose opening token has just been read."""
    inline = next(tokens)
    next(tokens)
    return inline.content


def _read_table(tokens: Iterator[Token]) -> Element:
    table = Element("table")
    above = [table]
    for token in tokens:
        if token.type == "table_close":
            break
        if token.type in ("th_open", "td_open"):
            attributes = {name: str(value) for name, value in token.attrs.items()}
            add_element(above[-1], token.tag, _read_text(tokens), **attributes)
        elif token.nesting > 0:
            above.append(add_element(above[-1], token.tag))
        else:
            above.pop()
    return table
