"""The questions of a page of practice: counted, and each with the place in a lesson that is about the same."""

from collections.abc import Iterator

from trackbook.model import Course, Fence, Module, Page
from trackbook.publishing.addresses import link, locate_source
from trackbook.publishing.views import View


def list_questions(page: Page) -> list[Fence]:
    """The questions of a page, where there are several to count."""
    quizzes = [fence for fence in page.fences if fence.language == "quiz" and fence.data is not None]
    return quizzes if len(quizzes) > 1 else []


def view_question(course: Course, module: Module, fence: Fence, uri: str) -> View:
    """A question's id, with the address of that place for the page at `uri`, and its title."""
    (item,) = fence.items
    places = [place for aim in item.practises or ("",) for place in _locate(course, module, aim)]
    for there, anchor, title in sorted(places, key=lambda place: not place[1])[:1]:
        return {"id": item.id, "url": link(uri, there, anchor), "title": title}
    return {"id": item.id}


def _locate(course: Course, module: Module, aim: str) -> Iterator[tuple[str, str, str]]:
    """Sections of the lesson that have something to practise for the same aim, then the lesson as a whole."""
    key, _, objective = aim.rpartition("#")
    owner = course.module(key) if key else module
    lesson = owner.pages.get("lesson") if owner else None
    if not owner or not lesson:
        return
    uri = locate_source(course, lesson.path)
    for section in lesson.practised:
        if not {objective, f"{owner.key}#{objective}"}.isdisjoint(section.aims):
            yield uri, section.anchor, section.title
    yield uri, "", owner.title
