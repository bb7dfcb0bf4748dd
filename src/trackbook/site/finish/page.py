"""The last touch on each page's HTML: nothing inline, nothing that jumps, a name on everything one can reach."""

from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from trackbook.site.finish.annotations import link_annotations
from trackbook.site.finish.figures import ReadFile, place_figures
from trackbook.site.finish.inert import take_out
from trackbook.site.finish.media import FindSize, MediaFinisher
from trackbook.site.finish.names import name_callouts, name_heading_links, name_icons, name_tasks, name_ways_back
from trackbook.site.finish.numbers import number_parts
from trackbook.site.finish.policy import allow_shown
from trackbook.site.finish.side_notes import Say, place_notes
from trackbook.site.finish.tabs import open_tabs


@dataclass(frozen=True, slots=True)
class Finished:
    """A page as it is published, what of it the policy forbids and was taken away, and the page as a tree."""

    html: str
    lost: list[str]
    tree: LexborHTMLParser


def finish_page(html: str, say: Say, read_file: ReadFile, find_size: FindSize = lambda _: None) -> Finished:
    """The last touch.

    `read_file` gives the content of a file by the address that the page uses for it, or None; `find_size` its bytes.
    """
    page = LexborHTMLParser(html.rstrip())
    written = html.lower()  # to look for what is not there takes as long as for what is
    page, lost = take_out(page, written)
    for article in page.css("article"):
        if "<img" in written:
            MediaFinisher(page, say, read_file, find_size).place(article)
            place_figures(page, article, read_file)
        if "<table" in written:
            _wrap_tables(page, article)
            _name_table_heads(page, article)
        name_heading_links(article, say)
        _finish_blocks(page, article, say, written)
        if "footnote" in written:
            name_ways_back(article, say)
            place_notes(page, article, say)
    allow_shown(page)
    return Finished(f"{page.html}\n", lost, page)


def _finish_blocks(page: LexborHTMLParser, article: LexborNode, say: Say, written: str) -> None:
    """What Markdown of Material makes; each is looked for where its mark is written at all."""
    if "admonition" in written or "<summary" in written:
        name_callouts(article, say)
    if "task-list-item" in written:
        name_tasks(article)
    if "twemoji" in written:
        name_icons(article)
    if "<figcaption" in written or "tb-ref" in written or "<mtext>(" in written:
        number_parts(page, article, say)
    if "<ol" in written and ("highlight" in written or "annotate" in written):
        link_annotations(article, say)
    if "tabbed-set" in written:
        open_tabs(page, article)


def _wrap_tables(page: LexborHTMLParser, article: LexborNode) -> None:
    """A table wider than the screen moves inside its own frame."""
    for table in article.css("table"):
        if table.parent is not None and "tb-scroll" not in (table.parent.attributes.get("class") or ""):
            frame = page.create_node("div")
            frame.attrs["class"] = "tb-scroll"
            frame.insert_child(table)  # a copy, as every insertion here
            table.replace_with(frame)


def _name_table_heads(page: LexborHTMLParser, article: LexborNode) -> None:
    """Under an empty corner the first column holds the heads of the rows, which Markdown has no sign for."""
    for corner in article.css("thead tr:first-child > th:first-child"):
        table = corner.parent.parent.parent if corner.parent and corner.parent.parent else None
        if table is not None and not corner.text(strip=True):
            for cell in table.css("tbody tr > td:first-child"):
                _rename(page, cell, "th").attrs["scope"] = "row"
            _rename(page, corner, "td")


def _rename(page: LexborHTMLParser, node: LexborNode, tag: str) -> LexborNode:
    """Puts an element of another kind in its place: same attributes, same content."""
    renamed = page.create_node(tag)
    for name, value in node.attributes.items():
        renamed.attrs[name] = value or ""
    for child in node.iter(include_text=True):
        renamed.insert_child(child)
    node.replace_with(renamed)
    return renamed
