"""The pages that no author wrote: lists of everything, and where a learner's own record is shown."""

from collections.abc import Callable, Collection, Iterable, Iterator
from functools import partial
from itertools import groupby
from unicodedata import combining, normalize

from trackbook.publishing.addresses import (
    CERTIFICATE,
    CHEATSHEETS,
    CONTENTS,
    GLOSSARY,
    OFFLINE,
    PROGRESS,
    REVIEW,
)
from trackbook.publishing.edition import Edition
from trackbook.publishing.site_source import SitePage, Slots
from trackbook.publishing.text import escape_markdown
from trackbook.publishing.views import view_concept, view_tabs

FEW_TRACKS = 6
"""Tracks up to which the list of contents needs no list of its own."""


Write = Callable[[Edition, Slots], Iterable[str]]


def make_page(
    edition: Edition,
    uri: str,
    kind: str,
    write: Write | None = None,
    *,
    title: str = "",
    description: str = "description",
    **more: object,
) -> SitePage:
    """A page of a kind that has its own words, of which `description` names the ones to describe it by.

    `write` gives the blocks below its title: where there is none, it is the partial of that name.
    """
    title = title or edition.say(f"{kind}.title")
    meta = {"title": title, "description": edition.say(f"{kind}.{description}"), "html_title": title, "kind": kind}

    def write_all(slots: Slots) -> str:
        blocks = write(edition, slots) if write else [slots.add(edition.show(kind, uri))]
        return "\n\n".join([f"# {escape_markdown(title)}", *blocks]) + "\n"

    return SitePage(uri, write_all, {**meta, **more})


def publish_lists(edition: Edition) -> list[SitePage]:
    return [
        make_page(edition, GLOSSARY, "glossary", _write_glossary),
        make_page(edition, CHEATSHEETS, "cheatsheets", _write_cheatsheets),
        make_page(edition, OFFLINE, "offline", description="lede", unlisted=True),
        make_page(edition, REVIEW, "review", description="lede"),
        make_page(edition, PROGRESS, "progress", description="lede"),
        make_page(edition, CERTIFICATE, "certificate", description="lede", unlisted=True),
    ]


def _write_glossary(edition: Edition, slots: Slots) -> Iterator[str]:
    concepts = sorted(edition.course.concepts.values(), key=lambda concept: (_fold(concept.name), concept.id))
    letters = [
        {"letter": letter, "concepts": [view_concept(edition, concept, GLOSSARY) for concept in group]}
        for letter, group in groupby(concepts, key=lambda concept: _fold(concept.name)[:1].upper())
    ]
    yield slots.add(edition.show("glossary", GLOSSARY, letters=letters))


def _fold(name: str) -> str:
    """A name as one looks it up: without case and accents, "Ähnlichkeit" under A."""
    return "".join(sign for sign in normalize("NFKD", name.casefold()) if not combining(sign))


def _write_cheatsheets(edition: Edition, slots: Slots) -> Iterator[str]:
    yield edition.say("cheatsheets.lede")
    for track in edition.course.tracks:
        if any("cheatsheet" in module.pages for module in track.modules):
            yield f"## {escape_markdown(edition.name_track(track))}"
            yield slots.add(edition.show("cheatsheets", CHEATSHEETS, track=track))


def publish_contents(edition: Edition, pages: Collection[SitePage]) -> SitePage:
    """The page of everything, where search leads without script: modules, then those of `pages` of no track."""

    def write(edition: Edition, slots: Slots) -> Iterator[str]:
        others = sorted(pages, key=lambda page: page.meta["kind"] != "home")
        is_long, tabs = len(edition.course.tracks) > FEW_TRACKS, partial(view_tabs, edition, here=CONTENTS)
        yield slots.add(edition.show("contents", CONTENTS, is_long=is_long, tabs=tabs, pages=others))

    return make_page(edition, CONTENTS, "contents", write)
