"""How issues leave a command: one of the forms, and what the readable ones say at the end."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Literal, get_args

import click

from trackbook.checks.baseline import Sifted
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


def print_issues(sifted: Sifted, form: Form, root: Path, looked_at: str) -> None:
    """`looked_at` says what the issues were looked for in, such as "12 pages"."""
    issues = sifted.new
    if form == "json":
        click.echo(format_json(issues, sifted.known))
    elif form == "sarif":
        click.echo(format_sarif(issues, load_all(), _find_folder(root)))
    elif form == "markdown":
        click.echo(format_markdown(issues), nl=False)
    else:
        closing = [f"{count_issues(issues)} in {looked_at}.", *_describe_baseline(sifted)]
        text = "\n".join([*map(format_text, issues), *closing])
        click.echo(format_github(text, issues, _find_folder(root)) if form == "github" else text)


def fails(sifted: Sifted) -> bool:
    return any(issue.level == "error" for issue in sifted.new)


def _describe_baseline(sifted: Sifted) -> Sequence[str]:
    lines = []
    if sifted.known:
        lines.append(f"Left out, since the baseline knows them: {sifted.known}.")
    if sifted.mended and not fails(sifted):  # an error may keep checks from finding what the baseline knows
        lines.append(
            f"Mended, but still in the baseline: {sifted.mended}. `trackbook check --write-baseline` renews it."
        )
    return lines


def _find_folder(root: Path) -> str:
    """Where the course stands in what GitHub checked out; "" for its root, and elsewhere."""
    workspace = os.environ.get("GITHUB_WORKSPACE")
    if not workspace or not root.is_relative_to(Path(workspace).resolve()):
        return ""
    return root.relative_to(Path(workspace).resolve()).as_posix().removeprefix(".")
