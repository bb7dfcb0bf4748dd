"""Old addresses: a page at each that leads to the new one, without script and without the host's help."""

from collections.abc import Callable, Iterator
from functools import partial

from trackbook.model import Course, is_slug
from trackbook.publishing.addresses import address, link, locate_source
from trackbook.publishing.templates import render_part


def publish_redirects(course: Course) -> Iterator[tuple[str, Callable[[], str]]]:
    """The uri of each former address of a module's pages, and what writes its HTML."""
    current = {module.key for module in course.modules}
    for module in course.modules:
        for former in module.was:
            parts = former.concept.split("/")
            if former.concept in current or len(parts) != 2 or not all(map(is_slug, parts)):
                continue
            for page in module.pages.values():
                new = locate_source(course, page.path)
                old = new.replace(module.key, former.concept, 1)
                yield f"{address(old)}index.html", partial(_write, course, module.title, link(old, new))


def _write(course: Course, title: str, url: str) -> str:
    html = render_part(
        "redirect",
        course.language,
        title=title,
        url=url,
        language=course.language,
        direction=course.direction,
    )
    return f"{html}\n"
