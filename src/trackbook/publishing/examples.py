"""Every widget's example: live, and as its author writes it."""

from trackbook.markdown import parse_markdown
from trackbook.model import Course, Page
from trackbook.publishing.text import Render, rewrite_page
from trackbook.reading.page import read_widget
from trackbook.widgets import Widget, load_widgets


def list_examples(course: Course, uri: str, render: Render) -> str:
    """Markdown for the page at `uri`: for each widget a section with its example and the source of that."""
    return "\n\n".join(_show(course, widget, uri, render) for widget in load_widgets().values() if widget.example)


def read_example(widget: Widget) -> Page:
    """The example as a page of its own."""
    path = f"{widget.name}/example.md"
    parsed = parse_markdown(widget.example, path)
    fences = (read_widget(fence, widget)[0] if fence.language == widget.name else fence for fence in parsed.fences)
    return Page(path=path, kind="plain", text=widget.example, links=parsed.links, fences=tuple(fences))


def _show(course: Course, widget: Widget, uri: str, render: Render) -> str:
    page = read_example(widget)
    lines = page.text.split("\n")
    sources = [
        (fence.lines[1], "\n".join(["````markdown", *lines[slice(*fence.lines)], "````"])) for fence in page.fences
    ]
    return f"## {widget.name}\n\n{rewrite_page(course, page, uri, render, insertions=sources)}"
