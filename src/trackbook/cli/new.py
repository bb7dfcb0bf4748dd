"""`trackbook new`: begins a course, a track, a module, a check or a widget."""

from pathlib import Path

import click

from trackbook.cli.commands import Commands
from trackbook.cli.course import course_folder, saying_errors
from trackbook.reading.outline import OUTLINE


@click.group(cls=Commands)
def new() -> None:
    """Make something new, with every file it needs."""


@new.command("course")
@click.argument("folder", type=click.Path(path_type=Path))
@saying_errors
def new_course(folder: Path) -> None:
    """Make a course in FOLDER that builds at once.

    What is there already stays, such as the README, the licence and .git of a fresh clone.
    """
    from trackbook.authoring.new import write_course

    written, notes = write_course(folder)
    there = "" if folder.resolve() == Path.cwd() else f"cd {folder} && "
    click.echo(" ".join([f"Made {folder} with {len(written)} files.", *notes, f"Next: {there}trackbook serve"]))


@new.command("module")
@click.argument("key", metavar="TRACK/MODULE")
@course_folder
@saying_errors
def new_module(key: str, root: Path) -> None:
    """Make the four pages of a module.

    It is named by its track and its folder, such as `deep-learning/recurrence`.
    """
    from trackbook.authoring.new import tell_next_step, write_module

    for path in write_module(root, key):
        click.echo(f"Made {path.relative_to(root)}")
    click.echo(f"Next: {tell_next_step(root, key)}")


@new.command("track")
@click.argument("name", metavar="ID")
@course_folder
@saying_errors
def new_track(name: str, root: Path) -> None:
    """Make a track with its first module, and print what to add to the outline."""
    from trackbook.authoring.new import write_track

    written, entry = write_track(root, name)
    for path in written:
        click.echo(f"Made {path.relative_to(root)}")
    click.echo(f"Next: add this at the end of `tracks:` in {OUTLINE}.\n\n{entry}", nl=False)


@new.command("check")
@click.argument("key", metavar="FAMILY/NAME")
@saying_errors
def new_check(key: str) -> None:
    """Make a check in Trackbook's own repository, and a case that fails until it is written.

    It is named by its family and the truth it guards, such as `headings/heading-is-short`.
    """
    from trackbook.authoring.new.repository import write_check

    for path in write_check(Path.cwd(), key):
        click.echo(f"Wrote {path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path}")
    click.echo("Next: write all three, then run `scripts/test --update`. docs/contributing.md says more.")


@new.command("widget")
@click.argument("name")
@course_folder
@saying_errors
def new_widget(name: str, root: Path) -> None:
    """Make a widget of the course's own: its data, what it shows without script, its element, its style, an example."""
    from trackbook.authoring.new import write_widget

    written = write_widget(root, name)
    for path in written:
        click.echo(f"Made {path.relative_to(root)}")
    example = next(path for path in written if path.name == "example.md")
    click.echo(f"Next: show it on a page, such as so.\n\n{example.read_text('utf-8')}", nl=False)
