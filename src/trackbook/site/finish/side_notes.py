"""Footnotes become side notes: each stands right after the block that first refers to it."""

from collections.abc import Callable, Iterator
from html import escape

from selectolax.lexbor import LexborHTMLParser, LexborNode

Say = Callable[..., str]


def place_notes(page: LexborHTMLParser, article: LexborNode, say: Say) -> None:
    """Each note of the article follows the block that refers to it. Notes that nothing refers to stay at the end."""
    ends = [end for end in article.css("div.footnote") if _is_child(end, article)]
    notes = {f"#{note.id}": note for end in ends for note in end.css("li[id]")}
    blocks: dict[int, tuple[LexborNode, list[str]]] = {}
    for reference in list(_list_references(article)):
        number = reference.text(strip=True)
        reference.attrs["aria-label"] = say("side_note", number=number)
        if note := notes.pop(reference.attributes.get("href") or "", None):
            block = _find_block(article, reference)
            _, beside = blocks.setdefault(block.mem_id, (block, []))
            beside.append(_write_note(note, number, say))
            note.decompose()
    for block, beside in blocks.values():
        frame = page.create_node("div")
        frame.attrs["class"] = "tb-noted"
        frame.inner_html = "\n".join([block.html or "", *beside])
        block.replace_with(frame)
    for end in ends:
        if not end.css("li"):
            end.decompose()


def _list_references(article: LexborNode) -> Iterator[LexborNode]:
    """The references in the text itself: a widget's texts have notes of their own."""
    for reference in article.css("a.footnote-ref"):
        if not any("tb-widget" in (node.attributes.get("class") or "").split() for node in _climb(reference)):
            yield reference


def _find_block(article: LexborNode, inside: LexborNode) -> LexborNode:
    return next(node for node in _climb(inside) if _is_child(node, article))


def _is_child(node: LexborNode, parent: LexborNode) -> bool:
    return node.parent is not None and node.parent.mem_id == parent.mem_id


def _climb(node: LexborNode) -> Iterator[LexborNode]:
    current: LexborNode | None = node
    while current is not None:
        yield current
        current = current.parent


def _write_note(note: LexborNode, number: str, say: Say) -> str:
    """What is hidden opens by itself when the address names it, so the id stands on what is inside."""
    label, text = escape(say("side_note", number=number)), (note.inner_html or "").strip()
    inside = f'<div id="{escape(note.id or "")}" data-number="{escape(number)}">{text}</div>'
    return f'<details class="tb-side-note"><summary>{label}</summary>{inside}</details>'
