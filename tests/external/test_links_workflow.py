"""The weekly workflow keeps one issue: its own commands run here, with a `gh` that writes down what it is told."""

import os
import subprocess
from pathlib import Path

import pytest
import yaml
from tests.conftest import ROOT

BROKEN = "- `lessons/a.md:1` external-link-answers: `` gone ``\n"


def write_program(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n", "utf-8")
    path.chmod(0o755)


@pytest.mark.parametrize(
    ("status", "says", "open_issue", "told", "code"),
    [
        (0, "", "", [], 0),
        (0, "- advice\n", "", [], 0),
        (1, BROKEN, "", ["issue create --title Links that lead nowhere --body-file body.md"], 0),
        (1, BROKEN, "7", ["issue edit 7 --body-file body.md"], 0),
        (0, "", "7", ["issue close 7 --comment Every link answers again."], 0),
        (1, "", "7", [], 1),
    ],
)
def test_workflow_keeps_one_issue(
    tmp_path: Path, *, status: int, says: str, open_issue: str, told: list[str], code: int
) -> None:
    job = yaml.safe_load((ROOT / ".github/workflows/links.yml").read_text("utf-8"))["jobs"]["ask"]
    write_program(tmp_path / ".venv/bin/trackbook", f"printf '%s' '{says}'; exit {status}")
    write_program(
        tmp_path / "bin/gh",
        f'if [ "$2" = list ]; then echo "{open_issue}"; else echo "$*" >> gh.log; test ! -f body.md || cat body.md; fi',
    )
    done = subprocess.run(
        ["bash", "-e", "-c", job["steps"][-1]["run"]],
        cwd=tmp_path,
        env={"PATH": f"{tmp_path / 'bin'}:{os.environ['PATH']}", **job["env"]},
        capture_output=True,
        text=True,
        check=False,
    )
    log = tmp_path / "gh.log"
    assert (log.read_text("utf-8").splitlines() if log.exists() else []) == told
    assert done.returncode == code
    assert (says in done.stdout) if told and "--body-file" in told[0] else True
