"""Sources that no author means to write, and any that a program can think of: issues, never a traceback."""

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.conftest import SAMPLE, Change

from trackbook.checks import check_course
from trackbook.issue import CourseError, format_text
from trackbook.model import Course
from trackbook.publishing import publish_course
from trackbook.reading import read_course
from trackbook.widgets import load_widgets

MakeCourse = Callable[[Change], Path]
LESSON = "lessons/first/alpha/practice.md"

KEYS = [
    "title",
    "summary",
    "objectives",
    "needs",
    "defers",
    "to",
    "concepts",
    "was",
    "source",
    "url",
    "authors",
    "math",
]
KEYS += [
    "tracks",
    "id",
    "number",
    "phases",
    "modules",
    "planned",
    "teaches",
    "builds_on",
    "elsewhere",
    "allow",
    "language",
]
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=20),
    st.sampled_from(["alpha", "first", *KEYS]),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(KEYS) | st.text(max_size=8), inner, max_size=6)
    ),
    max_leaves=25,
)
EXAMPLES = settings(suppress_health_check=[HealthCheck.too_slow])


def read(root: Path) -> Course:
    return read_course(root, load_widgets(root))


def said(root: Path) -> list[str]:
    return [format_text(issue) for issue in check_course(read(root)) if issue.level == "error"]


def end_to_end(change: dict[str, bytes]) -> None:
    """Reads, checks and publishes a changed sample: whatever the change, a course and issues come out."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "course"
        shutil.copytree(SAMPLE, root)
        for name, text in change.items():
            (root / name).write_bytes(text)
        course = read(root)
        for issue in check_course(course):
            assert issue.source.path
            assert issue.source.line >= 1
            assert issue.message
        publish_course(course, str)


@EXAMPLES
@given(VALUES)
def test_any_front_matter_ends_in_a_course_and_issues(value: object) -> None:
    front = yaml.safe_dump(value, allow_unicode=True)
    pages = [f"lessons/first/beta/{kind}.md" for kind in ("overview", "lesson", "practice")]
    end_to_end({page: f"---\n{front}---\n\n# Beta\n".encode("utf-8", "replace") for page in pages})


@EXAMPLES
@given(VALUES)
def test_any_outline_ends_in_a_course_and_issues(value: object) -> None:
    end_to_end({"lessons/course.yml": yaml.safe_dump(value, allow_unicode=True).encode("utf-8", "replace")})


@EXAMPLES
@given(st.text(alphabet=st.sampled_from("ab:-[]{}&*!|>'\"#%@`,?\t\n \0é😀"), max_size=80))
def test_any_text_as_yaml_ends_in_a_course_and_issues(text: str) -> None:
    end_to_end(
        {
            "lessons/course.yml": text.encode(),
            LESSON: f"---\n{text}\n---\n\n# Alpha\n\n```quiz\n{text}\n```\n".encode(),
        }
    )


@EXAMPLES
@given(VALUES)
def test_any_widget_data_ends_in_a_course_and_issues(value: object) -> None:
    data = yaml.safe_dump({"id": "which", "ask": value, "choices": value, "cards": value, "answer": value})
    fences = "\n".join(f"```{name}\n{data}```\n" for name in load_widgets())
    end_to_end({LESSON: f"# Alpha\n\n{fences}".encode("utf-8", "replace")})


@EXAMPLES
@given(st.text(alphabet=st.sampled_from("ab[](){}<>!#$*_`|\\~-+>:=\"'.\n \té&"), max_size=120))
def test_any_markdown_ends_in_a_course_and_issues(text: str) -> None:
    end_to_end({LESSON: text.encode(), "docs/index.md": text.encode()})


def test_no_outline_is_one_clear_sentence(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match=r"there is no lessons/course.yml in .*: `trackbook new course DIR`"):
        read(tmp_path)


def test_latin_1_is_named_with_its_line(make_course: MakeCourse) -> None:
    root = make_course({})
    (root / LESSON).write_bytes("# Alpha\n\ncafé\n".encode("latin-1"))
    assert said(root) == [
        f"{LESSON}:3: file-can-be-read: byte 0xe9 is not valid UTF-8.\n    hint: save the file as UTF-8"
    ]


def test_huge_file_is_named_with_its_size(make_course: MakeCourse) -> None:
    root = make_course({LESSON: "# Alpha\n" + "x" * 2_000_000})
    assert said(root) == [
        f'{LESSON}:1: file-can-be-read: "{LESSON}" has 2,000,008 bytes; a source file may have 2,000,000.\n'
        "    hint: split the page, or move data into a file beside it"
    ]


def test_link_out_of_the_course_is_refused(make_course: MakeCourse, tmp_path: Path) -> None:
    root = make_course({})
    (tmp_path / "secret").write_text("secret")
    (root / "docs/secret.md").symlink_to(tmp_path / "secret")
    assert said(root) == [
        'docs/secret.md:1: file-can-be-read: "docs/secret.md" is a symbolic link that leaves the course.\n'
        "    hint: copy the file here instead"
    ]


def test_link_to_a_folder_is_refused(make_course: MakeCourse) -> None:
    root = make_course({})
    (root / "docs/all").symlink_to(root / "lessons", target_is_directory=True)
    assert [line.split("\n")[0] for line in said(root)] == [
        'docs/all:1: file-can-be-read: "docs/all" is a symbolic link to a folder.'
    ]


def test_link_inside_the_course_is_followed(make_course: MakeCourse) -> None:
    root = make_course({})
    (root / "docs/dot.svg").symlink_to(root / "lessons/first/alpha/dot.svg")
    assert said(root) == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_named_pipe_does_not_hang(make_course: MakeCourse) -> None:
    root = make_course({})
    os.mkfifo(root / "docs/pipe.md")
    assert said(root) == [
        'docs/pipe.md:1: file-can-be-read: "docs/pipe.md" is not a regular file.\n'
        "    hint: remove it, or put a file in its place"
    ]


def test_every_element_knows_its_line(make_course: MakeCourse) -> None:
    course = read(make_course({}))
    module = course.module("second/gamma")
    assert module
    assert [(str(need.concept), need.source.line, need.source.column) for need in module.needs] == [
        ("beta", 6, 9),
        ("counting", 6, 15),
    ]
    [item] = module.items
    assert (item.source.path, item.source.line) == ("lessons/second/gamma/practice.md", 4)
    concept = course.concepts["gamma-ray"]
    assert (concept.source.path, concept.source.line, concept.source.column) == ("lessons/second/gamma/lesson.md", 3, 3)


@pytest.mark.parametrize("again", ["{id: two, number: 2, title: Two, phases: *shared}", "{<<: *one, number: 2}"])
def test_what_stands_twice_by_an_alias_is_two_things(make_course: MakeCourse, again: str) -> None:
    one = "&one {id: one, number: 1, title: One, phases: &shared [{title: All, modules: [ghost]}]}"
    course = read(make_course({"lessons/course.yml": f"title: Any\ntracks:\n- {one}\n- {again}\n"}))
    assert [track.number for track in course.tracks] == [1, 2]
    assert [[module.track for module in track.modules] for track in course.tracks] == [[t.id] for t in course.tracks]


def test_what_is_wrong_in_an_aliased_list_is_told_and_the_rest_kept(make_course: MakeCourse) -> None:
    planned = "{id: %s, planned: true, title: Any, summary: Any., teaches: {%s: A thing.}}"
    modules = f"[[bad], {planned % ('x', 'foo')}, {planned % ('y', 'bar')}]"
    one = f"&one {{id: one, number: 1, title: One, phases: &all [{{title: All, bogus: 1, modules: {modules}}}]}}"
    root = make_course({"lessons/course.yml": f"title: Any\ntracks:\n- {one}\n- {{<<: *one, id: two, number: 2}}\n"})
    assert [[module.id for module in track.modules] for track in read(root).tracks] == [["x", "y"], ["x", "y"]]
    assert any('"bogus"' in line for line in said(root))


def test_what_a_merge_brings_does_not_hide_where_its_own_keys_stand(make_course: MakeCourse) -> None:
    one = "&one {id: one, number: 1, title: One, phases: []}"
    two = "- {<<: *one, id: two, number: %s}\n"
    root = make_course({"lessons/course.yml": f"title: Any\ntracks:\n- {one}\n{two % 2}{two % 3}"})
    assert [track.source.line for track in read(root).tracks] == [3, 4, 5]


@pytest.mark.parametrize("aliased", ["teaches", "phases"])
def test_a_concept_that_two_modules_teach_by_an_alias_is_told(make_course: MakeCourse, aliased: str) -> None:
    module = "{id: %s, planned: true, title: Any, summary: Any., teaches: %s}"
    if aliased == "teaches":
        two = f"[{module % ('x', '&t {foo: A thing.}')}, {module % ('y', '*t')}]"
        tracks = f"- {{id: one, number: 1, title: One, phases: [{{title: All, modules: {two}}}]}}\n"
    else:
        phases = f"&p [{{title: All, modules: [{module % ('x', '{foo: A thing.}')}]}}]"
        tracks = (
            f"- {{id: one, number: 1, title: One, phases: {phases}}}\n- {{id: two, number: 2, title: B, phases: *p}}\n"
        )
    root = make_course({"lessons/course.yml": f"title: Any\ntracks:\n{tracks}"})
    assert sum("concept-is-taught-once" in line for line in said(root)) == 1
