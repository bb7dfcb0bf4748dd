"""A page as the site makes it, and as markdown-it-py does, with its plugin for GitHub's Markdown."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from markdown import Markdown
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.token import Token
from mdit_py_plugins.anchors import anchors_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.gfm import gfm_plugin

from trackbook.markdown import slugify

_OPTIONS: dict[str, dict[str, Any]] = {
    "pymdownx.highlight": {"use_pygments": False},
    "pymdownx.quotes": {"callouts": True},
    "pymdownx.tilde": {"subscript": False},
    "toc": {"slugify": slugify},
}
_EXTENSIONS = (
    *("footnotes", "sane_lists", "tables", "toc", "trackbook.github"),
    *("pymdownx.highlight", "pymdownx.inlinehilite", "pymdownx.quotes", "pymdownx.superfences", "pymdownx.tasklist"),
)
_FORMULAS = {
    "math_inline": ("\\(", "\\)"),
    "math_inline_double": ("</p><p>\\[", "\\]</p><p>"),
    "math_block": ("<p>\\[", "\\]</p>"),
    "math_block_label": ("<p>\\[", "\\]</p>"),
}
"""What stands around a formula until `trackbook.mathml` takes it."""


@cache
def load_ours(*, plain: bool = False, without: bool = False) -> Markdown:
    """With what GitHub has too, or, if `plain`, with what CommonMark has; `without` the extension of ours."""
    names = ["pymdownx.highlight", "pymdownx.superfences", "trackbook.github"] if plain else [*_EXTENSIONS]
    names = [name for name in names if not (without and name == "trackbook.github")]
    return Markdown(extensions=names, extension_configs={name: _OPTIONS[name] for name in names if name in _OPTIONS})


def render_ours(text: str, *, plain: bool = False, without: bool = False) -> str:
    """HTML by Python-Markdown and `trackbook.github`."""
    return load_ours(plain=plain, without=without).reset().convert(text)


@cache
def load_reference() -> MarkdownIt:
    """GitHub's Markdown by markdown-it-py."""
    parser = MarkdownIt("commonmark").use(gfm_plugin).use(anchors_plugin, max_level=6)
    parser.use(dollarmath_plugin, allow_blank_lines=False, double_inline=True)
    for name, (opening, closing) in _FORMULAS.items():
        parser.add_render_rule(name, _make_rule(opening, closing))
    return parser


def _make_rule(opening: str, closing: str) -> Callable[..., str]:
    def write(self: object, tokens: Sequence[Token], at: int, *_: object) -> str:
        del self
        return f"{opening}{escapeHtml(tokens[at].content)}{closing}"

    return write
