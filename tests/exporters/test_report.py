"""What `trackbook report` says of a course."""

import base64
import hashlib
import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser, LexborNode
from tests.cli.test_cli import run
from tests.cli.test_gate import git
from tests.conftest import TESTS, Change

from trackbook.checks import check_course
from trackbook.cli.course import read_whole
from trackbook.exporters.report import gather_facts, render_page
from trackbook.exporters.report.bars import draw_bars
from trackbook.exporters.report.graph import Needs, Stop, draw_graph, find_needs
from trackbook.model import Concept, Course, Module, Need, Page, Phase, Source, Track
from trackbook.publishing.course_map.labels import measure
from trackbook.publishing.course_map.network import Tie
from trackbook.reading.changes import Change as PageChange
from trackbook.reading.changes import read_changes_since

MakeCourse = Callable[[Change], Path]
GOLDEN = TESTS / "cases" / "report.md"
NASTY = '<script>alert(1)</script> | "x" & `y` [z](https://example.org)'


def find(tree: LexborHTMLParser, selector: str) -> LexborNode:
    found = tree.css_first(selector)
    assert found is not None
    return found


def render(root: Path, base: str = "") -> str:
    course = read_whole(root)
    changes = read_changes_since(root, base, course.pages) if base else None
    return render_page(gather_facts(course, check_course(course), base, changes), b"font")


def test_the_table_reads_as_it_should(make_course: MakeCourse, update: bool) -> None:
    said = run("report", "--course", make_course({})).output
    if update:
        GOLDEN.write_text(said, encoding="utf-8", newline="\n")
    assert said == GOLDEN.read_text("utf-8")


def test_nothing_an_author_writes_is_markup(make_course: MakeCourse) -> None:
    quoted = NASTY.replace('"', '\\"')
    root = make_course(
        {
            "lessons/course.yml": {"title: A sample": f'title: "{quoted}"', "title: Going on": f'title: "{quoted}"'},
            "lessons/first/alpha/overview.md": {"title: Alpha": f'title: "{quoted}"'},
            "lessons/first/alpha/lesson.md": {"alpha: The": f'alpha: {{name: "{quoted}", definition: "The'}
            | {"letters.": 'letters."}'},
        }
    )
    said = run("report", "--course", root).output
    assert "<" not in said and "](" not in said and "`" not in said
    assert {len(re.findall(r"\|", line)) for line in said.split("\n") if line.startswith("|")} == {9}
    page = render(root)
    assert NASTY in find(LexborHTMLParser(page), "h1").text()
    assert "<script" not in page and page.count("alert(1)") > 4


def test_the_page_needs_nobody_and_says_each_picture_in_words(make_course: MakeCourse) -> None:
    page = render(make_course({}))
    tree = LexborHTMLParser(page)
    policy = find(tree, "meta[http-equiv]").attributes["content"] or ""
    style = re.search(r"<style>(.*?)</style>", page, flags=re.S)
    assert style and f"'sha256-{base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()}'" in policy
    assert policy.startswith("default-src 'none'; ")
    assert not tree.css("script, link, img, iframe, [style], [onclick], [href], [src]")
    assert not re.findall(r"url\((?!data:)", page)
    assert all(picture.attributes["aria-label"] for picture in tree.css("figure svg"))
    chain = [entry.text().split("needs")[0].strip() for entry in tree.css("ol li")]
    assert chain == ["Groundwork", "Alpha", "Beta", "Gamma"]
    for title in ("Alpha", "Beta", "Gamma"):
        assert any(title in (row.text() or "") for row in tree.css("details tbody tr"))
    assert "Promised in 1.1 lesson (line 14)." in find(tree, ".plan").text()


def test_coverage_is_what_the_checks_say(make_course: MakeCourse) -> None:
    course = read_whole(make_course({"lessons/first/alpha/practice.md": None}))
    covered = {part.label: (part.covered, part.total, len(part.missing)) for part in gather_facts(course, ()).coverage}
    assert covered == {
        "Objectives practised": (2, 3, 0),  # that of a module without practice is not
        "Concepts practised": (2, 3, 0),
        "Concepts on their cheatsheet": (3, 3, 0),
        "Pages of written modules": (11, 12, 1),
    }


def test_a_broken_course_has_a_report_too(make_course: MakeCourse) -> None:
    root = make_course({"lessons/course.yml": "\ttitle: x\n", "lessons/first/alpha/practice.md": None})
    assert "0 modules written, 0 planned; 0 words; 1 error" in run("report", "--course", root).output
    assert "No module needs a concept of another yet." in render(root)


def test_the_file_is_named_or_report_html(make_course: MakeCourse, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make_course({})
    monkeypatch.chdir(root)
    assert run("report", "--html").output == "Wrote report.html\n"
    assert run("report", "--html", "other.html").output == "Wrote other.html\n"
    assert (root / "other.html").read_bytes() == (root / "report.html").read_bytes()


def test_changes_are_those_since_the_commit_both_share(make_course: MakeCourse) -> None:
    root = make_course({})
    git(root.parent, "init", "--quiet")
    git(root.parent, "add", "course")
    git(root.parent, "commit", "--quiet", "-m", "One")
    git(root.parent, "branch", "theirs")
    alpha, beta, new = (root / f"lessons/first/{name}.md" for name in ("alpha/lesson", "beta/practice", "beta/extra"))
    git(root.parent, "checkout", "--quiet", "theirs")
    (root / "docs/index.md").write_text("# Theirs\n", encoding="utf-8")  # what the base did since is no change of ours
    git(root.parent, "commit", "--quiet", "-am", "Theirs")
    git(root.parent, "checkout", "--quiet", "-")
    alpha.write_text(alpha.read_text("utf-8") + "\nThree more words.\n", encoding="utf-8")
    beta.unlink()
    new.write_text("# Extra\n", encoding="utf-8")
    overview = root / "lessons/first/alpha/overview.md"
    overview.write_bytes(overview.read_bytes().replace(b"\n", b"\r\n"))  # the same lines, ended another way
    pages = {
        **read_whole(root).pages,
        "lessons/first/beta/extra.md": Page("lessons/first/beta/extra.md", "plain", "", words=1),
    }
    changes = read_changes_since(root, "theirs", pages)
    assert list(changes) == [str(path.relative_to(root)) for path in (alpha, new, beta)]
    assert [change.words for change in changes.values()][:2] == [3, 1]
    assert changes["lessons/first/beta/extra.md"] == PageChange(None, 1)
    assert changes["lessons/first/beta/practice.md"].after is None
    assert '<td class="number">gone</td>' in render(root, "theirs")


@pytest.mark.parametrize(
    ("base", "message"),
    [
        ("origin/mian", '"origin/mian" is no branch, tag or commit here: fetch it, or name another with `--base`'),
        ("--help", '"--help" is no branch, tag or commit here: fetch it, or name another with `--base`'),
        ("alone", '"alone" shares no commit with what is here: fetch the whole history (`fetch-depth: 0`)'),
    ],
)
def test_a_base_that_helps_nobody(make_course: MakeCourse, base: str, message: str) -> None:
    root = make_course({})
    git(root, "init", "--quiet")
    git(root, "add", "lessons")
    git(root, "commit", "--quiet", "-m", "One")
    git(root, "checkout", "--quiet", "--orphan", "alone")
    git(root, "commit", "--quiet", "-m", "Another")
    git(root, "checkout", "--quiet", "main")
    result = run("report", f"--base={base}", "--course", root)
    assert (result.output, result.exit_code) == (f"Error: {message}\n", 1)


def test_outside_of_a_repository(make_course: MakeCourse, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make_course({})
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(root.parent))
    result = run("report", "--base", "main", "--course", root)
    assert result.output == f"Error: {root} is in no git repository: `--base` compares with a version in one\n"


@st.composite
def needs_of_some_course(draw: st.DrawFn) -> Needs:
    """Modules with long and short names, each of which needs some of those before it."""
    count = draw(st.integers(2, 14))
    words = st.integers(1, 30).map(lambda length: " ".join(["Wam"] * length))
    names = st.one_of(st.just(()), words.map(lambda name: (Concept(name, name, "", "t", Source("x.md")),)))
    stops = tuple(Stop(f"t/m{n}", f"1.{n}", draw(words), draw(names)) for n in range(count))
    ties = [
        Tie(stops[source].key, stops[target].key, "needs")
        for target in range(1, count)
        for source in draw(st.sets(st.integers(0, target - 1), max_size=4))
    ]
    return Needs(stops, tuple(ties), ())


_STOPS = tuple(Stop(f"m{n}", "1", "A title", ()) for n in range(40))
DENSE = Needs(_STOPS, tuple(Tie(one.key, _STOPS[-1].key, "needs") for one in _STOPS[:-1]), ())


@example(DENSE, 340)
@given(needs_of_some_course(), st.sampled_from([340, 920]))
def test_lines_share_no_stretch_and_words_stay_inside(needs: Needs, width: int) -> None:
    drawing = draw_graph(needs, width)
    stretches: dict[str, list[tuple[float, float]]] = {}
    for wire in drawing.wires:
        found = re.findall(r"Q([\d.]+) ([\d.]+) \1 [\d.]+V([\d.]+)", wire.path)
        assert len({x for x, *_ in found}) == 1
        top, bottom = min(float(y) for _, y, _ in found), max(float(y) for *_, y in found)
        assert all(bottom <= start or top >= end for start, end in stretches.get(found[0][0], ()))
        stretches.setdefault(found[0][0], []).append((top, bottom))
        assert 0 < float(found[0][0]) < drawing.gutter
    assert sum(wire.path.count("V") for wire in drawing.wires) == len(needs.ties)
    for mark in drawing.marks:
        sized = [*((label, 15) for label in mark.title), *((label, 13) for label in mark.concepts)]
        assert all(drawing.gutter < label.x <= width + 0.01 - measure(label.text, size) for label, size in sized)
    assert drawing.gutter < width / 2
    lines = [label.y for mark in drawing.marks for label in (*mark.title, *mark.concepts)]
    assert all(below - above > 12 for above, below in pairwise(lines)) and lines[-1] < drawing.height


def make_course_of(needs: dict[str, str]) -> Course:
    """A track with a written module a key, which teaches a concept of its name and needs those of the letters."""
    here = Source("lessons/course.yml")
    modules = tuple(
        Module(
            name,
            "t",
            name,
            here,
            pages={"lesson": Page(f"lessons/t/{name}/lesson.md", "lesson", "")},
            teaches=(Concept(name, name, "…", "t", here, f"t/{name}"),),
            needs=tuple(Need(letter, here) for letter in letters),
        )
        for name, letters in needs.items()
    )
    return Course(tracks=(Track("t", 1, "T", here, phases=(Phase("P", modules),)),))


@pytest.mark.parametrize(
    ("needs", "chain"),
    [
        ({"a": "", "b": "a", "c": "a", "d": "bc", "e": "a"}, "abd"),
        ({"a": "", "b": "a", "c": "", "d": "c", "e": "db"}, "cde"),
        ({"a": "", "b": "", "c": "ab", "d": "abc"}, "acd"),
        ({"a": "b", "b": "a", "c": "b"}, "abc"),  # a circle: only what leads on counts
        ({"a": "a"}, ""),
    ],
)
def test_the_longest_chain_is_found(needs: dict[str, str], chain: str) -> None:
    found = find_needs(make_course_of(needs)).chain
    ends = [*(tie.source for tie in found[:1]), *(tie.target for tie in found)]
    assert "".join(end.removeprefix("t/") for end in ends) == chain


def test_bars_are_on_one_scale(make_course: MakeCourse) -> None:
    long = "letters letters letters letters letters letters"
    course = read_whole(make_course({"lessons/course.yml": {"title: Beginning": f'title: "{long}"'}}))
    drawing = draw_bars(gather_facts(course, ()), 340)
    titles = [" ".join(label.text for label in bar.title) for bar in drawing.bars]
    assert titles == [f"1.1 {long}", "1.2 Going on", "2.1 Only phase"]
    ends = [max(piece.x + piece.width for piece in bar.pieces) for bar in drawing.bars]
    assert max(ends) <= 340 < max(ends) + 3
    assert [[piece.kind for piece in bar.pieces] for bar in drawing.bars] == [
        ["lesson", "practice", "lesson", "practice"],
        ["planned"],
        ["lesson", "practice"],
    ]
    for bar in drawing.bars:
        assert all(measure(label.text, 14) + measure(bar.time.text, 14) <= 340 for label in bar.title)
        assert bar.title[-1].y < bar.y
