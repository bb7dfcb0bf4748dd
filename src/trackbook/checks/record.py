"""The record: what learners did with items of the last release is not lost."""

from collections.abc import Iterator, Mapping
from itertools import groupby

from trackbook.checks.check import check, met_while_reading
from trackbook.model import Course, Finding, Module, Recorded, Source
from trackbook.reading.module import locate_page
from trackbook.reading.record import CODE, CONCEPT, list_recorded

_MOST_NAMED = 3
_LET_GO = "let it go with `trackbook record`: what learners did with it is lost then"


@check
def recorded_id_stays(course: Course) -> Iterator[Finding]:
    """Each item in the record of the last release, `lessons/ids.yml`, is still there, or its id is under a `was:`.

    What learners did, and when a card comes back, hangs on ids. Texts and places may change; an id that goes takes
    all of that along, so it goes on purpose: `trackbook record` writes the record anew.
    """
    yield from met_while_reading(course, CODE)
    homes = _list_homes(course)
    new = _list_new(course)
    for key, recorded in groupby(course.recorded, key=lambda item: item.module):
        items = list(recorded)
        if key in homes:
            yield from _find_gone(course, homes[key], items, new)
        else:
            message = f'the module "{key}" was in the last release, with {_name_some(items)}, and is gone.'
            hint = f"put it back, add `was: [{key}]` to the overview that took its place, or {_LET_GO}"
            yield Finding(items[0].source, message, hint)


def _name_some(items: list[Recorded]) -> str:
    more = f" and {len(items) - _MOST_NAMED} more" if len(items) > _MOST_NAMED else ""
    return ", ".join(f'"{item.id}"' for item in items[:_MOST_NAMED]) + more


def _find_gone(course: Course, module: Module, items: list[Recorded], new: list[Recorded]) -> Iterator[Finding]:
    names = [item.id for item in module.items]
    if len(names) > len(set(names)) or module.has_unread_fences:
        return  # other checks say so; an id may only be missing since it is misspelt
    kept = {*names, *(former for item in module.items for former in item.was)}
    for item in items:
        if item.id in (course.concepts if item.form == CONCEPT else kept):
            continue
        path = locate_page(module.track, module.id, item.page)
        page = course.pages.get(path)
        noun = "card" if item.form == "flashcards" else item.form
        message = f'the {noun} "{item.id}" stood in {path} at the last release, and is gone.'
        twins = [other for other in new if (other.module, other.form) == (module.key, item.form)]
        if len(twins) == 1 and item.form != CONCEPT:
            hint = f'if "{twins[0].id}" is the same one, add `was: [{item.id}]`; else put it back, or {_LET_GO}'
            yield Finding(twins[0].source, message, hint)
        else:
            yield Finding(Source(path, page.first_line) if page else item.source, message, f"put it back, or {_LET_GO}")


def _list_homes(course: Course) -> Mapping[str, Module]:
    """Each written module by its key and its former ones."""
    written = [module for module in course.modules if module.pages]
    former = {was.concept: module for module in written for was in module.was}
    return former | {module.key: module for module in written}


def _list_new(course: Course) -> list[Recorded]:
    """What the record does not know: the place where a vanished id may have gone."""
    known = {(item.form, item.id) for item in course.recorded}
    return [item for item in list_recorded(course) if (item.form, item.id) not in known]
