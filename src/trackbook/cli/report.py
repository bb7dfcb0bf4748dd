"""`trackbook report`: says how the course stands."""

from pathlib import Path

import click

from trackbook.checks import check_course
from trackbook.cli.course import course_folder, read_whole, saying_errors


@click.command()
@course_folder
@click.option("--base", help="Also say what changed since this branch, tag or commit, such as origin/main.")
@click.option(
    "--html",
    "page",
    is_flag=False,
    flag_value="report.html",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write a page to this file instead; to report.html when none is named.",
)
@saying_errors
def report(root: Path, base: str | None, page: Path | None) -> None:
    """Say how the course stands: a Markdown table, a row a module, or a page for its instructor.

    Works for a course with errors, too: what can't be read is left out.
    """
    from trackbook.exporters.report import format_markdown, gather_facts, render_page, write_page
    from trackbook.reading.changes import read_changes_since

    course = read_whole(root)
    changes = read_changes_since(root, base, course.pages) if base else None
    facts = gather_facts(course, check_course(course), base or "", changes)
    if page is None:
        click.echo(format_markdown(facts), nl=False)
        return
    from trackbook.site.theme import find_theme

    font = next(find_theme().glob("assets/figtree-latin-wght-normal-*.woff2"), None)
    write_page(page, render_page(facts, font.read_bytes() if font else b""))
    click.echo(f"Wrote {page}")
