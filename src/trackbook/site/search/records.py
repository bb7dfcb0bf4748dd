"""What the search index is made from: a bare page for each entry, with its words and how a result shows it."""

import json
import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from html import escape
from pathlib import Path
from typing import Self
from urllib.parse import quote, unquote

from selectolax.lexbor import LexborHTMLParser, LexborNode

from trackbook.cache.digest import hash_parts
from trackbook.publishing import SearchEntry

_LEFT_OUT = ", ".join(
    [
        "h1, script, style, svg, .headerlink, .footnote-ref, .footnote-backref, .tb-side-note summary, .language-text",
        # What the generator tells of other pages would be found in their place.
        ".tb-original > span, .tb-embed :is(.tb-note, .tb-address)",
        ".tb-top, .tb-pager, .tb-way, .tb-tools, .tb-deeper, .tb-shorter, .tb-tracks, .tb-facts > :not(:first-child)",
        # Search must not give away what a page keeps folded.
        ".tb-widget :is(.tb-kind, .tb-choices, .tb-criteria, .tb-answer, .tb-hint, .tb-back)",
    ]
)
_LONGEST_FORMULA = 12
"""Characters up to which a formula reads well in a line of plain text."""
_HEAVIEST = 10
"""The most that Pagefind lets a word weigh; an ordinary one weighs 1 (https://pagefind.app/docs/weighting/)."""


@dataclass(frozen=True, slots=True)
class Body:
    """The words of a page as `make_record_body` gives them, and a name that only they have."""

    name: str
    read: Callable[[], str]

    @classmethod
    def of(cls, text: str) -> Self:
        return cls(hash_parts(text), partial(str, text))


def make_record_body(page: LexborHTMLParser) -> str | None:
    """The words of a finished page, as HTML; None for one that does not want to be found. The page loses the rest."""
    article = page.css_first("article[data-pagefind-body]")
    if article is None:
        return None
    for node in article.css(_LEFT_OUT):
        node.decompose()
    for node in article.css("[id]:not(h2, h3, h4, h5, h6)"):
        del node.attrs["id"]
    for formula in article.css("math"):
        formula.replace_with(_say_formula(formula))
    return article.inner_html


def make_records(
    entries: Iterable[SearchEntry], bodies: Mapping[str, Body], language: str
) -> Iterator[tuple[str, str]]:
    """A path and a page for each entry; `bodies` are those of the pages, by address."""
    for entry in entries:
        body = _describe(entry) if entry.text is not None else bodies[entry.address].read()
        path = posixpath.join(unquote(entry.address.replace("#", "")), "index.html")
        yield path, _frame(entry, body, language)


def name_records(entries: Iterable[SearchEntry], bodies: Mapping[str, Body], language: str) -> str:
    """Names the records that `make_records` would make."""
    told = [(repr(entry), bodies[entry.address].name if entry.address in bodies else "") for entry in entries]
    return hash_parts(language, *(part for parts in told for part in parts))


def read_bodies(site: Path, entries: Iterable[SearchEntry]) -> dict[str, Body]:
    """The words of the built pages of the entries, by their addresses."""
    pages = {entry.address: site / unquote(entry.address) / "index.html" for entry in entries if entry.text is None}
    trees = {address: LexborHTMLParser(path.read_text("utf-8")) for address, path in pages.items() if path.is_file()}
    words = {address: make_record_body(tree) for address, tree in trees.items()}
    return {address: Body.of(text) for address, text in words.items() if text}


def _frame(entry: SearchEntry, body: str, language: str) -> str:
    """What a result only shows stands in an id, which comes with a result, matches no query, and keeps no spaces."""
    shown = [entry.kind, entry.label, entry.group.key, entry.group.place, entry.time]
    meta = {"title": entry.title, "names": "; ".join(entry.names)}
    head = "".join(
        f'<meta data-pagefind-meta="{name}[content]" content="{escape(value)}">'
        for name, value in meta.items()
        if value
    )
    mark = f'<i id="{quote(json.dumps(shown))}"></i>'
    return f'<!doctype html><html lang="{language}"><head>{head}</head><body>{mark}{body}</body></html>'


def _describe(entry: SearchEntry) -> str:
    """Title and text. A word of a short title weighs more: "attention" is to find attention before attention heads."""
    weight = max(1, _HEAVIEST / len(entry.title.split() or [""]))
    return f'<p data-pagefind-weight="{weight:.1f}">{escape(entry.title)}</p><p>{escape(entry.text or "")}</p>'


def _say_formula(formula: LexborNode) -> str:
    text = "".join(formula.text().split())
    return text if len(text) <= _LONGEST_FORMULA and formula.attributes.get("display") != "block" else "…"
