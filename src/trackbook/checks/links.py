"""Links and anchors land, in the repository and so on the site."""

import posixpath
from collections.abc import Iterator
from urllib.parse import unquote

from trackbook.checks.check import check
from trackbook.issue import suggest
from trackbook.model import Course, Finding, Link, Page


@check
def link_lands(course: Course) -> Iterator[Finding]:
    """Every relative link leads to a file, module or track of the course.

    A link that leads nowhere costs a learner's trust in all the others.

    Breaks:

        [recurrence](../recurence/lesson.md)

    Keeps:

        [recurrence](../recurrence/lesson.md)
    """
    for page in course.pages.values():
        for link in page.all_links:
            if link.target is None and not link.is_external:
                yield Finding(
                    link.source, f'"{unquote(link.href)}" leads to nothing in the course.', _hint(course, page, link)
                )
        for link in page.links:
            if link.target and link.span is None:
                hint = "write it as [text](address), in a line of its own, outside comments and cells with \\|"
                yield Finding(link.source, f'"{link.href}" stands where the site can\'t make it right.', hint)


@check
def anchor_lands(course: Course) -> Iterator[Finding]:
    """A link's `#anchor` is a heading or widget of the page it leads to.

    The page opens at its top otherwise, and the learner has to search for what was meant.

    Breaks:

        [its costs](../recurrence/lesson.md#cost)

    Keeps:

        [its costs](../recurrence/lesson.md#two-costs)
    """
    for page in course.pages.values():
        for link in page.all_links:
            target = course.pages.get(link.target or "")
            if target and link.fragment:
                anchors = list_anchors(target)
                if link.fragment not in anchors:
                    hint = suggest(link.fragment, anchors) or f"anchors there: {', '.join(sorted(anchors)[:6])}"
                    yield Finding(link.source, f'"#{link.fragment}" is no heading of {target.path}.', hint)


def list_anchors(page: Page) -> frozenset[str]:
    widgets = (str(getattr(fence.data, "id", "")) for fence in page.fences if fence.data is not None)
    items = (item.id for fence in page.fences for item in fence.items)
    return frozenset({heading.anchor for heading in page.headings} | set(widgets) | set(items))


def _hint(course: Course, page: Page, link: Link) -> str:
    address = link.href.partition("#")[0]
    if address.startswith("/"):
        return "write it relative to this file, such as ../lesson.md"
    full = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), address))
    if not full.startswith(("lessons/", "cheatsheets/", "docs/")):
        return "link files of lessons/, cheatsheets/ or docs/, or write a full https:// address"
    known = {path for path in course.files if path.endswith(posixpath.splitext(full)[1])}
    close = suggest(full, known)
    if close:
        name = close.split('"')[1]
        return f'Did you mean "{posixpath.relpath(name, posixpath.dirname(page.path))}"?'
    return "correct the path, or write the page it should lead to"
