"""The one place that parses Markdown: text to headings, links, fences and formulas, each with its line."""

from trackbook.markdown.inline import slug, slugify
from trackbook.markdown.links import replace_links
from trackbook.markdown.parsing import Parsed, parse_markdown
from trackbook.markdown.prose import blank_all_but_prose

__all__ = ["Parsed", "blank_all_but_prose", "parse_markdown", "replace_links", "slug", "slugify"]
