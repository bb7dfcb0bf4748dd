"""A course in letters that are not Latin: whatever Latin word its pages show is one of the site's own, in German."""

import re
from collections.abc import Iterator
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from trackbook.language.words import load_language

SHOWN = ("title", "aria-label", "aria-description", "aria-roledescription", "alt", "placeholder", "label")
PLURAL = re.compile(r"\.(zero|one|two|few|many|other)$")


def strip_marked(text: str) -> str:
    """What is left of a text without the site's own words, which stand in brackets, one inside another."""
    before = ""
    while before != text:
        before, text = text, re.sub(r"⟦[^⟦⟧]*⟧", "", text)
    return text


def list_foreign(text: str) -> list[str]:
    """Words of Latin letters that nobody translated. Single capitals name choices and sheets of paper."""
    return [word for word in re.findall(r"[^\W\d_]+", strip_marked(text)) if re.match("[A-Za-zÄÖÜäöüß]{2}", word)]


def list_texts(page: LexborHTMLParser) -> Iterator[str]:
    for node in page.css("title"):
        yield node.text()
    for node in page.css("meta[name=description], meta[property^='og:title'], meta[property^='og:description']"):
        yield node.attributes.get("content") or ""
    for node in page.css("*"):
        yield from (node.attributes.get(name) or "" for name in SHOWN)
    for node in page.css("script, style, math"):  # formulas are the same everywhere
        node.decompose()
    yield page.body.text() if page.body else ""


def test_no_page_says_anything_untranslated(marked_site: tuple[Path, frozenset[str]]) -> None:
    site, _ = marked_site
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 30
    found = {
        path.relative_to(site).as_posix(): words
        for path in pages
        if (
            words := [
                word for text in list_texts(LexborHTMLParser(path.read_text("utf-8"))) for word in list_foreign(text)
            ]
        )
    }
    assert found == {}


def test_the_course_shows_every_text(marked_site: tuple[Path, frozenset[str]]) -> None:
    """Else a text could be hard-coded in English where this course does not reach."""
    unseen = (
        "script.",
        "elements.",
        "overlay.",
        "cards.to_lesson",
        "widgets.left_out",
        "news.",
        "track.told",
        "start.begin",
    )  # by scripts, while an author writes, with an address, without code, with a history, of one track
    keys = {PLURAL.sub("", key) for key in load_language("en").texts if not key.startswith(unseen)}
    assert keys - marked_site[1] == set()
