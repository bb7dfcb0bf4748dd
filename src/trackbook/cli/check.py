"""`trackbook check`: says whether the course holds together."""

import sys
from pathlib import Path

import click

from trackbook.checks.baseline import Comparison, compare_with_baseline
from trackbook.cli.course import course_folder, read_whole, saying_errors
from trackbook.cli.external import check_external
from trackbook.cli.memory import find_issues
from trackbook.cli.printing import Form, fails, form_option, print_issues
from trackbook.cli.site import check_built_site
from trackbook.cli.writing import write_whole
from trackbook.formats.as_json import format_schema
from trackbook.issue import CourseError, count_issues
from trackbook.model import OWN_WIDGETS
from trackbook.reading.baseline import BASELINE, format_baseline, read_baseline
from trackbook.reading.files import list_files


@click.command()
@course_folder
@form_option
@click.option("--json", "form", flag_value="json", help="Short for --format json.")
@click.option("--markdown", "form", flag_value="markdown", help="Short for --format markdown.")
@click.option("--schema", is_flag=True, help="Instead, print the JSON Schema of --json.")
@click.option("--baseline", is_flag=True, help=f"Leave out the issues that {BASELINE} knows.")
@click.option("--write-baseline", is_flag=True, help=f"Instead, write the issues there are now to {BASELINE}.")
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
    form: Form,
    schema: bool,
    baseline: bool,
    write_baseline: bool,
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
    if (site_url or printed) and not site_folder:
        raise CourseError("--site-url and --print are about a built site: add --site site/")
    if site_folder and external:
        raise CourseError("--site and --external look at two things: leave one out")
    if (fail or allow_private) and not external:
        raise CourseError("--fail and --allow-private are about links that lead out: add --external")
    if (baseline or write_baseline) and (site_folder or external):
        raise CourseError("a baseline is about the course itself: leave out --site and --external")
    if schema:
        click.echo(format_schema())
        return
    if external:
        issues, about, status = check_external(
            root, read_whole(root), fail=fail, allow_private=allow_private, days=days
        )
        print_issues(Comparison(tuple(issues)), form, root, about)
        sys.exit(status)
    if site_folder:
        issues, pages = check_built_site(site_folder, site_url, root, printed=printed)
        compared, root = Comparison(tuple(issues)), Path.cwd()  # its places are named as one sees them from here
    else:
        found = find_issues(root)
        issues, pages = [*found.issues], found.pages
        compared = compare_with_baseline(issues, read_baseline(root, list_files(root).files) if baseline else ())
    if write_baseline:
        write_whole(root / BASELINE, format_baseline(issues))
        click.echo(f"Wrote {BASELINE}: {count_issues(issues)}")
        return
    unrun = not site_folder and any((root / OWN_WIDGETS).glob("*/fallback.html"))
    looked_at = f"{pages} pages, without running the course's own widgets" if unrun else f"{pages} pages"
    print_issues(compared, form, root, looked_at)
    sys.exit(int(fails(compared)))
