"""`trackbook record`: notes the ids of a release, so that none goes by accident."""

from pathlib import Path

import click

from trackbook.checks import check_course
from trackbook.cli.course import course_folder, read_whole, saying_errors
from trackbook.cli.writing import write_whole
from trackbook.issue import CourseError, count_issues
from trackbook.reading.files import read_content
from trackbook.reading.record import CODE, RECORD, format_record, is_record, list_recorded


@click.command()
@course_folder
@saying_errors
def record(root: Path) -> None:
    """Note the ids of all items in lessons/ids.yml: run it at each release.

    From then on `trackbook check` says when one of them goes without a `was:`. Run it again to let ids go.
    """
    course = read_whole(root)
    errors = [issue for issue in check_course(course) if issue.level == "error" and issue.code != CODE]
    if errors:
        raise CourseError(f"{count_issues(errors)}: nothing was written; `trackbook check` shows them")
    if (root / RECORD).exists() and not is_record(read_content(root, RECORD)):
        raise CourseError(f"{RECORD} holds something that `trackbook record` did not write: move it away")
    items = list(list_recorded(course))
    write_whole(root / RECORD, format_record(items))
    click.echo(f"Wrote {RECORD} with {len(items)} ids.")
    now = {(item.module, item.form, item.id) for item in items}
    for item in course.recorded:
        if (item.module, item.form, item.id) not in now:
            click.echo(f"Let go: {item.module}#{item.id} ({item.form})")
