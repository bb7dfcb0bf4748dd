"""`trackbook check`: says whether the course holds together."""

import sys
from pathlib import Path

import click

from trackbook.checks import check_course
from trackbook.cli.course import course_folder, read_whole, saying_errors
from trackbook.cli.site import check_built_site
from trackbook.issue import CourseError, count_issues, format_json, format_text


@click.command()
@course_folder
@click.option("--json", "as_json", is_flag=True, help="Print the issues as JSON.")
@click.option(
    "--site",
    "site_folder",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Check the built site in this folder instead.",
)
@click.option("--site-url", default="", help="With --site: where it will stand. Else what its pages say.")
@click.option("--print", "printed", is_flag=True, help="With --site: count printed pages of cheatsheets.")
@saying_errors
def check(root: Path, as_json: bool, site_folder: Path | None, site_url: str, printed: bool) -> None:
    """Say whether the course holds together, or the site that was built of it.

    Prints every issue with its place and what to type instead, sorted, and a count. Exits with 1 when there are
    errors; advice never fails.
    """
    if not site_folder and (site_url or printed):
        raise CourseError("--site-url and --print are about a built site: add --site site/")
    if site_folder:
        issues, pages = check_built_site(site_folder, site_url, root, printed=printed)
    else:
        course = read_whole(root)
        issues, pages = check_course(course), len(course.pages)
    if as_json:
        click.echo(format_json(issues))
    else:
        for issue in issues:
            click.echo(format_text(issue))
        click.echo(f"{count_issues(issues)} in {pages} pages.")
    if any(issue.level == "error" for issue in issues):
        sys.exit(1)
