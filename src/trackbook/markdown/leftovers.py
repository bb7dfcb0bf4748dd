"""What is left of a text after the parser: blocks with marks that no rule of ours made anything of."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from markdown_it.token import Token

from trackbook.model import Leftover

_MARKS = re.compile(
    r"""[{<]|:::|8<-|\][\[(]|\][ ]\(|\]:[ ]*$|\)=|\)\[|::|:`|\[\[|\[-?@|\[/|!\[|@\w|^import[ ]|^[ ]*///|\^\[|%%
    |~[\d+-]|\^\w
    |^[ ]*(?:===|!!!|\?\?\?)|^%[ ]|^\+\+\+|^\#\#|&[a-zA-Z\#]|^\[[ xX]{0,2}\]|^[-+*][^\W\d_]|^2\.[^\W\d_]
    |^[ ]*[•◦▪‣●○]|-->""",
    re.MULTILINE | re.VERBOSE,
)
"""Stand in all syntax of others that a check may know."""
_SIGNS = (
    *("{", "<", "::", ":`", "8<-", "](", "][", "] (", "]:", ")=", ")[", "[[", "[/", "![", "@", "import ", "///"),
    *("^", "%%", "-->", "===", "!!!", "???", "~", "&", "\n-", "\n+", "\n*", "\n2.", *"•◦▪‣●○"),
)
"""One of them stands in each of these marks: `in` finds out much sooner."""
_BEGINNINGS = ("% ", "+++", "##", "[] ", "[x", "[ x", "[X", "[ X")
"""So a block with one of the other marks begins."""
_AS_IT_STANDS = re.compile(
    r"<(script|style|pre|code|kbd|samp|textarea|svg|math)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)",
    re.DOTALL | re.IGNORECASE,
)
_TEMPLATE = re.compile(r"\{[{%]")


def has_marks(text: str) -> bool:
    """Whether anything in `text` may be syntax that we do not know."""
    may = text.startswith(_BEGINNINGS) or any(map(text.__contains__, _SIGNS))
    return may and bool(_MARKS.search(text))


def names_something(text: str) -> bool:
    """Whether there may be an icon or a key in a text."""
    return "++" in text or text.count(":") > 1


def list_leftovers(token: Token, environment: Mapping[str, Any], line: int) -> Iterator[Leftover]:
    """The text of a block, which begins in `line`, when marks are left in it; of raw HTML only for templates."""
    if token.type == "inline" and has_marks(token.content):
        text = token.content
        text = blank_taken(text, environment.get("taken", {}).get(text, ()))
        if _MARKS.search(text):
            yield Leftover(text, line)
    elif token.type == "html_block" and _TEMPLATE.search(token.content):
        text = blank_code(token.content)
        if _TEMPLATE.search(text):
            yield Leftover(text, line)


def blank_taken(text: str, taken: Iterable[tuple[int, int]]) -> str:
    """The text with NULs for each part that the parser made something of."""
    for start, end in taken:
        text = f"{text[:start]}{_blank(text[start:end])}{text[end:]}"
    return text


def blank_code(html: str) -> str:
    """A block of HTML with NULs for comments, and for elements whose content is meant to be shown as it stands."""
    return _AS_IT_STANDS.sub(lambda found: _blank(found[0]), html)


def _blank(taken: str) -> str:
    """As many NULs and line breaks; of code the first sign stays."""
    kept = taken[:1] if taken.startswith("`") else ""
    return kept + re.sub(r"[^\n]", "\0", taken[len(kept) :])
