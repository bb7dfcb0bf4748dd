"""`trackbook rename`: a module gets another name."""

from pathlib import Path

import click

from trackbook.cache.ending import holding_signals
from trackbook.checks import check_course
from trackbook.cli.course import course_folder, read_sound, read_whole, saying_errors
from trackbook.issue import count_issues


@click.command()
@click.argument("old", metavar="TRACK/MODULE")
@click.argument("new", metavar="TRACK/MODULE")
@course_folder
@saying_errors
def rename(old: str, new: str, root: Path) -> None:
    """Give a module another name, or move it to the end of another track.

    Moves its folder and its cheatsheet, with their history in git. Every link stays right, its old addresses lead to
    the new ones, and learners keep what they did.
    """
    from trackbook.authoring.rename import rename_module

    course = read_sound(root)
    with holding_signals():
        changed = list(rename_module(root, course, old, new))
    for path in changed:
        click.echo(f"Changed {path}")
    issues = [issue for issue in check_course(read_whole(root, run=True)) if issue.level == "error"]
    if issues:
        click.echo(f"Next: {count_issues(issues)} to mend, which `trackbook check` shows.")
    else:
        click.echo("Next: look at `git diff HEAD`, then commit.")
