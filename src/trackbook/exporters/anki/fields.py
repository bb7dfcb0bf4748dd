"""A card's Markdown to the HTML of its note's fields, and the pictures in it."""

import hashlib
import posixpath
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from urllib.parse import quote

from selectolax.lexbor import LexborHTMLParser

from trackbook.language import load_language
from trackbook.markdown import parse_markdown, replace_links
from trackbook.model import Course, Link
from trackbook.publishing.addresses import lesson_uri, locate, locate_source
from trackbook.publishing.deck import Card
from trackbook.publishing.text import name_promise

Render = Callable[[str], str]
"""Markdown to HTML, with formulas as LaTeX in `\\(…\\)` and `\\[…\\]`, which Anki gives to its MathJax."""

_WHOLE = ("http:", "https:", "mailto:")
_ANKIS_OWN = re.compile(r"\[(?=sound:|anki:|/?latex\]|/?\$\$?\])", re.I)
"""Marks that Anki acts on anywhere in a field."""


@dataclass(frozen=True, slots=True)
class Fields:
    """`texts` as the note type has them; `media` are the names of pictures with the path of each in the course."""

    texts: tuple[str, ...]
    media: dict[str, str] = field(default_factory=dict)


def fill_fields(course: Course, card: Card, root: Path, render: Render, site: str) -> Fields:
    """The fields of one card. `site` is the site's address: without it, what leads to its pages is plain text."""
    say = load_language(course.language).say
    media: dict[str, str] = {}
    rewrite = _make_rewrite(course, card, root, site, media)

    def fill(text: str) -> str:
        html = render(replace_links(text, parse_markdown(text, card.page).links, rewrite)) if text else ""
        return _ANKIS_OWN.sub("&#91;", _clean(html))

    front, back, hint = fill(card.front), fill(card.back), fill(card.hint)
    label = say("widgets.hint") if hint else ""
    lesson = (
        f'<a href="{escape(locate(site, "", lesson_uri(card.module)))}">{say("cards.to_lesson")}</a>' if site else ""
    )
    return Fields((front, back, hint, label, lesson, course.language, course.direction), media)


def _make_rewrite(
    course: Course, card: Card, root: Path, site: str, media: dict[str, str]
) -> Callable[[Link], tuple[str, str | None]]:
    """What becomes of each link and picture of the card. Notes in `media` which pictures it met."""
    known = {(link.href, link.image): link for link in course.pages[card.page].all_links}

    def rewrite(found: Link) -> tuple[str, str | None]:
        link = known.get((found.href, found.image), found)
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
