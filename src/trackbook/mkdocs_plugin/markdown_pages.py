"""A page's Markdown to HTML, as the host does it, but with one Markdown instance for all pages."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from markdown import Markdown
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure import pages as host
from mkdocs.structure.files import File, Files
from selectolax.lexbor import LexborHTMLParser

from trackbook.mkdocs_plugin.quick_markdown import make_markdown
from trackbook.mkdocs_plugin.recall import Ask
from trackbook.mkdocs_plugin.settings import are_known

Message = tuple[int, str]
"""A level of `logging`, and what was said."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A page's HTML, and what the host wants to know of it.

    `title` is its first heading of level 1, `toc` the tokens of Python-Markdown's extension, `anchors` what links can
    lead to, `links` those that name an anchor: uri of the file, anchor, and how the page writes it.
    """

    content: str
    title: str | None
    toc: list[dict[str, Any]]
    anchors: list[str]
    links: list[tuple[str, str, str]]
    messages: list[Message]


class PageRenderer:
    """Renders pages of one configuration."""

    def __init__(self, config: MkDocsConfig) -> None:
        self._config = config
        self._shared = self._make() if are_known(config) else None

    def render(self, file: File, files: Files, text: str, ask: Ask) -> Rendered:
        """What the host would make of the text. Each look-up among the files is a question to `ask`."""
        markdown = self._shared.reset() if self._shared else self._make()
        asking = _Asking(files, ask)
        title = host._ExtractTitleTreeprocessor()
        paths = host._RelativePathTreeprocessor(file, asking, self._config)
        for part in (paths, title):
            part._register(markdown)
        with _hearing(host.log) as messages:
            content = markdown.convert(text)
        return Rendered(
            content,
            title.title,
            list(getattr(markdown, "toc_tokens", [])),
            sorted(_list_anchors(content)),
            [(to.src_uri, *link) for to, links in paths.links_to_anchors.items() for link in links.items()],
            messages,
        )

    def _make(self) -> Markdown:
        return make_markdown(self._config["markdown_extensions"], self._config["mdx_configs"] or {})


class _Asking(Files):
    """The site's files for one page: what it asks of them is told."""

    def __init__(self, files: Files, ask: Ask) -> None:
        super().__init__([])
        self._known, self._ask = files, ask

    def get_file_from_path(self, path: str) -> File | None:
        self._ask(f"file {path}")
        return self._known.get_file_from_path(path)


def answer_file(files: Files, path: str) -> str:
    """All that a page that asks for a file can see of it."""
    found = files.get_file_from_path(path)
    return f"{found.src_uri} {found.url} {found.inclusion.name}" if found else ""


def _list_anchors(html: str) -> set[str]:
    """What links can lead to."""
    named = (node.attributes for node in LexborHTMLParser(html).css("[id], a[name]"))
    return {anchor for attributes in named for name in ("id", "name") if (anchor := attributes.get(name))}


@contextmanager
def _hearing(log: logging.Logger) -> Iterator[list[Message]]:
    """What is said on the log meanwhile, which nobody else hears. It is kept, so a quiet build has to hear it, too."""
    heard: list[Message] = []

    def hear(record: logging.LogRecord) -> bool:
        if record.levelno >= logging.INFO:
            heard.append((record.levelno, record.getMessage()))
        return False

    level, disabled, quiet = log.level, log.manager.disable, not log.isEnabledFor(logging.INFO)
    log.addFilter(hear)
    if quiet:
        log.setLevel(logging.INFO)
        logging.disable(logging.NOTSET)
    try:
        yield heard
    finally:
        if quiet:
            logging.disable(disabled)
            log.setLevel(level)
        log.removeFilter(hear)
