"""The one note type of all decks, and a card's Markdown as the HTML of its fields, with the pictures in it."""

import hashlib
import posixpath
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from html import escape
from pathlib import Path
from urllib.parse import quote

import genanki
from selectolax.lexbor import LexborHTMLParser

from trackbook.language.words import load_language
from trackbook.markdown import parse_markdown, replace_links
from trackbook.model import Course, Link
from trackbook.publishing.addresses import lesson_uri, locate, locate_source
from trackbook.publishing.deck import Card
from trackbook.publishing.text import name_promise

Render = Callable[[str], str]
"""Markdown to HTML, with formulas as LaTeX in `\\(…\\)` and `\\[…\\]`, which Anki gives to its MathJax."""

NOTE_TYPE = 1_100_234_150_793
"""Derived once from the words "trackbook note type: card". Another set of fields needs another number."""

FORM_CHANGED = 1_795_219_200
"""When this note type, or the HTML of fields, last changed (Unix seconds): raise it, and learners get the new form."""

FIELDS = ("Front", "Back", "Hint", "HintLabel", "Lesson", "Language", "Direction")
_QUESTION = """\
<div class="question" lang="{{Language}}" dir="{{Direction}}">{{Front}}
{{#Hint}}<details class="hint"><summary>{{HintLabel}}</summary>{{Hint}}</details>{{/Hint}}</div>"""
_ANSWER = """\
{{FrontSide}}
<hr id="answer">
<div class="answer" lang="{{Language}}" dir="{{Direction}}">{{Back}}
{{#Lesson}}<p class="lesson">{{Lesson}}</p>{{/Lesson}}</div>"""
_WHOLE = ("http:", "https:", "mailto:")
_ANKIS_OWN = re.compile(r"\[(?=sound:|anki:|/?latex\]|/?\$\$?\])", re.I)
"""Marks that Anki acts on anywhere in a field."""
_MAY_LINK = re.compile(r"[\[<:]")
"""Without any of these there is no link."""


def make_note_type() -> genanki.Model:
    return genanki.Model(
        NOTE_TYPE,
        "Trackbook",
        fields=[{"name": name} for name in FIELDS],
        templates=[{"name": "Card", "qfmt": _QUESTION, "afmt": _ANSWER}],
        css=Path(__file__).with_name("card.css").read_text("utf-8"),
    )


@dataclass(frozen=True, slots=True)
class Draft:
    """What a note's fields are made from: Markdown whose links lead to the site, and what stands beside it.

    `media` are the names of pictures with the path of each in the course.
    """

    front: str
    back: str
    hint: str
    label: str
    lesson: str
    language: str
    direction: str
    media: dict[str, str] = field(default_factory=dict)


def draft_fields(course: Course, card: Card, root: Path, site: str) -> Draft:
    """The draft of one card. `site` is the site's address: without it, what leads to its pages is plain text."""
    say = load_language(course.language).say
    media: dict[str, str] = {}
    rewrite = _make_rewrite(course, card, root, site, media)

    def lead(text: str) -> str:
        return replace_links(text, parse_markdown(text, card.page).links, rewrite) if _MAY_LINK.search(text) else text

    front, back, hint = lead(card.front), lead(card.back), lead(card.hint)
    lesson = (
        f'<a href="{escape(locate(site, "", lesson_uri(card.module)))}">{say("cards.to_lesson")}</a>' if site else ""
    )
    return Draft(front, back, hint, say("widgets.hint"), lesson, course.language, course.direction, media)


def fill_fields(draft: Draft, render: Render) -> list[str]:
    """The fields as the note type has them."""
    front, back, hint = (
        _ANKIS_OWN.sub("&#91;", _clean(render(text))) if text else "" for text in (draft.front, draft.back, draft.hint)
    )
    return [front, back, hint, draft.label if hint else "", draft.lesson, draft.language, draft.direction]


def _make_rewrite(
    course: Course, card: Card, root: Path, site: str, media: dict[str, str]
) -> Callable[[Link], tuple[str, str | None]]:
    """What becomes of each link and picture of the card. Notes in `media` which pictures it met."""

    @cache
    def list_known() -> dict[tuple[str, bool], Link]:
        return {(link.href, link.image): link for link in course.pages[card.page].all_links}

    def rewrite(found: Link) -> tuple[str, str | None]:
        link = list_known().get((found.href, found.image), found)
        if link.target is None:
            return found.href, None
        if found.image:
            name = _name_picture(root / link.target)
            media[name] = link.target
            return name, None
        there = locate(site, "", locate_source(course, link.target)) if site else ""
        fragment = f"#{quote(link.fragment)}" if link.fragment else ""
        return f"{there}{fragment}", name_promise(course, found)

    return rewrite


def _name_picture(path: Path) -> str:
    """A name for Anki's one folder of pictures: another picture has another name."""
    return f"trackbook-{hashlib.sha256(path.read_bytes()).hexdigest()[:16]}{posixpath.splitext(path.name)[1].lower()}"


def _clean(html: str) -> str:
    """The HTML without what needs the site around it: anchors, styles, scripts, links that lead nowhere else."""
    page = LexborHTMLParser(f"<body>{html}</body>")
    for node in page.css("script, style, iframe, link, meta"):
        node.decompose()
    for node in page.css("a:not([href]), a[href]"):
        if not (node.attributes.get("href") or "").startswith(_WHOLE):
            node.unwrap()
    for node in page.css("body *"):
        for name in list(node.attributes):
            if name in ("id", "style") or name.startswith("on"):
                del node.attrs[name]
    return ((page.body.inner_html if page.body else "") or "").strip()
