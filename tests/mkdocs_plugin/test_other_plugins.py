"""Plugins that others wrote, the real ones, in a small course: each page shows what its case says, by every command."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from selectolax.lexbor import LexborHTMLParser
from tests.conftest import TESTS, Change
from tests.mkdocs_plugin.test_build import run
from tests.runs import with_long

MakeCourse = Callable[[Change], Path]
CASES: list[dict[str, Any]] = yaml.safe_load((TESTS / "cases" / "plugins.yml").read_text("utf-8"))
DAY = {f"GIT_{who}_DATE": "2020-02-03T10:00:00+00:00" for who in ("AUTHOR", "COMMITTER")}
NAMES = {f"GIT_{who}_{what}": "a@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
QUIET = {"DISABLE_MKDOCS_2_WARNING": "true"}


def commit(root: Path) -> None:
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "All of it"]):
        subprocess.run(["git", *command], cwd=root, check=True, env={**os.environ, **DAY, **NAMES})


@pytest.mark.parametrize(
    "case",
    with_long(CASES, lambda case: case["plugin"] == "macros"),
    ids=[case["plugin"] for case in CASES],
)
def test_a_plugin_works(case: dict[str, Any], make_course: MakeCourse) -> None:
    root = make_course({"mkdocs.yml": {"plugins: [trackbook]": case["settings"].strip()}, **case["files"]})
    commit(root)
    assert "mkdocs.yml" not in run("trackbook", "check", cwd=root)
    run("trackbook", "build", cwd=root, more=QUIET)
    run("mkdocs", "build", "--strict", "--site-dir", "by-mkdocs", cwd=root, more=QUIET)
    run("trackbook", "check", "--site", "site", cwd=root)
    for site in ("site", "by-mkdocs"):
        for page, shown in case["shows"].items():
            text = (root / site / page / "index.html").read_text("utf-8")
            tree = LexborHTMLParser(text)
            place = tree.css_first("main") or tree.body
            assert place
            for part in shown:
                assert part in " ".join(place.text().split()) or part in text, (site, page, part)
        for page, hidden in case.get("hides", {}).items():
            assert hidden not in (root / site / page / "index.html").read_text("utf-8"), (site, page)


@pytest.mark.parametrize("command", ["trackbook build", "mkdocs build"])
@pytest.mark.parametrize("plugin", ["blog", "tags"])
def test_a_plugin_that_cannot_work_is_told(plugin: str, command: str, make_course: MakeCourse) -> None:
    root = make_course({"mkdocs.yml": {"plugins: [trackbook]": f"plugins: [trackbook, {plugin}]"}})
    said = run(*command.split(), cwd=root, code=1)
    assert f'mkdocs.yml:4:22: plugin-can-work: the plugin "{plugin}" can\'t work here: ' in said
    assert "Traceback" not in said


def test_plugins_that_are_not_needed_are_left_out(make_course: MakeCourse) -> None:
    """So that pages are made one by one, and nothing that nobody loads is published."""
    plugins = "plugins: [search, social, privacy, offline, optimize, minify, trackbook]"
    root = make_course({"mkdocs.yml": {"plugins: [trackbook]": plugins}})
    assert run("trackbook", "build", cwd=root) == "Built site/\n"
    assert not (root / "site/search/search_index.json").exists()


@pytest.mark.parametrize("command", ["trackbook build", "trackbook build --host plain", "mkdocs build"])
def test_another_theme_is_told(command: str, make_course: MakeCourse) -> None:
    root = make_course({"mkdocs.yml": {"theme: {name: material, font: false}": "theme: readthedocs"}})
    said = run(*command.split(), cwd=root, code=1)
    assert (
        'mkdocs.yml:3:1: theme-is-material: the theme is "readthedocs". hint: write `theme: {name: material}`' in said
    )
    assert "Traceback" not in said
