"""A course's own widgets: what is wrong with one is told with its place, and what changes in one is seen."""

import multiprocessing
import re
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from tests.conftest import TESTS, Change, change_files
from tests.runs import with_long

from trackbook.cli import main
from trackbook.issue import CourseError
from trackbook.mkdocs_plugin.build import build_site
from trackbook.mkdocs_plugin.live import open_live
from trackbook.reading import read_course
from trackbook.site import bundling, widget_assets
from trackbook.site.live import LiveSite
from trackbook.widgets import load_widgets

CASES = yaml.safe_load((TESTS / "cases" / "course_widgets.yml").read_text("utf-8"))
DIAL, LESSON = "lessons/widgets/dial", "lessons/first/alpha/lesson.md"
TYPED = 'import { defineElement } from "trackbook";\ndefineElement("tb-dial", (): boolean => true);\n'


def run(*words: object) -> str:
    result = CliRunner().invoke(main, [*map(str, words)])
    assert not result.exception or isinstance(result.exception, SystemExit), result.exception
    return result.output


@pytest.fixture
def root(make_course: Callable[[Change], Path]) -> Path:
    """The sample course with a new widget, which its first lesson shows."""
    root = make_course({})
    run("new", "widget", "dial", "--course", root)
    with (root / LESSON).open("a", encoding="utf-8") as file:
        file.write("\n" + (root / DIAL / "example.md").read_text("utf-8"))
    return root


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_what_is_wrong_is_told_with_its_place(case: Mapping[str, object], root: Path) -> None:
    change_files(root / DIAL, case.get("files", {}))  # type: ignore[arg-type]
    change_files(root, {LESSON: case.get("lesson", {})})
    assert str(case["says"]) in run(case.get("does", "check"), "--course", root)


def test_typescript_without_esbuild_is_told_with_the_remedy(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    change_files(root / DIAL, {"element.js": None, "element.ts": TYPED})
    monkeypatch.setattr(widget_assets, "find_esbuild", lambda _: None)
    told = "lessons/widgets/dial/element.ts:1: TypeScript needs esbuild, which is not here: run `npm install --save-dev"
    assert told in run("build", "--course", root)


def test_typescript_is_bundled_and_what_all_pages_have_stays_outside(root: Path) -> None:
    change_files(root / DIAL, {"element.js": None, "element.ts": TYPED})
    [script] = (build_site(root) / "assets").glob("widget-dial-*.js")
    assert re.fullmatch(
        r'import\{defineElement as (\w)\}from"\./api-\w+\.js";\1\("tb-dial",\(\)=>!0\);\n', script.read_text()
    )


def test_its_sources_are_no_part_of_the_site(root: Path) -> None:
    assert "no errors" in run("check", "--course", root)
    site = build_site(root)
    built = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    assert not [path for path in built if path.endswith((".py", ".yml", ".ts")) or "fallback" in path]
    named = [path for path in built if "widget-dial-" in path]
    assert sorted(Path(path).suffix for path in named) == [".css", ".js"]
    kept = (site / "offline/first.json").read_text("utf-8")
    assert all(path in kept for path in named)
    assert f'href="../../../{next(path for path in named if path.endswith("css"))}"' in read_lesson(site)


def read_lesson(site: Path) -> str:
    return (site / "first/alpha/lesson/index.html").read_text("utf-8")


EDITS: dict[str, tuple[Change, str]] = {
    "its fallback": ({"fallback.html": {'class="tb-ask"': 'class="tb-ask tb-new"'}}, 'class="tb-ask tb-new"'),
    "its code": (
        {
            "__init__.py": {"    answer: Text": "    answer: Text\n    unit: str = 'mm'"},
            "fallback.html": {"{{ ask": "{{ unit }} {{ ask"},
        },
        "mm What do you ask?",
    ),
    "its words": ({"words/en.yml": {"answer: Answer": "answer: Solution"}}, "<summary>Solution</summary>"),
    "what its script says": ({"words/en.yml": {"The answer is open.": "It is open now."}}, "It is open now."),
    "words of another language": ({"words/de.yml": "fallback: {answer: Antwort}\n"}, "<summary>Answer</summary>"),
}


@pytest.mark.parametrize(("change", "shown"), with_long(EDITS.values(), next(iter(EDITS.values())).__eq__), ids=EDITS)
def test_an_edit_is_seen(root: Path, change: Change, shown: str) -> None:
    """In a build over the cache of an earlier one, and by who serves the site."""
    build_site(root)
    live = open_live(root, "http://127.0.0.1/")
    live.refresh()
    assert live.answer("first/alpha/lesson/")
    change_files(root / DIAL, change)
    live.refresh({f"{DIAL}/{path}" for path in change})
    answer = live.answer("first/alpha/lesson/")
    assert answer and shown in answer.body.decode()
    assert shown in read_lesson(build_site(root))
    assert read_lesson(build_site(root, cache=False)) == read_lesson(build_site(root))


@pytest.mark.parametrize("file", ["element.js", "element.css"])
def test_an_edited_script_or_sheet_has_another_name(root: Path, file: str) -> None:
    live = open_live(root, "http://127.0.0.1/")
    before = find_asset(live, file)
    with (root / DIAL / file).open("a") as opened:
        opened.write("\n/* new */\n")
    live.refresh({f"{DIAL}/{file}"})
    assert find_asset(live, file) != before


def find_asset(live: LiveSite, file: str) -> str:
    page = live.answer("first/alpha/lesson/")
    assert page
    pattern = "widget-dial-[0-9A-F]{8}" if file.endswith(".css") else "trackbook-[0-9A-F]{8}"
    found = re.search(rf"assets/({pattern}\{Path(file).suffix})", page.body.decode())
    assert found
    name = f"assets/{found[1]}"
    asset = live.answer(name)
    assert asset and (file.endswith(".css") or b'{"tb-dial":"./widget-dial-' in asset.body)
    return name


def test_while_it_is_broken_the_last_state_is_served(root: Path) -> None:
    live = open_live(root, "http://127.0.0.1/")
    before = live.answer("first/alpha/lesson/")
    code = (root / DIAL / "__init__.py").read_text("utf-8")
    (root / DIAL / "__init__.py").write_text("Data = 3\n", "utf-8")
    with pytest.raises(CourseError, match="it has no class `Data`"):
        live.refresh({f"{DIAL}/__init__.py"})
    assert live.answer("first/alpha/lesson/") == before
    (root / DIAL / "__init__.py").write_text(code, "utf-8")
    live.refresh({f"{DIAL}/__init__.py"})
    assert live.answer("first/alpha/lesson/") == before


def test_scripts_are_bundled_once(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    change_files(root / DIAL, {"element.js": None, "element.ts": TYPED})
    build_site(root)
    ran: list[object] = []
    monkeypatch.setattr(bundling, "_run", lambda *told: ran.append(told))
    build_site(root)
    assert ran == []


def test_a_process_that_begins_anew_finds_them(root: Path) -> None:
    """Pages with their data come to it only after what it does with them."""
    widgets = load_widgets(root)
    page = read_course(root, widgets).pages[LESSON]
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), _take_up, (widgets,)) as pool:
        assert pool.submit(_name_data, page).result() == [("dial", "example-dial")]


def _take_up(widgets: object) -> None:
    del widgets


def _name_data(page: object) -> list[tuple[str, str]]:
    fences = [fence for fence in page.fences if fence.language == "dial"]  # type: ignore[attr-defined]
    return [(fence.language, fence.data.id) for fence in fences]


def test_spawned_processes_build_the_same(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = {path.name: path.read_bytes() for path in list_pages(build_site(root, cache=False))}
    monkeypatch.setenv("TRACKBOOK_START", "spawn")
    monkeypatch.setattr("trackbook.cache.processes.FEWEST", 1)
    assert {path.name: path.read_bytes() for path in list_pages(build_site(root, cache=False))} == whole


def list_pages(site: Path) -> Iterator[Path]:
    return site.rglob("*.html")


def test_editors_learn_of_its_keys(root: Path) -> None:
    assert '"ask"' in run("schema", "dial", "--course", root)
    assert re.search(r"^dial +Say what its keys mean", run("schema", "--course", root), re.MULTILINE)
