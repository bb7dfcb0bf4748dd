r"""References to figures, tables and equations: `\ref{name}`, and the `\label{name}` that it names."""

import re
from collections.abc import Iterator
from difflib import get_close_matches
from typing import NamedTuple

from trackbook.checks.check import Settings, page_check
from trackbook.model import Finding, Page, Source

_MARK = re.compile(r"\\(?P<kind>label|ref|eqref)\{(?P<name>[^{}\s]+)\}")
_ID = re.compile(r"^[ >]* {4}attrs:.*\bid:\s*['\"]?(?P<name>[^\s,'\"{}]+)", re.MULTILINE)
"""What a caption's block may say in its options."""
_CODE = re.compile(r"(`+)(?!`)(?:(?!\n[ \t]*\n).)+?(?<!`)\1(?!`)", re.DOTALL)


class _Mark(NamedTuple):
    kind: str
    name: str
    source: Source


@page_check
def reference_leads_somewhere(page: Page, _: Settings) -> Iterator[Finding]:
    r"""What `\ref` names has a `\label` on the same page.

    The page would show the command instead of "Figure 2" and a link to it.
    """
    marks = list(_list_marks(page))
    known = {mark.name for mark in marks if mark.kind == "label"}
    for mark in marks:
        if mark.kind != "label" and mark.name not in known:
            near = get_close_matches(mark.name, known, 1)
            instead = f"write \\{mark.kind}{{{near[0]}}}, or " if near else ""
            hint = f"{instead}put \\label{{{mark.name}}} into its caption or formula"
            yield Finding(mark.source, f'nothing on this page is labelled "{mark.name}".', hint)


@page_check
def label_names_one_thing(page: Page, _: Settings) -> Iterator[Finding]:
    r"""A `\label` stands once on its page.

    A reference to it could lead to either.
    """
    first: dict[str, Source] = {}
    for mark in _list_marks(page):
        if mark.kind == "label" and first.setdefault(mark.name, mark.source) is not mark.source:
            message = f'"{mark.name}" is the label of something in line {first[mark.name].line} already.'
            yield Finding(mark.source, message, "give this one a name of its own, in its references too")


def list_labels(page: Page) -> dict[str, int]:
    """The names that something on the page has, each with the line where it first stands."""
    marks = [mark for mark in _list_marks(page) if mark.kind == "label"]
    return {mark.name: mark.source.line for mark in reversed(marks)}


def _list_marks(page: Page) -> Iterator[_Mark]:
    """In their order, without those that are code."""
    if not any(sign in page.text for sign in ("\\label", "ref{", " attrs:")):
        return
    lines = page.text.split("\n")
    for fence in page.fences:
        for line in range(*fence.lines):
            lines[line] = ""
    text = _CODE.sub(lambda code: re.sub(r"[^\n]", " ", code[0]), "\n".join(lines))
    found = [(mark.start(), mark["kind"], mark["name"]) for mark in _MARK.finditer(text)]
    found += [(told.start(), "label", told["name"]) for told in _ID.finditer(text)]
    for start, kind, name in sorted(found):
        yield _Mark(kind, name, Source(page.path, page.first_line + text.count("\n", 0, start)))
