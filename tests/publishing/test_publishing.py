"""Each file in cases/publishing shows one generated part, as HTML."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from selectolax.lexbor import LexborHTMLParser
from tests.conftest import ROOT, SAMPLE, TESTS, Change, change_files, write_case

from trackbook.language.timing import estimate_minutes
from trackbook.model import Course, Module, Page, Phase
from trackbook.model.page import HEAD
from trackbook.publishing import SiteSource, publish_course
from trackbook.reading import read_course
from trackbook.widgets import load_widgets

CASES = sorted((TESTS / "cases" / "publishing").glob("*.yml"))
SITE = "https://example.org/course/"
MakeCourse = Callable[[Change], Path]


def publish(root: Path) -> SiteSource:
    return publish_course(read_course(root, load_widgets(root)), str)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_part(path: Path, make_course: MakeCourse, update: bool) -> None:
    case = yaml.safe_load(path.read_text("utf-8"))
    page = publish(make_course(case["change"])).pages[case["uri"]]
    shows = "\n".join(node.html or "" for node in LexborHTMLParser(page.body).css(case["select"])) + "\n"
    if update:
        write_case(path, {**case, "shows": shows})
        return
    assert shows == case["shows"]


def test_same_course_gives_the_same_bytes() -> None:
    first, second = publish(ROOT), publish(ROOT)
    assert first == second
    assert {uri: page.text for uri, page in first.pages.items()} == {
        uri: page.text for uri, page in second.pages.items()
    }


@pytest.mark.parametrize("ours", [True, False], ids=["ours", "sample"])
def test_no_page_shows_what_stands_in_another(ours: bool, make_course: MakeCourse) -> None:
    """Hence a page is known by its own source, and by what pages show of each other (`Course.shown`)."""
    course = read_course(root := ROOT if ours else make_course({}), load_widgets(root))
    whole = publish_course(course, str, SITE, decks=True)
    for uri, path in whole.sources.items():
        if path in course.owners:
            alone = publish_course(hide_bodies(course, path), str, SITE, decks=True)
            assert alone.pages[uri].text == whole.pages[uri].text
    assert len({whole.name(uri) for uri in whole.pages} - {""}) == len(whole.pages)


def test_page_of_practice_is_another_when_a_section_has_another_name(make_course: MakeCourse) -> None:
    """Its questions lead to sections of the lesson that practise the same."""
    root, uri = make_course({}), "first/alpha/practice.md"
    lesson = root / "lessons/first/alpha/lesson.md"
    names = []
    for heading in ("Why", "Why", "How"):
        lesson.write_text(lesson.read_text("utf-8").replace("## Why", f"## {heading}"), "utf-8")
        names.append(publish(root).name(uri))
    assert names[0] == names[1] != names[2]


def hide_bodies(course: Course, shown: str) -> Course:
    """The course, of whose pages one alone can be looked into."""

    def hide(page: Page) -> Page:
        head = {part: getattr(page, part) for part in HEAD} | {"minutes": estimate_minutes(page)}
        return page if page.path == shown else Page.from_head(head, lambda: pytest.fail(f"{page.path} was looked into"))

    def hide_all(module: Module) -> Module:
        return replace(module, pages={kind: hide(page) for kind, page in module.pages.items()})

    def hide_phase(phase: Phase) -> Phase:
        return replace(phase, modules=tuple(map(hide_all, phase.modules)))

    tracks = tuple(replace(track, phases=tuple(map(hide_phase, track.phases))) for track in course.tracks)
    return replace(course, tracks=tracks, plain=tuple(map(hide, course.plain)))


NEWS: list[tuple[Change, Callable[[str], bool]]] = [
    (
        {"lessons/first/alpha/lesson.md": {"Then come": "There come"}},
        {"first/alpha/lesson.md", "index.md"}.__contains__,
    ),
    ({"docs/index.md": {"Begin": "Start"}}, "index.md".__eq__),
    ({"lessons/first/alpha/overview.md": {"title: Alpha": "title: Alpha one"}}, bool),
    ({"lessons/first/alpha/lesson.md": {"Then come": "word " * 1000}}, bool),
    ({"lessons/first/alpha/other.svg": "<svg/>"}, bool),
]


@pytest.mark.parametrize(("change", "concerns"), NEWS)
def test_change_gives_other_names_to_the_pages_that_it_concerns(
    change: Change, concerns: Callable[[str], bool], make_course: MakeCourse
) -> None:
    """A longer lesson takes longer, which other pages say; a page of docs/ may show anything."""
    root = make_course({})
    names = []
    for news in ({}, change):
        change_files(root, news)
        site = publish_course(read_course(root, load_widgets(root)), str, SITE)
        names.append({uri: site.name(uri) for uri in site.pages})
    changed = {uri for uri, name in names[1].items() if name != names[0][uri]}
    assert changed == set(filter(concerns, names[0]))


def test_generated_html_is_one_block_for_every_parser(make_course: MakeCourse) -> None:
    """A blank line or an indented one would end the block, or make code of it."""
    for page in publish(make_course({})).pages.values():
        for block in re.findall(r"^<(?:div|nav|aside|section|ol|ul|dl)\b.*?(?:\n\n|\Z)", page.body, flags=re.M | re.S):
            assert not re.search(r"^[ \t]", block, flags=re.M), block


def test_old_addresses_lead_to_the_new(make_course: MakeCourse) -> None:
    texts = publish(make_course({})).texts
    assert sorted(name for name in texts if name.endswith(".html")) == [
        "first/old-beta/cheatsheet/index.html",
        "first/old-beta/index.html",
        "first/old-beta/lesson/index.html",
        "first/old-beta/practice/index.html",
    ]
    assert 'content="0; url=../../beta/lesson/"' in texts["first/old-beta/lesson/index.html"]


def test_llms_txt_lists_what_is_written(make_course: MakeCourse) -> None:
    text = publish(make_course({"lessons/first/alpha/overview.md": {"title: Alpha": "title: Alpha [1]"}})).texts[
        "llms.txt"
    ]
    assert text == (TESTS / "cases" / "llms.txt").read_text("utf-8")


def test_addresses_are_whole_where_the_site_has_one(make_course: MakeCourse) -> None:
    """In what other sites and programs read; a page's own links stay as they are."""
    course = read_course(make_course({}), load_widgets())
    site = publish_course(course, str, "https://example.org/course")
    assert "(https://example.org/course/first/beta/lesson/)" in site.texts["llms.txt"]
    page = site.pages["first/beta/lesson.md"]
    blocks = LexborHTMLParser(page.body).css('script[type="application/ld+json"]')
    described, way = (json.loads(block.text()) for block in blocks)
    assert described["isPartOf"]["url"] == "https://example.org/course/first/"
    assert [step["item"].removeprefix("https://example.org/course/") for step in way["itemListElement"]] == [
        "",
        "first/",
        "first/beta/",
        "first/beta/lesson/",
    ]
    assert page.body.replace("https://example.org/course/", "").count("https://example.org") == 0
    assert 'href="https://example.org/course' not in page.body


def test_links_are_right_on_the_site_and_files_come_along(make_course: MakeCourse) -> None:
    site = publish(make_course({}))
    lesson = site.pages["first/alpha/lesson.md"].body
    assert "[link on](../beta/lesson.md)" in lesson
    assert "[home](../../index.md#the-tracks)" in lesson
    assert '[drift](../index.md#lesson-delta "Planned for track 1, lesson 3")' in lesson
    assert "![A dot on white.](dot.svg)" in lesson
    assert "[the overview](../)" in lesson  # inside a widget: an address, since no host rewrites HTML
    assert site.copies["first/alpha/dot.svg"] == "lessons/first/alpha/dot.svg"
    assert "[the lesson](lesson.md#why)" in site.pages["first/alpha/cheatsheet.md"].body


def test_front_matter_of_pages_is_data(make_course: MakeCourse) -> None:
    page = publish(make_course({})).pages["first/beta/lesson.md"]
    front = yaml.safe_load(page.text.split("---\n")[1])
    assert front == json.loads(json.dumps(dict(page.meta)))
    assert front["html_title"] == "Beta · Lesson · Track 1"
    assert (front["previous_url"], front["next_url"]) == ("first/beta/", "first/beta/practice/")


def test_no_page_holds_the_navigation_of_the_whole_course(make_course: MakeCourse) -> None:
    """What a page of track 1 names of track 2 is its promises alone."""
    lesson = publish(make_course({})).pages["first/alpha/lesson.md"].body
    assert "Gamma" not in lesson


def test_any_front_matter_of_a_plain_page_is_data(make_course: MakeCourse) -> None:
    page = publish(make_course({"docs/x.md": '---\ndate: 2026-01-01\nodd: "a\\x7fb"\n---\n\n# X\n'})).pages["x.md"]
    front = yaml.safe_load(page.text.split("---\n")[1])
    assert front["date"] == "2026-01-01"


def test_anchors_with_umlauts_stay_right(make_course: MakeCourse) -> None:
    body = publish(make_course({"docs/x.md": "# X\n\n[m](#übung-eins)\n\n## Übung eins\n"})).pages["x.md"].body
    assert "[m](#übung-eins)" in body


def test_words_and_direction_are_those_of_the_course(make_course: MakeCourse) -> None:
    site = publish(make_course({"lessons/course.yml": {"title: A": "language: de-AT\ndirection: rtl\ntitle: A"}}))
    assert '<html lang="de-AT" dir="rtl">' in site.texts["first/old-beta/lesson/index.html"]
    assert site.pages["first/index.md"].body.startswith("# Pfad 1: First track")
    assert site.pages["first/beta/lesson.md"].meta["html_title"] == "Beta · Lektion · Pfad 1"


def test_names_with_accents_stand_where_one_looks_for_them(make_course: MakeCourse) -> None:
    changed = {"gamma-ray: {name: gamma ray,": "gamma-ray: {name: Änderung,", "[gamma rays]": "[gamma ray]"}
    body = publish(make_course({"lessons/second/gamma/lesson.md": changed})).pages["glossary.md"].body
    assert body.index(">alpha<") < body.index(">Änderung<") < body.index('id="letter-b"')


def test_a_track_offers_its_cards_where_the_site_has_them(make_course: MakeCourse) -> None:
    course = read_course(make_course({}), load_widgets())
    site = publish_course(course, str, decks=True)
    assert '<a href="first.apkg" download>Cards for Anki</a>' in site.pages["first/index.md"].body
    assert ".apkg" not in site.pages["zero/index.md"].body
    assert not [uri for uri, page in publish_course(course, str).pages.items() if ".apkg" in page.body]


def test_a_promise_finds_its_lesson_where_two_tracks_have_one_id(make_course: MakeCourse) -> None:
    """Which is an error; `serve` shows the page beside it."""
    again = "  - id: first\n    number: 3\n    title: Again\n    phases:\n      - title: Going on\n"
    site = publish(make_course({"lessons/course.yml": {"      - title: Going on\n": again}}))
    assert '"Planned for track 3, lesson 1"' in site.pages["first/alpha/lesson.md"].body


def test_a_promise_and_a_link_to_one_address_stay_two_things_in_a_widget(make_course: MakeCourse) -> None:
    quiz = """
```quiz
id: where-now
practises: say-it
ask: 'See [drift](../ "promise: drift") and [the track](../).'
choices:
  - {text: "Yes, [there](../).", right: true, why: "So."}
  - {text: "No.", why: "So."}
```
"""
    practice = (SAMPLE / "lessons/first/alpha/practice.md").read_text("utf-8") + quiz
    body = publish(make_course({"lessons/first/alpha/practice.md": practice})).pages["first/alpha/practice.md"].body
    assert '[drift](../../#lesson-delta "Planned for track 1, lesson 3") and [the track](../../).' in body


@pytest.mark.parametrize("front", ["track: first", "track: first\nmodule: alpha", "next_url: /x", "kind: home"])
def test_a_plain_page_is_plain_whatever_its_front_matter_says(make_course: MakeCourse, front: str) -> None:
    page = publish(make_course({"docs/x.md": f"---\n{front}\n---\n\n# X\n"})).pages["x.md"]
    assert "BreadcrumbList" not in page.text
    assert sorted(page.meta) == ["description", "html_title", "kind", "title"]
    assert page.meta["kind"] == "plain"
