"""Footnotes lead to what they say, and back."""

from collections.abc import Collection, Iterator

from trackbook.checks.check import Settings, page_check
from trackbook.issue import find_close
from trackbook.model import Finding, Footnote, Page, Source


@page_check
def footnote_is_defined_once(page: Page, _: Settings) -> Iterator[Finding]:
    """Each footnote that a page uses is defined there, once.

    Its mark is shown as it was typed otherwise; and of two definitions readers see one alone.
    """
    first: dict[str, int] = {}
    for footnote in page.footnotes:
        if not footnote.defined:
            yield _report_undefined(page, footnote)
        elif (line := first.setdefault(footnote.label, footnote.line)) != footnote.line:
            message = f'the footnote "{footnote.label}" is defined in line {line} already.'
            yield Finding(
                Source(page.path, footnote.line), message, f"join the two, or call this one [^{footnote.label}-2]"
            )
    for fence in page.fences:
        for footnote in fence.footnotes:
            if not footnote.defined:
                message = f'"[^{footnote.label}]" has no footnote in this {fence.language}.'
                hint = "say it in the text itself: a widget's text reaches no footnote of its page"
                yield Finding(Source(page.path, footnote.line), message, hint)


@page_check
def footnote_is_used(page: Page, _: Settings) -> Iterator[Finding]:
    """Each footnote that a page defines is used in its text.

    No mark leads to it: on the repository's page it is not there at all, and here there is no way back from it.
    """
    for footnote in (*page.footnotes, *(footnote for fence in page.fences for footnote in fence.footnotes)):
        if not footnote.used:
            message = f'nothing uses the footnote "{footnote.label}".'
            hint = f"write [^{footnote.label}] where it belongs in the text, or remove it"
            yield Finding(Source(page.path, footnote.line), message, hint)


def _report_undefined(page: Page, footnote: Footnote) -> Finding:
    label = footnote.label
    hint = f"add a line `[^{label}]: what it says`, or write `\\[^{label}]` for the signs themselves"
    if any(map(str.isspace, label)):
        hint = f"write [^{'-'.join(label.split())}] here and where it is defined: no space can stand in it"
    elif close := _find_meant(label, {other.label for other in page.footnotes if other.defined}):
        hint = f"Did you mean [^{close}]?"
    return Finding(Source(page.path, footnote.line), f'"[^{label}]" has no footnote: nothing defines it.', hint)


def _find_meant(label: str, defined: Collection[str]) -> str:
    return next((other for other in defined if other.lower() == label.lower()), "") or find_close(label, defined)
