"""`trackbook rename`: a module moves, and nothing that led to it is lost."""

import posixpath
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser
from tests.conftest import ROOT, SAMPLE, TESTS, Change

from trackbook.authoring.rename import carry_out
from trackbook.authoring.rename.move import Move
from trackbook.authoring.rename.outline import edit_outline, edit_was
from trackbook.checks import check_course
from trackbook.cli import main
from trackbook.issue import CourseError
from trackbook.mkdocs_plugin.build import build_site
from trackbook.model import Course
from trackbook.reading import read_course
from trackbook.reading.files import SOURCE_FOLDERS
from trackbook.widgets import load_widgets

MakeCourse = Callable[[Change], Path]
REFUSED = yaml.safe_load((TESTS / "cases/rename/refused.yml").read_text("utf-8"))
YAML_TEXTS = yaml.safe_load((TESTS / "cases/rename/texts.yml").read_text("utf-8"))
EVERY_FORM: Change = {
    "lessons/first/alpha/numbers.json": "{}",
    "lessons/first/beta/practice.md": """# Beta

[plain](../alpha/lesson.md#why), [promise](<../alpha/lesson.md> "promise: alpha"),
![dot](../alpha/dot.svg "A dot"), [folder](../alpha/),
[sheet](../../../cheatsheets/first/alpha.md), [the face][face], `[code](../alpha/lesson.md)`.

[face]: ../alpha/overview.md "The face"

> - [deeper](../alpha/lesson.md?plain#why)

  ```exercise
  id: beta-every-form
  practises: [first/alpha#say-it, place-it]
  task: |
    Read [the lesson](../alpha/lesson.md#why)
    and ![a dot](<../alpha/dot.svg>).
  hints: ["See [it](../alpha/lesson.md), \\"alpha\\".", 'See [it](../alpha/practice.md).']
  answer: "[Here][a].\\n\\n[a]: ../alpha/lesson.md"
  ```
""",
}


def rename(root: Path, old: str, new: str) -> Result:
    result = CliRunner().invoke(main, ["rename", old, new, "--course", str(root)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def read(root: Path) -> Course:
    return read_course(root, load_widgets(root))


def list_errors(course: Course) -> list[str]:
    return [f"{issue.place}: {issue.message}" for issue in check_course(course) if issue.level == "error"]


def read_texts(root: Path) -> dict[str, bytes]:
    files = (path for folder in SOURCE_FOLDERS for path in (root / folder).rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}


def list_ways(course: Course, move: Move) -> Iterator[tuple[str, ...]]:
    """Every link and every objective practised, as they should be after the move."""
    for page in course.pages.values():
        for link in page.all_links:
            target = move.locate(link.target) if link.target else link.href
            yield move.locate(page.path), target, link.fragment, link.text, link.title, str(link.image)
        for fence in page.fences:
            for item in fence.items:
                practised = [name.replace(f"{move.old}#", f"{move.new}#") for name in item.practises]
                yield move.locate(page.path), item.id, *practised


def copy_course(source: Path, root: Path) -> Path:
    for folder in SOURCE_FOLDERS:
        shutil.copytree(source / folder, root / folder)
    settings = (source / "mkdocs.yml").read_text("utf-8").replace("  custom_dir: overrides\n", "")
    (root / "mkdocs.yml").write_text(settings, "utf-8")
    return root


def git(root: Path, *words: str) -> str:
    identity = ["-c", "user.name=An author", "-c", "user.email=author@example.org"]
    return subprocess.run(["git", *identity, *words], cwd=root, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("deep-learning/attention-in-brief", "deep-learning/attention"),
        ("deep-learning/convolution", "transformers/convolution"),
    ],
)
def test_our_course_stays_whole(tmp_path: Path, old: str, new: str) -> None:
    root = copy_course(ROOT, tmp_path / "course")
    git(tmp_path, "init", "--quiet", str(root))
    git(root, "add", ".")
    git(root, "commit", "--quiet", "--message", "Before")
    before = read(root)
    assert rename(root, old, new).output.endswith("Next: look at `git diff HEAD`, then commit.\n")
    after, move = read(root), Move(old, new)
    assert list_errors(after) == []
    assert sorted(list_ways(after, Move("-", "-"))) == sorted(list_ways(before, move))
    moved = after.module(new)
    assert moved
    assert [former.concept for former in moved.was] == [old]
    git(root, "add", ".")
    git(root, "commit", "--quiet", "--message", "After")
    for page in moved.pages.values():
        assert git(root, "log", "--follow", "--format=%s", "--", page.path) == "After\nBefore\n"


def test_every_form_of_link_is_followed(make_course: MakeCourse) -> None:
    root = make_course(EVERY_FORM)
    before = read(root)
    assert list_errors(before) == []
    rename(root, "first/alpha", "second/epsilon")
    after = read(root)
    assert sorted(list_ways(after, Move("-", "-"))) == sorted(list_ways(before, Move("first/alpha", "second/epsilon")))
    text = (root / "lessons/first/beta/practice.md").read_text("utf-8")
    assert (
        text.count("../../second/epsilon/") == str(EVERY_FORM["lessons/first/beta/practice.md"]).count("../alpha/") - 1
    )
    assert "`[code](../alpha/lesson.md)`" in text


def test_what_an_alias_repeats_is_changed_once(make_course: MakeCourse) -> None:
    deck = """# Beta

```flashcards
id: deck
practises: place-it
cards:
  - {id: zero, front: Zero., back: None.}
  - {id: one, front: One., back: &back "See [it](../alpha/lesson.md).", practises: &aims [first/alpha#say-it]}
  - {id: two, front: Two., back: *back, practises: *aims}
```
"""
    path = "lessons/first/beta/practice.md"
    root = make_course({path: deck})
    assert rename(root, "first/alpha", "first/much-longer-than-before").exit_code == 0
    assert (root / path).read_text("utf-8") == deck.replace("alpha", "much-longer-than-before")


def test_data_of_a_widget_is_followed(tmp_path: Path) -> None:
    root = copy_course(ROOT, tmp_path)
    lesson, data = root / "lessons/transformers/tokens/lesson.md", "vocabulary.json"
    shutil.move(root / "lessons/data/tokenizer" / data, lesson.parent / data)
    lesson.write_text(lesson.read_text("utf-8").replace(f"../../data/tokenizer/{data}", f"../tokens/{data}"), "utf-8")
    for path in [*root.glob("docs/*.md"), *root.glob("lessons/*/*/*.md")]:
        text = path.read_text("utf-8")
        way = posixpath.relpath(f"lessons/transformers/tokens/{data}", path.parent.relative_to(root).as_posix())
        path.write_text(text.replace(f"../../data/tokenizer/{data}", way), "utf-8")
    assert list_errors(read(root)) == []
    rename(root, "transformers/tokens", "transformers/pieces")
    assert list_errors(read(root)) == []


def test_old_addresses_lead_to_the_new(make_course: MakeCourse) -> None:
    root = make_course(EVERY_FORM)
    rename(root, "first/alpha", "first/epsilon")
    rename(root, "first/beta", "first/alphabet")
    rename(root, "first/alphabet", "first/beta")
    site = build_site(root)
    checked = CliRunner().invoke(main, ["check", "--site", str(site), "--course", str(root)])
    assert checked.exit_code == 0, checked.output
    for kind in ("", "lesson/", "practice/", "cheatsheet/"):
        for old, new in (("first/alpha", "first/epsilon"), ("first/alphabet", "first/beta")):
            page = site / old / kind / "index.html"
            refresh = LexborHTMLParser(page.read_text("utf-8")).css_first("meta[http-equiv=refresh]")
            assert refresh
            way = str(refresh.attributes["content"]).partition("url=")[2]
            assert posixpath.normpath(f"{old}/{kind}{way}") == posixpath.normpath(f"{new}/{kind}")
            assert "refresh" not in (site / new / kind / "index.html").read_text("utf-8")


def test_renamed_back_keeps_both_names(make_course: MakeCourse) -> None:
    root = make_course({})
    for old, new in (("alpha", "epsilon"), ("epsilon", "alpha"), ("alpha", "epsilon"), ("epsilon", "alpha")):
        assert rename(root, f"first/{old}", f"first/{new}").exit_code == 0
    course = read(root)
    module = course.module("first/alpha")
    assert module
    assert [former.concept for former in module.was] == ["first/alpha", "first/epsilon"]
    assert list_errors(course) == []


@settings(derandomize=True, max_examples=12, deadline=None)
@given(
    old=st.sampled_from(["first/alpha", "first/beta", "second/gamma", "first/delta"]),
    track=st.sampled_from(["first", "second"]),
    name=st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,4})?", fullmatch=True),
    ends=st.sampled_from(["\n", "\r\n"]),
)
def test_there_and_back_changes_nothing_else(
    tmp_path_factory: pytest.TempPathFactory, old: str, track: str, name: str, ends: str
) -> None:
    root = copy_course(SAMPLE, tmp_path_factory.mktemp("course"))
    for path, text in EVERY_FORM.items():
        (root / path).write_text(str(text), "utf-8")
    for page in root.rglob("*.md"):
        page.write_bytes(page.read_bytes().replace(b"\n", ends.encode()))
    before, home = read_texts(root), old.partition("/")[0]
    new = f"{home if old == 'first/delta' else track}/{name}"
    if rename(root, old, new).exit_code or list_errors(read(root)):
        return  # taken, or a move to a track where its concepts come too late
    assert rename(root, new, old).exit_code == 0
    after = read_texts(root)
    overview = f"lessons/{old}/overview.md"
    first = f"was: [first/old-beta]{ends}" if old == "first/beta" else ""
    line = (first.replace("]", f", {old}, {new}]") or f"was: [{old}, {new}]{ends}").encode()
    assert (line in after.get(overview, b"")) == (overview in after)
    after |= {overview: after[overview].replace(line, first.encode())} if overview in after else {}
    assert {path for path in after | before if after.get(path) != before.get(path)} <= (
        set() if new.startswith(home) else {"lessons/course.yml"}  # it closes the last phase now
    )


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: " ".join(case["rename"]))
def test_refuses_and_changes_nothing(case: dict[str, object], make_course: MakeCourse) -> None:
    change, words = case.get("change", {}), case["rename"]
    assert isinstance(change, dict) and isinstance(words, list)
    root = make_course(change)
    before = read_texts(root)
    result = rename(root, *words)
    assert (result.exit_code, result.output) == (1, f"Error: {case['says']}\n")
    assert read_texts(root) == before


@pytest.mark.parametrize("stray", ["lessons/first/epsilon/x.svg", "cheatsheets/first/epsilon.md"])
def test_refuses_a_name_that_files_have(stray: str, make_course: MakeCourse) -> None:
    root = make_course({"lessons/first/beta/overview.md": {"title: Beta": "title: Beta"}})
    (root / stray).parent.mkdir(exist_ok=True)
    (root / stray).with_name(".kept").touch()
    if stray.endswith(".md"):
        (root / stray).mkdir()
    place = stray if stray.endswith(".md") else posixpath.dirname(stray)
    taken = f"{place} is already there: nothing was changed"
    unsound = "1 error, 1 piece of advice: nothing was written; `trackbook check` shows them"
    said = unsound if stray.endswith(".md") else taken
    assert rename(root, "first/alpha", "first/epsilon").output == f"Error: {said}\n"


@pytest.mark.parametrize("case", YAML_TEXTS, ids=range(len(YAML_TEXTS)))
def test_yaml_changes_at_one_place(case: dict[str, object]) -> None:
    old, new = list(case["move"])  # type: ignore[call-overload]
    edit = edit_was if case["kind"] == "was" else edit_outline
    if "refused" in case:
        with pytest.raises(CourseError) as refused:
            edit(str(case["before"]), Move(old, new))
        assert str(refused.value) == case["refused"]
    else:
        assert edit(str(case["before"]), Move(old, new)) == case["after"]


def test_what_fails_on_the_way_is_taken_back(make_course: MakeCourse) -> None:
    root = make_course({})
    before = read_texts(root)
    texts = {"lessons/first/epsilon/lesson.md": b"# Changed\n", "lessons/first/epsilon/missing.md": b""}
    with pytest.raises(FileNotFoundError):
        carry_out(root, [("lessons/first/alpha", "lessons/first/epsilon")], texts)
    assert read_texts(root) == before


def test_a_picture_that_is_named_by_its_path_alone_is_followed(make_course: MakeCourse) -> None:
    embed = "```embed\nurl: https://youtu.be/eMlx5fFNoYc\ntitle: A talk\npicture: ../alpha/dot.svg\n```\n"
    root = make_course({})
    page = root / "lessons/first/beta/lesson.md"
    page.write_text(page.read_text("utf-8") + f"\n{embed}", "utf-8")
    done = CliRunner().invoke(main, ["rename", "first/alpha", "first/epsilon", "--course", str(root)])
    assert done.exit_code == 0, done.output
    assert "\npicture: ../epsilon/dot.svg\n" in page.read_text("utf-8")
