"""JSON Schemas of what authors write: they accept what reading accepts, short forms included, and refuse slips."""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from jsonschema import Draft202012Validator
from tests.conftest import HEBREW, ROOT, SAMPLE

from trackbook.authoring.new import write_course
from trackbook.checks import check_course
from trackbook.cli import main
from trackbook.reading import read_course
from trackbook.reading.front_matter import split_front_matter
from trackbook.reading.schema import make_schemas
from trackbook.widgets import load_widgets

SCHEMAS = make_schemas(load_widgets(ROOT))


class TextLoader(yaml.CSafeLoader):
    """Dates stay text, as they are for an editor."""


TextLoader.yaml_implicit_resolvers = {
    sign: [(tag, pattern) for tag, pattern in found if tag != "tag:yaml.org,2002:timestamp"]
    for sign, found in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


def parse(text: str) -> Any:
    return yaml.load(text, TextLoader) or {}


@cache
def make_validator(kind: str) -> Draft202012Validator:
    return Draft202012Validator(SCHEMAS[kind], format_checker=Draft202012Validator.FORMAT_CHECKER)


def complain(kind: str, value: Any) -> list[str]:
    return [error.message for error in make_validator(kind).iter_errors(value)]


def list_values(root: Path) -> Iterator[tuple[str, str, Any]]:
    """All YAML of a course: its place, its kind, its value."""
    yield "course.yml", "course", parse((root / "lessons/course.yml").read_text("utf-8"))
    widgets = load_widgets(ROOT)
    for path, page in read_course(root, widgets).pages.items():
        yield path, page.kind, parse(split_front_matter((root / path).read_text("utf-8"), path)[0])
        for fence in page.fences:
            if fence.language in widgets:
                yield f"{path}:{fence.source.line}", fence.language, parse(fence.text)


@pytest.mark.parametrize("root", [SAMPLE, ROOT, HEBREW], ids=lambda root: root.name)
def test_no_false_complaint(root: Path) -> None:
    values = list(list_values(root))
    assert len(values) > 15
    assert {place: found for place, kind, value in values if (found := complain(kind, value))} == {}


@pytest.mark.parametrize("kind", SCHEMAS)
def test_each_is_a_schema_that_says_what_it_is(kind: str) -> None:
    Draft202012Validator.check_schema(SCHEMAS[kind])
    assert SCHEMAS[kind]["description"]
    if kind in ("course", "overview", "lesson", "practice", "cheatsheet", "plain"):
        parts = [SCHEMAS[kind], *SCHEMAS[kind].get("$defs", {}).values()]
        assert [
            key for part in parts for key, about in part["properties"].items() if not about.get("description")
        ] == []


OVERVIEW = {"title": "A", "summary": "B", "objectives": {"say-it": "Say it"}}
SLIPS: list[tuple[str, Mapping[str, Any], str]] = [
    ("course", {"title": "A", "tracks": [], "trakcs": []}, "trakcs"),
    ("course", {"title": "A"}, "'tracks' is a required property"),
    ("course", {"title": "A", "tracks": [{"id": "a b", "number": 1, "title": "A"}]}, "'a b' does not match"),
    ("course", {"title": "A", "tracks": [{"id": "a", "title": "A"}]}, "'number' is a required property"),
    ("overview", {**OVERVIEW, "dificulty": "gentle"}, "dificulty"),
    ("overview", {**OVERVIEW, "difficulty": "hard"}, "'hard' is not one of ['gentle', 'standard', 'demanding']"),
    ("overview", {**OVERVIEW, "objectives": {"Say it": "Say it"}}, "Say it"),
    ("overview", {**OVERVIEW, "defers": {"to": "second"}}, "is not valid under any of the given schemas"),
    ("lesson", {"teaches": {"alpha": 5}}, "5 is not valid under any of the given schemas"),
    ("lesson", {"minutes": 0}, "0 is not valid under any of the given schemas"),
    ("practice", {"updated": "soon"}, "'soon' is not valid under any of the given schemas"),
    ("cheatsheet", {"teaches": {}}, "teaches"),
    ("predict", {"id": "a", "ask": "Why?", "answer": "So.", "hint": "No"}, "hint"),
]


@pytest.mark.parametrize(("kind", "value", "said"), SLIPS, ids=[f"{kind}: {said}" for kind, _, said in SLIPS])
def test_a_slip_is_refused(kind: str, value: Mapping[str, Any], said: str) -> None:
    assert said in " ".join(complain(kind, value))


def test_short_and_long_forms_fit() -> None:
    defers = {"to": "second", "concepts": ["drift"]}
    for one in (defers, [defers]):
        assert complain("overview", {**OVERVIEW, "defers": one, "updated": "2026-01-31"}) == []
    for concept in ("First.", {"definition": "First.", "match": ["firsts"]}):
        assert complain("lesson", {"teaches": {"alpha": concept}}) == []
    phases = [{"title": "Phase", "modules": ["a", {"id": "b", "planned": True}]}]
    assert (
        complain("course", {"title": "A", "tracks": [{"id": "a", "number": 1, "title": "A", "phases": phases}]}) == []
    )


def test_new_course_is_wired_up_for_editors(tmp_path: Path) -> None:
    root = tmp_path / "course"
    write_course(root)
    first = (root / "lessons/course.yml").read_text("utf-8").splitlines()[0]
    assert first == "# yaml-language-server: $schema=../.vscode/trackbook/course.json"
    assert (root / "lessons" / first.partition("=")[2]).is_file()
    settings = json.loads((root / ".vscode/settings.json").read_text("utf-8"))
    for schema, name in settings["yaml.schemas"].items():
        assert json.loads((root / schema).read_text("utf-8")) == SCHEMAS["course"]
        assert (root / name).is_file()
    assert {path.stem for path in (root / ".vscode/trackbook").glob("[!.]*.json")} == set(make_schemas(load_widgets()))
    assert check_course(read_course(root, load_widgets(root))) == []


def test_command_prints_lists_and_writes(tmp_path: Path) -> None:
    def run(*words: str) -> tuple[int, str]:
        done = CliRunner().invoke(main, ["schema", *words])
        return done.exit_code, done.output

    assert run("course") == (0, json.dumps(SCHEMAS["course"], indent=2, ensure_ascii=False) + "\n")
    assert [line.split()[0] for line in run()[1].splitlines()] == list(SCHEMAS)
    assert run("corse") == (1, 'Error: there is no kind "corse". Did you mean "course"?\n')
    assert run("--write", str(tmp_path / "new"))[0] == 0
    assert {path.stem for path in (tmp_path / "new").glob("[!.]*.json")} == set(SCHEMAS)
