"""The navigation of the plain pages, `nav:` in `mkdocs.yml`."""

import posixpath
from collections.abc import Iterator

from trackbook.checks.check import advice, check
from trackbook.issue import suggest
from trackbook.model import Course, Finding, NavEntry
from trackbook.reading.excluding import match_docs

_OF_THE_COURSE = ("../lessons/", "../cheatsheets/", "lessons/", "cheatsheets/")
_MADE = ("glossary.md", "cheatsheets.md", "map.md", "contents.md", "review.md", "progress.md", "offline.md")


@check
def nav_entry_lands(course: Course) -> Iterator[Finding]:
    """Each entry of `nav:` leads to a page of `docs/` or to an address, or is a section with entries.

    Whoever looks for the page finds a link that leads nowhere, or none.
    """
    pages, left_out = _list_plain(course), match_docs(course.settings, "exclude_docs")
    for entry in _list_entries(course):
        if entry.path and not entry.is_external and not _is_known(course, entry):
            hint = suggest(entry.path, pages) or f"write {entry.page}, or remove the entry"
            if left_out(entry.page):
                hint = "take it out of `exclude_docs:`, or remove the entry"
            yield Finding(entry.source, f'"{entry.path}" is no page of docs/.', hint)


@advice
def nav_is_of_plain_pages(course: Course) -> Iterator[Finding]:
    """`nav:` lists pages of `docs/`, and none of the course.

    The outline orders modules, and the site lists what it makes of them: a second order would drift from the first.
    """
    for entry in _list_entries(course):
        if _is_of_course(course, entry):
            message = f'"{entry.path}" does nothing in "nav": the outline orders the course.'
            yield Finding(entry.source, message, "remove the entry")


@advice
def plain_page_is_in_nav(course: Course) -> Iterator[Finding]:
    """Where there is a `nav:`, it lists every page of `docs/`.

    A page that it leaves out is on the site, but nobody finds the way to it.
    """
    listed = {entry.page for entry in _list_entries(course)}
    left_out = match_docs(course.settings, "not_in_nav")
    for page in course.plain if listed else ():
        is_shown = page.path in listed or page.path == "docs/index.md" or page.meta.get("unlisted")
        if not is_shown and not left_out(page.path):
            name = page.path.removeprefix("docs/")
            message = f'"nav" leaves out {page.path}, so the navigation pane does, too.'
            hint = f"add `- {name}`, or write `unlisted: true` into the front matter of the page"
            yield Finding(course.settings.locate("nav"), message, hint)


def _list_plain(course: Course) -> set[str]:
    return {page.path.removeprefix("docs/") for page in course.plain}


def _list_entries(course: Course) -> Iterator[NavEntry]:
    for entry in course.settings.nav:
        yield from entry.list_all()


def _is_known(course: Course, entry: NavEntry) -> bool:
    return entry.page in course.pages or _is_of_course(course, entry)


def _is_of_course(course: Course, entry: NavEntry) -> bool:
    path = posixpath.normpath(entry.path) if entry.path else ""
    folder = path.partition("/")[0]
    named = path.startswith(_OF_THE_COURSE) or (path in _MADE and entry.page not in course.pages)
    return not entry.is_external and (named or (entry.page not in course.pages and course.track(folder) is not None))
