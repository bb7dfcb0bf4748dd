"""A widget that ends too early, since a fence in its text ends with as many marks as it began with."""

import re
from collections.abc import Sequence

from trackbook.model import Fence, Finding

_MARKS = re.compile(r"^[ ]*(`{3,}|~{3,})[ ]*([\w{.][^`\n]*)?$", re.MULTILINE)


def find_early_end(fence: Fence, lines: Sequence[str], *, fits: bool) -> Finding | None:
    """What is wrong when a widget, whose page has these lines, seems cut short; `fits` says that its data are whole."""
    first, end = fence.lines
    opens, closes = lines[first], lines[end - 1] if fence.closed else ""
    marks = re.match(r"[ ]*([`~]+)", opens)
    if fence.nested or not marks or not closes:
        return None
    moved_in = len(closes) - len(closes.lstrip(" ")) > len(opens) - len(opens.lstrip(" "))
    if not (_leaves_open(fence.text, marks[1][0]) or (moved_in and not fits)):
        return None
    more = marks[1] + marks[1][0]
    message = f"a fence inside this {fence.language} ends it in line {fence.source.line + end - 1 - first}."
    return Finding(fence.source, message, f"begin it with {more}{fence.language}, and end it with {more}", _CODE)


_CODE = "widget-data-fits"


def _leaves_open(text: str, sign: str) -> bool:
    """Whether a fence that begins in the text does not end there."""
    open_marks = ""
    for found in _MARKS.finditer(text):
        marks, info = found.groups()
        if marks[0] != sign:
            continue
        if not open_marks:
            open_marks = marks if info else ""
        elif not info and len(marks) >= len(open_marks):
            open_marks = ""
    return bool(open_marks)
