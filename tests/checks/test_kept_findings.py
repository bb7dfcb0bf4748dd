"""What checks of single pages found is kept, and is what they would find again."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.conftest import ROOT

from trackbook.cache.digest import hash_parts
from trackbook.cache.store import Store
from trackbook.checks import check_course, load_checks
from trackbook.checks.check import ON_PAGES, Settings, list_settings
from trackbook.markdown import parse_markdown
from trackbook.model import Allowance, Course, Fence, Kind, Link, Module, Page, Phase, Source, Track
from trackbook.reading import read_course
from trackbook.widgets import load_widgets

KINDS: tuple[Kind, ...] = ("overview", "lesson", "practice", "cheatsheet")
BLOCKS = (
    "# Alpha",
    "## In short",
    "#### Deep",
    "Teh *network* recieves one.",
    "Why is explained later on.",
    "See [here](beta.md) and [there](beta.md#x).",
    "![](picture.svg)",
    "$\\frac{1}{$",
    "| | |\n| --- | --- |\n| 1 | 2 |",
    "```\ncode\n```",
    "```python\nopen",
    "So " + "on and " * 40 + "on.",
    "Parallelization necessitates independence of intermediate computational representations. " * 12,
    "Emoji \ud800 and “quotes”.",
)
PAGES = st.lists(st.sampled_from(BLOCKS), max_size=5).map("\n\n".join)
EDITS = st.lists(st.tuples(st.sampled_from(KINDS), PAGES, st.sampled_from(["en", "de"]), st.booleans()), max_size=6)


def write_page(kind: Kind, text: str, *, allows: bool = False) -> Page:
    path = f"lessons/one/alpha/{kind}.md"
    parsed = parse_markdown(text, path)
    return Page(
        path=path,
        kind=kind,
        text=text,
        headings=parsed.headings,
        links=parsed.links,
        fences=parsed.fences,
        formulas=parsed.formulas,
        tables=parsed.tables,
        passages=parsed.passages,
        allow={"word-is-spelled-right": Allowance("ours", Source(path))} if allows else {},
        digest=hash_parts(path, text, str(allows)),
    )


def make_course(pages: dict[Kind, Page], language: str = "en") -> Course:
    module = Module("alpha", "one", "Alpha", Source("lessons/course.yml"), pages=dict(pages))
    track = Track("one", 1, "One", Source("lessons/course.yml"), phases=(Phase("First", (module,)),))
    sections: dict[Kind, tuple[str, ...]] = {"lesson": ("In short", "Easy mistakes")}
    words = {"teh": "the", "recieves": "receives"}
    return Course(language=language, tracks=(track,), sections=sections, misspellings=words)


class Broken(Store):
    """A store that no one may ask."""

    def get(self, key: str) -> bytes | None:
        raise AssertionError(key)

    put: Any = get

    def get_many(self, keys: Iterable[str]) -> dict[str, bytes]:
        return {key: self.get(key) or b"" for key in keys}


@settings(derandomize=True, deadline=None, max_examples=60)
@given(edits=EDITS)
def test_kept_findings_are_those_found_anew(edits: list[tuple[Kind, str, str, bool]]) -> None:
    memo, pages = Store(), {kind: write_page(kind, BLOCKS[0]) for kind in KINDS}
    for kind, text, language, allows in edits:
        pages[kind] = write_page(kind, text, allows=allows)
        course = make_course(pages, language)
        anew = check_course(course)
        assert check_course(course, memo) == anew
        assert check_course(course, memo) == anew


def test_settings_are_part_of_what_is_kept() -> None:
    memo, course = Store(), make_course({"lesson": write_page("lesson", "# Alpha\n\nTeh end.")})
    others = [
        course,
        replace(course, language="de"),
        replace(course, misspellings={"teh": "ten"}),
        replace(course, misspellings={}),
        replace(course, sections={}),
        replace(course, sections={"lesson": ("Alpha",)}),
    ]
    assert [check_course(other, memo) for other in others] == [check_course(other) for other in others]
    assert len({tuple(check_course(other, memo)) for other in others}) == 4  # two pairs say the same


def test_known_pages_are_not_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    memo, course = Store(), make_course({"lesson": write_page("lesson", "# Alpha\n\nTeh end.")})
    found = check_course(course, memo)
    looked: list[str] = []

    def look(page: Page, _: Settings) -> Iterator[Any]:
        looked.append(page.path)
        return iter(())

    for code in ON_PAGES:
        monkeypatch.setitem(ON_PAGES, code, look)
    assert check_course(course, memo) == found
    assert looked == []


def test_a_page_without_digest_is_not_kept() -> None:
    course = make_course({"lesson": replace(write_page("lesson", "# Alpha\n\nTeh end."), digest="")})
    assert check_course(course, Broken()) == check_course(course)


class Blind(Link):
    """A link that does not tell where it leads."""

    def __getattribute__(self, name: str) -> Any:
        assert name not in ("target", "fragment"), "where a link leads hangs on other pages"
        return super().__getattribute__(name)


def test_checks_of_a_page_do_not_ask_where_links_lead() -> None:
    course = read_course(ROOT, load_widgets(ROOT))
    load_checks()
    for page in course.pages.values():
        blind = replace(page, links=_blind(page.links), fences=tuple(map(_blind_fence, page.fences)))
        for run in ON_PAGES.values():
            assert list(run(blind, list_settings(course))) == list(run(page, list_settings(course)))


def _blind(links: tuple[Link, ...]) -> tuple[Link, ...]:
    names = ("href", "text", "title", "source", "image", "span", "block_end")
    return tuple(Blind(**{name: getattr(link, name) for name in names}) for link in links)


def _blind_fence(fence: Fence) -> Fence:
    return replace(fence, links=_blind(fence.links))
