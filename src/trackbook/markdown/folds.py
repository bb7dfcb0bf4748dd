"""Where a reader comes upon a fold: text that is shown to those who open it."""

import re

from markdown_it.token import Token

_OPEN, _CLOSE = re.compile(r"<details\b"), re.compile(r"</details\b")
_FOLDED = re.compile(r"\?\?\?(?!\+)")
"""The sign of a box that is folded at first; with a plus it is open."""


def follow_folds(token: Token, inside: int) -> int:
    """How many folds, and boxes in them, are open after the token, when `inside` were before it."""
    if token.type == "html_block":
        return max(0, inside + len(_OPEN.findall(token.content)) - len(_CLOSE.findall(token.content)))
    if token.type == "container_open" and (inside or _FOLDED.match(token.info)):
        return inside + 1
    return inside - 1 if token.type == "container_close" and inside else inside
