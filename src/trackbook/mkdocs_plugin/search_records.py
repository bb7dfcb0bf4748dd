"""What the search index is made from: a bare page for each entry, with its words and how a result shows it."""

import json
from collections.abc import Iterable
from html import escape
from pathlib import Path
from urllib.parse import quote, unquote

from selectolax.lexbor import LexborHTMLParser, LexborNode

from trackbook.publishing import SearchEntry

_LEFT_OUT = ", ".join(
    [
        "h1, script, style, svg, .headerlink, .footnote-ref, .footnote-backref, .tb-side-note summary, .language-text",
        # What the generator tells of other pages would be found in their place.
        ".tb-top, .tb-pager, .tb-deeper, .tb-shorter, .tb-tracks, .tb-facts > :not(:first-child)",
        # Search must not give away what a page keeps folded.
        ".tb-widget :is(.tb-kind, .tb-choices, .tb-criteria, .tb-answer, .tb-hint, .tb-back)",
    ]
)
_LONGEST_FORMULA = 12
"""Characters up to which a formula reads well in a line of plain text."""
_HEAVIEST = 10
"""The most that Pagefind lets a word weigh; an ordinary one weighs 1 (https://pagefind.app/docs/weighting/)."""


def write_records(folder: Path, site: Path, entries: Iterable[SearchEntry], language: str) -> None:
    """Write a page for each entry into `folder`, at its address; those of no page in `site` are left out."""
    for entry in entries:
        body = _describe(entry) if entry.text is not None else _read_article(site, entry.address)
        if body is not None:
            path = folder / unquote(entry.address.replace("#", "")) / "index.html"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(_frame(entry, body, language), encoding="utf-8")


def _frame(entry: SearchEntry, body: str, language: str) -> str:
    """What a result only shows stands in an id, which comes with a result, matches no query, and keeps no spaces."""
    group = entry.group
    shown = [entry.kind, entry.label, group.key, group.title, group.place, group.track_number]
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


def _read_article(site: Path, address: str) -> str | None:
    """The words of a built page; None for one that does not want to be found."""
    path = site / unquote(address) / "index.html"
    page = LexborHTMLParser(path.read_text("utf-8")) if path.is_file() else None
    article = page.css_first("article[data-pagefind-body]") if page else None
    if article is None:
        return None
    for node in article.css(_LEFT_OUT):
        node.decompose()
    for node in article.css("[id]:not(h2, h3, h4, h5, h6)"):
        del node.attrs["id"]
    for formula in article.css("math"):
        formula.replace_with(_say_formula(formula))
    return article.inner_html


def _say_formula(formula: LexborNode) -> str:
    text = "".join(formula.text().split())
    return text if len(text) <= _LONGEST_FORMULA and formula.attributes.get("display") != "block" else "…"
