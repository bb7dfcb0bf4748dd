"""`trackbook new`: begins a course or a module."""

from pathlib import Path

import click

from trackbook.cli.course import course_folder, saying_errors
from trackbook.reading.outline import OUTLINE


@click.group()
def new() -> None:
    """Make a new course or module, with every file it needs."""


@new.command("course")
@click.argument("folder", type=click.Path(path_type=Path))
@saying_errors
def new_course(folder: Path) -> None:
    """Make a course in FOLDER that builds at once."""
    from trackbook.starters import write_course

    written = write_course(folder)
    click.echo(f"Made {folder} with {len(written)} files. Next: cd {folder} && trackbook serve")


@new.command("module")
@click.argument("key", metavar="TRACK/MODULE")
@course_folder
@saying_errors
def new_module(key: str, root: Path) -> None:
    """Make the four pages of a module, such as `deep-learning/recurrence`."""
    from trackbook.starters import write_module

    for path in write_module(root, key):
        click.echo(f"Made {path.relative_to(root)}")
    click.echo(f"Next: list `{key.partition('/')[2]}` under a phase in {OUTLINE}.")
