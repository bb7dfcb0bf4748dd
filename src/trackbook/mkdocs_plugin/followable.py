"""Whether two states of a course have a site of the same files: then the host need not be set up anew."""

from collections.abc import Iterator, Mapping

from trackbook.model import Course, Module, Page
from trackbook.widgets import WidgetData


def has_same_files(before: Course, after: Course) -> bool:
    """Shyly: it may say no where the files are the same. What changed is another object, and the rest is not."""
    if before is after:
        return True
    same = (before.language, before.direction, before.title, before.summary, before.files) == (
        (after.language, after.direction, after.title, after.summary, after.files)
    )
    same = same and _name_data(before) == _name_data(after)
    same = same and [track.id for track in before.tracks] == [track.id for track in after.tracks]
    same = same and len(before.modules) == len(after.modules) and len(before.plain) == len(after.plain)
    if not same:
        return False
    changed = ((old, new) for old, new in zip(before.modules, after.modules, strict=True) if old is not new)
    plain = [(old, new) for old, new in zip(before.plain, after.plain, strict=True) if old is not new]
    return all(old.path == new.path and list(_list_shown(old)) == list(_list_shown(new)) for old, new in plain) and all(
        list(_list_shaping(old)) == list(_list_shaping(new)) for old, new in changed
    )


def _name_data(course: Course) -> Mapping[str, str]:
    """What widgets show, and the site's examples of them, hangs on what each data file holds."""
    return {path: file.digest for path, file in course.data.items()}


def _list_shaping(module: Module) -> Iterator[object]:
    """What of a module decides which files its site has."""
    yield from (module.key, [former.concept for former in module.was], list(module.pages))
    yield [concept.id for concept in module.teaches]
    for page in module.pages.values():
        yield from _list_shown(page)


def _list_shown(page: Page) -> Iterator[object]:
    """The same of a page's widgets."""
    for fence in page.fences:
        if isinstance(fence.data, WidgetData):
            yield from (fence.language, [item.id for item in fence.items], sorted(fence.data.list_files()))
