r"""Figures, tables and equations are counted in each page; `\ref{name}` leads to what `\label{name}` names."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape

from selectolax.lexbor import LexborHTMLParser, LexborNode

from trackbook.mathml import TAG
from trackbook.site.finish.side_notes import Say

_NUMBER = re.compile(r"\((.*)\)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Target:
    """Where a reference leads, and how it is called."""

    id: str
    text: str


def number_parts(page: LexborHTMLParser, article: LexborNode, say: Say) -> None:
    """Numbers before captions and equations, and links in the place of references to them."""
    targets = dict([*_number_captions(article, say), *_number_equations(article)])
    _link_references(page, article, targets)


def _number_captions(article: LexborNode, say: Say) -> Iterator[tuple[str, _Target]]:
    counted: Counter[str] = Counter()
    for caption in article.css("figure > figcaption"):
        figure, mark = caption.parent, caption.css_first(".tb-label")
        assert figure is not None
        classes = (figure.attributes.get("class") or "").split()
        wanted = figure.attributes.get("__figure_num")
        if wanted is not None:
            del figure.attrs["__figure_num"]
        if mark is None and not {"tb-figure", "tb-table"}.intersection(classes):
            continue
        table = "tb-table" in classes or ("tb-figure" not in classes and figure.css_first("table") is not None)
        kind = "table" if table else "figure"
        counted[kind] = int(wanted) if wanted and wanted.isdigit() else counted[kind] + 1
        text = say(f"caption.{kind}", number=counted[kind])
        label = (mark.attributes.get("data-name") or "") if mark is not None else ""
        if mark is not None:
            mark.decompose()
        figure.attrs["id"] = figure.id or label or f"{kind}-{counted[kind]}"
        paragraphs = caption.css("p")
        if len(paragraphs) == 1:
            paragraphs[0].unwrap()
        place = paragraphs[0] if len(paragraphs) > 1 else caption
        place.inner_html = f'<b class="tb-number">{escape(text)}.</b> {(place.inner_html or "").strip()}'
        target = _Target(figure.attrs["id"] or "", text)
        yield target.id, target
        if label:
            yield label, target


def _number_equations(article: LexborNode) -> Iterator[tuple[str, _Target]]:
    """Rows that LaTeX numbers: by their author's `\\tag`, else in their order on the page."""
    counted = 0
    for cell in article.css("math mtr > mtd:last-child"):
        children = list(cell.iter())
        found = _NUMBER.fullmatch(cell.text()) if [child.tag for child in children] == ["mtext"] else None
        if found is None or "tb-math-width-50" not in (cell.attributes.get("class") or ""):
            continue
        tagged = found[1].startswith(TAG)
        counted += not tagged
        text = f"({found[1].removeprefix(TAG) if tagged else counted})"
        children[0].inner_html = escape(text)
        if name := cell.id:
            yield name, _Target(name, text)


def _link_references(page: LexborHTMLParser, article: LexborNode, targets: Mapping[str, _Target]) -> None:
    """What leads nowhere stays as it was written, and a check says so."""
    for mark in article.css("span.tb-ref"):
        if target := targets.get(mark.attributes.get("data-name") or ""):
            link = page.create_node("a")
            link.attrs["class"], link.attrs["href"] = "tb-ref", f"#{target.id}"
            link.inner_html = escape(target.text)
            mark.replace_with(link)
    for link in article.css('math a[href^="#"]'):  # of \\eqref in a formula
        if target := targets.get((link.attributes["href"] or "").removeprefix("#")):
            link.inner_html = escape(target.text)
