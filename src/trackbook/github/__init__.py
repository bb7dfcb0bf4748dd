"""Python-Markdown that reads as GitHub does: by the parser of the checks, and what that leaves by other extensions."""

from typing import Any

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import BacktickInlineProcessor

from trackbook.github.anchors import AnchorTreeprocessor
from trackbook.github.blocks import PieceProcessor
from trackbook.github.inline import InlinePieces
from trackbook.github.notes import NotesTreeprocessor
from trackbook.github.pieces import Pieces
from trackbook.github.reading import GitHubPreprocessor

_PATTERNS = (
    *("escape", "reference", "link", "image_link", "image_reference", "short_reference", "short_image_ref"),
    *("autolink", "automail", "linebreak", "html", "entity", "not_strong", "em_strong", "em_strong2"),
)
"""Inline patterns of Python-Markdown in whose place the parser of the checks reads."""


class GitHubExtension(Extension):
    """The extension `trackbook.github`. It stands last among those of the author, so that it finds what they bring."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (the host's name)
        self.pieces = Pieces(md)
        md.registerExtension(self)
        if type(md.inlinePatterns["backtick"]) is BacktickInlineProcessor:  # else it is one that colors code
            md.inlinePatterns.deregister("backtick")
        for name in _PATTERNS:
            if name in md.inlinePatterns:
                md.inlinePatterns.deregister(name)
        for name in ("normalize_whitespace", "html_block"):
            if name in md.preprocessors:
                md.preprocessors.deregister(name)
        inline = InlinePieces(md, self.pieces)
        md.preprocessors.register(GitHubPreprocessor(md, self.pieces), "trackbook-github", 30)
        md.parser.blockprocessors.register(PieceProcessor(md.parser, self.pieces), "trackbook-github", 1000)
        md.treeprocessors.register(inline.opening, "trackbook-github-opening", 20.5)  # around Python-Markdown's own
        md.treeprocessors.register(inline.closing, "trackbook-github-closing", 19.995)
        md.treeprocessors.register(NotesTreeprocessor(md), "trackbook-github-notes", 19.99)
        md.treeprocessors.register(
            AnchorTreeprocessor(md, self.pieces), "trackbook-github-anchors", 7.5
        )  # before those of `toc`

    def reset(self) -> None:
        self.pieces.clear()


def makeExtension(**options: Any) -> GitHubExtension:  # noqa: N802 (the host's name)
    return GitHubExtension(**options)
