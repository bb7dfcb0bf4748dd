"""`--untrusted`: no code runs that a course brings or chooses, and what is left out is said."""

from pathlib import Path

import click

from trackbook.issue import CourseError

untrusted_option = click.option(
    "--untrusted", is_flag=True, help="Run no code that the course brings or chooses, and say what is left out."
)


def tell_left_out(root: Path, folder: Path | None = None, *, untrusted: bool) -> None:
    """Say, a line each, what an untrusted course does not get.

    Raises CourseError when it reaches out of its folder: with its settings, or by the `folder` that it has written to.
    """
    if not untrusted:
        return
    from trackbook.plain_host.untrusted import is_inside, keep_inside, list_left_out
    from trackbook.site.settings import hold_settings

    settings = hold_settings(root)
    keep_inside(settings, root)
    if folder and not is_inside(folder, root):
        raise CourseError(f"{folder} leads out of the course, and an untrusted one writes in it alone: name another")
    for place, what in list_left_out(settings, root):
        click.echo(f"{place.path}:{place.line}: left out: {what}.")
