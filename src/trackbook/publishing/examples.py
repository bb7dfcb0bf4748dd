"""Every widget's example: live, and as its author writes it."""

from collections.abc import Mapping

from trackbook.markdown import parse_markdown
from trackbook.model import DataFile, Page
from trackbook.publishing.edition import Edition
from trackbook.publishing.site_source import Slots
from trackbook.publishing.text import rewrite_page
from trackbook.reading.page import NO_FILES, read_widget
from trackbook.widgets import Widget, list_widgets


def list_examples(edition: Edition, uri: str, slots: Slots) -> str:
    """Markdown for the page at `uri`: for each widget a section with its example and the source of that."""
    sections = []
    for widget in list_widgets(edition.course).values():
        if not widget.example:
            continue
        page = read_example(widget, edition.course.data)
        lines = page.text.split("\n")
        sources = [
            (fence.lines[1], "\n".join(["````markdown", *lines[slice(*fence.lines)], "````"])) for fence in page.fences
        ]
        sections.append(f"## {widget.name}\n\n{rewrite_page(edition, page, uri, slots, insertions=sources)}")
    return "\n\n".join(sections)


def read_example(widget: Widget, files: Mapping[str, DataFile] = NO_FILES) -> Page:
    """The example as a page of its own. Where one of the files is missing that it shows, it stays a block of code."""
    path = f"{widget.name}/example.md"
    parsed = parse_markdown(widget.example, path)
    fences = (
        read_widget(fence, widget, files)[0] if fence.language == widget.name else fence for fence in parsed.fences
    )
    return Page(path=path, kind="plain", text=widget.example, links=parsed.links, fences=tuple(fences))
