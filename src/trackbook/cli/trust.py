"""`--untrusted`: no code runs that a course brings or chooses, and what is left out is said."""

from pathlib import Path

import click

untrusted_option = click.option(
    "--untrusted", is_flag=True, help="Run no code that the course brings or chooses, and say what is left out."
)


def tell_left_out(root: Path, *, untrusted: bool) -> None:
    """Say, a line each, what an untrusted course does not get."""
    if not untrusted:
        return
    from trackbook.plain_host.untrusted import list_left_out
    from trackbook.site.settings import hold_settings

    for place, what in list_left_out(hold_settings(root), root):
        click.echo(f"{place.path}:{place.line}: left out: {what}.")
