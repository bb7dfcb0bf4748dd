"""What `docs/publishing.md` tells to type is there, and the files that it gives can be read."""

import re
import tomllib

import click
import pytest
import yaml
from tests.conftest import ROOT

from trackbook.cli import main

PAGE = (ROOT / "docs/publishing.md").read_text("utf-8")
WORKFLOW, DEPENDABOT, GITLAB = re.findall(r"^```yaml\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
[NETLIFY] = re.findall(r"^```toml\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
COMMANDS = sorted(set(re.findall(r"\btrackbook ((?:build|check)(?: --[a-z-]+)*)", PAGE)))


@pytest.mark.parametrize("words", COMMANDS)
def test_each_command_is_there(words: str) -> None:
    name, *options = words.split()
    command = main.get_command(click.Context(main), name)
    assert command is not None
    assert set(options) <= {option for one in command.params for option in one.opts}


def test_all_that_is_built_is_checked_first() -> None:
    commands = {"github": WORKFLOW, "gitlab": GITLAB, "netlify": NETLIFY}
    for name, text in commands.items():
        found = re.findall(r"trackbook (check --site|check|build)", text)
        assert found == ["check", "build", "check --site"], name


def test_github_takes_the_steps_of_our_own_workflow() -> None:
    ours = (ROOT / ".github/workflows/site.yml").read_text("utf-8")
    [job] = yaml.safe_load(WORKFLOW)["jobs"].values()
    used = [step["uses"] for step in job["steps"] if "uses" in step]
    assert len(used) == 5
    assert [action for action in used if f"uses: {action}  # v" not in ours] == []


def test_dependabot_keeps_the_actions_new() -> None:
    [update] = yaml.safe_load(DEPENDABOT)["updates"]
    assert update["package-ecosystem"] == "github-actions"


def test_gitlab_and_netlify_publish_what_is_built() -> None:
    pages = yaml.safe_load(GITLAB)["pages"]
    assert pages["artifacts"]["paths"] == [pages["script"][-1].split()[-1]] == ["public"]
    build = tomllib.loads(NETLIFY)["build"]
    assert build["publish"] == "site"
    assert build["environment"] == {"PYTHON_VERSION": "3.11"}
