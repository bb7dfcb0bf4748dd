"""The pages of a module: the author's text between what the generator computes."""

from collections.abc import Iterator, Mapping
from functools import partial

from trackbook.language.timing import lesson_minutes
from trackbook.language.words import load_language
from trackbook.model import Concept, Course, Link, Page
from trackbook.publishing.addresses import address, lesson_uri, locate_source
from trackbook.publishing.cards import (
    View,
    view_concept,
    view_credit,
    view_deeper,
    view_needs,
    view_pager,
    view_shorter,
    view_tabs,
    view_track,
)
from trackbook.publishing.outlook import Outlook
from trackbook.publishing.site_source import SitePage, Slots
from trackbook.publishing.templates import render_part
from trackbook.publishing.terms import list_marked, list_terms
from trackbook.publishing.text import Render, rewrite_page

_MARKED = ("lesson", "practice", "cheatsheet")
"""Pages at whose end a learner can mark the module as done."""


def publish_page(
    course: Course, outlook: Outlook, outlooks: Mapping[str, Outlook], page: Page, render: Render
) -> SitePage:
    uri = locate_source(course, page.path)
    write = partial(_write_page, course, outlook, outlooks, page, uri=uri, render=render)
    return SitePage(uri, write, _describe(course, outlook, page), page.path)


def _write_page(
    course: Course,
    outlook: Outlook,
    outlooks: Mapping[str, Outlook],
    page: Page,
    slots: Slots,
    *,
    uri: str,
    render: Render,
) -> str:
    deeper = view_deeper(course, outlook, outlooks, uri)
    insertions: list[tuple[int, str]] = []
    if page.kind == "overview":
        insertions.append((_after_title(page), slots.add(_facts(course, outlook, outlooks, deeper, uri))))
    if page.kind == "lesson":
        insertions += _place_cards(course, page, deeper, slots)
    shorter = view_shorter(course, outlook, outlooks, uri) if page.kind in ("overview", "lesson") else []
    insertions += [
        (_after_title(page), slots.add(render_part("shorter", course.language, card=card))) for card in shorter
    ]
    terms = list_terms(course, outlook.module, page) if page.kind == "lesson" else []
    body = rewrite_page(course, page, uri, render, slots, insertions=insertions, terms=terms)
    parts = [
        slots.add(_strip(course, outlook, uri)),
        body,
        *map(slots.add, _define(course, list_marked(terms, body), outlooks, uri)),
        *([slots.add(render_part("done", course.language, module=outlook.module.key))] if page.kind in _MARKED else []),
        slots.add(render_part("pager", course.language, **view_pager(course, outlook, outlooks, uri))),
    ]
    return "\n\n".join(parts) + "\n"


def _define(course: Course, terms: list[Concept], outlooks: Mapping[str, Outlook], uri: str) -> Iterator[str]:
    if terms:
        concepts = [view_concept(concept, outlooks, course, uri) for concept in terms]
        yield render_part("definitions", course.language, concepts=concepts)


def _describe(course: Course, outlook: Outlook, page: Page) -> View:
    say = load_language(course.language).say
    module, track = outlook.module, outlook.track
    kind = say(f"kind.{page.kind}") if page.kind != "overview" else ""
    title = page.title or module.title
    meta: View = {
        "title": title,
        "description": module.summary,
        "html_title": " · ".join(filter(None, [title, kind, say("place.track", number=track.number)])),
        "kind": page.kind,
        "track": track.id,
        "track_number": track.number,
        "module": module.id,
    }
    index = outlook.number - 1
    before = [other for other in track.modules[:index] if other.pages][-1:]
    after = [other for other in track.modules[index + 1 :] if other.pages][:1]
    if before:
        meta["previous_url"] = address(lesson_uri(before[0]))
    if after:
        meta["next_url"] = address(lesson_uri(after[0]))
    if page.updated:
        meta["updated"] = page.updated
    return meta


def _strip(course: Course, outlook: Outlook, uri: str) -> str:
    return render_part(
        "strip",
        course.language,
        track=view_track(outlook.track, uri),
        position=outlook.say_position(load_language(course.language)),
        phase_number=outlook.phase_number,
        minutes=lesson_minutes(outlook.module),
        tabs=view_tabs(course, outlook.module, uri),
    )


def _facts(
    course: Course, outlook: Outlook, outlooks: Mapping[str, Outlook], deeper: Mapping[str, View], uri: str
) -> str:
    language = load_language(course.language)
    module = outlook.module
    return render_part(
        "facts",
        course.language,
        summary=module.summary,
        objectives=[objective.text for objective in module.objectives],
        needs=view_needs(course, module, outlooks, uri),
        sentence=outlook.say_place(language),
        phase=outlook.phase.title,
        track=view_track(outlook.track, uri),
        deeper=list(deeper.values()),
        times={
            "lesson": lesson_minutes(module),
            "practice": module.practice_minutes,
            "difficulty": language.say(f"difficulty.{module.difficulty}"),
            "math": language.say(f"math.{module.math}"),
        },
        credit=view_credit(module.credit, language),
    )


def _place_cards(course: Course, page: Page, deeper: Mapping[str, View], slots: Slots) -> Iterator[tuple[int, str]]:
    """Each card after the block with the first promise of what it goes deeper on; else at the page's end."""
    for card in deeper.values():
        concepts = card["concepts"]
        assert isinstance(concepts, list)
        names = {concept["id"] for concept in concepts}
        promised = next((link for link in page.links if link.promised in names), None)
        yield _block_end(page, promised), slots.add(render_part("deeper", course.language, card=card))


def _block_end(page: Page, link: Link | None) -> int:
    return link.block_end if link and link.block_end else page.text.count("\n") + 1


def _after_title(page: Page) -> int:
    """The line of the page's text (from 0) after its first heading, whichever way that is written."""
    title = next((heading for heading in page.headings if heading.level == 1), None)
    if title is None:
        return 0
    line = title.source.line - page.first_line
    following = page.text.split("\n")[line + 1 : line + 2]
    underlined = bool(following) and bool(following[0].strip()) and not following[0].strip().strip("=")
    return line + 1 + underlined
