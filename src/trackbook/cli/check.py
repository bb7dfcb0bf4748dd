"""`trackbook check`: says whether the course holds together."""

import sys
from pathlib import Path

import click

from trackbook.checks import check_course
from trackbook.cli.course import course_folder, read_whole, saying_errors
from trackbook.cli.external import check_external, format_list
from trackbook.cli.site import check_built_site
from trackbook.issue import CourseError, count_issues, format_json, format_text


@click.command()
@course_folder
@click.option("--json", "as_json", is_flag=True, help="Print the issues as JSON.")
@click.option("--markdown", is_flag=True, help="Print the issues as a Markdown list.")
@click.option(
    "--site",
    "site_folder",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Instead, check the built site in this folder.",
)
@click.option("--site-url", default="", help="With --site: where it will stand. Else what its pages say.")
@click.option("--print", "printed", is_flag=True, help="With --site: count printed pages of cheatsheets.")
@click.option("--external", is_flag=True, help="Instead, ask every address that leads out of the course.")
@click.option("--fail", is_flag=True, help="With --external: exit with 1 when there are errors.")
@click.option("--allow-private", is_flag=True, help="With --external: ask addresses of private networks too.")
@click.option("--days", default=7.0, show_default=True, help="With --external: how long an answer is believed.")
@saying_errors
def check(
    root: Path,
    *,
    as_json: bool,
    markdown: bool,
    site_folder: Path | None,
    site_url: str,
    printed: bool,
    external: bool,
    fail: bool,
    allow_private: bool,
    days: float,
) -> None:
    """Say whether the course holds together, or the site that was built of it.

    Prints every issue with its place and what to type instead, sorted, and a count. Exits with 1 when there are
    errors; advice never fails, nor does --external without --fail: what others do to their sites is no fault of ours.
    """
    if not site_folder and (site_url or printed):
        raise CourseError("--site-url and --print are about a built site: add --site site/")
    if not external and (fail or allow_private):
        raise CourseError("--fail and --allow-private are about links that lead out: add --external")
    if external:
        issues, about, status = check_external(
            root, read_whole(root), fail=fail, allow_private=allow_private, days=days
        )
    else:
        if site_folder:
            issues, pages = check_built_site(site_folder, site_url, root, printed=printed)
        else:
            course = read_whole(root)
            issues, pages = check_course(course), len(course.pages)
        about = f"{pages} pages"
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
