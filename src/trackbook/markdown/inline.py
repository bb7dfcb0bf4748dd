"""What stands inside a block: its plain text, how many words that has, and the anchor of a heading."""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from markdown_it.token import Token

BREAKS = ("softbreak", "hardbreak")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
"""Letters and digits, joined by a hyphen or an apostrophe."""
_ATTRIBUTES = re.compile(r""" \{:?[ ]*((?![} ])(?:"[^"\n]*"|'[^'\n]*'|[^}\n])+)\}[ ]*$""")
"""As Python-Markdown's extension `attr_list` reads them behind a heading."""
_OWN_ANCHOR = re.compile(r"(?:^|\s)(?:#|id=[\"']?)([^\s}\"']+)")
_KINDS = (
    bytes(ord("a" if chr(code).isalnum() else "-" if chr(code) in "'-" else " ") for code in range(128)) + b" " * 128
)
"""What each ASCII sign is here: part of a word, what may join two parts, or neither."""


def plain_text(children: Iterable[Token]) -> str:
    parts = []
    for token in children:
        if token.type in ("text", "code_inline", "text_special", "image"):
            parts.append(token.content)
        elif token.type in BREAKS:
            parts.append(" ")
    return "".join(parts)


def count_words(text: str) -> int:
    if not text.isascii():
        return len(_WORD.findall(text))
    kinds = b"  " + text.encode().translate(_KINDS)  # a word begins where no other goes on
    return kinds.count(b" a") + kinds.count(b" -a") + kinds.count(b"--a")


def count_read(children: Iterable[Token]) -> int:
    """Words that are read. Those of a picture are heard in its place, whose time counts by itself."""
    return count_words(plain_text(token for token in children if token.type != "image"))


def heading_text(children: Sequence[Token]) -> str:
    """A heading's text as anchors are made of it: formulas count, images do not."""
    kept = [token for token in children if token.type != "image"]
    return "".join(token.content if token.type.startswith("math") else plain_text([token]) for token in kept)


def slug(text: str) -> str:
    """The anchor that GitHub gives a heading: lower case, marks dropped, spaces as hyphens."""
    kept = re.sub(r"[^\w\- ]", "", unicodedata.normalize("NFC", text).strip().lower())
    return kept.replace(" ", "-")


def slugify(text: str, separator: str) -> str:
    """`slug` in the form that Python-Markdown's `toc` extension calls."""
    del separator
    return slug(text)


def next_anchor(title: str, anchors: dict[str, int]) -> str:
    """The heading's anchor; a repeated one gets `-1`, `-2`, … as GitHub numbers them, and none comes twice."""
    anchor = slug(title)
    count = anchors.get(anchor, -1) + 1
    while count and f"{anchor}-{count}" in anchors:
        count += 1
    anchors[anchor] = count
    numbered = f"{anchor}-{count}" if count else anchor
    anchors.setdefault(numbered, 0)
    return numbered


def number_anchors(titles: Iterable[tuple[str, str]]) -> list[str]:
    """The anchor of each heading, told by its text and the anchor that its author gives it, if any."""
    titles = [*titles]
    anchors = {own: 0 for _, own in titles if own}
    return [own or next_anchor(title, anchors) for title, own in titles]


def read_title(children: Sequence[Token]) -> tuple[str, str]:
    """A heading's text, and the anchor that its author gives it, if any."""
    return split_attributes(" ".join(heading_text(children).split()))


def split_attributes(title: str) -> tuple[str, str]:
    """A heading's text without the `{ #anchor .class }` behind it, and the anchor that this gives it, if any."""
    found = _ATTRIBUTES.search(title)
    if not found:
        return title, ""
    anchor = _OWN_ANCHOR.search(found[1])
    return title[: found.start()].rstrip(), anchor[1] if anchor else ""
