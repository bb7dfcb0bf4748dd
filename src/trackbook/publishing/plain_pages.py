"""Pages of docs/: the author's text, with the tracks and the widgets where it asks for them."""

from collections.abc import Iterator
from functools import partial

from trackbook.model import Page
from trackbook.publishing.addresses import locate_source
from trackbook.publishing.edition import Edition
from trackbook.publishing.examples import list_examples
from trackbook.publishing.site_source import SitePage, Slots
from trackbook.publishing.text import rewrite_page
from trackbook.publishing.views import View

START_MARK, TRACKS_MARK, WIDGETS_MARK = "<!-- start -->", "<!-- tracks -->", "<!-- widgets -->"
"""Stand in a page of docs/ where the first lesson, the list of tracks and every widget go; nobody sees them there."""


def publish_plain(edition: Edition, page: Page) -> SitePage:
    uri = locate_source(edition.course, page.path)
    home = uri == "index.md"
    title = page.title or uri.removesuffix(".md")
    part = f" · {edition.say('authors.title')}" if page.for_authors else ""
    meta: View = {
        **page.meta,
        "title": title,
        "html_title": edition.course.title if home else title + part,
        "kind": "home" if home else "authors" if page.for_authors else "plain",
        "description": str(page.meta.get("description") or (edition.course.summary if home else "")),
    }
    if page.updated:
        meta["updated"] = page.updated
    return SitePage(uri, partial(_write, edition, page, uri), meta, page.path)


def _write(edition: Edition, page: Page, uri: str, slots: Slots) -> str:
    return rewrite_page(edition, page, uri, slots, insertions=_fill_marks(edition, page, uri, slots))


def _fill_marks(edition: Edition, page: Page, uri: str, slots: Slots) -> Iterator[tuple[int, str]]:
    """What each mark asks for, with the line (from 0) of the mark; marks inside code are code."""
    quoted = {line for fence in page.fences for line in range(*fence.lines)}
    written = [position for position in edition.positions.values() if position.module.pages]
    longest = max([edition.say("start.all_done"), *(position.module.title for position in written)], key=len)
    several = len({position.track.id for position in written}) > 1
    for number, line in enumerate(page.text.split("\n")):
        if number in quoted:
            continue
        if line.strip() == TRACKS_MARK:
            yield number, slots.add(edition.show("tracks", uri))
        if line.strip() == START_MARK and written:
            yield number, slots.add(edition.show("start", uri, lesson=written[0], several=several, longest=longest))
        if line.strip() == WIDGETS_MARK:
            yield number, list_examples(edition, uri, slots)
