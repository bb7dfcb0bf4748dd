"""How issues leave a command: one of the forms, and what the readable ones say at the end."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Literal, get_args

import click

from trackbook.checks.baseline import Comparison
from trackbook.cli.explain import load_all
from trackbook.formats.as_json import format_json
from trackbook.formats.github import format_github
from trackbook.formats.markdown import format_markdown
from trackbook.formats.sarif import format_sarif
from trackbook.issue import count_issues, format_text

Form = Literal["text", "github", "json", "sarif", "markdown"]

form_option = click.option(
    "--format",
    "form",
    type=click.Choice(get_args(Form)),
    default=lambda: "github" if os.environ.get("GITHUB_ACTIONS") == "true" else "text",
    show_default="text; on GitHub Actions, github",
    help="How to print the issues.",
)


def print_issues(compared: Comparison, form: Form, root: Path, looked_at: str) -> None:
    """`looked_at` says what the issues were looked for in, such as "12 pages"."""
    issues = compared.new
    if form == "json":
        click.echo(format_json(issues, compared.known))
    elif form == "sarif":
        click.echo(format_sarif(issues, load_all(), _find_folder(root)))
    elif form == "markdown":
        click.echo(format_markdown(issues), nl=False)
    else:
        closing = [f"{count_issues(issues)} in {looked_at}.", *_describe_baseline(compared)]
        text = "\n".join([*map(format_text, issues), *closing])
        click.echo(format_github(text, issues, _find_folder(root)) if form == "github" else text)


def fails(compared: Comparison) -> bool:
    return any(issue.level == "error" for issue in compared.new)


def _describe_baseline(compared: Comparison) -> Sequence[str]:
    lines = []
    if compared.known:
        lines.append(f"Left out, since the baseline knows them: {compared.known}.")
    if compared.fixed and not fails(compared):  # an error may keep checks from finding what the baseline knows
        lines.append(
            f"Mended, but still in the baseline: {compared.fixed}. `trackbook check --write-baseline` renews it."
        )
    return lines


def _find_folder(root: Path) -> str:
    """Where the course stands in what GitHub checked out; "" for its root, and elsewhere."""
    workspace = os.environ.get("GITHUB_WORKSPACE")
    if not workspace or not root.is_relative_to(Path(workspace).resolve()):
        return ""
    return root.relative_to(Path(workspace).resolve()).as_posix().removeprefix(".")
