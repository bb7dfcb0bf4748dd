"""What widgets load only when a learner asks for it: small files that the build cuts out of the course's data."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import cast

from trackbook.model import Course
from trackbook.publishing.addresses import locate_source
from trackbook.publishing.examples import list_example_data
from trackbook.widgets import WidgetData


def publish_widget_files(course: Course) -> Iterator[tuple[str, Callable[[], str]]]:
    """The uri of each, and what gives its text. Widgets that show the same share a file."""
    fences = [fence for page in course.pages.values() for fence in page.fences]
    shown = [cast(WidgetData, fence.data) for fence in fences if fence.data is not None]
    for data in [*shown, *list_example_data(course)]:
        for path, text in data.list_files().items():
            yield locate_source(course, path), partial(str, text)
