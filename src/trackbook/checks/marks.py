"""Marks of Markdown that came out as text, or blocks as something else than what is meant."""

from collections.abc import Iterator

from trackbook.checks.check import Settings, page_check
from trackbook.checks.once import Met, quote, tell_once
from trackbook.model import Finding, Page, Slip, Source

_OPENERS = ("**", "__", "~~", "==", "^^", "++", "*", "_", "`")


@page_check
def mark_is_closed(page: Page, _: Settings) -> Iterator[Finding]:
    """Marks that open emphasis, code or a key in a text are closed in the same block.

    The page shows the signs themselves otherwise, and the words that matter have no weight.
    """
    yield from tell_once(page, [_describe_mark(slip) for slip in page.all_slips if slip.kind == "emphasis"])


@page_check
def table_is_whole(page: Page, _: Settings) -> Iterator[Finding]:
    """A table has a line of dashes below its head, with as many cells as that, and no row has more.

    Without that line all is shown as text; and the cells that a row has too many are on no page.
    """
    for slip in page.all_slips:
        place = Source(page.path, slip.line)
        if slip.kind == "cells":
            cells, columns = slip.other.split()
            message = f"this row has {cells} cells, and the table {columns} columns: the last are not shown."
            yield Finding(place, message, r"give the head as many cells, or write `\|` for a bar that is no border")
        elif slip.kind == "no table":
            message = f'"{quote(slip.text)}" is no table, and shown as it stands.'
            hint = "write below its head a line such as `| --- | --- |`, with as many cells as the head has"
            yield Finding(place, message, hint)


@page_check
def heading_is_meant(page: Page, _: Settings) -> Iterator[Finding]:
    """A line is a heading because its author wants one, and has words.

    A line of dashes right below a paragraph makes a heading of it, where most authors mean a rule.
    """
    for slip in page.all_slips:
        if slip.kind == "setext":
            message = f'the line "{slip.other[:10]}" below "{quote(slip.text)}" makes a heading of it.'
            hint = "leave a line blank above a rule; write `## …` for a heading"
            yield Finding(Source(page.path, slip.line), message, hint)


@page_check
def block_holds_its_text(page: Page, _: Settings) -> Iterator[Finding]:
    """What belongs into a callout, fold or tab is indented by 4 spaces, and no other text is.

    By fewer it stands outside of an empty box; and a paragraph that begins with a tab or 4 spaces is shown as code.
    """
    for slip in page.all_slips:
        place = Source(page.path, slip.line)
        if slip.kind == "empty":
            hint = "indent each line that belongs to it by 4 spaces"
            yield Finding(place, f"`{quote(slip.text)}` is empty: nothing below it is indented.", hint)
        elif slip.kind == "code":
            message = f'"{quote(slip.text)}" is shown as code, since its line begins with a tab or 4 spaces.'
            hint = "begin it at the margin, or at the text of its list item; write code between ``` and ```"
            yield Finding(place, message, hint)


def _describe_mark(slip: Slip) -> Met:
    mark = next(mark for mark in _OPENERS if slip.text.startswith(mark))
    if mark == "`":
        fact, remedy = "a backquote that no other closes", "write another behind the code, or \\` for the sign itself"
    else:
        shown = "".join(f"\\{sign}" for sign in mark)
        fact = f"shown with its `{mark}`, since no other closes it"
        remedy = (
            f"write `{mark}` right before the first word and right behind the last one, "
            f"{shown} for the signs themselves, and code in backquotes"
        )
    return Met(slip.text, slip.line, fact, remedy)
