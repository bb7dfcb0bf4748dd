"""The pages of a module: the author's text between what the generator computes."""

from collections.abc import Sequence
from functools import partial

from trackbook.model import Concept, Page
from trackbook.publishing.addresses import address, locate_source
from trackbook.publishing.deck import count_cards, list_defined
from trackbook.publishing.edition import Edition, Position
from trackbook.publishing.path import find_before, find_onward, list_steps, view_pager
from trackbook.publishing.practice import list_questions, view_question
from trackbook.publishing.site_source import SitePage, Slots
from trackbook.publishing.terms import list_marked, list_terms
from trackbook.publishing.text import rewrite_page
from trackbook.publishing.views import View, group_needs, list_deeper, list_shorter, view_concept, view_tabs

_MARKED = ("lesson", "practice", "cheatsheet")
"""Pages at whose end a learner can mark the module as done."""


def publish_page(edition: Edition, position: Position, page: Page) -> SitePage:
    uri = locate_source(edition.course, page.path)
    return SitePage(uri, partial(_write, edition, position, page, uri), _describe(edition, position, page), page.path)


def _write(edition: Edition, position: Position, page: Page, uri: str, slots: Slots) -> str:
    def show(partial: str, **view: object) -> str:
        return slots.add(edition.show(partial, uri, **view))

    module = position.module
    insertions: list[tuple[int, str]] = []
    terms: list[Concept] = []
    if page.kind in ("overview", "lesson"):
        deeper, top = list_deeper(edition, module), _after_title(page)
        if page.kind == "overview":
            needs = group_needs([view_concept(edition, concept, uri) for concept in edition.list_needed(module)])
            place = position.say_place(edition.language)
            steps = list_steps(edition.course, module)
            facts = show("facts", position=position, steps=steps, needs=needs, place=place, deeper=deeper)
            insertions.append((top, facts))
        else:
            terms = list_terms(edition.course, module, page)
            insertions += [(_find_place(page, names), show("deeper", lesson=lesson)) for lesson, names in deeper]
        shorter = list_shorter(edition, position)
        insertions += [(top, show("shorter", lesson=lesson, concepts=names)) for lesson, names in shorter]
    if page.kind == "practice" and (quizzes := list_questions(page)):
        views = [view_question(edition.course, module, fence, uri) for fence in quizzes]
        insertions.append((quizzes[0].lines[0], show("questions", questions=views)))
        for number, (fence, view) in enumerate(zip(quizzes, views, strict=True), 1):
            label = show("question", id=view["id"], number=number, total=len(quizzes))
            insertions.append((fence.lines[0], label))
    body = rewrite_page(edition, page, uri, slots, insertions=insertions, terms=terms)
    parts = [show("strip", position=position, kind=page.kind, tabs=view_tabs(edition, module, uri)), body]
    if marked := list_marked(terms, body):
        parts.append(show("definitions", concepts=[view_concept(edition, concept, uri) for concept in marked]))
    if page.kind in _MARKED:
        defined = bool(list_defined(module))
        parts.append(show("done", module=module.key, cards=count_cards(module), defined=defined))
    parts.append(show("pager", **view_pager(edition, position, page)))
    return "\n\n".join(parts) + "\n"


def _describe(edition: Edition, position: Position, page: Page) -> View:
    module, track, say = position.module, position.track, edition.say
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
    if before := find_before(edition, position, page):
        meta["previous_url"] = address(before)
    meta["next_url"] = address(find_onward(edition, position, page).uri)
    if page.updated:
        meta["updated"] = page.updated
    return meta


def _find_place(page: Page, concepts: Sequence[Concept]) -> int:
    """The line after the block with the first promise of one of these, else that after the page's end."""
    names = {concept.id for concept in concepts}
    promised = next((link for link in page.links if link.promised in names), None)
    return (promised and promised.block_end) or page.text.count("\n") + 1


def _after_title(page: Page) -> int:
    """The line of the page's text (from 0) after its first heading, whichever way that is written."""
    title = next((heading for heading in page.headings if heading.level == 1), None)
    if title is None:
        return 0
    line = title.source.line - page.first_line
    following = page.text.split("\n")[line + 1 : line + 2]
    underlined = bool(following) and bool(following[0].strip()) and not following[0].strip().strip("=")
    return line + 1 + underlined
