"""What widgets load only when a learner asks for it: small files that the build cuts out of the course's data."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import cast

from trackbook.model import Course
from trackbook.publishing.addresses import locate_source
from trackbook.publishing.examples import list_example_data
from trackbook.widgets import WidgetData, list_widgets


def publish_widget_files(course: Course) -> Iterator[tuple[str, Callable[[], str]]]:
    """The uri of each, and what gives its text. Widgets that show the same share a file."""
    giving = {
        name for name, widget in list_widgets(course).items() if widget.data.list_files is not WidgetData.list_files
    }
    pages = [page for page in course.pages.values() if not giving.isdisjoint(page.widgets)]
    shown = [cast(WidgetData, fence.data) for page in pages for fence in page.fences if fence.data is not None]
    for data in [*shown, *list_example_data(course)]:
        for path, text in data.list_files().items():
            yield locate_source(course, path), partial(str, text)
