"""Two lists of everything: the glossary and the cheatsheets."""

from collections.abc import Mapping
from functools import partial
from itertools import groupby
from unicodedata import combining, normalize

from trackbook.language.words import load_language
from trackbook.model import Course
from trackbook.publishing.addresses import CHEATSHEETS, GLOSSARY, link, locate_source
from trackbook.publishing.cards import view_concept
from trackbook.publishing.outlook import Outlook
from trackbook.publishing.site_source import SitePage, Slots
from trackbook.publishing.templates import render_part
from trackbook.publishing.text import escape_markdown


def publish_glossary(course: Course, outlooks: Mapping[str, Outlook]) -> SitePage:
    say = load_language(course.language).say
    title = say("glossary.title")
    meta = {"title": title, "description": say("glossary.description"), "html_title": title, "kind": "glossary"}
    return SitePage(GLOSSARY, partial(_write_glossary, course, outlooks, title), meta)


def _write_glossary(course: Course, outlooks: Mapping[str, Outlook], title: str, slots: Slots) -> str:
    concepts = sorted(course.concepts.values(), key=lambda concept: (_fold(concept.name), concept.id))
    letters = [
        {"letter": letter, "concepts": [view_concept(concept, outlooks, course, GLOSSARY) for concept in group]}
        for letter, group in groupby(concepts, key=lambda concept: _fold(concept.name)[:1].upper())
    ]
    return f"# {title}\n\n{slots.add(render_part('glossary', course.language, letters=letters))}\n"


def _fold(name: str) -> str:
    """A name as one looks it up: without case and accents, "Ähnlichkeit" under A."""
    return "".join(sign for sign in normalize("NFKD", name.casefold()) if not combining(sign))


def publish_cheatsheets(course: Course, outlooks: Mapping[str, Outlook]) -> SitePage:
    say = load_language(course.language).say
    title = say("cheatsheets.title")
    meta = {"title": title, "description": say("cheatsheets.description"), "html_title": title, "kind": "cheatsheets"}
    return SitePage(CHEATSHEETS, partial(_write_cheatsheets, course, outlooks, title), meta)


def _write_cheatsheets(course: Course, outlooks: Mapping[str, Outlook], title: str, slots: Slots) -> str:
    say = load_language(course.language).say
    parts = [f"# {title}", say("cheatsheets.lede")]
    for track in course.tracks:
        sheets = [
            {
                "number": outlooks[module.key].number,
                "title": module.title,
                "summary": module.summary,
                "concepts": [concept.name for concept in module.teaches],
                "url": link(CHEATSHEETS, locate_source(course, module.pages["cheatsheet"].path)),
            }
            for module in track.modules
            if "cheatsheet" in module.pages
        ]
        if sheets:
            heading = escape_markdown(say("place.track_title", number=track.number, title=track.title))
            part = render_part("cheatsheets", course.language, track=track.number, sheets=sheets)
            parts += [f"## {heading}", slots.add(part)]
    return "\n\n".join(parts) + "\n"
