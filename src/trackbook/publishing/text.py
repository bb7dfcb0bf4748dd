"""The author's Markdown as the site needs it: links right on the site, widgets as HTML, cards at deferrals."""

import json
import posixpath
import re
from collections.abc import Collection, Iterable
from typing import cast
from urllib.parse import quote

from trackbook.language.words import load_language
from trackbook.markdown import parse_markdown, replace_links
from trackbook.model import Concept, Course, DataFile, Fence, Link, Page
from trackbook.publishing.addresses import link, locate_source
from trackbook.publishing.edition import Edition, Render
from trackbook.publishing.site_source import Slots
from trackbook.publishing.terms import mark_terms, move_links, put_marks
from trackbook.widgets import WidgetData, list_widgets


def rewrite_page(
    edition: Edition,
    page: Page,
    uri: str,
    slots: Slots,
    *,
    insertions: Iterable[tuple[int, str]] = (),
    terms: Collection[Concept] = (),
) -> str:
    """The page's Markdown for the site; its widgets go into slots.

    `insertions` are blocks with the line (from 0) before which each goes; `terms` are marked at their first use.
    """

    def rewrite(found: Link) -> tuple[str, str | None]:
        if found.target is None:
            return found.href, None
        if found.href.startswith("#"):
            return f"#{found.fragment}", None
        there = locate_source(course, found.target)
        # Hosts check links between Markdown files, and make addresses of them.
        way = quote(posixpath.relpath(there, posixpath.dirname(uri) or "."))
        fragment = _find_fragment(course, found)
        return way + (f"#{fragment}" if fragment else ""), name_promise(course, found)

    course = edition.course
    blocks = {fence.lines[0]: (fence.lines[1], html) for fence, html in render_widgets(edition, page, uri)}
    before: dict[int, list[str]] = {}
    for number, block in insertions:
        before.setdefault(number, []).append(block)
    # Widgets and insertions are placed by line, the rest by offset: that first, since it never changes a line's number.
    marks = mark_terms(course, terms, page.text, page.prose)
    links = move_links(page.links, marks)
    lines = replace_links(put_marks(page.text, marks), links, rewrite).split("\n")
    out: list[str] = []
    number = 0
    while number <= len(lines):
        out += [part for block in before.get(number, ()) for part in ("", block, "")]
        if number in blocks:
            end, html = blocks[number]
            out += ["", slots.add(html), ""]
            number = end
        else:
            out += lines[number : number + 1]
            number += 1
    return "\n".join(out).strip("\n") + "\n"


def _find_fragment(course: Course, found: Link) -> str:
    """Where on its page a link leads: what is promised of a planned lesson, to that lesson's place on the track's."""
    concept = course.concepts.get(found.promised or "")
    module = course.module(concept.taught_in) if concept else None
    return f"lesson-{module.id}" if module and module.planned and not found.fragment else found.fragment


def name_promise(course: Course, found: Link) -> str | None:
    """What a promise's title says to a reader."""
    if found.promised is None:
        return None
    concept = course.concepts.get(found.promised)
    module = course.module(concept.taught_in) if concept else None
    tracks = [track for track in course.tracks if module and track.id == module.track]
    places = ((track, at) for track in tracks for at, other in enumerate(track.modules, 1) if other is module)
    track, number = next(places, (None, 0))
    if not track or not module:
        return ""
    say = load_language(course.language).say
    return say("promise.planned" if module.planned else "promise.written", track=track.number, number=number)


def render_texts(edition: Edition, links: Iterable[Link], source: str, uri: str) -> Render:
    """Makes HTML for the page at `uri` of texts from the page at path `source`, whose links may be any of `links`."""
    targets = {(found.href, found.image, found.promised): found for found in links}

    def rewrite(found: Link) -> tuple[str, str | None]:
        known = targets.get((found.href, found.image, found.promised))
        return lead_on(edition.course, known, uri) if known else (found.href, None)

    def render_text(text: str) -> str:
        linked = targets and ("](" in text or "]:" in text or "<" in text)
        found = parse_markdown(text, source).links if linked else ()
        return edition.render(replace_links(text, found, rewrite) if found else text)

    return render_text


def lead_on(course: Course, found: Link, uri: str) -> tuple[str, str | None]:
    """The link's address and title on the page at `uri`."""
    if found.target is None or found.href.startswith("#"):
        return found.href, None
    return link(uri, locate_source(course, found.target), _find_fragment(course, found)), name_promise(course, found)


def render_widgets(edition: Edition, page: Page, uri: str, name: str = "") -> list[tuple[Fence, str]]:
    """The widgets of a page, or those of one name, each with its HTML for the page at `uri`."""
    course, widgets = edition.course, list_widgets(edition.course)
    fences = [fence for fence in page.fences if fence.data is not None and name in ("", fence.language)]
    if not fences:
        return []
    module = course.owners.get(page.path)
    owner = module.key if module else page.path.removeprefix("docs/").removesuffix(".md")

    def locate(path: str) -> str:
        return link(uri, locate_source(course, path))

    def render_widget(fence: Fence) -> str:
        render_text, data = render_texts(edition, fence.links, page.path, uri), cast(WidgetData, fence.data)
        return widgets[fence.language].render_fallback(data, owner, render_text, course.language, locate)

    def make() -> str:
        return json.dumps([*map(render_widget, fences)])

    shows_files = any(isinstance(value, DataFile) for fence in fences for value in vars(fence.data).values())
    if shows_files and not page.digest:
        blocks = make()
    else:
        led = [[(found.href, lead_on(course, found, uri)) for found in fence.links] for fence in fences]
        own = [widgets[fence.language].digest for fence in fences]
        told = json.dumps([(fence.language, fence.text, *of) for fence, *of in zip(fences, led, own, strict=True)])
        files = (page.digest, uri) if shows_files else ()
        blocks = edition.recall((owner, course.language, told, *files), make)
    return list(zip(fences, json.loads(blocks), strict=True))


_MARK = re.compile(r"[<>&*_`\[\]\\$#!@]|:(?=//|[\w+-]+:)|(?<=ww)w(?=\.)|([=+^~])(?=\1)")
"""What Markdown, with the extensions that are always on, may make something of; bare addresses become links."""


def escape_markdown(text: str) -> str:
    """Text that came from a front matter field, safe in a Markdown heading."""
    return _MARK.sub(lambda sign: f"&#{ord(sign[0])};", " ".join(text.split()))
