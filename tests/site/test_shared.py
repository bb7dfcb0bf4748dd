"""Navigation that the pages of a track share."""

import pytest

from trackbook.site.theme import Shared

LINKS = """<a href="../t/">Track</a>
<li data-module="t/a">
  <a href="../t/a/lesson/">A</a></li>
<li data-module="t/b"><a href="../t/b/lesson/">B</a></li>"""
PAGE, AROUND = ' aria-current="page"', ' aria-current="true"'
MARKED = {
    "a lesson": ("../t/a/lesson/", "t/a", LINKS.replace('/a/lesson/"', f'/a/lesson/"{PAGE}')),
    "another page of its module": ("../t/a/practice/", "t/a", LINKS.replace('/a/lesson/"', f'/a/lesson/"{AROUND}')),
    "the track": ("../t/", "t/", LINKS.replace('"../t/"', f'"../t/"{PAGE}')),
    "a page beside": ("../map/", "/", LINKS),
}


@pytest.mark.parametrize(("here", "module", "marked"), MARKED.values(), ids=MARKED)
def test_each_page_sees_where_it_is(here: str, module: str, marked: str) -> None:
    shared = Shared()
    for _ in range(2):
        assert shared("t", "../", here=here, module=module, caller=lambda: LINKS) == marked


@pytest.mark.parametrize(("for_each", "times"), [(False, 2), (True, 4)])
def test_it_is_made_once_for_each_place(for_each: bool, times: int) -> None:
    made: list[str] = []

    def make() -> str:
        made.append(LINKS)
        return LINKS

    shared = Shared(for_each=for_each)
    for track in ("t", "u", "t", "u"):
        shared(track, "../", here="../t/", module="t/", caller=make)
    assert len(made) == times
