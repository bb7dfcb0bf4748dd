"""The workflow of pull requests: its own commands, run as the runner does."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.conftest import ROOT, Change

MakeCourse = Callable[[Change], Path]
JOB: dict[str, Any] = yaml.safe_load((ROOT / ".github/workflows/check.yml").read_text("utf-8"))["jobs"]["check"]

SLIPS = (
    ("lessons/first/alpha/overview.md", "practice_minutes: 5", "practice_minutes: five"),
    ("lessons/first/alpha/practice.md", "# Alpha\n", "# Alpha\n\n### Deep\n\n[x](nowhere.md)\n"),
)


def git(root: Path, *words: str) -> None:
    name = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main")
    subprocess.run(["git", *name, *words], cwd=root, check=True, capture_output=True)


def run_job(root: Path, summary: Path) -> Iterator[tuple[str, int, str]]:
    """The command, exit code and output of each step that runs Trackbook; after a failure of those that always run."""
    failed = False
    for step in JOB["steps"]:
        command = str(step.get("run", ""))
        if "trackbook" not in command or (failed and "always()" not in step.get("if", "")):
            continue
        names = {
            name: re.sub(r"\$\{\{ github\.base_ref \}\}", "main", text) for name, text in step.get("env", {}).items()
        }
        assert "${{" not in command + "".join(names.values())
        workspace = {"GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": str(summary), "GITHUB_WORKSPACE": str(root)}
        done = subprocess.run(
            ["bash", "-e", "-c", command],
            cwd=root,
            env={**os.environ, **workspace, **names},
            capture_output=True,
            text=True,
            check=False,
        )
        failed = failed or done.returncode != 0
        yield command, done.returncode, done.stdout + done.stderr


@pytest.fixture
def checked_out(make_course: MakeCourse) -> Path:
    """The sample course as a pull request's checkout, its base at origin/main."""
    root = make_course({})
    (root / ".venv").mkdir()
    (root / ".venv/bin").symlink_to(Path(sys.executable).parent)
    git(root, "init", "--quiet")
    git(root, "add", "lessons", "cheatsheets", "docs")
    git(root, "commit", "--quiet", "-m", "Whole")
    git(root, "update-ref", "refs/remotes/origin/main", "HEAD")
    return root


def test_a_broken_course_fails_with_marks_and_still_reports(checked_out: Path, tmp_path: Path) -> None:
    for name, old, new in SLIPS:
        page = checked_out / name
        page.write_text(page.read_text("utf-8").replace(old, new), encoding="utf-8")
    git(checked_out, "commit", "--quiet", "--all", "-m", "Broken")
    check, report, sarif = run_job(checked_out, tmp_path / "summary.md")
    assert check[1] == 1
    marks = re.findall(r"^::error file=([^,]+),line=(\d+)[^\n]*?title=([a-z-]+)::", check[2], flags=re.M)
    assert marks == [
        ("lessons/first/alpha/overview.md", "7", "front-matter-fits"),
        ("lessons/first/alpha/practice.md", "3", "heading-skips-no-level"),
        ("lessons/first/alpha/practice.md", "5", "link-lands"),
    ]
    assert (report[1], report[2]) == (0, "")
    said = (tmp_path / "summary.md").read_text("utf-8")
    assert "3 errors, 1 piece of advice." in said
    assert "Since `origin/main`: 2 pages, +2 words." in said
    assert re.search(r"^\| 1\.1 Alpha \|.*\| 2 pages, \+2 words \|$", said, flags=re.M)
    assert re.search(r"^\| 1\.2 Beta \|.*\|  \|$", said, flags=re.M)
    assert sarif[1] == 0
    results = json.loads((checked_out / "trackbook.sarif").read_text("utf-8"))["runs"][0]["results"]
    assert [result["ruleId"] for result in results if result["level"] == "error"] == [code for *_, code in marks]


def test_a_whole_course_passes(checked_out: Path, tmp_path: Path) -> None:
    assert [code for _, code, _ in run_job(checked_out, tmp_path / "summary.md")] == [0, 0, 0]
    assert "Since `origin/main`: no page changed." in (tmp_path / "summary.md").read_text("utf-8")


def test_the_workflow_of_the_docs_is_ours_for_a_course_elsewhere() -> None:
    text = (ROOT / "docs/ci.md").read_text("utf-8")
    shown = yaml.safe_load(re.findall(r"^```yaml\n(.*?)^```$", text, flags=re.M | re.S)[-1])["jobs"]["check"]
    ours = yaml.safe_load(json.dumps(JOB).replace(".venv/bin/", ""))
    assert {**shown, "steps": shown["steps"][3:]} == {
        **{key: value for key, value in ours.items() if key != "timeout-minutes"},
        "steps": ours["steps"][3:],
    }


def test_the_workflow_asks_for_little_and_spares_forks() -> None:
    workflow = yaml.safe_load((ROOT / ".github/workflows/check.yml").read_text("utf-8"))
    assert workflow["permissions"] == {"contents": "read"}
    assert JOB["permissions"] == {"contents": "read", "security-events": "write"}
    (upload,) = [step for step in JOB["steps"] if "upload-sarif" in step.get("uses", "")]
    assert "github.event.pull_request.head.repo.full_name == github.repository" in upload["if"]
    assert upload["with"]["sarif_file"] == "trackbook.sarif"
