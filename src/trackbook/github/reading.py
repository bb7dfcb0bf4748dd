"""A page's text to blocks: what CommonMark knows becomes elements, what other extensions know stays text."""

import re
from collections.abc import Iterator, Sequence
from html import unescape
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.preprocessors import Preprocessor
from markdown.util import ETX, STX, AtomicString
from markdown_it.token import Token

from trackbook.github.blocks import add_element, make_element
from trackbook.github.code import render_code
from trackbook.github.pieces import BLOCK, Block, Filling, Pieces
from trackbook.markdown import parse_blocks

_READ_HERE = frozenset(
    {"empty", "indent", "code", "hashheader", "setextheader", "hr", "olist", "ulist", "quote", "reference", "paragraph"}
    | {
        "table",
        "footnote",
        "admonition",
        "details",
        "tabbed",
        "defindent",
        "deflist",
        "markdown_block",
        "blocks",
        "abbr",
    }
    | {"trackbook-github", "arithmatex-block"}
)
"""Block processors of Python-Markdown and of known extensions: what they look for is found before."""
_CALLOUT = re.compile(r"\[!\w[\w-]*(?:[ ]*\|[ ]*[\w-]+)*\][-+]?[^\n]*")
_TEXT_ALONE = frozenset({"address", "dd", "dt", "legend", "li", "p", "summary", "td", "th"})
"""Elements in which `markdown` means inline text, beside headings."""
_TAG = re.compile(r"<(?P<tag>[\w-]+)(?P<attributes>.*)>", re.DOTALL)
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'=<>`]+))?""")


class GitHubPreprocessor(Preprocessor):
    """Reads the whole page, in the place of the steps that look for white space, HTML and blocks."""

    def __init__(self, md: Markdown, pieces: Pieces) -> None:
        super().__init__(md)
        self._pieces = pieces
        self._nobody = Element("div")

    def run(self, lines: list[str]) -> list[str]:
        self._pieces.clear()
        processors = self.md.parser.blockprocessors
        foreign = [processors[name] for name in _list_names(self.md) if name not in _READ_HERE]
        self._foreign = foreign
        text = "\n".join(lines).replace(STX, "").replace(ETX, "")
        blocks = self._read(iter(parse_blocks(text, self._pieces.environment)))
        return "\n\n".join(blocks).split("\n")

    def _read(self, tokens: Iterator[Token], until: str = "") -> list[str]:
        """The blocks down to the token that closes the one around them."""
        blocks: list[str] = []
        for token in tokens:
            if token.type == until:
                break
            if block := self._read_block(token, tokens):
                blocks.append(block)
        return blocks

    def _read_block(self, token: Token, tokens: Iterator[Token]) -> str:
        match token.type:
            case "paragraph_open":
                return self._read_paragraph(_read_text(tokens), hidden=token.hidden)
            case "heading_open":
                return self._add(make_element(token.tag, _read_text(tokens)))
            case "fence" | "code_block":
                return render_code(self.md, token)
            case "html_block":
                return self._pieces.add_html(token.content)
            case "hr":
                return self._add(Element("hr"))
            case "math_block":
                return self._add(make_element("div", AtomicString(f"\\[{token.content}\\]"), **{"class": "arithmatex"}))
            case "bullet_list_open" | "ordered_list_open":
                return self._read_list(token, tokens)
            case "blockquote_open":
                return self._read_quote(self._read(tokens, "blockquote_close"))
            case "table_open":
                return self._add(_read_table(tokens))
            case "dl_open":
                return self._read_definitions(tokens)
            case "footnote_reference_open":
                return f"[^{token.meta['label']}]: {self._set_apart(self._read(tokens, 'footnote_reference_close'))}"
            case "container_open":
                inside = self._set_apart(self._read(tokens, "container_close"))
                return f"{token.info}\n    {inside}" if inside else token.info
            case "fenced_container_open":
                return self._read_fenced(token, self._read(tokens, "fenced_container_close"))
            case "html_container_open":
                return self._read_html(token, self._read(tokens, "html_container_close"))
            case _:
                return token.content

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

    def _read_definitions(self, tokens: Iterator[Token]) -> str:
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

    def _read_quote(self, blocks: list[str]) -> str:
        """A quote; a callout stays text for the extension that knows it."""
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

    def _read_fenced(self, opening: Token, blocks: list[str]) -> str:
        """A block of `pymdownx.blocks`; one paragraph stays text, which some of them want."""
        text = self._find_text(blocks[0]) if len(blocks) == 1 else ""
        return f"{opening.info}\n\n{text or self._set_apart(blocks)}\n\n{opening.markup}"

    def _read_html(self, opening: Token, blocks: list[str]) -> str:
        tag = _TAG.fullmatch(opening.info)
        assert tag
        attributes = {name: unescape(value.strip("\"'")) for name, value in _ATTRIBUTE.findall(tag["attributes"])}
        wanted = attributes.pop("markdown", "")
        element = Element(tag["tag"].lower(), attributes)
        alone = element.tag in _TEXT_ALONE or re.fullmatch(r"h[1-6]", element.tag)
        if wanted == "span" or (alone and wanted != "block"):
            element.text = opening.content.strip()
            return self._add(element)
        return self._add(element, Filling(element, tuple(blocks)))


def _list_names(md: Markdown) -> list[str]:
    """The names of all block processors, which a registry does not tell."""
    return [item.name for item in md.parser.blockprocessors._priority]


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
