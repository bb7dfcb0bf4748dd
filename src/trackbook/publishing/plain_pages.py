"""Pages of docs/: the author's text, with the tracks and the widgets where it asks for them."""

from collections.abc import Iterator, Mapping
from functools import partial

from trackbook.model import Course, Page
from trackbook.publishing.addresses import locate_source
from trackbook.publishing.cards import View, view_lesson
from trackbook.publishing.examples import list_examples
from trackbook.publishing.outlook import Outlook
from trackbook.publishing.site_source import SitePage, Slots
from trackbook.publishing.templates import render_part
from trackbook.publishing.text import Render, rewrite_page
from trackbook.publishing.track_pages import list_tracks

START_MARK, TRACKS_MARK, WIDGETS_MARK = "<!-- start -->", "<!-- tracks -->", "<!-- widgets -->"
"""Stand in a page of docs/ where the first lesson, the list of tracks and every widget go; nobody sees them there."""
_OWN = ("track", "module")
"""By these the site knows a page of a module: in the front matter of another one they say nothing."""


def publish_plain(course: Course, page: Page, outlooks: Mapping[str, Outlook], render: Render) -> SitePage:
    uri = locate_source(course, page.path)
    home = uri == "index.md"
    title = page.title or uri.removesuffix(".md")
    meta: View = {
        **{name: value for name, value in page.meta.items() if name not in _OWN},
        "title": title,
        "html_title": course.title if home else title,
        "kind": "home" if home else "plain",
        "description": str(page.meta.get("description") or (course.summary if home else "")),
    }
    if page.updated:
        meta["updated"] = page.updated
    return SitePage(uri, partial(_write, course, page, outlooks, uri=uri, render=render), meta, page.path)


def _write(
    course: Course, page: Page, outlooks: Mapping[str, Outlook], slots: Slots, *, uri: str, render: Render
) -> str:
    filled = _fill_marks(course, page, outlooks, uri, slots, render=render)
    return rewrite_page(course, page, uri, render, slots, insertions=filled)


def _fill_marks(
    course: Course, page: Page, outlooks: Mapping[str, Outlook], uri: str, slots: Slots, *, render: Render
) -> Iterator[tuple[int, str]]:
    """What each mark asks for, with the line (from 0) of the mark; marks inside code are code."""
    quoted = {line for fence in page.fences for line in range(*fence.lines)}
    first = next((outlook for outlook in outlooks.values() if outlook.module.pages), None)
    for number, line in enumerate(page.text.split("\n")):
        if number in quoted:
            continue
        if line.strip() == TRACKS_MARK:
            yield number, slots.add(list_tracks(course, outlooks, uri))
        if line.strip() == START_MARK and first:
            yield number, slots.add(render_part("start", course.language, lesson=view_lesson(first, uri)))
        if line.strip() == WIDGETS_MARK:
            yield number, list_examples(course, uri, render, slots)
