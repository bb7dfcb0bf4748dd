"""The search index: what goes into it, where it comes from while serving, and what is said when it can't be made."""

import gzip
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote

import pytest
from tests.conftest import SAMPLE, Change
from tests.mkdocs_plugin.test_build import QUIET, run
from tests.runs import with_long

from trackbook.language.words import load_language
from trackbook.site.search import index as search

MakeCourse = Callable[[Change], Path]
Record = dict[str, object]
ENGLISH = load_language("en")


def read_records(site: Path) -> dict[str, Record]:
    """What a result shows, by its address: Pagefind's fragments are zipped JSON behind a signature."""
    texts = (gzip.decompress(path.read_bytes()) for path in (site / "search/fragment").iterdir())
    records: list[Record] = [json.loads(text.removeprefix(b"pagefind_dcd")) for text in texts]
    return {str(record["url"]): record for record in records}


@pytest.fixture(scope="module")
def records(site: Path) -> dict[str, Record]:
    return read_records(site)


@pytest.fixture(scope="module")
def built_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("built") / "course"
    shutil.copytree(SAMPLE, root)
    run("trackbook", "build", cwd=root)
    return root


@pytest.fixture
def built(built_once: Path, tmp_path: Path) -> Path:
    """A course with its site."""
    return Path(shutil.copytree(built_once, tmp_path / "course"))


def test_every_page_and_concept_can_be_found(built: Path) -> None:
    addresses = set(read_records(built / "site"))
    folders = {path.parent.relative_to(built / "site").as_posix() for path in built.glob("site/**/index.html")}
    former = {folder for folder in folders if folder.startswith("first/old-beta")}
    pages = {f"/{folder}/".replace("/./", "/") for folder in folders - former - {"certificate", "offline"}}
    assert {
        address for address in addresses if not address.startswith("/glossary/") or address.count("/") == 2
    } == pages
    assert {f"/glossary/{name}/" for name in ("alpha", "counting", "drift")} <= addresses


def test_result_says_what_and_where_it_is(records: dict[str, Record]) -> None:
    anchors = records["/glossary/hidden-state/"]["anchors"]
    assert isinstance(anchors, list)
    kind, label, *group = json.loads(unquote(anchors[0]["id"]))
    assert (kind, label) == ("concept", "Definition")
    assert group == ["deep-learning/recurrence", "Track 4, lesson 2", ""]


def test_only_the_words_of_the_page_itself_are_indexed(records: dict[str, Record]) -> None:
    lesson = str(records["/deep-learning/attention-in-brief/lesson/"]["content"])
    for word in ("Goes deeper", "Lesson 3 of 10", "Next step", "Start the lesson", "¶", "Commit to an answer first"):
        assert word not in lesson
    assert "Nothing: begin here" not in str(records["/deep-learning/the-deep-learning-era/"]["content"])
    assert "1 of 10 lessons" not in str(records["/"]["content"])


def test_search_gives_no_answer_away(records: dict[str, Record]) -> None:
    practice = str(records["/deep-learning/recurrence/practice/"]["content"])
    assert "read hardly any faster?" in practice
    assert "It reads the hidden state that step four makes." not in practice
    assert "Not right" not in practice


def test_formulas_read_as_text(records: dict[str, Record]) -> None:
    lesson = str(records["/transformers/query-key-value/lesson/"]["content"])
    assert "\\frac" not in lesson
    assert "softmax(" not in lesson


def test_nothing_comes_along_that_nobody_asks_for(built: Path) -> None:
    names = {path.name.split(".")[-1] for path in (built / "site/search").iterdir()}
    assert names == {"fragment", "index", "js", "json", "pagefind", "pf_meta"}
    assert not list((built / "site/search").glob("*ui*"))


def test_page_opts_out(make_course: MakeCourse) -> None:
    root = make_course({"docs/secret.md": "---\nunlisted: true\n---\n\n# Secret\n"})
    run("trackbook", "build", cwd=root)
    assert (root / "site/secret/index.html").is_file()
    assert not {"/secret/", "/offline/"} & set(read_records(root / "site"))


def test_served_site_borrows_the_last_index(built: Path, tmp_path: Path) -> None:
    served = tmp_path / "served"
    search.lend_index(built / "site", served, ENGLISH)
    note = json.loads((served / "search/search.json").read_text("utf-8"))
    assert note["state"] == "last"
    assert read_records(served) == read_records(built / "site")
    search.lend_index(tmp_path / "nothing", served, ENGLISH)
    assert json.loads((served / "search/search.json").read_text("utf-8"))["state"] == "none"
    assert json.loads((served / "search/authors/search.json").read_text("utf-8"))["state"] == "none"
    assert sorted(path.name for path in (served / "search").rglob("*")) == ["authors", "search.json", "search.json"]


@pytest.mark.parametrize("program", with_long(["/no/such/program", sys.executable], sys.executable.__eq__))
@pytest.mark.parametrize("command", [("mkdocs", "build", "--strict", "--quiet"), ("trackbook", "build")])
def test_missing_index_is_said_in_one_line(built: Path, command: tuple[str, ...], program: str) -> None:
    last = read_records(built / "site")
    done = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=built,
        env=QUIET | {"PAGEFIND_BINARY_PATH": program},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "the site has no search: Pagefind could not index it" in done.stderr
    assert "Traceback" not in done.stderr
    if command[0] == "trackbook":
        assert read_records(built / "site") == last


def test_site_without_search_is_a_warning_where_nothing_is_strict(built: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build"],
        cwd=built,
        env=QUIET | {"PAGEFIND_BINARY_PATH": "/no/such/program"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0
    assert "WARNING -  the site has no search" in done.stderr
    assert (built / "site/index.html").is_file()
