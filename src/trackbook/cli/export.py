"""`trackbook export` and `trackbook stage`: the course in another form."""

from pathlib import Path

import click

from trackbook.cache.ending import holding_signals
from trackbook.cache.made import find_real
from trackbook.cli.commands import Commands
from trackbook.cli.course import check_address, course_folder, read_sound, saying_errors
from trackbook.cli.trust import tell_left_out, untrusted_option
from trackbook.issue import CourseError
from trackbook.reading.files import check_outside_sources


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@course_folder
@untrusted_option
@saying_errors
def stage(folder: Path, root: Path, *, untrusted: bool) -> None:
    """Write the published pages to FOLDER as plain Markdown, for another site generator."""
    from trackbook import plain_host
    from trackbook.exporters.stage import write_stage
    from trackbook.mkdocs_plugin import build
    from trackbook.publishing import publish_course
    from trackbook.site.swap import LOCK, replacing

    tell_left_out(root, untrusted=untrusted)
    course = read_sound(root, run=not untrusted)
    check_outside_sources(root, folder)
    there = find_real(folder)
    if root.is_relative_to(there):
        raise CourseError(f"{folder} holds the course itself: name a folder of its own")
    renderer = (plain_host if untrusted else build).load_renderer(root)
    with replacing(there, root / LOCK) as new:
        count = write_stage(publish_course(course, renderer), root, new)
    click.echo(f"Wrote {count} files to {folder}")


@click.group(cls=Commands)
def export() -> None:
    """Write the course in another form."""


@export.command("anki")
@course_folder
@click.option("--output", type=click.Path(path_type=Path), help="The folder for the decks. Else anki/ in the course.")
@click.option("--site-url", help="The site's address, for links to lessons. Else site_url of mkdocs.yml.")
@untrusted_option
@saying_errors
def export_anki(root: Path, *, output: Path | None, site_url: str | None, untrusted: bool) -> None:
    """Write an Anki deck (.apkg) for each track that has cards.

    Import a newer one over it: cards that changed are renewed, and keep their schedule.
    """
    from trackbook import plain_host
    from trackbook.exporters.anki import plan_packages, write_decks
    from trackbook.mkdocs_plugin import build

    check_address(site_url or "")
    tell_left_out(root, None if output else root / "anki", untrusted=untrusted)
    host, course = plain_host if untrusted else build, read_sound(root, run=not untrusted)
    site = host.load_site_url(root) if site_url is None else site_url
    planned = plan_packages(course, root, host.load_renderer(root, mathml=False), site)
    packages = {track: package.pack() for track, package in planned.items()}
    with holding_signals():
        written = list(write_decks(packages, root, output or root / "anki"))
    for path in written:
        click.echo(f"Wrote {path}")
