"""Every widget's example: live, and as its author writes it."""

from collections.abc import Iterator, Mapping
from typing import cast

from trackbook.markdown import parse_markdown
from trackbook.model import Course, DataFile, Page
from trackbook.publishing.site_source import Slots
from trackbook.publishing.text import Render, rewrite_page
from trackbook.reading.page import NO_FILES, read_widget
from trackbook.widgets import Widget, WidgetData, list_widgets


def list_examples(course: Course, uri: str, render: Render, slots: Slots) -> str:
    """Markdown for the page at `uri`: for each widget a section with its example and the source of that."""
    shown = (widget for widget in list_widgets(course).values() if widget.example)
    return "\n\n".join(_show(course, widget, uri, render, slots) for widget in shown)


def list_example_data(course: Course) -> Iterator[WidgetData]:
    """The data of the examples that the course can show."""
    for widget in list_widgets(course).values():
        fences = read_example(widget, course.data).fences
        yield from (cast(WidgetData, fence.data) for fence in fences if fence.data is not None)


def read_example(widget: Widget, files: Mapping[str, DataFile] = NO_FILES) -> Page:
    """The example as a page of its own. Where one of the files is missing that it shows, it stays a block of code."""
    path = f"{widget.name}/example.md"
    parsed = parse_markdown(widget.example, path)
    fences = (
        read_widget(fence, widget, files)[0] if fence.language == widget.name else fence for fence in parsed.fences
    )
    return Page(path=path, kind="plain", text=widget.example, links=parsed.links, fences=tuple(fences))


def _show(course: Course, widget: Widget, uri: str, render: Render, slots: Slots) -> str:
    page = read_example(widget, course.data)
    lines = page.text.split("\n")
    sources = [
        (fence.lines[1], "\n".join(["````markdown", *lines[slice(*fence.lines)], "````"])) for fence in page.fences
    ]
    return f"## {widget.name}\n\n{rewrite_page(course, page, uri, render, slots, insertions=sources)}"
