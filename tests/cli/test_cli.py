"""The commands as a newcomer types them."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from tests.conftest import ROOT, Change

from trackbook.cli import main

MakeCourse = Callable[[Change], Path]


def run(*words: str | Path) -> Result:
    result = CliRunner().invoke(main, list(map(str, words)))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def test_help_names_every_command() -> None:
    said = run("--help").output
    for command in main.commands:
        assert re.search(rf"^  {command} ", said, flags=re.M)
        assert re.search(rf"^\| `trackbook {command}", (ROOT / "docs/authoring.md").read_text("utf-8"), flags=re.M)
        assert not run(command, "--help").exit_code


def list_all(group: click.Group, words: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    for name, command in group.commands.items():
        yield (*words, name), command
        if isinstance(command, click.Group):
            yield from list_all(command, (*words, name))


@pytest.mark.parametrize("width", [40, 80, 120])
def test_help_gives_each_summary_whole(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    listed = list(list_all(main))
    assert len(listed) >= 17
    for words, command in listed:
        summary = re.split(r"(?<=\.)\s", command.help or "")[0]
        around = " ".join(run(*words[:-1], "--help").output.split())
        assert f" {words[-1]} {' '.join(summary.split())}" in around
        assert summary.endswith(".")


def test_new_course_checks_builds_and_stages(tmp_path: Path) -> None:
    course = tmp_path / "my-course"
    assert run("new", "course", course).exit_code == 0
    assert run("check", "--course", course).output == "no errors, no pieces of advice in 5 pages.\n"
    assert run("build", "--course", course).output == "Built site/\n"
    assert "My course" in (course / "site/index.html").read_text("utf-8")
    assert run("stage", tmp_path / "stage", "--course", course).exit_code == 0
    assert (tmp_path / "stage/first-track/first-module/lesson.md").is_file()
    again = run("new", "course", course)
    assert again.output == f"Error: there is a course in {course} already: nothing was changed\n"


def test_new_module_is_complete_once_listed(make_course: MakeCourse) -> None:
    root = make_course({})
    said = run("new", "module", "first/epsilon", "--course", root).output
    assert said.endswith("Next: list `epsilon` under a phase in lessons/course.yml.\n")
    outline = root / "lessons/course.yml"
    outline.write_text(outline.read_text("utf-8").replace("[alpha, beta]", "[alpha, beta, epsilon]"), encoding="utf-8")
    assert run("check", "--course", root).exit_code == 0


def test_new_module_of_a_planned_one_says_how_it_is_listed_now(make_course: MakeCourse) -> None:
    root = make_course({})
    said = run("new", "module", "first/delta", "--course", root).output
    step = "in lessons/course.yml, write `- delta` in the place of its entry: its own pages say the rest now."
    assert said.endswith(f"Next: {step}\n")
    outline = root / "lessons/course.yml"
    text = outline.read_text("utf-8")
    start, end = text.index("          - id: delta"), text.index("  - id: second")
    outline.write_text(f"{text[:start]}          - delta\n{text[end:]}", "utf-8")
    assert "delta" not in re.sub(r".*drift.*", "", run("check", "--course", root).output)


def test_new_module_that_is_listed_already_has_its_place(make_course: MakeCourse) -> None:
    root = make_course({"lessons/course.yml": {"[alpha, beta]": "[alpha, beta, epsilon]"}})
    said = run("new", "module", "first/epsilon", "--course", root).output
    assert said.endswith("Next: write them; `trackbook serve` shows what they become.\n")
    assert run("check", "--course", root).exit_code == 0


@pytest.mark.parametrize(
    ("key", "message"),
    [
        ("first/alpha", "lessons/first/alpha is already there: nothing was changed"),
        (
            "First/New Thing",
            '"First/New Thing" is not track/module in lower-case letters, digits and hyphens: try first/new-thing',
        ),
        ("epsilon", '"epsilon" is not track/module in lower-case letters, digits and hyphens: try epsilon/module'),
        ("third/alpha", 'the outline has no track "third": add it to lessons/course.yml first'),
        (
            "../../etc",
            '"../../etc" is not track/module in lower-case letters, digits and hyphens: try a-short-name/etc',
        ),
    ],
)
def test_new_module_refuses(make_course: MakeCourse, key: str, message: str) -> None:
    result = run("new", "module", key, "--course", make_course({}))
    assert (result.output, result.exit_code) == (f"Error: {message}\n", 1)


def test_stage_spares_what_it_did_not_write(make_course: MakeCourse) -> None:
    root = make_course({})
    result = run("stage", root / "lessons", "--course", root)
    assert result.exit_code == 1
    assert "lessons lies among the sources of the course" in result.output
    assert (root / "lessons/course.yml").is_file()


def test_stage_writes_nothing_of_a_course_with_errors(make_course: MakeCourse, tmp_path: Path) -> None:
    root = make_course({"lessons/first/alpha/practice.md": None})
    result = run("stage", tmp_path / "stage", "--course", root)
    assert result.output.startswith("Error: 1 error, 1 piece of advice: nothing was written")
    assert not (tmp_path / "stage").exists()


def test_stage_writes_drawings_that_only_draw(make_course: MakeCourse, tmp_path: Path) -> None:
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"{}><path d="M0 0h1" /></svg>'
    root = make_course({"docs/a.SVG": drawing.format(' onload="go()"'), "docs/b.svg": drawing.format("")})
    assert run("stage", tmp_path / "stage", "--course", root).exit_code == 0
    assert (tmp_path / "stage/a.SVG").read_text("utf-8").partition("?>\n")[2] == drawing.format("")
    assert (tmp_path / "stage/b.svg").read_text("utf-8") == drawing.format("")


def test_stage_keeps_out_of_the_sources(make_course: MakeCourse) -> None:
    root = make_course({})
    assert "lies among the sources" in run("stage", root / "docs/out", "--course", root).output


def test_explain_gives_the_reason() -> None:
    said = run("explain", "promise-is-kept").output
    assert said.startswith("promise-is-kept (error)\n\nA link titled")
    assert run("explain", "promise-is-kep").output.endswith('Did you mean "promise-is-kept"?\n')


def test_json_holds_every_issue(make_course: MakeCourse) -> None:
    root = make_course({"lessons/first/alpha/practice.md": None})
    result = run("check", "--json", "--course", root)
    assert result.exit_code == 1
    codes = {(issue["code"], issue["path"], issue["level"]) for issue in json.loads(result.stdout)["issues"]}
    assert ("module-is-complete", "lessons/course.yml", "error") in codes


@pytest.mark.parametrize("command", ["check", "build", "serve", "stage"])
def test_outside_a_course_one_clear_sentence(tmp_path: Path, command: str) -> None:
    words: list[str | Path] = [command, "--course", tmp_path, *([tmp_path / "stage"] if command == "stage" else [])]
    result = run(*words)
    assert result.exit_code == 1
    assert re.fullmatch(
        r"Error: there is no \S+ in \S+: `trackbook new course DIR` makes a course with one\n", result.output
    )


def test_our_course_has_no_error_and_its_only_advice_is_about_planned_modules() -> None:
    result = run("check", "--course", ROOT)
    assert result.exit_code == 0, result.output
    assert set(re.findall(r": advice: ([a-z-]+):", result.output)) == {"promised-page-is-written"}
