"""A page's body comes when someone looks into it, and is the one that would have come at once."""

import pickle
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
import zstandard
from tests.conftest import ROOT, SAMPLE

from trackbook.cache.store import Store
from trackbook.mkdocs_plugin.live import open_live
from trackbook.model import Course, Page
from trackbook.model.page import BODY, HEAD
from trackbook.reading import CourseReader, read_course
from trackbook.widgets import load_widgets

WIDGETS = load_widgets(ROOT)
LESSON = "lessons/first/alpha/lesson.md"


def is_whole(page: Page) -> bool:
    """Whether its body is here. To ask for a part would fetch it."""
    try:
        return bool(object.__getattribute__(page, BODY[-1]) is not None)
    except AttributeError:
        return False


def list_whole(course: Course) -> list[str]:
    return [path for path, page in course.pages.items() if is_whole(page)]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """It knows the sample course."""
    store = Store(tmp_path / "store.db")
    CourseReader(SAMPLE, WIDGETS, store).read()
    return store


@pytest.fixture
def course(store: Store) -> Course:
    return CourseReader(SAMPLE, WIDGETS, store).read()


def test_a_body_is_here_after_a_look_into_the_page(course: Course) -> None:
    whole = read_course(SAMPLE, WIDGETS).pages[LESSON]
    assert list_whole(course) == []
    page = course.pages[LESSON]
    assert [getattr(page, part) for part in HEAD] == [getattr(whole, part) for part in HEAD]
    assert list_whole(course) == []
    assert page.prose == whole.prose
    assert list_whole(course) == [LESSON]


@pytest.mark.parametrize("part", BODY)
def test_each_part_may_be_the_first_to_be_asked_for(part: str, course: Course) -> None:
    whole = read_course(SAMPLE, WIDGETS)
    assert [getattr(page, part) for page in course.pages.values()] == [
        getattr(page, part) for page in whole.pages.values()
    ]


def test_a_part_that_no_page_has_is_an_error(course: Course) -> None:
    with pytest.raises(AttributeError, match="paragraphs"):
        course.pages[LESSON].paragraphs  # type: ignore[attr-defined] # noqa: B018


def test_a_change_of_the_body_waits_for_it(course: Course) -> None:
    page = course.pages[LESSON].with_body(lambda page: replace(page, text=page.text.upper()))
    assert not is_whole(page)
    assert page.text == read_course(SAMPLE, WIDGETS).pages[LESSON].text.upper()
    assert list_whole(course) == [LESSON]


def test_a_page_goes_to_another_process_as_a_whole(course: Course) -> None:
    again: Page = pickle.loads(pickle.dumps(course.pages[LESSON]))
    assert (again, again.fetch) == (read_course(SAMPLE, WIDGETS).pages[LESSON], None)


@pytest.mark.parametrize("body", [b"", b"\xff" * 9, *map(zstandard.compress, (b"", b"\xc0", b"\x93\x00\x90\x90"))])
def test_a_body_that_is_none_is_read_from_the_source(
    body: bytes, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As one may stand in the store of a stranger."""

    def spoil(encoded: bytes) -> bytes:
        kept = msgspec.msgpack.decode(encoded)
        return encoded if len(kept) != 5 else msgspec.msgpack.encode([*kept[:4], body])

    get = Store.get_many
    monkeypatch.setattr(
        Store, "get_many", lambda store, keys: {key: spoil(kept) for key, kept in get(store, keys).items()}
    )
    course = CourseReader(SAMPLE, WIDGETS, store).read()
    assert list_whole(course) == []
    assert course == read_course(SAMPLE, WIDGETS)


def test_a_server_looks_into_the_pages_that_it_shows(store: Store) -> None:
    """And not into thousands of others before it answers."""
    site = open_live(SAMPLE, "http://127.0.0.1:8000/", store)
    assert site.answer("first/alpha/lesson/")
    reading = site._reading
    assert reading
    assert list_whole(reading.course) == [LESSON]
