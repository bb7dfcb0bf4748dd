"""Footnotes as GitHub shows them: numbered where they are first met, and only those that the text uses."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions.footnotes import FootnoteExtension
from markdown.treeprocessors import Treeprocessor


def find_notes(md: Markdown) -> FootnoteExtension | None:
    """The extension that makes footnotes, where it is on."""
    return next((part for part in md.registeredExtensions if isinstance(part, FootnoteExtension)), None)


class NotesTreeprocessor(Treeprocessor):
    """Takes away notes to which no mark leads."""

    def run(self, root: Element) -> None:
        notes = find_notes(self.md)
        if notes is None or not notes.footnotes:
            return
        used = {notes.makeFootnoteId(label) for label in notes.footnote_order}
        for parent, shown in _list_shown(root):
            items = shown.find("ol")
            if items is not None:
                items[:] = [item for item in items if item.get("id") in used]
                if not len(items):
                    parent.remove(shown)


def _list_shown(root: Element) -> Iterator[tuple[Element, Element]]:
    """The elements that hold the notes, each with its parent."""
    for parent in root.iter():
        yield from [(parent, child) for child in parent if child.tag == "div" and child.get("class") == "footnote"]
