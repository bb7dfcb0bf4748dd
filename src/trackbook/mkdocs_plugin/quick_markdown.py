"""Python-Markdown with its detours left out: the same HTML, sooner."""

import re
from typing import Any

from markdown import Markdown
from markdown.preprocessors import HtmlBlockPreprocessor
from markdown.treeprocessors import InlineProcessor

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
"""Extensions that leave text alone which has none of the signs below."""
_SIGNS = re.compile(r"""[\\`*_!\[\]<>&~^=+$"'@{}|#/()]|--|\.\.|  \n""")
_TAG_AT_LINE_START = re.compile(r"^ {0,3}<", re.MULTILINE)
"""Where a block of HTML may begin; tags further on in a line are left to the patterns of inline text."""
_BLOCK = re.compile(
    r"""(?:(?<=\n\n)|\A)
    <(?P<tag>(?:div|nav|section|aside|figure)(?=[ ]class="tb-)|script(?=[ ]type="application/ld\+json"))
    [^\n]*(?:\n[^\n]+)*(?=\n\n)""",
    re.VERBOSE,
)
"""A run of lines that begins as publishing begins its blocks."""


def make_markdown(extensions: list[str], options: dict[str, Any]) -> Markdown:
    """A Markdown instance. With extensions that are not known it is the plain one."""
    markdown = Markdown(extensions=extensions, extension_configs=options)
    for inline in markdown.treeprocessors:
        if type(inline) is InlineProcessor and MODEST.issuperset(extensions):
            inline.inlinePatterns = list(inline.inlinePatterns)  # type: ignore[assignment]  # looked up sooner
            inline.__class__ = _QuickInline
    if MODEST.issuperset(extensions) and type(markdown.preprocessors["html_block"]) is HtmlBlockPreprocessor:
        markdown.preprocessors.register(_QuickHtmlBlocks(markdown), "html_block", 20)
    return markdown


class _QuickInline(InlineProcessor):
    """Does not try two dozen patterns on a text in which none can match."""

    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803 (the host's)
        if not _SIGNS.search(data):
            return data
        handled: str = super()._InlineProcessor__handleInline(data, patternIndex)  # type: ignore[misc]
        return handled


class _QuickHtmlBlocks(HtmlBlockPreprocessor):
    """Takes the blocks that publishing wrote as they are, and looks for more of them only where they may begin."""

    def run(self, lines: list[str]) -> list[str]:
        text = _BLOCK.sub(self._keep, "\n".join(lines))
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
