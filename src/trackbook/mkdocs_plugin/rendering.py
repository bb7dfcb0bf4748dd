"""Markdown to HTML with the site's own list of extensions, for the texts in widgets."""

import re
from collections.abc import Callable
from typing import Any

from markdown import Markdown
from mkdocs.config.defaults import MkDocsConfig

from trackbook.markdown import slugify

_ONE_PARAGRAPH = re.compile(r"\A<p>((?:(?!</?p>).)*)</p>\Z", re.DOTALL)


def set_markdown_options(config: MkDocsConfig) -> None:
    """Heading anchors as the checks compute them, which are those of the repository's own pages."""
    toc: dict[str, Any] = config["mdx_configs"].setdefault("toc", {})
    toc.setdefault("slugify", slugify)
    if "toc" not in config["markdown_extensions"]:
        config["markdown_extensions"].append("toc")


def make_renderer(config: MkDocsConfig, *, mathml: bool = True) -> Callable[[str], str]:
    """A function from Markdown to HTML; a text of one paragraph comes without the `<p>` around it.

    Without `mathml`, formulas stay LaTeX, in `\\(…\\)` and `\\[…\\]`.
    """
    extensions = [name for name in config["markdown_extensions"] if mathml or name != "trackbook.mathml"]
    options = {name: dict(values) for name, values in config["mdx_configs"].items()}
    options.setdefault("toc", {})["permalink"] = False
    markdown = Markdown(extensions=extensions, extension_configs=options)

    def render(text: str) -> str:
        html = markdown.reset().convert(text)
        only = _ONE_PARAGRAPH.match(html)
        return only[1] if only else html

    return render
