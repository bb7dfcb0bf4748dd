"""`trackbook check`: says whether the course holds together."""

import sys
from pathlib import Path

import click

from trackbook.checks import check_course
from trackbook.cli.course import course_folder, read_whole, saying_errors
from trackbook.issue import count_issues, format_json, format_text


@click.command()
@course_folder
@click.option("--json", "as_json", is_flag=True, help="Print the issues as JSON.")
@saying_errors
def check(root: Path, as_json: bool) -> None:
    """Say whether the course holds together.

    Prints every issue with its place and what to type instead, sorted, and a count. Exits with 1 when there are
    errors; advice never fails.
    """
    course = read_whole(root)
    issues = check_course(course)
    if as_json:
        click.echo(format_json(issues))
    else:
        for issue in issues:
            click.echo(format_text(issue))
        click.echo(f"{count_issues(issues)} in {len(course.pages)} pages.")
    if any(issue.level == "error" for issue in issues):
        sys.exit(1)
