"""`trackbook check`: says whether the course holds together."""

import sys
from pathlib import Path

import click

from trackbook.checks import check_course
from trackbook.cli.course import course_folder, read_whole, saying_errors
from trackbook.cli.external import check_external, format_list
from trackbook.issue import count_issues, format_json, format_text


@click.command()
@course_folder
@click.option("--json", "as_json", is_flag=True, help="Print the issues as JSON.")
@click.option("--markdown", is_flag=True, help="Print the issues as a Markdown list.")
@click.option("--external", is_flag=True, help="Instead, ask every address that leads out of the course.")
@click.option("--fail", is_flag=True, help="With --external: exit with 1 when there are errors.")
@click.option("--allow-private", is_flag=True, help="With --external: ask addresses of private networks too.")
@click.option("--days", default=7.0, show_default=True, help="With --external: how long an answer is believed.")
@saying_errors
def check(
    root: Path, *, as_json: bool, markdown: bool, external: bool, fail: bool, allow_private: bool, days: float
) -> None:
    """Say whether the course holds together.

    Prints every issue with its place and what to type instead, sorted, and a count. Exits with 1 when there are
    errors; advice never fails, nor does --external without --fail: what others do to their sites is no fault of ours.
    """
    course = read_whole(root)
    if external:
        issues, about, status = check_external(root, course, fail=fail, allow_private=allow_private, days=days)
    else:
        issues, about = check_course(course), f"{len(course.pages)} pages"
        status = int(any(issue.level == "error" for issue in issues))
    if as_json:
        click.echo(format_json(issues))
    elif markdown:
        click.echo(format_list(issues), nl=False)
    else:
        for issue in issues:
            click.echo(format_text(issue))
        click.echo(f"{count_issues(issues)} in {about}.")
    sys.exit(status)
