"""Pages of docs/: the author's text, with the tracks where it asks for them."""

from collections.abc import Mapping

from trackbook.model import Course, Page
from trackbook.publishing.addresses import locate_source
from trackbook.publishing.cards import View
from trackbook.publishing.outlook import Outlook
from trackbook.publishing.site_source import SitePage
from trackbook.publishing.structured_data import describe_course
from trackbook.publishing.text import Render, rewrite_page
from trackbook.publishing.track_pages import list_tracks

TRACKS_MARK = "<!-- tracks -->"
"""Stands in a page of docs/ where the list of tracks goes; nobody sees it in the repository."""


def publish_plain(course: Course, page: Page, outlooks: Mapping[str, Outlook], render: Render) -> SitePage:
    uri = locate_source(course, page.path)
    body = rewrite_page(course, page, uri, render)
    if TRACKS_MARK in body:
        body = body.replace(TRACKS_MARK, f"\n{list_tracks(course, outlooks, uri)}\n")
    home = uri == "index.md"
    if home:
        body += f"\n{describe_course(course, uri)}\n"
    title = page.title or uri.removesuffix(".md")
    meta: View = {
        **page.meta,
        "title": title,
        "html_title": course.title if home else title,
        "kind": "home" if home else "plain",
        "description": str(page.meta.get("description") or (course.summary if home else "")),
    }
    if page.updated:
        meta["updated"] = page.updated
    return SitePage(uri, body, meta, page.path)
