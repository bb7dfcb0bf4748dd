"""Two lists of everything: the glossary and the cheatsheets."""

from collections.abc import Mapping
from itertools import groupby

from trackbook.model import Course
from trackbook.publishing.addresses import CHEATSHEETS, GLOSSARY, link, locate_source
from trackbook.publishing.cards import view_concept
from trackbook.publishing.outlook import Outlook
from trackbook.publishing.site_source import SitePage
from trackbook.publishing.templates import render_part


def publish_glossary(course: Course, outlooks: Mapping[str, Outlook]) -> SitePage:
    concepts = sorted(course.concepts.values(), key=lambda concept: (concept.name.lower(), concept.id))
    letters = [
        {"letter": letter, "concepts": [view_concept(concept, outlooks, course, GLOSSARY) for concept in group]}
        for letter, group in groupby(concepts, key=lambda concept: concept.name[:1].upper())
    ]
    body = f"# Glossary\n\n{render_part('glossary', letters=letters)}\n"
    description = "Every concept of the course, what it means, and the lesson that teaches it."
    meta = {"title": "Glossary", "description": description, "html_title": "Glossary", "kind": "glossary"}
    return SitePage(GLOSSARY, body, meta)


def publish_cheatsheets(course: Course, outlooks: Mapping[str, Outlook]) -> SitePage:
    parts = ["# Cheatsheets", "One printed page a lesson: the idea, the catch, the words."]
    for track in course.tracks:
        sheets = [
            {
                "number": outlooks[module.key].number,
                "title": module.title,
                "summary": module.summary,
                "url": link(CHEATSHEETS, locate_source(course, module.pages["cheatsheet"].path)),
            }
            for module in track.modules
            if "cheatsheet" in module.pages
        ]
        if sheets:
            parts += [f"## Track {track.number}", render_part("cheatsheets", title=track.title, sheets=sheets)]
    description = "All cheatsheets of the course, one printed page each."
    meta = {"title": "Cheatsheets", "description": description, "html_title": "Cheatsheets", "kind": "index"}
    return SitePage(CHEATSHEETS, "\n\n".join(parts) + "\n", meta)
