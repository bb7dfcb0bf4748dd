"""A course that adopts the checks with what it has."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.cli.test_cli import run
from tests.cli.test_formats import BROKEN
from tests.conftest import Change

from trackbook.checks.baseline import compare_with_baseline
from trackbook.issue import Issue
from trackbook.model import Source
from trackbook.reading.baseline import BASELINE, format_baseline, read_baseline

MakeCourse = Callable[[Change], Path]
PRACTICE = "lessons/first/alpha/practice.md"


def test_known_issues_are_left_out_and_new_ones_never(make_course: MakeCourse) -> None:
    root = make_course(BROKEN)
    assert (
        run("check", "--write-baseline", "--course", root).output == f"Wrote {BASELINE}: 3 errors, 1 piece of advice\n"
    )
    held = run("check", "--baseline", "--course", root)
    assert held.output == "no errors, no pieces of advice in 13 pages.\nLeft out, since the baseline knows them: 4.\n"
    assert held.exit_code == 0
    assert run("check", "--course", root).exit_code == 1  # only those who ask leave anything out
    text = (root / PRACTICE).read_text("utf-8")
    (root / PRACTICE).write_text(f"\n\n{text}\n[again](nowhere.md)\n", encoding="utf-8")  # lines move, one slip is new
    result = run("check", "--baseline", "--course", root)
    assert result.exit_code == 1
    assert result.output.startswith(f"{PRACTICE}:9: link-lands: ")
    assert result.output.endswith(
        "1 error, no pieces of advice in 13 pages.\nLeft out, since the baseline knows them: 4.\n"
    )


def test_what_is_mended_can_leave_the_baseline(make_course: MakeCourse) -> None:
    root = make_course(BROKEN)
    run("check", "--write-baseline", "--course", root)
    before = (root / BASELINE).read_text("utf-8")
    (root / PRACTICE).write_text("# Alpha\n\n## Deep\n\n[x](nowhere.md)\n", encoding="utf-8")
    said = run("check", "--baseline", "--course", root).output
    assert said.endswith("Mended, but still in the baseline: 1. `trackbook check --write-baseline` renews it.\n")
    outline = root / "lessons/course.yml"
    whole = outline.read_text("utf-8")
    outline.write_text("\ttitle: x\n", encoding="utf-8")  # checks wait, so what they know seems mended
    assert "Mended" not in run("check", "--baseline", "--course", root).output
    outline.write_text(whole, encoding="utf-8")
    run("check", "--write-baseline", "--course", root)
    gone = set(before.splitlines()) - set((root / BASELINE).read_text("utf-8").splitlines())
    assert gone == {f'{PRACTICE}: heading-skips-no-level: "Deep" is of level 3, right below level 1.'}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (None, f"there is no {BASELINE}: `trackbook check --write-baseline` makes it"),
        (
            "# x\n\nwhat is this\n",
            f"{BASELINE}:3: this line is not `path: check: message`: remove it, or write the file",
        ),
        ("# x\n\n<<<<<<< HEAD\n", f'{BASELINE}:3: file-can-be-read: "<<<<<<< HEAD" is a marker of git'),
        ("a: b-c: d\n\0", f"{BASELINE}:2: file-can-be-read: the text holds a NUL byte."),
    ],
)
def test_a_broken_baseline_says_where(make_course: MakeCourse, text: str | None, message: str) -> None:
    root = make_course({} if text is None else {BASELINE: text})
    result = run("check", "--baseline", "--course", root)
    assert result.exit_code == 1 and result.output.startswith(f"Error: {message}")


@pytest.mark.parametrize("words", [["--external"], ["--site", "."]])
def test_a_baseline_is_about_the_course_alone(make_course: MakeCourse, words: list[str]) -> None:
    said = run("check", "--baseline", *words, "--course", make_course({})).output
    assert said == "Error: a baseline is about the course itself: leave out --site and --external\n"


def test_line_numbers_in_a_message_are_no_part_of_it() -> None:
    one, two = (Issue("a-b", Source("x.md", at), f"set twice; first in line {at}.") for at in (3, 12))
    assert one.identity == two.identity == "x.md: a-b: set twice; first in line."
    assert Issue("a-b", Source("x.md"), "12 words").identity != Issue("a-b", Source("x.md"), "13 words").identity


PRINTABLE = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(str.strip)


@settings(derandomize=True, deadline=None, max_examples=50)
@given(
    st.lists(
        st.builds(
            Issue,
            st.from_regex(r"[a-z]+(-[a-z]+)*", fullmatch=True),
            st.builds(Source, PRINTABLE.map("docs/{}".format)),
            PRINTABLE,
        )
    )
)
def test_what_is_written_is_what_is_read(tmp_path_factory: pytest.TempPathFactory, issues: list[Issue]) -> None:
    root = tmp_path_factory.getbasetemp()
    (root / "lessons").mkdir(exist_ok=True)
    (root / BASELINE).write_text(format_baseline(issues), encoding="utf-8", newline="\n")
    compared = compare_with_baseline(issues, read_baseline(root, {BASELINE}))
    assert (compared.new, compared.known, compared.fixed) == ((), len(issues), 0)
