"""Marks in a text that open something and never close it, or name what there is none of."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from trackbook.markdown import shortcodes
from trackbook.markdown.leftovers import blank_code, blank_taken, names_something
from trackbook.model import Slip

_MATCHED = re.compile(
    r"(?<![=\w])==(?![=\s]).+?(?<![=\s])==(?!=)|(?<!\^)\^\^(?![\^\s]).+?(?<![\^\s])\^\^(?!\^)", re.DOTALL
)
_OTHERS = re.compile(r"(?<![\w=])==(?=\w)|(?<![\w^])\^\^(?=\w)|(?<![\w+])\+\+(?:[a-z]+\+)+[a-z0-9]+\b(?!\+)")
"""What opens in Python-Markdown alone: `==marked==`, `^^put in^^`, `++ctrl+c++`."""
_APART = re.compile(r"(?<!\S)(\*\*|__) (?=[^\n*_]*[^\W\d_]{2})[^\n*_]+ \1(?!\S)")
"""Spaces just inside of the marks, with words between: no power, no product."""
_CODE_LIKE = re.compile(r"\*{1,2}(?:args|kwargs|kw)\b|_{1,2}\w+[_.(\d]|_{1,2}\w+\b(?=\()|\*+[./\\(]")
_BEFORE, _AFTER = "([{\"'“‘„«—–-:,", "([{\"'“‘„«`!$\\"
_DASHES = re.compile(r"^[ ]*\|?[ ]*:?-+:?[ ]*\|[ :|-]*$", re.MULTILINE)
_ROWS = re.compile(r"^[ ]*\|[^\n]*\|[ ]*\n[ ]*\|[^\n]*\|[ ]*$|\A\|[ ][^|\n]*\|[^\n]*\|[ ]*\Z", re.MULTILINE)
_ICON = re.compile(r"(?<![\w:]):[a-z][a-z0-9_+-]*:(?![\w:`])")
_KEYS = re.compile(r"(?<![\w+{])\+\+(?P<keys>[\w-]+(?:\+[\w-]+)*)\+\+(?![\w+])")
_TAG_OR_MARK = re.compile(
    r"""<[^<>]*>|(?P<mark>\*\*[^\s*][^\n*]*\*\*|`[^`\n]+`|!?\[[^\[\]\n]*\]\([^()\n]*\)|\[\^[\w-]+\]|~~\w[^\n~]*~~
    |(?<![\w=])==\w[^\n=]*==(?!=)|^[ ]*\#{1,6}[ ][^\n]+)""",
    re.MULTILINE | re.VERBOSE,
)


def noting_marks(rule: Any, signs: str) -> Any:
    """The rule for emphasis or for what is struck, which also notes where each of its signs stands."""

    def noted(state: StateInline, silent: bool) -> bool:
        start = state.pos
        if state.src[start] not in signs or not rule(state, silent):
            return False
        if not silent:
            at = state.pos
            for token in reversed(state.tokens):
                if at <= start or token.type != "text":
                    break
                at -= len(token.content)
                token.meta = {"start": at}
        return True

    return noted


def note_unclosed(state: StateInline) -> None:
    """A rule of the parser: the places of the signs that no emphasis came of."""
    for token in state.tokens:
        if token.type == "text" and token.meta and token.content:
            start = token.meta["start"]
            state.env.setdefault("unclosed", {}).setdefault(state.src, []).extend(
                range(start, start + len(token.content))
            )


def list_text_slips(token: Token, environment: Mapping[str, Any], line: int) -> Iterator[Slip]:
    """What is left open in the text of a block, which begins in `line`."""
    text = token.content
    taken = environment.get("taken", {}).get(text, ())
    places = environment.get("unclosed", {}).get(text, ())
    starts = [*_list_unclosed(text, places)] if places else []
    if "==" in text or "^^" in text or "++" in text or (places and _APART.search(text)):
        rest = _MATCHED.sub(lambda found: "\0" * len(found[0]), blank_taken(text, taken))
        starts += [found.start() for pattern in (_OTHERS, _APART) for found in pattern.finditer(rest)]
    for start in sorted({*starts}):
        yield Slip("emphasis", text[start : start + 30].split("\n")[0], line + text.count("\n", 0, start))
    if names_something(text):
        yield from _list_unknown_names(text, blank_taken(text, taken), line)
    if "|" in text and ("\n" in text or text.startswith("| ")):
        rest = blank_taken(text, taken)
        if found := _DASHES.search(rest) or _ROWS.search(rest):
            yield Slip("no table", found[0].strip().split("\n")[0], line + text.count("\n", 0, found.start()))


def list_html_slips(html: str, line: int) -> Iterator[Slip]:
    """Markdown in a block of HTML, which begins in `line`: there all is shown as it stands."""
    for found in _TAG_OR_MARK.finditer(blank_code(html)):
        if found["mark"]:
            yield Slip("html", found["mark"].strip(), line + html.count("\n", 0, found.start("mark")))


def _list_unknown_names(text: str, rest: str, line: int) -> Iterator[Slip]:
    """Icons and keys that there are none of; `rest` is the text without what the parser took."""
    for found in _ICON.finditer(rest) if ":::" not in rest else ():  # whose options are told with their block
        if not shortcodes.is_shown(found[0]):
            yield Slip("icon", found[0], line + text.count("\n", 0, found.start()))
    for found in _KEYS.finditer(rest):
        if unknown := shortcodes.list_unknown_keys(found["keys"]):
            yield Slip("keys", found[0], line + text.count("\n", 0, found.start()), unknown[0])


def _list_unclosed(text: str, places: Sequence[int]) -> Iterator[int]:
    """Where marks begin that open something, or that should close it."""
    known = {*places}
    for start in sorted(known):
        sign = text[start]
        if start - 1 in known and text[start - 1] == sign:
            continue
        first, last = start, start
        while first and text[first - 1] == sign:
            first -= 1
        while text[last : last + 1] == sign:
            last += 1
        before, after = text[max(first - 1, 0) : first], text[last : last + 1]
        size = last - first
        opens = (not before or before.isspace() or before in _BEFORE) and (
            after.isalnum() or (after and after in _AFTER)
        )
        closes = (
            sign in "*~"
            and size == 2
            and before
            and not before.isspace()
            and not after.isalnum()
            and before not in "*/\\("
        )
        is_meant = size <= 3 and (opens or closes) and not (sign == "~" and size == 1)
        if (is_meant or sign == "`") and (closes or not _CODE_LIKE.match(text, first)):
            yield first
