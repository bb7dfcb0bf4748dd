"""Markdown to HTML with the site's own list of extensions."""

import re
from collections.abc import Callable
from typing import Any

from mkdocs.config.defaults import MkDocsConfig

from trackbook.hashing import fingerprint, hash_parts
from trackbook.markdown import slugify
from trackbook.mkdocs_plugin.quick_markdown import MODEST, make_markdown
from trackbook.mkdocs_plugin.settings import are_known, describe_extensions
from trackbook.store import Store

_OF_PAGES = ("material.extensions.preview",)
"""Extensions that work on whole pages only."""
_ONE_PARAGRAPH = re.compile(r"\A<p>((?:(?!</?p>).)*)</p>\Z", re.DOTALL)
_BARE = re.compile(r"[^\W\d_][^\W_]*(?:(?:[,;:.?!%]?[ ]|[-–’])[^\W_]+)*[,;:.?!%]?")
"""Words with single marks between them: a paragraph of just that."""


def set_markdown_options(config: MkDocsConfig) -> None:
    """Heading anchors as the checks compute them, which are those of the repository's own pages."""
    toc: dict[str, Any] = config["mdx_configs"].setdefault("toc", {})
    toc.setdefault("slugify", slugify)
    if "toc" not in config["markdown_extensions"]:
        config["markdown_extensions"].append("toc")


class Renderer:
    """A function from Markdown to HTML; a text of one paragraph comes without the `<p>` around it.

    Without `mathml`, formulas stay LaTeX, in `\\(…\\)` and `\\[…\\]`. What `recall` makes is kept in the `store`.
    """

    def __init__(self, config: MkDocsConfig, *, mathml: bool = True, store: Store | None = None) -> None:
        left_out = {*_OF_PAGES, *(() if mathml else ("trackbook.mathml",))}
        extensions = [name for name in config["markdown_extensions"] if name not in left_out]
        options = {name: dict(values) for name, values in config["mdx_configs"].items()}
        options.setdefault("toc", {})["permalink"] = False
        self._markdown = make_markdown(extensions, options)
        self._leaves_bare_text = MODEST.issuperset(extensions)
        self._store = store if are_known(config) else None
        self._key = hash_parts(fingerprint(), describe_extensions(config), str(mathml)) if self._store else ""

    def __call__(self, text: str) -> str:
        if self._leaves_bare_text and _BARE.fullmatch(text):
            return text
        html = self._markdown.reset().convert(text)
        only = _ONE_PARAGRAPH.match(html)
        return only[1] if only else html

    def recall(self, parts: tuple[str, ...], make: Callable[[], str]) -> str:
        """What was made of these parts before, else what `make` gives. It may call this renderer."""
        if self._store is None:
            return make()
        key = hash_parts("text", self._key, *parts)
        return self._store.recall(key, lambda: make().encode("utf-8", "surrogatepass")).decode("utf-8", "surrogatepass")


def make_renderer(config: MkDocsConfig, *, mathml: bool = True, store: Store | None = None) -> Renderer:
    return Renderer(config, mathml=mathml, store=store)
