"""The one place that parses Markdown: text to headings, links, fences and formulas, each with its line."""

from trackbook.markdown.formulas import is_formula
from trackbook.markdown.inline import number_anchors, plain_text, read_title, slug, slugify
from trackbook.markdown.links import replace_links
from trackbook.markdown.parser import parse_blocks, parse_inline
from trackbook.markdown.parsing import Parsed, parse_markdown
from trackbook.markdown.prose import blank_all_but_prose
from trackbook.markdown.raw_html import list_addresses

__all__ = [
    "Parsed",
    "blank_all_but_prose",
    "is_formula",
    "list_addresses",
    "number_anchors",
    "parse_blocks",
    "parse_inline",
    "parse_markdown",
    "plain_text",
    "read_title",
    "replace_links",
    "slug",
    "slugify",
]
