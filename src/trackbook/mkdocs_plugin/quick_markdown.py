"""Python-Markdown with its detours left out: the same HTML, sooner."""

import re
from typing import Any, cast
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.extensions import Extension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.toc import TocTreeprocessor
from markdown.preprocessors import HtmlBlockPreprocessor, NormalizeWhitespace
from markdown.treeprocessors import InlineProcessor
from markdown.util import ETX, STX

from trackbook.mkdocs_plugin.quick_inline import QuickInline

MODEST = {
    *("trackbook.mathml", "abbr", "admonition", "attr_list", "def_list", "fenced_code", "footnotes"),
    *(
        "md_in_html",
        "sane_lists",
        "smarty",
        "tables",
        "toc",
        "pymdownx.arithmatex",
        "pymdownx.caret",
        "pymdownx.details",
        "pymdownx.highlight",
    ),
    *("pymdownx.inlinehilite", "pymdownx.mark", "pymdownx.quotes", "pymdownx.superfences", "pymdownx.tasklist"),
    "pymdownx.tilde",
}
"""Extensions that are known to leave alone what the detours here leave out."""
_PROSE = re.compile(r"[^\W\d_].*(?:\n[^\W\d_].*)*")
_BLANK = re.compile(r"\n +(?=\n)")
_TAG_AT_LINE_START = re.compile(r"^ {0,3}<", re.MULTILINE)
"""Where a block of HTML may begin; tags further on in a line are left to the patterns of inline text."""
_BLOCK = re.compile(
    r"""<(?:(?<=\n\n<)|(?<=\A<))
    (?P<tag>(?:div|nav|section|aside|figure)(?=[ ]class="tb-)|script(?=[ ]type="application/ld\+json"))
    [^\n]*(?:\n[^\n]+)*(?=\n\n)""",
    re.VERBOSE,
)
"""A run of lines that begins as publishing begins its blocks. (A pattern that begins with a sign is fast.)"""

_LEDE = re.compile(r"""<(?:(?<=\n\n<)|(?<=\A<))p class="tb-[\w-]+">(?:[^<&\n]|&#?\w+;)*</p>(?=\n<section class="tb-)""")
"""A paragraph of text alone in the line before a block."""


def make_markdown(extensions: list[str], options: dict[str, Any]) -> Markdown:
    """A Markdown instance. With extensions that are not known it is the plain one."""
    markdown = Markdown(extensions=extensions, extension_configs=options)
    for extension in [part for part in markdown.registeredExtensions if isinstance(part, FootnoteExtension)]:
        markdown.registeredExtensions.append(_SameNotes(extension))
    if not MODEST.issuperset(extensions):
        return markdown
    for part in markdown.treeprocessors:
        if type(part) is InlineProcessor:
            part.__class__ = QuickInline
            cast(QuickInline, part).take_over()
        elif type(part) is TocTreeprocessor:
            part.__class__ = _QuickToc
    if type(markdown.parser) is BlockParser:
        markdown.parser.__class__ = _QuickBlocks
    if type(markdown.preprocessors["normalize_whitespace"]) is NormalizeWhitespace:
        markdown.preprocessors["normalize_whitespace"].__class__ = _QuickWhitespace
    if type(markdown.preprocessors["html_block"]) is HtmlBlockPreprocessor:
        markdown.preprocessors.register(_QuickHtmlBlocks(markdown), "html_block", 20)
    return markdown


class _SameNotes(Extension):
    """Once the instance is reset, numbers footnotes (`UNIQUE_IDS`) as a new one does."""

    def __init__(self, notes: FootnoteExtension) -> None:
        super().__init__()
        self._notes, self._prefix = notes, notes.unique_prefix

    def reset(self) -> None:
        self._notes.unique_prefix = self._prefix


class _QuickHtmlBlocks(HtmlBlockPreprocessor):
    """Takes the blocks that publishing wrote as they are, and looks for more of them only where they may begin."""

    def run(self, lines: list[str]) -> list[str]:
        text = _LEDE.sub(lambda found: f"{self.md.htmlStash.store(found[0])}\n", "\n".join(lines))
        text = _BLOCK.sub(self._keep, text)
        lines = text.split("\n")
        return super().run(lines) if _TAG_AT_LINE_START.search(text) else lines

    def _keep(self, found: re.Match[str]) -> str:
        """A block that is one element: nothing of the text around it can belong to it."""
        block, tag = found[0], found["tag"]
        begun, ended = block.count(f"<{tag} ") + block.count(f"<{tag}>"), block.count(f"</{tag}>")
        if not block.endswith(f"</{tag}>") or begun != ended or (begun > 1 and tag != "div"):
            return block
        placeholder: str = self.md.htmlStash.store(f"{block}\n")
        return placeholder


class _QuickBlocks(BlockParser):
    """A block of lines that all begin with a letter is a paragraph: no other processor need be asked."""

    def parseBlocks(self, parent: Element, blocks: list[str]) -> None:  # noqa: N802 (the host's)
        processors = list(self.blockprocessors)
        paragraph = self.blockprocessors["paragraph"]
        while blocks:
            for processor in [paragraph] if _PROSE.fullmatch(blocks[0]) else processors:
                if processor.test(parent, blocks[0]) and processor.run(parent, blocks) is not False:
                    break


class _QuickWhitespace(NormalizeWhitespace):
    """The same with a pattern that begins with signs to look for."""

    def run(self, lines: list[str]) -> list[str]:
        text = "\n".join(lines).replace(STX, "").replace(ETX, "").replace("\r\n", "\n").replace("\r", "\n") + "\n\n"
        return _BLANK.sub("\n", text.expandtabs(self.md.tab_length)).split("\n")


class _QuickToc(TocTreeprocessor):
    """Draws the table of contents only for a text that has a place for it: the theme draws its own."""

    def run(self, doc: Element) -> None:
        self._wanted = bool(self.marker) and self.marker in "".join(doc.itertext())
        super().run(doc)

    def build_toc_div(self, toc_list: list[Any]) -> Element:
        return super().build_toc_div(toc_list) if self._wanted else Element("div")

    def replace_marker(self, root: Element, elem: Element) -> None:
        if self._wanted:
            super().replace_marker(root, elem)
