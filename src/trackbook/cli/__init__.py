"""The command line: each command a few lines around one stage."""

from pathlib import Path

import click

from trackbook import __version__
from trackbook.cli.build import build, serve
from trackbook.cli.check import check
from trackbook.cli.commands import Commands
from trackbook.cli.explain import explain
from trackbook.cli.export import export, stage
from trackbook.cli.new import new
from trackbook.cli.record import record
from trackbook.cli.rename import rename
from trackbook.cli.report import report
from trackbook.cli.schema import schema


class _LostError(click.ClickException):
    exit_code = click.UsageError.exit_code


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="trackbook")
def main() -> None:
    """A course written in Markdown, checked as a whole, published as a track site.

    \b
    Begin:   trackbook new course my-course && cd my-course && trackbook serve
    Write:   lessons/course.yml is the outline; a folder a module holds its pages.
    Publish: trackbook check && trackbook build
    """
    try:
        Path.cwd()
    except FileNotFoundError:
        raise _LostError("the folder you are in has been deleted: change to another one, as by `cd ~`") from None


# In the order an author meets them.
for _command in (new, rename, serve, check, explain, report, build, record, export, stage, schema):
    main.add_command(_command)
