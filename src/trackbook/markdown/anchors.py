"""The anchors of headings, as GitHub makes them."""

import re
import unicodedata


def slug(text: str) -> str:
    """The anchor that GitHub gives a heading: lower case, marks dropped, spaces as hyphens."""
    kept = re.sub(r"[^\w\- ]", "", unicodedata.normalize("NFC", text).strip().lower())
    return kept.replace(" ", "-")


def slugify(text: str, separator: str) -> str:
    """`slug` in the form that Python-Markdown's `toc` extension calls."""
    del separator
    return slug(text)


def next_anchor(title: str, anchors: dict[str, int]) -> str:
    """The heading's anchor; a repeated one gets `_1`, `_2`, … as Python-Markdown numbers them."""
    anchor = slug(title)
    count = anchors.get(anchor, 0)
    anchors[anchor] = count + 1
    return f"{anchor}_{count}" if count else anchor
