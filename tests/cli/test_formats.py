"""What `trackbook check` prints for other programs."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote

import pytest
from jsonschema import Draft202012Validator
from tests.cli.test_cli import run
from tests.conftest import Change

from trackbook.cli.explain import load_all
from trackbook.formats.as_json import format_schema
from trackbook.formats.github import format_annotation, format_github
from trackbook.formats.sarif import format_sarif
from trackbook.issue import Issue
from trackbook.model import Source

MakeCourse = Callable[[Change], Path]
BROKEN: Change = {
    "lessons/first/alpha/practice.md": "# Alpha\n\n### Deep\n\n[x](nowhere.md)\n",
    "lessons/first/alpha/overview.md": {"practice_minutes: 5": "practice_minutes: five"},
}
ISSUE = Issue("link-lands", Source("lessons/a, b:c/100%.md", 3, 7), "one\r\ntwo 50%", "three")


def test_annotation_escapes_what_the_runner_would_read() -> None:
    assert format_annotation(ISSUE, "") == (
        "::error file=lessons/a%2C b%3Ac/100%25.md,line=3,col=7,title=link-lands::one%0D%0Atwo 50%25%0Ahint: three"
    )
    advice = Issue("a-b", Source("docs/x.md"), "one", level="advice")
    assert format_annotation(advice, "courses/ml") == "::notice file=courses/ml/docs/x.md,line=1,title=a-b::one"


def test_on_github_lines_are_marked_beside_the_text(make_course: MakeCourse, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make_course(BROKEN)
    plain = run("check", "--course", root)
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_WORKSPACE", str(root.parent))
    said = run("check", "--course", root)
    assert said.exit_code == plain.exit_code == 1
    assert plain.output in said.output
    marks = re.findall(r"^::(error|notice) file=course/([^,]+),line=(\d+).*?title=([a-z-]+)::", said.output, flags=re.M)
    listed = re.findall(r"^([^ :]+):(\d+)(?::\d+)?: (advice: )?([a-z-]+): ", plain.output, flags=re.M)
    assert marks == [("notice" if advice else "error", path, line, code) for path, line, advice, code in listed]
    assert run("check", "--course", root, "--format", "text").output == plain.output


def test_no_text_of_an_author_is_a_command_of_the_runner() -> None:
    lines = format_github("::error::x\n##[add-mask]y", [ISSUE], "").split("\n")
    stop, *between, go = lines[:4]
    assert stop == f"::stop-commands::{go.strip(':')}" and len(go) > 40 and between == ["::error::x", "##[add-mask]y"]
    assert lines[4].startswith("::group::") and lines[-1] == "::endgroup::" and len(lines) == 7


def test_json_is_what_its_schema_says(make_course: MakeCourse) -> None:
    printed = run("check", "--json", "--course", make_course(BROKEN)).stdout
    read = json.loads(printed)
    assert (read["version"], read["errors"], read["advice"], read["known"]) == (1, 3, 1, 0) and len(read["issues"]) == 4
    schema = json.loads(format_schema())
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(read)
    assert run("check", "--schema").stdout == format_schema() + "\n"
    for value, shape in [
        (read, schema),
        (read["issues"][0], schema["$defs"]["IssueEntry"]),
    ]:
        assert list(value) == list(shape["properties"]) == shape["required"]
        assert all(part["description"] for part in shape["properties"].values())


def test_sarif_holds_to_the_standard(make_course: MakeCourse) -> None:
    root = make_course(BROKEN)
    issues = json.loads(run("check", "--json", "--course", root).stdout)["issues"]
    log = json.loads(run("check", "--format", "sarif", "--course", root).stdout)
    assert log["version"] == "2.1.0"
    (run_,) = log["runs"]
    rules = run_["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == list(load_all())
    assert all(rule["shortDescription"]["text"] and rule["help"]["text"] for rule in rules)
    for result, issue in zip(run_["results"], issues, strict=True):
        place = result["locations"][0]["physicalLocation"]
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == issue["code"]
        assert result["level"] == {"error": "error", "advice": "note"}[issue["level"]]
        assert result["message"]["text"].startswith(issue["message"])
        assert place["artifactLocation"]["uri"] == issue["path"]
        column = {"startColumn": issue["column"]} if issue["column"] else {}
        assert place["region"] == {"startLine": issue["line"], **column} and issue["line"] >= 1


def test_sarif_names_unknown_rules_and_quotes_paths() -> None:
    (run_,) = json.loads(format_sarif([Issue("new-code", Source("docs/a b%.md"), "x")], {}, "courses/ml"))["runs"]
    assert run_["tool"]["driver"]["rules"] == [{"id": "new-code"}]
    location = run_["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert location["uri"] == "courses/ml/docs/a%20b%25.md"
    assert unquote(location["uri"]) == "courses/ml/docs/a b%.md"
    assert location["uriBaseId"] in run_["originalUriBaseIds"]
